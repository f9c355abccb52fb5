package customs

import (
	"context"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// Case is an identity as the staff's queue shows it, with its last day.
type Case struct {
	Identity
	// Due is the last day before the return is announced; empty when customs does
	// not wait for it yet.
	Due  shipment.Date `db:"due_on"`
	Name string        `db:"taken_name"` // of whoever has it in hand
	// Again counts how often an identity for the same parcel was refused before.
	Again int `db:"again"`
}

// caseOf reads cases; its gap takes the condition on identities.
const (
	caseOf = `
select i.*, coalesce(r.due_on::text, '') as due_on, coalesce(nullif(a.name, ''), a.email, '') as taken_name,
    (select count(*) from identities e where e.waybill = i.waybill and e.id < i.id and e.refusal <> '' and e.submitted_at is not null) as again
from (select ` + columns + ` from identities where `
	ofCases = `) i
left join identity_requests r on r.waybill = i.waybill and r.met_at is null
left join accounts a on a.id = i.taken_by
`
)

// Queue lists cases in review, the oldest due first, from the one after so many.
func (s *Store) Queue(ctx context.Context, country string, skip, most int) (list []Case, err error) {
	const query = caseOf + `state = 'review' and ($1 = '' or country = $1)` + ofCases +
		`order by r.due_on nulls last, i.submitted_at, i.id offset $2 limit $3`
	err = s.web.Select(ctx, &list, query, country, skip, most)
	return list, err
}

// Waiting counts the cases in review, of a country or of all.
func (s *Store) Waiting(ctx context.Context, country string) (n int, err error) {
	const query = `select count(*) from identities where state = 'review' and ($1 = '' or country = $1)`
	err = s.web.Get(ctx, &n, query, country)
	return n, err
}

// Case reads one case without opening it, decided or not. Forms that were never
// sent are none.
func (s *Store) Case(ctx context.Context, id ID) (c Case, err error) {
	const query = caseOf + `id = $1 and submitted_at is not null` + ofCases
	err = s.web.Get(ctx, &c, query, int64(id))
	return c, missing(err)
}

// HeldBy tells who of the staff has the case in hand at an instant; 0: nobody.
func (i Identity) HeldBy(now time.Time) account.ID {
	if i.State != Review || now.Sub(i.TakenAt) >= takenFor {
		return 0
	}
	return i.TakenBy
}

// Askable lists the parts that a refusal of this identity may ask again.
func (i Identity) Askable() []string { return i.asked(Parts()) }

// Papers is the consignee as the parcel's papers name them.
func (s *Store) Papers(ctx context.Context, w shipment.Waybill) (who shipment.Party, err error) {
	err = s.web.InTx(ctx, func(tx *postgres.Tx) (err error) {
		who, _, err = s.shipments.Consignee(ctx, tx, w)
		return err
	})
	return who, err
}
