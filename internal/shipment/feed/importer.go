package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"ecms/portal/internal/shipment"
)

// Importer takes files into a store.
type Importer struct {
	Store *shipment.Store
	// Now is the clock against which instants ahead of time are refused.
	Now func() time.Time
}

// Options tell how a file is taken in.
type Options struct {
	// Origin is kept with the report: file or ops.
	Origin string
	// Progress is called now and then, never twice at a time; it may be nil.
	Progress func(Progress)
}

// Progress tells how far an import has come.
type Progress struct {
	// Read counts the lines that were read.
	Read int
	// Rows counts the good rows, once all lines are read; Written those whose
	// transaction has committed.
	Rows, Written int
	// CommittedThrough is the last line up to which every good row is
	// committed: what the sender may forget.
	CommittedThrough int
}

// Shipments takes a file of shipments in. The report is there with an error,
// too: it tells what was written before.
func (im Importer) Shipments(ctx context.Context, r io.Reader, f Format, o Options) (Report, error) {
	now := im.Now()
	return run(ctx, im, r, f, o, kind[shipment.Record]{
		name: "shipments", columns: shipmentColumns(),
		build: func() func(*row) shipment.Record {
			zones := make(map[string]bool)
			return func(r *row) shipment.Record { return recordOf(r, now, zones) }
		},
		number: func(r *shipment.Record) shipment.Waybill { return r.Waybill },
		write:  im.Store.ReceiveShipments,
	})
}

// Checkpoints takes a file of checkpoints in, as Shipments does.
func (im Importer) Checkpoints(ctx context.Context, r io.Reader, f Format, o Options) (Report, error) {
	now := im.Now()
	return run(ctx, im, r, f, o, kind[shipment.Checkpoint]{
		name: "checkpoints", columns: checkpointColumns(),
		build: func() func(*row) shipment.Checkpoint {
			return func(r *row) shipment.Checkpoint { return checkpointOf(r, now) }
		},
		number: func(c *shipment.Checkpoint) shipment.Waybill { return c.Waybill },
		write:  im.Store.ReceiveCheckpoints,
	})
}

// kind is what differs between files of shipments and of checkpoints.
type kind[T any] struct {
	name    string
	columns []column
	build   func() func(*row) T // one a worker
	number  func(*T) shipment.Waybill
	write   func(context.Context, []T) (shipment.Changes, error)
}

// run reads the whole file, then writes it parcel by parcel.
func run[T any](ctx context.Context, im Importer, r io.Reader, f Format, o Options, k kind[T]) (Report, error) {
	report := Report{Errors: []RowError{}}
	track := newTracker(o.Progress)
	file, err := load(ctx, r, f, k, track, &report)
	if err == nil {
		err = write(ctx, file, k, track, &report)
	}
	slices.SortStableFunc(report.Errors, func(a, b RowError) int { return a.Line - b.Line })
	if kept := keep(context.WithoutCancel(ctx), im.Store, k.name, o.Origin, report); err == nil {
		err = kept
	}
	if err != nil {
		return report, fmt.Errorf("import %s: %w", k.name, err)
	}
	return report, nil
}

// keep stores the report, whose values are masked already.
func keep(ctx context.Context, store *shipment.Store, kind, origin string, report Report) error {
	if origin == "" {
		origin = "file"
	}
	errs, err := json.Marshal(report.Errors)
	if err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	report.Errors = nil
	counts, err := json.Marshal(report)
	if err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	return store.KeepReport(ctx, kind, origin, counts, errs)
}
