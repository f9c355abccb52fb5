package feed

import (
	"strconv"
	"strings"
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

// readHeader reads the first line of a CSV file.
func readHeader(line string, number int, columns []column) header {
	h := header{}
	note := func(field, reason string, refused bool) {
		h.notes = append(h.notes, RowError{Line: max(1, number), Field: shown(field, false), Reason: reason})
		h.refused = h.refused || refused
	}
	names, reason := splitCSV(line, nil)
	if reason != "" {
		note("", reason, true)
	}
	seen := make(map[int]bool)
	if line == "" {
		names = nil // an empty file has no column, rather than one without a name
	}
	for _, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		col := indexOf(columns, name)
		switch {
		case col < 0:
			note(name, unknownColumn, false)
		case seen[col]:
			note(name, doubleColumn, true)
		}
		seen[col] = true
		h.at = append(h.at, col)
	}
	for i, c := range columns {
		if c.required && !seen[i] {
			note(c.name, missingColumn, true)
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
