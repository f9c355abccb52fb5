package feed

// SplitCSV lets tests hold our reader of one line to the standard library's.
func SplitCSV(line string) ([]string, string) { return splitCSV(line, nil) }

// ReadJSON lets tests hold our reader of one object to the standard library's.
func ReadJSON(line string) (values map[string]string, ok bool) {
	r := row{columns: checkpointColumns(), values: make([]string, len(checkpointColumns()))}
	r.readJSON(line, func(string) {})
	values = make(map[string]string)
	for i, c := range r.columns {
		values[c.name] = r.values[i]
	}
	return values, !r.bad
}
