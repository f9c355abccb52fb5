package customs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// Submission is the last step's answer: the three ticks, the version of the texts
// beside them, and whose saved persons it joins.
type Submission struct {
	Consents
	// Version names the wording that was read, in By's language.
	Version string
	// For is who keeps the person for the next parcel, with the tick for it. While
	// nobody is known the tick waits for Keep.
	For Holder
}

// Submit sends a form. It is the form's own number that makes it safe to repeat:
// what was sent already is given back as it stands now. With its tick the person
// is saved in the same transaction. The error is fault.Invalid (a tick missing),
// ErrUnfinished, ErrLate, or fault.ErrNotFound for a form of another parcel.
func (s *Store) Submit(ctx context.Context, w shipment.Waybill, id ID, sub Submission, by By) (i Identity, err error) {
	late := s.stillAsked(ctx, w)
	if late != nil && !errors.Is(late, ErrLate) {
		return Identity{}, fmt.Errorf("submit identity: %w", late)
	}
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		if err := lockParcel(ctx, tx, w); err != nil {
			return err
		}
		if i, err = byID(ctx, tx, id, "for update"); err != nil {
			return err
		}
		switch {
		case i.Waybill != w:
			return missing(errNoRows)
		case !i.SubmittedAt.IsZero(): // sent before
			return nil
		case i.State != Draft:
			return ErrErased
		case late != nil:
			return late
		}
		return s.send(ctx, tx, &i, sub, by)
	})
	if err != nil {
		return Identity{}, fmt.Errorf("submit identity: %w", err)
	}
	return i, nil
}

// send turns a draft into a case for the staff.
func (s *Store) send(ctx context.Context, tx *postgres.Tx, i *Identity, sub Submission, by By) error {
	p, err := s.parcelOf(ctx, tx, i.Waybill)
	if err != nil {
		return err
	}
	if err := sub.Check(p.rule); err != nil {
		return err
	}
	if !i.Finished() {
		return ErrUnfinished
	}
	now := s.clock()
	const replace = `
update identities set state = 'replaced', keep_until = $2 where waybill = $1 and state in ('review', 'accepted', 'refused')`
	if _, err := tx.Exec(ctx, replace, string(i.Waybill), now); err != nil {
		return err
	}
	// It is who sends that hears of the decision, not who has once opened the form.
	const send = `
update identities set state = 'review', submitted_at = $2, keep_until = null, refusal = '', refused_parts = '{}', language = $3,
    account_id = $4
where id = $1 returning ` + columns
	if err := tx.Get(ctx, i, send, int64(i.ID), now, string(by.Language), by.id()); err != nil {
		return err
	}
	if i.SavedPerson != 0 {
		const used = `update people set last_used_at = $2, keep_until = $3 where id = $1 and erased_at is null`
		if _, err := tx.Exec(ctx, used, int64(i.SavedPerson), now, unusedUntil(now, p.rule)); err != nil {
			return err
		}
	}
	if err := s.consent(ctx, tx, consent{"customs", i.ID, 0, sub, by}); err != nil {
		return err
	}
	if sub.Transfer {
		if err := s.consent(ctx, tx, consent{"transfer", i.ID, 0, sub, by}); err != nil {
			return err
		}
	}
	if !sub.Keep || i.SavedPerson != 0 {
		return nil
	}
	var person PersonID
	if !sub.For.nobody() {
		if person, err = s.savePerson(ctx, tx, i, sub.For, by); err != nil {
			return err
		}
	}
	return s.consent(ctx, tx, consent{"keep", i.ID, person, sub, by})
}

// consent is one tick as it is kept.
type consent struct {
	kind     string
	identity ID
	person   PersonID
	sub      Submission
	by       By
}

func (s *Store) consent(ctx context.Context, tx *postgres.Tx, c consent) error {
	const add = `
insert into consents (identity_id, person_id, kind, version, language, channel, at)
values (nullif($1::bigint, 0), nullif($2::bigint, 0), $3, $4, $5, $6, $7)`
	_, err := tx.Exec(ctx, add, int64(c.identity), int64(c.person), c.kind, c.sub.Version, string(c.by.Language), c.by.Channel, s.clock())
	if err != nil {
		return fmt.Errorf("keep consent: %w", err)
	}
	return nil
}

// Agreed is one consent as it was given.
type Agreed struct {
	Kind     string          `db:"kind"` // "customs", "keep" or "transfer"
	Version  string          `db:"version"`
	Language locale.Language `db:"language"`
	Channel  string          `db:"channel"`
	At       time.Time       `db:"at"`
	// WithdrawnAt is when it ended; zero while it stands.
	WithdrawnAt time.Time `db:"withdrawn_at"`
}

const agreed = `
select kind, version, language, channel, at, coalesce(withdrawn_at, ` + never + `) as withdrawn_at from consents `

// Consents lists what was agreed to when an identity was sent, in its order.
func (s *Store) Consents(ctx context.Context, id ID) (list []Agreed, err error) {
	err = s.web.Select(ctx, &list, agreed+`where identity_id = $1 order by id`, int64(id))
	return list, err
}

// PersonConsents lists what a holder agreed to when a person was saved.
func (s *Store) PersonConsents(ctx context.Context, h Holder, id PersonID) (list []Agreed, err error) {
	if _, err := s.FindPerson(ctx, h, id); err != nil {
		return nil, err
	}
	err = s.web.Select(ctx, &list, agreed+`where person_id = $1 order by id`, int64(id))
	return list, err
}

// amend fills a form that follows a refusal with what was not refused.
func (s *Store) amend(ctx context.Context, tx *postgres.Tx, i, refused Identity) (Identity, error) {
	portal := By{Role: Portal}
	c, from, err := s.open(ctx, tx, look{by: portal, what: WhatCopy, reason: "refused parts", identity: refused.ID, waybill: refused.Waybill})
	if err != nil {
		return Identity{}, err
	}
	to, err := s.key(ctx, tx, i.ID.record())
	if err != nil {
		return Identity{}, err
	}
	again := refused.RefusedParts
	err = s.copyPictures(ctx, tx, refused.ID.side(from), i.ID.side(to), func(slot Slot) bool { return !slices.Contains(again, string(slot)) })
	if err != nil {
		return Identity{}, err
	}
	person, document := true, true
	for _, part := range again {
		if personField(part) {
			person = false
		} else {
			document = false
		}
	}
	c.Document = c.Document.without(again)
	text, err := json.Marshal(c)
	if err != nil {
		return Identity{}, err
	}
	const fill = `
update identities set sealed = $2, number_hash = (select number_hash from identities where id = $3), doc_type = $4, masked = $5,
    has_person = $6, has_document = $7, warnings = $8, refusal = $9, refused_parts = $10, person_id = null
where id = $1 returning ` + columns
	err = tx.Get(ctx, &i, fill, int64(i.ID), to.Seal(partFields, text), int64(refused.ID), string(c.Document.Doc), c.Document.Masked(),
		person, document, refused.Warnings.text(), string(refused.Refusal), again)
	return i, err
}

// Current is the identity that counts for a parcel: the one in review, accepted
// or refused, else the draft, else the latest of all.
func (s *Store) Current(ctx context.Context, w shipment.Waybill) (i Identity, err error) {
	const query = `
select ` + columns + ` from identities where waybill = $1
order by case when state in ('review', 'accepted', 'refused') then 0 when state = 'draft' then 1 else 2 end, id desc limit 1`
	err = s.web.Get(ctx, &i, query, string(w))
	return i, missing(err)
}

// Draft is the open form of a parcel.
func (s *Store) Draft(ctx context.Context, w shipment.Waybill) (i Identity, err error) {
	err = s.web.Get(ctx, &i, `select `+columns+` from identities where waybill = $1 and state = 'draft'`, string(w))
	return i, missing(err)
}

// History lists all that was handed in for a parcel, newest first.
func (s *Store) History(ctx context.Context, w shipment.Waybill) (list []Identity, err error) {
	err = s.web.Select(ctx, &list, `select `+columns+` from identities where waybill = $1 order by id desc`, string(w))
	return list, err
}
