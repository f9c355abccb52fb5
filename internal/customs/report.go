package customs

import (
	"context"
	"fmt"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/shipment"
)

const lookColumns = `
coalesce(l.actor_id, 0) as actor_id, coalesce(nullif(a.name, ''), a.email, '') as name, l.role, coalesce(l.identity_id, 0) as identity_id,
coalesce(l.person_id, 0) as person_id, l.waybill, l.what, l.reason, l.network, l.at`

const looksFrom = ` from identity_looks l left join accounts a on a.id = l.actor_id `

// Looks lists who looked at what was handed in for a parcel, newest first, for the
// person whose data it is. What the portal itself reads to check a form is left out.
func (s *Store) Looks(ctx context.Context, w shipment.Waybill) (list []Look, err error) {
	const query = `select ` + lookColumns + looksFrom + ` where l.role <> 'portal' and l.waybill = $1 and l.waybill <> ''
    and l.identity_id in (select id from identities where waybill = $1) order by l.at desc, l.id desc limit 500`
	err = s.web.Select(ctx, &list, query, string(w))
	return list, err
}

// PersonLooks lists the looks at a holder's saved person and at the identities
// that it was used for, newest first.
func (s *Store) PersonLooks(ctx context.Context, h Holder, id PersonID) (list []Look, err error) {
	if _, err := s.FindPerson(ctx, h, id); err != nil {
		return nil, err
	}
	const query = `select ` + lookColumns + looksFrom + ` where l.role <> 'portal'
    and (l.person_id = $1 or l.identity_id in (select id from identities where person_id = $1)) order by l.at desc, l.id desc limit 500`
	err = s.web.Select(ctx, &list, query, int64(id))
	return list, err
}

// Access is one line of the monthly report: how often somebody looked for a reason.
type Access struct {
	Actor   account.ID `db:"actor_id"`
	Name    string     `db:"name"`
	Role    Role       `db:"role"`
	What    string     `db:"what"`
	Reason  string     `db:"reason"`
	Looks   int        `db:"looks"`
	Records int        `db:"records"` // different identities and persons
	FirstAt time.Time  `db:"first_at"`
	LastAt  time.Time  `db:"last_at"`
}

// Report is a month's access to identity data, to be reviewed by a person.
type Report struct {
	// From is the month's first instant, To the first after it, in UTC.
	From, To time.Time
	Lines    []Access // staff, broker and owners, the busiest first
	Looks    []Look   // the single looks of staff and broker, in their order
}

// AccessReport sums up a month of looks. The portal's own reading is left out.
func (s *Store) AccessReport(ctx context.Context, year int, month time.Month) (Report, error) {
	r := Report{From: time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)}
	r.To = r.From.AddDate(0, 1, 0)
	const lines = `
select coalesce(l.actor_id, 0) as actor_id, coalesce(nullif(a.name, ''), a.email, '') as name, l.role, l.what, l.reason, count(*) as looks,
    count(distinct (coalesce(l.identity_id, 0), coalesce(l.person_id, 0))) as records, min(l.at) as first_at, max(l.at) as last_at` + looksFrom + `
where l.at >= $1 and l.at < $2 and l.role <> 'portal' group by 1, 2, 3, 4, 5 order by looks desc, 1, 4, 5`
	if err := s.work.Select(ctx, &r.Lines, lines, r.From, r.To); err != nil {
		return Report{}, fmt.Errorf("access report: %w", err)
	}
	const single = `select ` + lookColumns + looksFrom + ` where l.at >= $1 and l.at < $2 and l.role in ('staff', 'broker') order by l.at, l.id`
	if err := s.work.Select(ctx, &r.Looks, single, r.From, r.To); err != nil {
		return Report{}, fmt.Errorf("access report: %w", err)
	}
	return r, nil
}
