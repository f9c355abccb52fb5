package feed

import (
	"strings"
	"unicode/utf8"
)

// parser reads blocks of one file; each worker has its own.
type parser[T any] struct {
	format Format
	header header
	row    row
	fields []string
	make   func(*row) T
}

// parsed is what a block holds.
type parsed[T any] struct {
	rows     []T
	lines    []int32 // of each row
	received int
	rejected int
	last     int // number of the last line
	errs     []RowError
	unknown  map[string]int // names that we don't know, with their first line
}

func newParser[T any](format Format, h header, columns []column, build func(*row) T) *parser[T] {
	return &parser[T]{
		format: format, header: h, make: build,
		row: row{columns: columns, values: make([]string, len(columns))},
	}
}

// parse reads all lines of a block.
func (p *parser[T]) parse(b block) parsed[T] {
	out := parsed[T]{last: b.first - 1}
	p.row.errs = nil
	if n := strings.Count(b.text, "\n") + 1; !b.cut {
		out.rows, out.lines = make([]T, 0, n), make([]int32, 0, n)
	}
	for rest := b.text; rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		out.last++
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		out.received++
		p.row.reset(out.last)
		p.read(line, b.cut, &out)
		var record T
		if !p.row.bad {
			p.row.tidy()
			record = p.make(&p.row)
		}
		if p.row.bad {
			out.rejected++
			continue
		}
		out.rows, out.lines = append(out.rows, record), append(out.lines, int32(out.last)) //nolint:gosec // files have fewer lines
	}
	out.errs = p.row.errs
	return out
}

// read cuts a line into values.
func (p *parser[T]) read(line string, cut bool, out *parsed[T]) {
	r := &p.row
	switch {
	case cut || len(line) > longestRow:
		r.failLine("", "", lineTooLong)
	case !utf8.ValidString(line):
		r.failLine("", "", badEncoding)
	case p.format == JSONLines:
		r.readJSON(line, func(name string) {
			if out.unknown == nil {
				out.unknown = make(map[string]int)
			}
			if _, noted := out.unknown[name]; !noted && len(out.unknown) < 100 {
				out.unknown[name] = r.line
			}
		})
	default:
		p.readCSV(line)
	}
}

func (p *parser[T]) readCSV(line string) {
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
