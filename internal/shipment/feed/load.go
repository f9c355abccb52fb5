package feed

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"ecms/portal/internal/shipment"
)

// form is how a file is written.
type form struct {
	format Format
	header header
}

// file is all good rows of a file, by parcel.
type file struct {
	form
	blocks  []parsed
	parcels []parcel
	index   map[shipment.Waybill]int32
	belongs []int32 // parcel of each row
}

// place is where a row lies in a file.
type place struct{ block, row int32 }

// parcel is all rows about one parcel, in the order of lines.
type parcel struct {
	waybill shipment.Waybill
	count   int32
	rows    []place
}

// load reads and checks a whole file, its blocks side by side.
func load[T any](ctx context.Context, r io.Reader, f Format, k kind[T], track *tracker, report *Report) (*file, error) {
	source := newBlocks(r)
	source.fill(blockSize)
	source.buf = bytes.TrimPrefix(source.buf, bom)
	if f == Unknown {
		f = sniff(source.buf)
	}
	first, more := source.next()
	if source.failed != nil {
		return nil, source.failed // rather than a complaint about what could not be read
	}
	all := file{form: form{format: f}, index: make(map[shipment.Waybill]int32)}
	if f == CSV {
		all.header = takeHeader(source, &first, k.columns)
		if report.list(all.header.notes); all.header.refused {
			return nil, fmt.Errorf("%w: %s", ErrRefused, reasonsOf(all.header.notes))
		}
	}
	err := inParallel(ctx, func(give func(block) bool) {
		for b := first; more && give(b); {
			b, more = source.next()
		}
	}, func() func(block) parsed {
		return newParser(all.form, k).parse
	}, func(p parsed) {
		all.add(p, report)
		track.read(p.last)
	})
	if err == nil {
		err = source.failed
	}
	report.Lines = max(report.Lines, first.first-1)
	return &all, err
}

// takeHeader cuts the first line that isn't empty off the file.
func takeHeader(source *blocks, b *block, columns []column) header {
	for b.text != "" {
		line, rest, _ := strings.Cut(b.text, "\n")
		number := b.first
		b.text, b.first = rest, b.first+1
		if b.cut || strings.TrimSpace(line) != "" {
			return readHeader(strings.TrimSuffix(line, "\r"), number, b.cut, columns)
		}
		if rest == "" {
			if next, more := source.next(); more {
				*b = next
			}
		}
	}
	return readHeader("", b.first, false, columns)
}

// add keeps the rows of the next block.
func (f *file) add(p parsed, report *Report) {
	for name, line := range p.unknown {
		if !noted(report.Errors, name) {
			p.errs = append(p.errs, RowError{Line: line, Field: shown(name, false), Reason: unknownColumn})
		}
	}
	report.Received += p.received
	report.Rejected += p.rejected
	report.Lines = max(report.Lines, p.last)
	report.list(p.errs)
	for _, w := range p.numbers {
		at, known := f.index[w]
		if !known {
			at = int32(len(f.parcels)) //nolint:gosec // fewer than lines
			w = shipment.Waybill(strings.Clone(string(w)))
			f.index[w] = at
			f.parcels = append(f.parcels, parcel{waybill: w})
		}
		f.parcels[at].count++
		f.belongs = append(f.belongs, at)
	}
	p.numbers, p.errs, p.unknown = nil, nil, nil
	if len(p.lines) > 0 {
		f.blocks = append(f.blocks, p)
	}
}

// group sorts the parcels by number, each with its rows.
func (f *file) group() {
	places := make([]place, len(f.belongs))
	for i := range f.parcels {
		p := &f.parcels[i]
		p.rows, places = places[:0:p.count], places[p.count:]
	}
	row := 0
	for b := range f.blocks {
		for i := range f.blocks[b].lines {
			p := &f.parcels[f.belongs[row]]
			p.rows = append(p.rows, place{int32(b), int32(i)})
			row++
		}
	}
	f.index, f.belongs = nil, nil
	slices.SortFunc(f.parcels, func(a, b parcel) int { return strings.Compare(string(a.waybill), string(b.waybill)) })
}

func noted(errs []RowError, name string) bool {
	for _, e := range errs {
		if e.Reason == unknownColumn && e.Field == shown(name, false) {
			return true
		}
	}
	return false
}

func reasonsOf(notes []RowError) string {
	var parts []string
	for _, n := range notes {
		if n.Reason != unknownColumn {
			parts = append(parts, strings.TrimSpace(n.Field+" "+n.Reason))
		}
	}
	return strings.Join(parts, "; ")
}
