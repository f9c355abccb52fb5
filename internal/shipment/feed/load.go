package feed

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"
)

// file is all good rows of a file.
type file[T any] struct {
	blocks []parsed[T]
	rows   int
}

// load reads and checks a whole file, its blocks side by side.
func load[T any](ctx context.Context, r io.Reader, f Format, k kind[T], track *tracker, report *Report) (*file[T], error) {
	source := newBlocks(r)
	source.fill(blockSize)
	if bytes.HasPrefix(source.buf, bom) {
		source.buf = source.buf[len(bom):]
	}
	if f == Unknown {
		f = sniff(source.buf)
	}
	first, more := source.next()
	var h header
	if f == CSV {
		h = takeHeader(&first, k.columns)
		if report.list(h.notes); h.refused {
			return nil, fmt.Errorf("%w: %s", ErrRefused, reasonsOf(h.notes))
		}
	}
	var all file[T]
	err := inParallel(ctx, func(give func(block) bool) {
		for b := first; more && give(b); {
			b, more = source.next()
		}
	}, func() func(block) parsed[T] {
		return newParser(f, h, k.columns, k.build()).parse
	}, func(p parsed[T]) {
		all.add(p, report)
		track.read(p.last)
	})
	if err == nil {
		err = source.failed
	}
	report.Lines = max(report.Lines, first.first-1)
	return &all, err
}

// takeHeader cuts the first line that isn't empty off the first block.
func takeHeader(b *block, columns []column) header {
	for {
		line, rest, more := strings.Cut(b.text, "\n")
		number := b.first
		b.text, b.first = rest, b.first+1
		if !more && strings.TrimSpace(line) == "" {
			return readHeader("", number, columns)
		}
		if strings.TrimSpace(line) != "" {
			return readHeader(strings.TrimSuffix(line, "\r"), number, columns)
		}
	}
}

// add keeps the rows of the next block.
func (f *file[T]) add(p parsed[T], report *Report) {
	for name, line := range p.unknown {
		if !noted(report.Errors, name) {
			p.errs = append(p.errs, RowError{Line: line, Field: shown(name, false), Reason: unknownColumn})
		}
	}
	report.Received += p.received
	report.Rejected += p.rejected
	report.Lines = max(report.Lines, p.last)
	report.list(p.errs)
	f.rows += len(p.rows)
	p.errs = nil
	f.blocks = append(f.blocks, p)
}

func noted(errs []RowError, name string) bool {
	for _, e := range errs {
		if e.Reason == unknownColumn && e.Field == name {
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

// inParallel works on items side by side and takes the results in the order of
// the items.
func inParallel[I, O any](ctx context.Context, items func(give func(I) bool), worker func() func(I) O, take func(O)) error {
	type task struct {
		item   I
		result chan O
	}
	group, ctx := errgroup.WithContext(ctx)
	todo, inOrder := make(chan task), make(chan chan O, 2*runtime.GOMAXPROCS(0))
	group.Go(func() error {
		defer close(todo)
		defer close(inOrder)
		items(func(i I) bool {
			t := task{i, make(chan O, 1)}
			select {
			case inOrder <- t.result:
				todo <- t
				return true
			case <-ctx.Done():
				return false
			}
		})
		return context.Cause(ctx)
	})
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			work := worker()
			for t := range todo {
				t.result <- work(t.item)
			}
			return nil
		})
	}
	for result := range inOrder {
		take(<-result)
	}
	return group.Wait()
}
