package feed

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// splitCSV cuts one physical line into fields, after RFC 4180 but for quoted
// line breaks: those are an open quote here. It gives the reason of a bad line.
func splitCSV(line string, fields []string) ([]string, string) {
	for {
		var field string
		if strings.HasPrefix(line, `"`) {
			end, doubled := closingQuote(line)
			if end < 0 {
				return append(fields, line), openQuote
			}
			field = line[1:end]
			if doubled {
				field = strings.ReplaceAll(field, `""`, `"`)
			}
			line = line[end+1:]
			if line != "" && line[0] != ',' {
				return append(fields, field), strayQuote
			}
		} else {
			end := strings.IndexByte(line, ',')
			if end < 0 {
				end = len(line)
			}
			if field = line[:end]; strings.IndexByte(field, '"') >= 0 {
				return append(fields, field), strayQuote
			}
			line = line[end:]
		}
		fields = append(fields, field)
		if line == "" {
			return fields, ""
		}
		line = line[1:]
	}
}

// closingQuote finds the quote that ends a field, and tells whether there are
// doubled ones before it; -1 when the line ends first.
func closingQuote(line string) (end int, doubled bool) {
	for i := 1; i < len(line); i++ {
		if line[i] != '"' {
			continue
		}
		if i+1 < len(line) && line[i+1] == '"' {
			doubled = true
			i++
			continue
		}
		return i, doubled
	}
	return -1, doubled
}

// header is where a file keeps each column.
type header struct {
	at      []int // column by position; -1 for one that isn't read
	notes   []RowError
	refused bool
}

// readHeader reads the first line of a CSV file. Cut says that only its start is there.
func readHeader(line string, number int, cut bool, columns []column) header {
	h := header{}
	note := func(field, reason string) {
		h.notes = append(h.notes, RowError{Line: max(1, number), Field: field, Reason: reason})
		h.refused = h.refused || reason != unknownColumn
	}
	names, reason := splitCSV(line, nil)
	switch {
	case cut || len(line) > longestRow:
		reason = lineTooLong
	case !utf8.ValidString(line):
		reason = badEncoding
	case strings.ContainsFunc(strings.ReplaceAll(line, "\t", " "), isControl):
		reason = badCharacter // such as lines that end in CR alone, or UTF-16
	}
	if reason != "" {
		note("", reason)
		return h
	}
	for i, name := range names {
		names[i] = strings.ToLower(strings.TrimSpace(name))
		h.at = append(h.at, indexOf(columns, names[i]))
	}
	strange := !slices.ContainsFunc(h.at, func(col int) bool { return col >= 0 })
	for i, col := range h.at {
		switch {
		case line == "": // an empty file has no column, rather than one without a name
		case col < 0:
			note(shown(names[i], strange), unknownColumn) // without any name it may be a row of people's values
		case slices.Contains(h.at[:i], col):
			note(names[i], doubleColumn)
		}
	}
	for i, c := range columns {
		if c.required && !slices.Contains(h.at, i) {
			note(c.name, missingColumn)
		}
	}
	return h
}

func indexOf(columns []column, name string) int {
	for i, c := range columns {
		if c.name == name {
			return i
		}
	}
	return -1
}

// counted tells how many fields a line has and should have.
func counted(have, want int) string {
	return strconv.Itoa(have) + " of " + strconv.Itoa(want)
}
