package feed

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
)

// readJSON reads one line as a JSON object with values of our columns. Unknown
// names are noted once a file.
func (r *row) readJSON(line string, unknown func(name string)) {
	d := json.NewDecoder(strings.NewReader(line))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		r.failLine("", "", badJSON)
		return
	}
	seen := make(map[string]bool, len(r.columns))
	for d.More() {
		t, err := d.Token()
		name, isName := t.(string)
		if err != nil || !isName {
			r.failLine("", "", badJSON)
			return
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			r.failLine(shown(name, false), "", badJSON)
			return
		}
		if seen[name] {
			r.failLine(shown(name, false), "", doubleKey)
			continue
		}
		seen[name] = true
		if col := indexOf(r.columns, name); col >= 0 {
			r.take(col, value)
		} else {
			unknown(name)
		}
	}
	if t, err := d.Token(); err != nil || t != json.Delim('}') {
		r.failLine("", "", badJSON)
		return
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		r.failLine("", "", badJSON)
	}
}

// take keeps a JSON value as the text that a CSV file would hold.
func (r *row) take(col int, value json.RawMessage) {
	kind := r.columns[col].kind
	switch c := value[0]; {
	case c == 'n':
	case c == '"':
		var s string
		if err := json.Unmarshal(value, &s); err != nil {
			r.fail(col, badJSON)
			return
		}
		r.values[col] = s
		if kind == boolean && s != "" {
			r.fail(col, wrongType)
		}
	case (c == 't' || c == 'f') && kind == boolean:
		r.values[col] = string(value)
	case (c == '-' || c >= '0' && c <= '9') && kind == number:
		r.values[col] = numberText(string(value))
	default:
		r.values[col] = string(value)
		r.fail(col, wrongType)
	}
}

// numberText writes 1e1 as 10; other numbers stay as typed.
func numberText(v string) string {
	if !strings.ContainsAny(v, "eE") {
		return v
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return v
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
