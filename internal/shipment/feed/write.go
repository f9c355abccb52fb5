package feed

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"ecms/portal/internal/shipment"
)

const (
	batchRows = 5000
	writers   = 2
)

// write puts the rows into the store, parcel by parcel in the order of numbers,
// in transactions of some thousand rows. When ctx ends, transactions under way finish.
func write[T any](ctx context.Context, f *file, k kind[T], track *tracker, report *Report) error {
	track.writing(f.pending(report.Lines), len(f.belongs))
	f.group()
	batches := make(chan []parcel)
	group, going := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(batches)
		for b := range f.batches {
			select {
			case batches <- b:
			case <-going.Done():
				return context.Cause(going)
			}
		}
		return nil
	})
	var mu sync.Mutex
	for range writers {
		group.Go(func() error {
			w := writer[T]{file: f, kind: k, parser: newParser(f.form, k)}
			for b := range batches {
				changes, refused, err := w.write(ctx, b)
				if err != nil {
					return err
				}
				mu.Lock()
				report.count(changes)
				report.Rejected += len(refused)
				report.list(refused)
				mu.Unlock()
				track.committed(f.linesOf(b))
			}
			return nil
		})
	}
	return group.Wait()
}

// batches gives runs of parcels with some thousand rows.
func (f *file) batches(yield func([]parcel) bool) {
	for start := 0; start < len(f.parcels); {
		end, rows := start, 0
		for end < len(f.parcels) && rows < batchRows {
			rows += len(f.parcels[end].rows)
			end++
		}
		if !yield(f.parcels[start:end]) {
			return
		}
		start = end
	}
}

// writer writes batches, one at a time.
type writer[T any] struct {
	file   *file
	kind   kind[T]
	parser *parser[T]
}

// write writes some parcels. A row that the database refuses in spite of all
// checks costs its own parcel only.
func (w writer[T]) write(ctx context.Context, parcels []parcel) (shipment.Changes, []RowError, error) {
	rows, err := w.read(parcels)
	if err != nil {
		return shipment.Changes{}, nil, err
	}
	finish := context.WithoutCancel(ctx)
	changes, err := patiently(ctx, func() (shipment.Changes, error) { return w.kind.write(finish, rows) })
	if err == nil || !refusedRow(err) {
		return changes, nil, err
	}
	if len(parcels) == 1 {
		var refused []RowError
		for _, line := range w.file.linesOf(parcels) {
			refused = append(refused, RowError{Line: int(line), Field: "waybill", Value: string(parcels[0].waybill), Reason: notTaken})
		}
		return shipment.Changes{}, refused, nil
	}
	half := len(parcels) / 2
	a, refusedA, err := w.write(ctx, parcels[:half])
	if err != nil {
		return a, refusedA, err
	}
	b, refusedB, err := w.write(ctx, parcels[half:])
	return a.Plus(b), append(refusedA, refusedB...), err
}

// read makes records of rows that are known to be good.
func (w writer[T]) read(parcels []parcel) ([]T, error) {
	rows := make([]T, 0, batchRows+batchRows/10)
	for _, p := range parcels {
		for _, at := range p.rows {
			b := &w.file.blocks[at.block]
			record, ok := w.parser.read(lineAt(b.text, int(b.starts[at.row])), int(b.lines[at.row]), false)
			if !ok {
				return nil, fmt.Errorf("line %d was good and is not any more", b.lines[at.row])
			}
			rows = append(rows, record)
		}
	}
	return rows, nil
}

func (f *file) linesOf(parcels []parcel) []int32 {
	var lines []int32
	for _, p := range parcels {
		for _, at := range p.rows {
			lines = append(lines, f.blocks[at.block].lines[at.row])
		}
	}
	return lines
}

// pending marks the lines that hold good rows.
func (f *file) pending(lines int) []bool {
	marks := make([]bool, lines+1)
	for _, b := range f.blocks {
		for _, line := range b.lines {
			marks[line] = true
		}
	}
	return marks
}
