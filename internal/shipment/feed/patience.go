package feed

import (
	"context"
	"errors"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// refusedRow tells errors about values, which come again however often one tries.
func refusedRow(err error) bool {
	e := pq.As(err)
	return e != nil && (e.Code.Class() == "22" || e.Code.Class() == "23")
}

// patiently waits out a restart of PostgreSQL: writing the same rows again is
// safe. When ctx ends it tries no more.
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
