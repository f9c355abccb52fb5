package customs

import (
	"context"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
)

// Handed is an accepted identity as the broker gets it.
type Handed struct {
	Identity
	Clear
	Pictures []HandedPicture // front first
}

// HandedPicture is a picture with the strip that says what it may be used for.
type HandedPicture struct {
	Slot Slot
	JPEG []byte
}

// String hides what was given, so that no log can hold it.
func (h Handed) String() string { return h.Clear.String() }

// GoString hides it as well.
func (h Handed) GoString() string { return h.String() }

// HandOver opens an accepted identity for the broker. That it was handed over,
// with the reference of the archive, is committed before the answer.
// fault.ErrConflict: it is not accepted, or not any more.
func (s *Store) HandOver(ctx context.Context, id ID, reference string) (h Handed, err error) {
	by := By{Role: Broker, Network: "console"}
	reason, err := stated(by, reference)
	if err != nil {
		return Handed{}, err
	}
	err = s.looked(ctx, id, by, reason, func(tx *postgres.Tx, i Identity) error {
		if i.State != Accepted {
			return fmt.Errorf("identity %d is %s: %w", id, i.State, fault.ErrConflict)
		}
		c, key, err := s.open(ctx, tx, look{by: by, what: WhatExport, reason: reason, identity: id, waybill: i.Waybill})
		if err != nil {
			return err
		}
		h = Handed{Identity: i, Clear: c}
		h.Pictures, err = s.handedPictures(ctx, tx, id, key)
		return err
	})
	for n := 0; n < len(h.Pictures) && err == nil; n++ { // it takes long: the transaction is over
		h.Pictures[n].JPEG, err = Marked(h.Pictures[n].JPEG, h.Country, h.Waybill)
	}
	if err != nil {
		return Handed{}, fmt.Errorf("hand over identity: %w", err)
	}
	return h, nil
}

// handedPictures opens the pictures as they are kept.
func (s *Store) handedPictures(ctx context.Context, tx *postgres.Tx, id ID, key *seal.Key) (list []HandedPicture, err error) {
	var kept []Kept
	const query = `select ` + keptColumns + ` from identity_pictures where identity_id = $1 order by array_position(array['front','back','permit'], slot)`
	if err := tx.Select(ctx, &kept, query, int64(id)); err != nil {
		return nil, err
	}
	for _, k := range kept {
		plain, err := s.unsealed(key, k.Slot, k.File)
		if err != nil {
			return nil, err
		}
		list = append(list, HandedPicture{k.Slot, plain})
	}
	return list, nil
}

// AcceptedSince lists the identities that were accepted at an instant or later and
// still are, the earliest first.
func (s *Store) AcceptedSince(ctx context.Context, since time.Time) (list []Identity, err error) {
	const query = `
select ` + columns + ` from identities where state = 'accepted' and erased_at is null and decided_at >= $1 order by decided_at, id`
	err = s.work.Select(ctx, &list, query, since)
	return list, err
}
