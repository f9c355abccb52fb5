package shelf

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// Each kept parcel has a copy of its public view beside it, so that the dashboard
// reads nothing but its owner's rows. Who writes views holds the shipments' rows
// for update; who puts parcels on a shelf holds them for share and takes the copy
// in the statement after, which sees what the last writer has committed. Rows of
// shelves are locked after those of shipments, and by waybill.

// copyViews brings copies up to date. It first locks all kept rows of its parcels,
// also those that it leaves as they are: what comes later in its transaction may
// delete some, in any order.
const copyViews = `
with kept as materialized (
    select account_id, waybill from account_parcels where waybill = any($1) order by waybill, account_id for update
)
update account_parcels k set view_version = coalesce(t.version, 0), view = coalesce(t.body, '')
from kept left join shipment_timeline t on t.waybill = kept.waybill
where k.account_id = kept.account_id and k.waybill = kept.waybill
    and (k.view_version <> coalesce(t.version, 0) or k.view <> coalesce(t.body, ''))`

// CopyViews brings the copies of some parcels' views up to date, in the
// transaction that has written the views: shipment.Store's OnTold. However many
// there are, it is one statement, and next to nothing while nobody keeps any.
func (s *Store) CopyViews(ctx context.Context, tx *postgres.Tx, ws []shipment.Waybill) error {
	if _, err := tx.Exec(ctx, copyViews, texts(ws)); err != nil {
		return fmt.Errorf("copy views: %w", err)
	}
	return nil
}

// differing are parcels of which a copy is not what it is a copy of.
const differing = `
select distinct k.waybill from account_parcels k left join shipment_timeline t on t.waybill = k.waybill
where k.waybill > $1 and (k.view_version <> coalesce(t.version, 0) or k.view <> coalesce(t.body, ''))
order by k.waybill limit $2`

// Verify lists the parcels of which a copy differs from the view, the first 1000
// of them. It may run beside imports.
func (s *Store) Verify(ctx context.Context) ([]shipment.Fault, error) {
	var ws []shipment.Waybill
	if err := s.work.Select(ctx, &ws, differing, "", mostFaults); err != nil {
		return nil, fmt.Errorf("verify shelves: %w", err)
	}
	faults := make([]shipment.Fault, len(ws))
	for i, w := range ws {
		faults[i] = shipment.Fault{Waybill: w, Field: "kept view", Have: "differs", Want: "as the timeline"}
	}
	return faults, nil
}

const mostFaults = 1000

// Rebuild takes the copies that differ anew and tells of how many parcels. It may
// run beside imports.
func (s *Store) Rebuild(ctx context.Context) (int, error) {
	mended := 0
	for last := ""; ; {
		var ws []shipment.Waybill
		if err := s.work.Select(ctx, &ws, differing, last, mostFaults); err != nil {
			return mended, fmt.Errorf("rebuild shelves: %w", err)
		}
		if len(ws) == 0 {
			return mended, nil
		}
		last = string(ws[len(ws)-1])
		err := s.work.InTx(ctx, func(tx *postgres.Tx) error {
			if err := holdViews(ctx, tx, ws); err != nil {
				return err
			}
			return s.CopyViews(ctx, tx, ws)
		})
		if err != nil {
			return mended, fmt.Errorf("rebuild shelves: %w", err)
		}
		mended += len(ws)
	}
}

// holdViews keeps the views of some parcels as they are until the transaction
// ends. A copy is taken in a later statement, which sees what was waited for.
func holdViews(ctx context.Context, tx *postgres.Tx, ws []shipment.Waybill) error {
	const hold = `select from shipments where waybill = any($1) order by waybill for share`
	if _, err := tx.Exec(ctx, hold, texts(ws)); err != nil {
		return fmt.Errorf("hold views: %w", err)
	}
	return nil
}

func texts(ws []shipment.Waybill) pq.StringArray {
	list := make(pq.StringArray, len(ws))
	for i, w := range ws {
		list[i] = string(w)
	}
	return list
}
