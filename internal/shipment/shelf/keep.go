package shelf

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// LongestNickname is how many characters a nickname may have.
const LongestNickname = 60

// Find gives one of the owner's parcels with all that there is to know about it.
func (s *Store) Find(ctx context.Context, id account.ID, w shipment.Waybill) (shipment.Public, shipment.Private, Parcel, error) {
	p, err := s.kept(ctx, id, w)
	if err != nil {
		return shipment.Public{}, shipment.Private{}, Parcel{}, fmt.Errorf("find on the shelf: %w", err)
	}
	public, private, err := s.shipments.Full(ctx, w)
	if err != nil {
		return shipment.Public{}, shipment.Private{}, Parcel{}, fmt.Errorf("find on the shelf: %w", err)
	}
	p.view(public)
	return public, private, p, nil
}

const oneRow = `
select waybill, nickname, side, state, archived, added_at, news_at, subtag, status_at, customs, customs_since,
    origin_country, destination_country, destination_zone, promised_from, promised_to, delivered_at,
    order_no, last_mile_carrier, last_mile_number, 0 as place, 1 as total
from (
    select ` + columns + `
    from account_parcels k join shipments s on s.waybill = k.waybill
    where ` + ofOwner + ` and k.waybill = $2
) as kept`

func (s *Store) kept(ctx context.Context, id account.ID, w shipment.Waybill) (Parcel, error) {
	var r row
	err := s.web.Get(ctx, &r, s.one, owner(id), string(w))
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.ErrNotFound
	}
	return r.parcel(), err
}

// addParcel keeps a parcel that was proved, with the copy of its view. One that was removed comes back, one
// that was put away is taken out again, and one that joined by its address now
// stays whatever becomes of that.
const addParcel = `
insert into account_parcels (account_id, waybill, side, proof, added_at, view_version, view)
select a.id, s.waybill, case when a.email_key = lower(s.shipper_email) collate "C"
    and a.email_key <> lower(s.consignee_email) collate "C" then 'from' else 'to' end, 'fact', $3, t.version, t.body
from accounts a, shipments s join shipment_timeline t on t.waybill = s.waybill where a.id = $1 and s.waybill = $2
on conflict (account_id, waybill) do update set proof = 'fact', archived_at = null, removed_at = null, view_version = excluded.view_version, view = excluded.view,
    added_at = case when account_parcels.removed_at is null then account_parcels.added_at else excluded.added_at end`

// Add puts a parcel on the owner's shelf when its number and the second fact fit,
// and tells its waybill: the number may be the last-mile carrier's. Counts,
// limits and work are those of shipment.Unlock; so is shipment.ErrWrongFact,
// which stands for an unknown number too.
func (s *Store) Add(ctx context.Context, id account.ID, number shipment.Waybill, f shipment.SecondFact, network string) (shipment.Waybill, error) {
	var added shipment.Waybill
	err := s.shipments.Proved(ctx, number, f, network, func(tx *postgres.Tx, found shipment.Waybill) error {
		added = found
		if err := holdViews(ctx, tx, []shipment.Waybill{found}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, addParcel, owner(id), string(found), s.now().UTC())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("add to the shelf: %w", err)
	}
	return added, nil
}

// Rename gives a parcel its keeper's own name; the empty one takes it off.
func (s *Store) Rename(ctx context.Context, id account.ID, w shipment.Waybill, nickname string) error {
	nickname = strings.Join(strings.FieldsFunc(nickname, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if utf8.RuneCountInString(nickname) > LongestNickname {
		return fault.Invalid{{Field: "nickname", Key: "shelf.nickname.long", Args: []string{"max", fmt.Sprint(LongestNickname)}}}
	}
	const query = `update account_parcels set nickname = $3 where account_id = $1 and waybill = $2 and removed_at is null`
	return s.change(ctx, query, owner(id), string(w), nickname)
}

// Archive puts a parcel away, out of dashboard and list; with false it comes back.
func (s *Store) Archive(ctx context.Context, id account.ID, w shipment.Waybill, away bool) error {
	const query = `
update account_parcels set archived_at = case when $3 then coalesce(archived_at, $4) end
where account_id = $1 and waybill = $2 and removed_at is null`
	return s.change(ctx, query, owner(id), string(w), away, s.now().UTC())
}

// Remove takes a parcel off the shelf. It does not join again by itself, and
// comes back when it is added with a proof.
func (s *Store) Remove(ctx context.Context, id account.ID, w shipment.Waybill) error {
	const query = `update account_parcels set removed_at = $3 where account_id = $1 and waybill = $2 and removed_at is null`
	return s.change(ctx, query, owner(id), string(w), s.now().UTC())
}

// change runs an update of one of the owner's parcels; none there is not found.
func (s *Store) change(ctx context.Context, query string, args ...any) error {
	res, err := s.web.Exec(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("change on the shelf: %w", err)
	}
	n, err := res.RowsAffected()
	if err == nil && n == 0 {
		err = fault.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("change on the shelf: %w", err)
	}
	return nil
}
