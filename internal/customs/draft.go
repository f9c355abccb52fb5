package customs

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"ecms/portal/internal/document"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

// parcel is what a form needs to know of its parcel.
type parcel struct {
	waybill   shipment.Waybill
	consignee shipment.Party
	rule      Rule
	today     shipment.Date // at the destination
}

// parcelOf finds the rule that counts for a parcel today.
func (s *Store) parcelOf(ctx context.Context, tx *postgres.Tx, w shipment.Waybill) (parcel, error) {
	who, to, err := s.shipments.Consignee(ctx, tx, w)
	if err != nil {
		return parcel{}, err
	}
	p := parcel{waybill: w, consignee: who, today: localDay(s.now(), to.Zone)}
	var asked bool
	if p.rule, asked = RuleFor(to.Country, p.today); !asked {
		return parcel{}, ErrNotAsked
	}
	return p, nil
}

// Begin opens the form of a parcel: the draft that is there, or a new one. After a
// refusal it holds what was not refused. It is also how an identity is replaced,
// until customs is done with the parcel; the old one stands until the new is sent.
func (s *Store) Begin(ctx context.Context, w shipment.Waybill, by By) (i Identity, err error) {
	if err := s.stillAsked(ctx, w); err != nil {
		return Identity{}, fmt.Errorf("begin identity: %w", err)
	}
	err = s.web.InTx(ctx, func(tx *postgres.Tx) (err error) {
		i, err = s.begin(ctx, tx, w, by)
		return err
	})
	if err != nil {
		return Identity{}, fmt.Errorf("begin identity: %w", err)
	}
	return i, nil
}

// stillAsked is ErrLate when customs is done with a parcel.
func (s *Store) stillAsked(ctx context.Context, w shipment.Waybill) error {
	p, err := s.shipments.Lookup(ctx, w)
	if err != nil {
		return err
	}
	if _, done := Done(p); done {
		return ErrLate
	}
	return nil
}

func (s *Store) begin(ctx context.Context, tx *postgres.Tx, w shipment.Waybill, by By) (Identity, error) {
	if err := lockParcel(ctx, tx, w); err != nil {
		return Identity{}, err
	}
	var open []Identity
	const drafts = `select ` + columns + ` from identities where waybill = $1 and state in ('draft', 'refused') order by state for update`
	if err := tx.Select(ctx, &open, drafts, string(w)); err != nil {
		return Identity{}, err
	}
	if len(open) > 0 && open[0].State == Draft {
		return open[0], nil
	}
	p, err := s.parcelOf(ctx, tx, w)
	if err != nil {
		return Identity{}, err
	}
	i, err := s.addDraft(ctx, tx, p, by)
	if err != nil || len(open) == 0 {
		return i, err
	}
	return s.amend(ctx, tx, i, open[0])
}

// addDraft writes the row of a new form and its data key.
func (s *Store) addDraft(ctx context.Context, tx *postgres.Tx, p parcel, by By) (i Identity, err error) {
	now := s.clock()
	const add = `
insert into identities (waybill, country, state, reference, language, account_id, created_at, saved_at, keep_until)
values ($1, $2, 'draft', $3, $4, $5, $6, $6, $7) returning ` + columns
	err = tx.Get(ctx, &i, add, string(p.waybill), p.rule.Country, reference(), string(by.Language), by.id(), now, now.Add(p.rule.Retention.Draft))
	if err != nil {
		return Identity{}, fmt.Errorf("add form: %w", err)
	}
	_, err = s.newKey(ctx, tx, i.ID.record())
	return i, err
}

// reference is what the person is told: eight characters that nobody misreads.
func reference() string {
	text := strings.NewReplacer("I", "9", "O", "8").Replace(rand.Text())
	return "ID-" + text[:4] + "-" + text[4:8]
}

// change is a form's fields being changed in a transaction.
type change struct {
	parcel
	Identity
	Clear
	key *seal.Key
}

// change reads the open form of a parcel for update.
func (s *Store) change(ctx context.Context, tx *postgres.Tx, w shipment.Waybill, by By) (*change, error) {
	p, err := s.parcelOf(ctx, tx, w)
	if err != nil {
		return nil, err
	}
	var i Identity
	err = tx.Get(ctx, &i, `select `+columns+` from identities where waybill = $1 and state = 'draft' for update`, string(w))
	if err != nil {
		return nil, missing(err)
	}
	by.Role = Portal
	c, key, err := s.open(ctx, tx, look{by: by, what: WhatCheck, reason: "form", identity: i.ID, waybill: w})
	if err != nil {
		return nil, err
	}
	return &change{p, i, c, key}, nil
}

// SavePerson saves the first step. The error is fault.Invalid, or fault.ErrNotFound
// where no form is open.
func (s *Store) SavePerson(ctx context.Context, w shipment.Waybill, e PersonEntry, by By) (i Identity, odd Warnings, err error) {
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		c, err := s.change(ctx, tx, w, by)
		if err != nil {
			return err
		}
		who, warnings, err := c.rule.CheckPerson(e, c.consignee)
		if odd = warnings; err != nil {
			return err
		}
		if who.Nationality != c.Person.Nationality && !serves(c.rule, who, c.Document.Doc) { // the document is another person's now
			c.Document, c.HasDocument = Document{}, false
		}
		c.Person, c.HasPerson = who, true
		c.Warnings = append(odd, c.Warnings.about(false)...)
		i, err = s.write(ctx, tx, c)
		return err
	})
	return i, odd, err
}

func serves(r Rule, who Person, doc DocType) bool {
	for _, d := range r.DocumentsFor(who.Nationality) {
		if d.Doc == doc {
			return true
		}
	}
	return false
}

// SaveDocument saves the second step, after AddPicture for each picture. An entry
// that is empty means the document as it was given before, after a refusal of
// pictures alone. Errors are as SavePerson's; all problems of fields and pictures
// come at once.
func (s *Store) SaveDocument(ctx context.Context, w shipment.Waybill, e DocumentEntry, by By) (i Identity, odd Warnings, err error) {
	var gone []string
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		c, err := s.change(ctx, tx, w, by)
		if err != nil {
			return err
		}
		if !c.HasPerson {
			return ErrUnfinished
		}
		d, warnings, wrong := c.Document, c.Warnings.about(false), error(nil)
		if e != (DocumentEntry{}) || !c.rule.whole(d) {
			d, warnings, wrong = c.rule.CheckDocument(e, c.Clear.Person, c.today)
		}
		doc := d.Doc
		if doc == "" {
			doc = DocType(e.DocType)
		}
		seen, files, wrongPictures, err := s.checkPictures(ctx, tx, c, doc, e.EZWay || d.EZWay)
		if err != nil {
			return err
		}
		odd = append(warnings, seen...)
		if err := both(wrong, wrongPictures); err != nil {
			return err
		}
		gone = files
		c.Document, c.HasDocument, c.Warnings = d, true, append(c.Warnings.about(true), odd...)
		i, err = s.write(ctx, tx, c)
		return err
	})
	if err != nil {
		return Identity{}, odd, err
	}
	_ = s.files.Remove(gone...) // what stays is swept
	return i, odd, nil
}

// both joins the problems of two checks into one list.
func both(a, b error) error {
	var all, more fault.Invalid
	errors.As(a, &all)
	if errors.As(b, &more); len(all)+len(more) == 0 {
		return nil
	}
	return append(all, more...)
}

// write seals a form's fields and writes its row; the form waits another day.
func (s *Store) write(ctx context.Context, tx *postgres.Tx, c *change) (i Identity, err error) {
	text, err := json.Marshal(c.Clear)
	if err != nil {
		return Identity{}, err
	}
	hash, err := s.hash(ctx, tx, c.Document)
	if err != nil {
		return Identity{}, err
	}
	now := s.clock()
	const update = `
update identities set sealed = $2, number_hash = $3, doc_type = $4, masked = $5, has_person = $6, has_document = $7, warnings = $8,
    saved_at = $9, keep_until = $10, person_id = nullif($11::bigint, 0)
where id = $1 returning ` + columns
	err = tx.Get(ctx, &i, update, int64(c.ID), c.key.Seal(partFields, text), hash, string(c.Document.Doc), c.Document.Masked(),
		c.HasPerson, c.HasDocument, c.Warnings.text(), now, now.Add(c.rule.Retention.Draft), int64(c.SavedPerson))
	if err != nil {
		return Identity{}, fmt.Errorf("save form: %w", err)
	}
	return i, nil
}

// flawsOf are a picture's warnings as the row keeps them.
func flawsOf(odd []document.Flaw) []string {
	list := make([]string, len(odd))
	for i, f := range odd {
		list[i] = string(f)
	}
	return list
}
