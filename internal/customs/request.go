package customs

import (
	"context"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// Request is that customs waits for an identity.
type Request struct {
	Waybill shipment.Waybill `db:"waybill"`
	Country string           `db:"country"`
	// AskedOn and DueOn are days at the destination; on the day after DueOn the
	// return is announced.
	AskedOn shipment.Date `db:"asked_on"`
	DueOn   shipment.Date `db:"due_on"`
	// Reminded counts the reminders that were queued.
	Reminded int `db:"reminded"`
	// MetAt is when customs no longer waited, NoticeAt when the return was
	// announced; zero when it has not come to that.
	MetAt    time.Time `db:"met_at"`
	NoticeAt time.Time `db:"notice_at"`
}

const requestColumns = `
waybill, country, asked_on::text as asked_on, due_on::text as due_on, reminded, coalesce(met_at, ` + never + `) as met_at,
coalesce(notice_at, ` + never + `) as notice_at`

// Request tells since when customs has waited for a parcel's identity, and until when.
func (s *Store) Request(ctx context.Context, w shipment.Waybill) (r Request, err error) {
	err = s.web.Get(ctx, &r, `select `+requestColumns+` from identity_requests where waybill = $1`, string(w))
	return r, missing(err)
}

// Remind looks after all parcels of which customs waits for an identity: it notes
// since when, queues the reminders that are due, and opens the notice of return
// when the last day has passed. A request that ended by other means is closed. It
// tells how many it wrote; a job of every hour.
func (s *Store) Remind(ctx context.Context) (int, error) {
	wrote := 0
	for last := shipment.Waybill(""); ; {
		list, err := s.shipments.AwaitingIDs(ctx, last, sweptAtOnce)
		if err != nil {
			return wrote, err
		}
		if len(list) == 0 {
			break
		}
		for _, p := range list {
			last = p.Waybill
			n, err := s.remind(ctx, p)
			if wrote += n; err != nil {
				return wrote, fmt.Errorf("remind: %w", err)
			}
		}
	}
	n, err := s.closeMet(ctx)
	return wrote + n, err
}

// DueOf is the last day for a parcel's identity as its public view tells it; empty
// when customs does not wait for one, or nobody knows since when.
func DueOf(p shipment.Public) shipment.Date {
	if p.Status.Customs != shipment.AwaitingID || p.Status.CustomsSince.IsZero() {
		return ""
	}
	since := localDay(p.Status.CustomsSince, p.DestZone)
	rule, asked := RuleFor(p.DestCountry, since)
	if !asked {
		return ""
	}
	return rule.Due(since)
}

// waits tells whether customs waits for an identity that can still help the parcel.
func waits(p shipment.Public) bool {
	_, done := Done(p)
	return p.Status.Customs == shipment.AwaitingID && !done
}

// closeMet closes requests of parcels that customs no longer waits for.
func (s *Store) closeMet(ctx context.Context) (int, error) {
	var open []shipment.Waybill
	if err := s.work.Select(ctx, &open, `select waybill from identity_requests where met_at is null order by waybill`); err != nil {
		return 0, err
	}
	closed := 0
	for ; len(open) > 0; open = open[min(len(open), sweptAtOnce):] {
		list, err := s.shipments.LookupMany(ctx, open[:min(len(open), sweptAtOnce)])
		if err != nil {
			return closed, err
		}
		for _, p := range list {
			if waits(p) {
				continue
			}
			if _, err := s.work.Exec(ctx, `update identity_requests set met_at = $2 where waybill = $1 and met_at is null`, string(p.Waybill), s.clock()); err != nil {
				return closed, err
			}
			closed++
		}
	}
	return closed, nil
}

// ToRemind is the request that a reminder is about; fault.ErrNotFound when it is
// no longer open or the person has done their part, so that nothing is sent.
func (s *Store) ToRemind(ctx context.Context, w shipment.Waybill) (r Request, err error) {
	const query = `
select ` + requestColumns + ` from identity_requests where waybill = $1 and met_at is null
    and not exists (select from identities i where i.waybill = $1 and state in ('review', 'accepted'))`
	err = s.work.Get(ctx, &r, query, string(w))
	if err = missing(err); err != nil {
		return Request{}, err
	}
	p, err := s.shipments.Lookup(ctx, w)
	if err == nil && !waits(p) {
		err = fault.ErrNotFound
	}
	return r, err
}
