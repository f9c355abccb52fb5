package customs

// checkPassport holds a passport's number to the one form that all states share:
// five to nine letters and digits. What each state usually writes is no rule.
func checkPassport(n string) Flaw {
	if len(n) < 5 || len(n) > 9 {
		return FlawLength
	}
	for _, c := range []byte(n) {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return FlawForm
		}
	}
	return ""
}

// checkDigit is ICAO Doc 9303's: weights 7 3 1 from the left, digits as they are,
// letters from 10 on, the filler 0.
func checkDigit(s string) byte {
	sum := 0
	for i := range len(s) {
		sum += mrzValue(s[i]) * [3]int{7, 3, 1}[i%3]
	}
	return byte('0' + sum%10)
}

func mrzValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	}
	return 0
}
