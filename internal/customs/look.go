package customs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

// What a look is for.
const (
	WhatOpen    = "open"    // a reason was stated, to see it for some minutes
	WhatView    = "view"    // the fields
	WhatPicture = "picture" // one picture
	WhatExport  = "export"  // handed over to the broker
	WhatCheck   = "check"   // read by the portal to check a form
	WhatCopy    = "copy"    // read by the portal to use it again
	WhatRefused = "refused" // asked for and not shown
)

// Look is one time that somebody looked at clear data.
type Look struct {
	// Actor of the staff, or whose account it was; 0: no account. Name is the actor's.
	Actor    account.ID       `db:"actor_id"`
	Name     string           `db:"name"`
	Role     Role             `db:"role"`
	Identity ID               `db:"identity_id"`
	Person   PersonID         `db:"person_id"`
	Waybill  shipment.Waybill `db:"waybill"`
	What     string           `db:"what"`
	Reason   string           `db:"reason"`
	Network  string           `db:"network"`
	At       time.Time        `db:"at"`
}

// longestReason is how many characters a stated reason may have.
const longestReason = 200

// look is a look to be written down, by whom, why and at which record.
type look struct {
	by           By
	what, reason string
	identity     ID
	person       PersonID
	waybill      shipment.Waybill
}

func (l look) record() string {
	if l.identity != 0 {
		return l.identity.record()
	}
	return l.person.record()
}

// note writes a look down.
func (s *Store) note(ctx context.Context, tx *postgres.Tx, l look) error {
	const add = `
insert into identity_looks (actor_id, role, identity_id, person_id, waybill, what, reason, network, at)
values ($1, $2, nullif($3::bigint, 0), nullif($4::bigint, 0), $5, $6, $7, $8, $9)`
	_, err := tx.Exec(ctx, add, l.by.id(), string(l.by.Role), int64(l.identity), int64(l.person), string(l.waybill), l.what, l.reason, l.by.Network, s.clock())
	if err != nil {
		return fmt.Errorf("note a look: %w", err)
	}
	return nil
}

// reveal is the one way to clear data: it writes the look down first, in the
// transaction that reads, and gives the record's key.
func (s *Store) reveal(ctx context.Context, tx *postgres.Tx, l look) (*seal.Key, error) {
	if err := s.note(ctx, tx, l); err != nil {
		return nil, err
	}
	return s.key(ctx, tx, l.record())
}

// open reads the fields of an identity; those of a form just begun are empty.
func (s *Store) open(ctx context.Context, tx *postgres.Tx, l look) (c Clear, key *seal.Key, err error) {
	if key, err = s.reveal(ctx, tx, l); err != nil {
		return Clear{}, nil, err
	}
	var sealed []byte
	query, id := `select sealed from identities where id = $1`, int64(l.identity)
	if l.identity == 0 {
		query, id = `select sealed from people where id = $1`, int64(l.person)
	}
	if err := tx.Get(ctx, &sealed, query, id); err != nil {
		return Clear{}, nil, missing(err)
	}
	if sealed == nil {
		return Clear{}, key, nil
	}
	text, err := key.Open(partFields, sealed)
	if err != nil {
		return Clear{}, nil, err
	}
	return c, key, json.Unmarshal(text, &c)
}

// partFields is the sealed part that holds the fields.
const partFields = "fields"

// View opens what a person gave. Somebody of the staff states a reason; the look
// is committed before the answer. A look that cannot be answered is written down too.
func (s *Store) View(ctx context.Context, id ID, by By, reason string) (found Identity, c Clear, err error) {
	reason, err = stated(by, reason)
	if err != nil {
		return Identity{}, Clear{}, err
	}
	err = s.looked(ctx, id, by, reason, func(tx *postgres.Tx, i Identity) (err error) {
		found = i
		c, _, err = s.open(ctx, tx, look{by: by, what: by.what(WhatView), reason: reason, identity: id, waybill: i.Waybill})
		return err
	})
	if err != nil {
		return Identity{}, Clear{}, fmt.Errorf("view identity: %w", err)
	}
	return found, c, nil
}

// Picture opens one picture, as View does. The watermark is the caller's to add.
func (s *Store) Picture(ctx context.Context, id ID, slot Slot, by By, reason string) (jpeg []byte, err error) {
	reason, err = stated(by, reason)
	if err != nil {
		return nil, err
	}
	err = s.looked(ctx, id, by, reason, func(tx *postgres.Tx, i Identity) error {
		key, err := s.reveal(ctx, tx, look{by: by, what: by.what(WhatPicture), reason: reason, identity: id, waybill: i.Waybill})
		if err != nil {
			return err
		}
		var file string
		const query = `select file from identity_pictures where identity_id = $1 and slot = $2`
		if err := tx.Get(ctx, &file, query, int64(id), string(slot)); err != nil {
			return missing(err)
		}
		jpeg, err = s.unsealed(key, slot, file)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("view picture: %w", err)
	}
	return jpeg, nil
}

// what is how a look is named: whatever the broker gets is handed over.
func (b By) what(usual string) string {
	if b.Role == Broker {
		return WhatExport
	}
	return usual
}

// unsealed reads a picture's file.
func (s *Store) unsealed(key *seal.Key, slot Slot, file string) ([]byte, error) {
	sealed, err := s.files.Read(file)
	if err != nil {
		return nil, err
	}
	return key.Open(string(slot), sealed)
}

// looked runs a look; one that fails leaves its trace as refused.
func (s *Store) looked(ctx context.Context, id ID, by By, reason string, act func(*postgres.Tx, Identity) error) error {
	var i Identity
	err := s.web.InTx(ctx, func(tx *postgres.Tx) (err error) {
		if i, err = byID(ctx, tx, id, ""); err != nil {
			return err
		}
		return act(tx, i)
	})
	if err == nil || i.ID == 0 {
		return err
	}
	noted := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		return s.note(ctx, tx, look{by: by, what: WhatRefused, reason: reason, identity: id, waybill: i.Waybill})
	})
	return errors.Join(err, noted)
}

// stated holds the reason of a look to what a report can be made of.
func stated(by By, reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case by.Role == Owner && reason == "":
		return "own", nil
	case reason == "":
		return "", fault.Invalid{{Field: "reason", Key: "id." + "reason.empty"}}
	case len([]rune(reason)) > longestReason:
		return "", fault.Invalid{{Field: "reason", Key: "id." + "reason.long"}}
	}
	return reason, nil
}

// byID reads an identity; lock may be "for update".
func byID(ctx context.Context, tx *postgres.Tx, id ID, lock string) (i Identity, err error) {
	err = tx.Get(ctx, &i, `select `+columns+` from identities where id = $1 `+lock, int64(id))
	return i, missing(err)
}
