package customs

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// The kinds of jobs that look after requests: one at once, for parcels of which
// customs has begun to wait, and one that comes round, for all.
const (
	JobAsk    = "identity.ask"
	JobRemind = "identity.remind"
)

// AskJob is the arguments of the first.
type AskJob struct {
	Waybills []shipment.Waybill `json:"waybills"`
}

// Asked asks for the requests of those among some parcels of which customs waits
// for an identity that nobody has asked for, in the transaction that has written
// it: shipment.Store's OnTold. The job does the rest, so that the feed does not
// wait.
func Asked(ctx context.Context, tx *postgres.Tx, ws []shipment.Waybill) error {
	const waiting = `
select waybill from shipments s where waybill = any($1) and customs_state = 'awaiting_id'
    and not exists (select from identity_requests r where r.waybill = s.waybill and met_at is null) order by waybill`
	texts := make(pq.StringArray, len(ws))
	for i, w := range ws {
		texts[i] = string(w)
	}
	var fresh []shipment.Waybill
	if err := tx.Select(ctx, &fresh, waiting, texts); err != nil {
		return fmt.Errorf("parcels to ask for: %w", err)
	}
	if len(fresh) == 0 {
		return nil
	}
	return job.Enqueue(ctx, tx, JobAsk, AskJob{fresh})
}

// Ask opens the requests of some parcels and owes the mails that ask. Parcels of
// which customs waits no more are left out.
func (s *Store) Ask(ctx context.Context, ws []shipment.Waybill) error {
	list, err := s.shipments.LookupMany(ctx, ws)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	for _, p := range list {
		if _, err := s.remind(ctx, p); err != nil {
			return fmt.Errorf("ask: %w", err)
		}
	}
	return nil
}
