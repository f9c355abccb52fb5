package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// row is one record while it is read: a value per column, and what is wrong.
type row struct {
	line    int
	columns []column
	values  []string
	errs    []RowError // of all rows read so far
	bad     bool
}

// reset makes ready for the next record.
func (r *row) reset(line int) {
	clear(r.values)
	r.line, r.bad = line, false
}

// fail notes what is wrong with a column's value.
func (r *row) fail(col int, reason string) {
	c := r.columns[col]
	r.failLine(c.name, shown(r.values[col], c.personal), reason)
}

// failLine notes what is wrong with the line; the value must be fit to show.
func (r *row) failLine(field, value, reason string) {
	r.bad = true
	r.errs = append(r.errs, RowError{Line: r.line, Field: field, Value: value, Reason: reason})
}

// tidy trims all values and checks what holds for every column. A line break
// or tab inside a value becomes a space.
func (r *row) tidy() {
	for i := range r.columns {
		v := r.values[i]
		if v == "" {
			if r.columns[i].required {
				r.fail(i, missingValue)
			}
			continue
		}
		v = strings.TrimSpace(v)
		r.values[i] = v
		switch {
		case v == "" && r.columns[i].required:
			r.fail(i, missingValue)
		case len(v) > r.columns[i].max && utf8.RuneCountInString(v) > r.columns[i].max:
			r.fail(i, tooLong)
			r.values[i] = "" // nothing more to say about it
		case !plain(v):
			v = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(v)
			r.values[i] = v
			if strings.ContainsFunc(v, isControl) {
				r.fail(i, badCharacter)
				r.values[i] = ""
			}
		}
	}
}

// plain tells printable ASCII, the common case.
func plain(v string) bool {
	for i := 0; i < len(v); i++ {
		if v[i] < ' ' || v[i] > '~' {
			return false
		}
	}
	return true
}

// isControl tells control characters and those that turn the direction of
// what follows them, which could make a page lie.
func isControl(c rune) bool {
	return unicode.IsControl(c) || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069'
}
