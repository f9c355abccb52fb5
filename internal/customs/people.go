package customs

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/account"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// PersonID names a saved person.
type PersonID int64

// Holder is whose saved persons they are: an account's, or those behind an e-mail
// address that a code has proved. Exactly one is set.
type Holder struct {
	Account  account.ID
	EmailKey string // as account.EmailKey gives it
}

func (h Holder) nobody() bool { return h.Account == 0 && h.EmailKey == "" }

// owns is the condition that a row of people is the holder's; $1 and $2 are its values.
const owns = `(account_id = $1 or $1 = 0 and email_key = $2)`

func (h Holder) args(more ...any) []any { return append([]any{int64(h.Account), h.EmailKey}, more...) }

// Saved is a person kept for the next parcel. Names are not among it: they are
// opened through ViewPerson.
type Saved struct {
	ID      PersonID      `db:"id"`
	Country string        `db:"country"`
	Doc     DocType       `db:"doc_type"`
	Masked  string        `db:"masked"`
	ValidTo shipment.Date `db:"valid_to"` // the document's last day; empty when it has none
	// KeptUntil is when it is erased if no parcel needs it before.
	CreatedAt  time.Time `db:"created_at"`
	LastUsedAt time.Time `db:"last_used_at"`
	KeptUntil  time.Time `db:"keep_until"`
	Uses       int       `db:"uses"`
}

const savedColumns = `
p.id, p.country, p.doc_type, p.masked, coalesce(p.valid_to::text, '') as valid_to, p.created_at, p.last_used_at, p.keep_until,
(select count(*) from identities i where i.person_id = p.id and i.submitted_at is not null) as uses`

// unusedUntil is when a person whom no parcel needs is erased.
func unusedUntil(now time.Time, r Rule) time.Time { return now.AddDate(0, 0, r.Retention.Unused) }

// savePerson keeps an identity's person under a key of its own. The same document
// of the same holder takes the older one's place.
func (s *Store) savePerson(ctx context.Context, tx *postgres.Tx, i *Identity, h Holder, by By) (PersonID, error) {
	portal := by
	portal.Role = Portal
	c, from, err := s.open(ctx, tx, look{by: portal, what: WhatCopy, reason: "save", identity: i.ID, waybill: i.Waybill})
	if err != nil {
		return 0, err
	}
	hash, err := s.hash(ctx, tx, c.Document)
	if err != nil {
		return 0, err
	}
	now := s.clock()
	rule, _ := ruleOf(i.Country)
	var before []PersonID
	const same = `select id from people where ` + owns + ` and erased_at is null and number_hash = $3 and country = $4 for update`
	if err := tx.Select(ctx, &before, same, h.args(hash, i.Country)...); err != nil {
		return 0, err
	}
	for _, id := range before { // its files are swept
		if _, err := s.destroyPerson(ctx, tx, id, WhyReplaced); err != nil {
			return 0, err
		}
	}
	var id PersonID
	const add = `
insert into people (account_id, email_key, country, doc_type, masked, number_hash, valid_to, created_at, last_used_at, keep_until)
values (nullif($1::bigint, 0), nullif($2, ''), $3, $4, $5, $6, nullif($7, '')::date, $8, $8, $9) returning id`
	args := h.args(i.Country, string(c.Document.Doc), c.Document.Masked(), hash, string(c.Document.Expiry), now, unusedUntil(now, rule))
	if err := tx.Get(ctx, &id, add, args...); err != nil {
		return 0, fmt.Errorf("save person: %w", err)
	}
	to, err := s.newKey(ctx, tx, id.record())
	if err != nil {
		return 0, err
	}
	text, err := json.Marshal(c)
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, `update people set sealed = $2 where id = $1`, int64(id), to.Seal(partFields, text)); err != nil {
		return 0, err
	}
	if err := s.copyPictures(ctx, tx, i.ID.side(from), id.side(to), func(Slot) bool { return true }); err != nil {
		return 0, err
	}
	const used = `update identities set person_id = $1 where person_id = any($2)` // its uses stay in sight
	if _, err := tx.Exec(ctx, used, int64(id), pq.Array(before)); err != nil {
		return 0, err
	}
	err = tx.Get(ctx, i, `update identities set person_id = $2 where id = $1 returning `+columns, int64(i.ID), int64(id))
	return id, err
}

// People lists a holder's saved persons, the last used first; country may be empty for all.
func (s *Store) People(ctx context.Context, h Holder, country string) (list []Saved, err error) {
	const query = `
select ` + savedColumns + ` from people p where ` + owns + ` and erased_at is null and ($3 = '' or country = $3) order by last_used_at desc, id desc`
	err = s.web.Select(ctx, &list, query, h.args(country)...)
	return list, err
}

// FindPerson is one of a holder's saved persons; another's is not found.
func (s *Store) FindPerson(ctx context.Context, h Holder, id PersonID) (p Saved, err error) {
	const query = `select ` + savedColumns + ` from people p where ` + owns + ` and erased_at is null and p.id = $3`
	err = s.web.Get(ctx, &p, query, h.args(int64(id))...)
	return p, missing(err)
}

// ViewPerson opens what is saved of a holder's person, with a look.
func (s *Store) ViewPerson(ctx context.Context, h Holder, id PersonID, by By) (c Clear, err error) {
	if _, err := s.FindPerson(ctx, h, id); err != nil {
		return Clear{}, err
	}
	err = s.web.InTx(ctx, func(tx *postgres.Tx) (err error) {
		c, _, err = s.open(ctx, tx, look{by: by, what: WhatView, reason: "own", person: id})
		return err
	})
	return c, err
}

// UsePerson fills the form of a parcel from a saved person, checked anew against
// the parcel and today. The error is fault.Invalid when the document has expired
// or no longer fits, and fault.ErrNotFound for another's, or another country's.
func (s *Store) UsePerson(ctx context.Context, w shipment.Waybill, h Holder, id PersonID, by By) (i Identity, odd Warnings, err error) {
	if _, err := s.Begin(ctx, w, by); err != nil {
		return Identity{}, nil, err
	}
	var gone []string
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		c, err := s.change(ctx, tx, w, by)
		if err != nil {
			return err
		}
		var mine PersonID
		const query = `select id from people where ` + owns + ` and erased_at is null and id = $3 and country = $4 for update`
		if err := tx.Get(ctx, &mine, query, h.args(int64(id), c.rule.Country)...); err != nil {
			return missing(err)
		}
		owner := by
		owner.Role = Portal
		saved, from, err := s.open(ctx, tx, look{by: owner, what: WhatCopy, reason: "use", person: id, waybill: w})
		if err != nil {
			return err
		}
		if odd, err = c.fill(saved); err != nil {
			return err
		}
		if err := tx.Select(ctx, &gone, `delete from identity_pictures where identity_id = $1 returning file`, int64(c.ID)); err != nil {
			return err
		}
		if err := s.copyPictures(ctx, tx, id.side(from), c.ID.side(c.key), func(Slot) bool { return true }); err != nil {
			return err
		}
		c.SavedPerson = id
		i, err = s.write(ctx, tx, c)
		return err
	})
	if err != nil {
		return Identity{}, odd, fmt.Errorf("use saved person: %w", err)
	}
	_ = s.files.Remove(gone...) // what stays is swept
	return i, odd, nil
}

// fill puts a saved person into a form and checks it as if typed today.
func (c *change) fill(saved Clear) (Warnings, error) {
	p, d := saved.Person, saved.Document
	who, odd, err := c.rule.CheckPerson(PersonEntry(p), c.consignee)
	if err != nil {
		return odd, err
	}
	e := DocumentEntry{DocType: string(d.Doc), Number: d.Number, Issuer: d.Issuer, LongTerm: d.LongTerm, EZWay: d.EZWay}
	if t, ok := d.Expiry.Time(); ok {
		e.ExpiryYear, e.ExpiryMonth, e.ExpiryDay = t.Format("2006"), t.Format("01"), t.Format("02")
	}
	paper, more, err := c.rule.CheckDocument(e, who, c.today)
	odd = append(odd, more...)
	if err != nil {
		return odd, err
	}
	c.Clear = Clear{who, paper}
	c.HasPerson, c.HasDocument, c.Warnings = true, true, odd
	return odd, nil
}

// Use is one parcel that a saved person was handed in for.
type Use struct {
	Waybill shipment.Waybill `db:"waybill"`
	State   State            `db:"state"`
	At      time.Time        `db:"submitted_at"`
	// SentAt is when it was handed over to the broker; zero when it was not.
	SentAt time.Time `db:"sent_at"`
}

// Uses lists the parcels that a holder's person was used for, newest first.
func (s *Store) Uses(ctx context.Context, h Holder, id PersonID) (list []Use, err error) {
	if _, err := s.FindPerson(ctx, h, id); err != nil {
		return nil, err
	}
	const query = `
select waybill, state, submitted_at, coalesce((select min(at) from identity_looks l where l.identity_id = i.id and what = 'export'), ` + never + `) as sent_at
from identities i where person_id = $1 and submitted_at is not null order by submitted_at desc`
	err = s.web.Select(ctx, &list, query, int64(id))
	return list, err
}

// ErasePerson destroys a saved person's key. Parcels that it was used for keep
// their own copies until customs is done with them.
func (s *Store) ErasePerson(ctx context.Context, h Holder, id PersonID, by By) error {
	var files []string
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		var mine PersonID
		const query = `select id from people where ` + owns + ` and erased_at is null and id = $3 for update`
		if err := tx.Get(ctx, &mine, query, h.args(int64(id))...); err != nil {
			return missing(err)
		}
		var err error
		if files, err = s.destroyPerson(ctx, tx, id, WhyAsked); err != nil {
			return err
		}
		return s.note(ctx, tx, look{by: by, what: string(Erased), reason: WhyAsked, person: id})
	})
	if err != nil {
		return fmt.Errorf("erase person: %w", err)
	}
	_ = s.files.Remove(files...) // what stays is swept, and nobody has its key
	return nil
}

func (s *Store) destroyPerson(ctx context.Context, tx *postgres.Tx, id PersonID, why string) (files []string, err error) {
	now := s.clock()
	if _, err := tx.Exec(ctx, `delete from sealed_keys where record = $1`, id.record()); err != nil {
		return nil, fmt.Errorf("destroy data key: %w", err)
	}
	const tomb = `update people set sealed = null, number_hash = null, masked = '', erased_at = $2, erased_why = $3 where id = $1`
	if _, err := tx.Exec(ctx, tomb, int64(id), now, why); err != nil {
		return nil, fmt.Errorf("erase person: %w", err)
	}
	if _, err := tx.Exec(ctx, `update consents set withdrawn_at = $2 where person_id = $1 and withdrawn_at is null`, int64(id), now); err != nil {
		return nil, fmt.Errorf("end consents: %w", err)
	}
	if err := tx.Select(ctx, &files, `delete from identity_pictures where person_id = $1 returning file`, int64(id)); err != nil {
		return nil, fmt.Errorf("erase pictures: %w", err)
	}
	return files, nil
}

// ExtendPerson keeps a holder's person for another year from now.
func (s *Store) ExtendPerson(ctx context.Context, h Holder, id PersonID) (Saved, error) {
	p, err := s.FindPerson(ctx, h, id)
	if err != nil {
		return Saved{}, err
	}
	rule, _ := ruleOf(p.Country)
	const query = `update people set keep_until = $4 where ` + owns + ` and erased_at is null and id = $3`
	if _, err := s.web.Exec(ctx, query, h.args(int64(id), unusedUntil(s.clock(), rule))...); err != nil {
		return Saved{}, fmt.Errorf("extend person: %w", err)
	}
	return s.FindPerson(ctx, h, id)
}
