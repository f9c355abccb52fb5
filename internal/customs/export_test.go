package customs

// CheckDigit is ICAO's, for its own vectors.
func CheckDigit(s string) byte { return checkDigit(s) }
