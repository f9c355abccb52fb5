package customs

import "context"

// Return is a parcel whose return was announced and that still waits.
type Return struct {
	Request
	// State is that of an identity that came late; empty when none did.
	State State `db:"state"`
}

// Returns lists the parcels whose return was announced, the first announced first,
// from the one after so many.
func (s *Store) Returns(ctx context.Context, skip, most int) (list []Return, err error) {
	const query = `
select r.*, coalesce((
    select i.state from identities i where i.waybill = r.waybill and i.state in ('draft', 'review', 'refused')
    order by i.state <> 'review', i.id desc limit 1), '') as state
from (select ` + requestColumns + ` from identity_requests where met_at is null and notice_at is not null) r
order by r.notice_at, r.waybill offset $1 limit $2`
	err = s.web.Select(ctx, &list, query, skip, most)
	return list, err
}

// Returning counts them all.
func (s *Store) Returning(ctx context.Context) (n int, err error) {
	err = s.web.Get(ctx, &n, `select count(*) from identity_requests where met_at is null and notice_at is not null`)
	return n, err
}
