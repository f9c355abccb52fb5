package shipment

import (
	"context"
	"errors"
	"fmt"

	"ecms/portal/internal/postgres"
)

// Changes counts what became of received rows. Each row has one outcome.
type Changes struct {
	// Added rows are new, Replaced ones correct an earlier row.
	Added, Replaced int
	// Unchanged rows say nothing new: known already, older, or settled by
	// another row of the same batch.
	Unchanged int
	// Waiting events are new and kept until their shipment comes.
	Waiting int
}

// Plus adds up two counts.
func (c Changes) Plus(o Changes) Changes {
	return Changes{c.Added + o.Added, c.Replaced + o.Replaced, c.Unchanged + o.Unchanged, c.Waiting + o.Waiting}
}

// errStrangers says that a batch holds events of unknown shipments, which needs
// the lock against shipments that come in at the same moment.
var errStrangers = errors.New("events of unknown shipments")

// lockStrangers lets one transaction at a time write about shipments that are
// not known yet: they have no row to lock. It is taken before any row.
func lockStrangers(ctx context.Context, tx *postgres.Tx) error {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('shipments not known yet', 0))`); err != nil {
		return fmt.Errorf("lock against new shipments: %w", err)
	}
	return nil
}
