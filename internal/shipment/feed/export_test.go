package feed

// SplitCSV lets tests hold our reader of one line to the standard library's.
func SplitCSV(line string) ([]string, string) { return splitCSV(line, nil) }
