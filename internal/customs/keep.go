package customs

import (
	"context"
	"errors"
	"fmt"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// Keep saves the person of an identity that was sent with the tick for it, for
// whoever has proved an address since. Once saved, it stays with that holder.
// fault.ErrNotFound without such a tick, or when the identity is gone by now.
func (s *Store) Keep(ctx context.Context, w shipment.Waybill, id ID, h Holder, by By) (i Identity, err error) {
	if h.nobody() {
		return Identity{}, fmt.Errorf("keep person: %w", fault.ErrNotFound)
	}
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		if err := lockParcel(ctx, tx, w); err != nil {
			return err
		}
		if i, err = byID(ctx, tx, id, "for update"); err != nil {
			return err
		}
		var tick int64
		const ticked = `select id from consents where identity_id = $1 and kind = 'keep' and person_id is null and withdrawn_at is null for update`
		if err := tx.Get(ctx, &tick, ticked, int64(id)); err != nil {
			return missing(err)
		}
		if i.Waybill != w || i.SavedPerson != 0 || i.State != Review && i.State != Accepted && i.State != Refused {
			return fault.ErrNotFound
		}
		person, err := s.savePerson(ctx, tx, &i, h, by)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update consents set person_id = $2 where id = $1`, tick, int64(person))
		return err
	})
	if err != nil {
		return Identity{}, fmt.Errorf("keep person: %w", err)
	}
	return i, nil
}

// Adopt gives an account the persons that were kept under its address before it
// was opened, or before it changed to that address.
func Adopt(ctx context.Context, tx *postgres.Tx, id account.ID, emailKey string) error {
	const query = `update people set account_id = $1, email_key = null where email_key = $2 and erased_at is null`
	if _, err := tx.Exec(ctx, query, int64(id), emailKey); err != nil {
		return fmt.Errorf("adopt persons: %w", err)
	}
	return nil
}

// StillNeeded lists the parcels whose own copy of a holder's person customs still
// needs, newest first.
func (s *Store) StillNeeded(ctx context.Context, h Holder, id PersonID) (list []shipment.Waybill, err error) {
	copies, err := s.copies(ctx, h, id)
	for _, i := range copies {
		if i.State != Review && i.State != Accepted {
			continue
		}
		p, err := s.shipments.Lookup(ctx, i.Waybill)
		if err != nil {
			return nil, fmt.Errorf("still needed: %w", err)
		}
		if _, done := Done(p); !done {
			list = append(list, i.Waybill)
		}
	}
	return list, err
}

// copies are the identities that were made from a holder's person, or it from them.
func (s *Store) copies(ctx context.Context, h Holder, id PersonID) (list []Identity, err error) {
	if _, err := s.FindPerson(ctx, h, id); err != nil {
		return nil, err
	}
	const query = `select ` + columns + ` from identities where person_id = $1 and erased_at is null order by id desc`
	err = s.web.Select(ctx, &list, query, int64(id))
	return list, err
}

// EraseAll erases a holder's person and every parcel's copy of it, but for those
// that customs still needs: they are erased on their own clock. The person comes
// last, so that what is cut short can be asked for again.
func (s *Store) EraseAll(ctx context.Context, h Holder, id PersonID, by By) (needed []shipment.Waybill, err error) {
	copies, err := s.copies(ctx, h, id)
	if err != nil {
		return nil, fmt.Errorf("erase person: %w", err)
	}
	for _, i := range copies {
		err := s.Erase(ctx, i.ID, by)
		switch {
		case errors.Is(err, ErrNeeded):
			needed = append(needed, i.Waybill)
		case err != nil && !errors.Is(err, ErrErased):
			return nil, err
		}
	}
	return needed, s.ErasePerson(ctx, h, id, by)
}
