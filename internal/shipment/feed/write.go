package feed

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lib/pq"
	"golang.org/x/sync/errgroup"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

const (
	batchRows = 5000
	writers   = 2
)

// place is where a row lies in a file.
type place struct{ block, index int32 }

// parcel is all rows about one parcel, in the order of lines.
type parcel struct {
	waybill shipment.Waybill
	rows    []place
}

// write puts the rows into the store, parcel by parcel in the order of numbers,
// in transactions of some thousand rows. When ctx ends, transactions under way finish.
func (f *file[T]) write(ctx context.Context, k kind[T], track *tracker, report *Report) error {
	track.writing(f.pending(report.Lines), f.rows)
	batches := make(chan []parcel)
	group, going := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(batches)
		for b := range f.batches(k) {
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
			for b := range batches {
				changes, refused, err := f.writeBatch(context.WithoutCancel(ctx), k, b)
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

// batches gives the parcels of a file in the order of their numbers.
func (f *file[T]) batches(k kind[T]) func(yield func([]parcel) bool) {
	return func(yield func([]parcel) bool) {
		parcels := f.parcels(k)
		for start := 0; start < len(parcels); {
			end, rows := start, 0
			for end < len(parcels) && rows < batchRows {
				rows += len(parcels[end].rows)
				end++
			}
			if !yield(parcels[start:end]) {
				return
			}
			start = end
		}
	}
}

// parcels groups rows by parcel.
func (f *file[T]) parcels(k kind[T]) []parcel {
	index := make(map[shipment.Waybill]int32, f.rows/4)
	counts := make([]int32, 0, f.rows/4)
	belongs := make([]int32, 0, f.rows)
	var parcels []parcel
	for b := range f.blocks {
		for i := range f.blocks[b].rows {
			w := k.number(&f.blocks[b].rows[i])
			at, known := index[w]
			if !known {
				at = int32(len(parcels)) //nolint:gosec // fewer than lines
				index[w] = at
				parcels, counts = append(parcels, parcel{waybill: w}), append(counts, 0)
			}
			counts[at]++
			belongs = append(belongs, at)
		}
	}
	places := make([]place, f.rows)
	for i, n := range counts {
		parcels[i].rows, places = places[:0:n], places[n:]
	}
	row := 0
	for b := range f.blocks {
		for i := range f.blocks[b].rows {
			p := &parcels[belongs[row]]
			p.rows = append(p.rows, place{int32(b), int32(i)}) //nolint:gosec // fewer than lines
			row++
		}
	}
	slices.SortFunc(parcels, func(a, b parcel) int { return strings.Compare(string(a.waybill), string(b.waybill)) })
	return parcels
}

// writeBatch writes some parcels. A row that the database refuses in spite of
// all checks costs its own parcel only.
func (f *file[T]) writeBatch(ctx context.Context, k kind[T], parcels []parcel) (shipment.Changes, []RowError, error) {
	var rows []T
	for _, p := range parcels {
		for _, at := range p.rows {
			rows = append(rows, f.blocks[at.block].rows[at.index])
		}
	}
	changes, err := patiently(ctx, func() (shipment.Changes, error) { return k.write(ctx, rows) })
	if err == nil || !refusedRow(err) {
		return changes, nil, err
	}
	if len(parcels) == 1 {
		var refused []RowError
		for _, line := range f.linesOf(parcels) {
			refused = append(refused, RowError{Line: int(line), Field: "waybill", Value: string(parcels[0].waybill), Reason: notTaken})
		}
		return shipment.Changes{}, refused, nil
	}
	half := len(parcels) / 2
	a, refusedA, err := f.writeBatch(ctx, k, parcels[:half])
	if err != nil {
		return a, refusedA, err
	}
	b, refusedB, err := f.writeBatch(ctx, k, parcels[half:])
	return a.Plus(b), append(refusedA, refusedB...), err
}

// refusedRow tells errors about values, which come again however often one tries.
func refusedRow(err error) bool {
	e := pq.As(err)
	return e != nil && (e.Code.Class() == "22" || e.Code.Class() == "23")
}

// patiently waits out a restart of PostgreSQL: writing the same rows again is safe.
func patiently(ctx context.Context, write func() (shipment.Changes, error)) (shipment.Changes, error) {
	for wait := 100 * time.Millisecond; ; wait *= 2 {
		changes, err := write()
		if err == nil || !postgres.Away(err) || wait > 10*time.Second {
			return changes, err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return changes, errors.Join(err, context.Cause(ctx))
		}
	}
}

func (f *file[T]) linesOf(parcels []parcel) []int32 {
	var lines []int32
	for _, p := range parcels {
		for _, at := range p.rows {
			lines = append(lines, f.blocks[at.block].lines[at.index])
		}
	}
	return lines
}

// pending marks the lines that hold good rows.
func (f *file[T]) pending(lines int) []bool {
	marks := make([]bool, lines+1)
	for _, b := range f.blocks {
		for _, line := range b.lines {
			marks[line] = true
		}
	}
	return marks
}
