package feed

import (
	"strings"
	"unicode/utf8"

	"ecms/portal/internal/shipment"
)

// parser reads lines of one file; each worker has its own.
type parser[T any] struct {
	format  Format
	header  header
	row     row
	fields  []string
	build   func(*row) T
	number  func(*T) shipment.Waybill
	unknown map[string]int // names that we don't know, with the line where they came first
}

// parsed is what a block holds. Good rows are kept as the text that they are
// and read again when they are written: as records they would take twice the memory.
type parsed struct {
	text     string
	starts   []int32 // of each good row's line in the text
	lines    []int32 // their numbers
	numbers  []shipment.Waybill
	received int
	rejected int
	last     int // number of the last line
	errs     []RowError
	unknown  map[string]int
}

func newParser[T any](f form, k kind[T]) *parser[T] {
	return &parser[T]{
		format: f.format, header: f.header, build: k.build(), number: k.number,
		row: row{columns: k.columns, values: make([]string, len(k.columns))},
	}
}

// parse checks all lines of a block.
func (p *parser[T]) parse(b block) parsed {
	out := parsed{text: b.text, last: b.first - 1}
	p.row.errs, p.unknown = nil, nil
	for start := 0; start < len(b.text); {
		line := lineAt(b.text, start)
		next := start + len(line) + 1
		out.last++
		if b.cut || strings.TrimSpace(line) != "" {
			out.received++
			if record, ok := p.read(line, out.last, b.cut); ok {
				out.starts = append(out.starts, int32(start))
				out.lines = append(out.lines, int32(out.last)) //nolint:gosec // a file that fits into memory has fewer
				out.numbers = append(out.numbers, p.number(&record))
			} else {
				out.rejected++
			}
		}
		start = next
	}
	out.errs, out.unknown = p.row.errs, p.unknown
	return out
}

// lineAt gives the line that begins at a place, without its end.
func lineAt(text string, start int) string {
	line, _, _ := strings.Cut(text[start:], "\n")
	return line
}

// read makes a record of a line; false when something is wrong with it.
func (p *parser[T]) read(line string, number int, cut bool) (record T, ok bool) {
	p.row.reset(number)
	p.split(strings.TrimSuffix(line, "\r"), cut)
	if p.row.bad {
		return record, false
	}
	p.row.tidy()
	record = p.build(&p.row)
	return record, !p.row.bad
}

// split cuts a line into values.
func (p *parser[T]) split(line string, cut bool) {
	r := &p.row
	switch {
	case cut || len(line) > longestRow:
		r.failLine("", "", lineTooLong)
	case !utf8.ValidString(line):
		r.failLine("", "", badEncoding)
	case p.format == JSONLines:
		r.readJSON(line, p.note)
	default:
		p.splitCSV(line)
	}
}

// note remembers names that we don't know, as many as a report may show.
func (p *parser[T]) note(name string) {
	if p.unknown == nil {
		p.unknown = make(map[string]int)
	}
	if _, noted := p.unknown[name]; !noted && len(p.unknown) < 100 {
		p.unknown[name] = p.row.line
	}
}

func (p *parser[T]) splitCSV(line string) {
	var reason string
	p.fields, reason = splitCSV(line, p.fields[:0])
	r := &p.row
	switch {
	case reason != "":
		at := len(p.fields) - 1
		name := ""
		if at < len(p.header.at) && p.header.at[at] >= 0 {
			name = r.columns[p.header.at[at]].name
		}
		r.failLine(name, mask(p.fields[at]), reason)
	case len(p.fields) != len(p.header.at):
		r.failLine("", counted(len(p.fields), len(p.header.at)), wrongCount)
	default:
		for i, col := range p.header.at {
			if col >= 0 {
				r.values[col] = p.fields[i]
			}
		}
	}
}
