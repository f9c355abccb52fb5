package customs

import (
	"context"

	"github.com/lib/pq"

	"ecms/portal/internal/account"
	"ecms/portal/internal/shipment"
)

// AcceptedOf lists the accepted identities of some parcels, by waybill: what the
// broker may be handed for them. View and Picture by a Broker write each look down.
func (s *Store) AcceptedOf(ctx context.Context, ws []shipment.Waybill) (list []Identity, err error) {
	texts := make(pq.StringArray, len(ws))
	for i, w := range ws {
		texts[i] = string(w)
	}
	const query = `
select ` + columns + ` from identities where waybill = any($1) and state = 'accepted' and erased_at is null order by waybill`
	err = s.work.Select(ctx, &list, query, texts)
	return list, err
}

// OfAccount lists what an account has handed in, newest first, tombstones too.
func (s *Store) OfAccount(ctx context.Context, id account.ID) (list []Identity, err error) {
	const query = `select ` + columns + ` from identities where account_id = $1 order by id desc limit 500`
	err = s.web.Select(ctx, &list, query, int64(id))
	return list, err
}

// ByID reads one case for the staff, without opening it.
func (s *Store) ByID(ctx context.Context, id ID) (i Identity, err error) {
	err = s.web.Get(ctx, &i, `select `+columns+` from identities where id = $1`, int64(id))
	return i, missing(err)
}
