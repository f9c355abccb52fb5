package customs

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// Reason is the code of a refusal; it becomes the person's text "id.refusal.<code>".
type Reason string

// takenFor is how long a case stays in the hands of somebody who does nothing with it.
const takenFor = 30 * time.Minute

// Reasons lists the codes with the parts that each usually asks again.
func Reasons() map[Reason][]string {
	return map[Reason][]string{
		"unreadable":     {string(Front), string(Back), string(Permit)},
		"cut_off":        {string(Front), string(Back), string(Permit)},
		"wrong_side":     {string(Front), string(Back)},
		"wrong_document": {FieldDocType, string(Front), string(Back), string(Permit)},
		"expired":        {FieldExpiryDay, string(Front), string(Back), string(Permit)},
		"number_differs": {FieldDocNumber},
		"name_differs":   {FieldNameLocal, FieldNameLatin},
		"phone_differs":  {FieldPhone},
		"not_registered": {FieldNameLocal, FieldPhone, FieldPostcode, FieldDocNumber},
	}
}

// Parts are what a refusal may ask again.
func Parts() []string {
	return []string{FieldNameLocal, FieldNameLatin, FieldPhone, FieldPostcode, FieldDocType, FieldDocNumber, FieldExpiryDay, string(Front), string(Back), string(Permit)}
}

// Take puts a case into the hands of one of the staff. Exactly one has it until
// they release or decide it, or half an hour has passed. ErrTaken, ErrDecided.
func (s *Store) Take(ctx context.Context, id ID, staff account.ID) (Identity, error) {
	return s.inReview(ctx, id, func(tx *postgres.Tx, i *Identity) error {
		now := s.clock()
		if i.TakenBy != 0 && i.TakenBy != staff && now.Sub(i.TakenAt) < takenFor {
			return ErrTaken
		}
		const take = `update identities set taken_by = $2, taken_at = $3 where id = $1 returning ` + columns
		return tx.Get(ctx, i, take, int64(id), int64(staff), now)
	})
}

// Release gives a case back to the queue. ErrTaken when it is not theirs.
func (s *Store) Release(ctx context.Context, id ID, staff account.ID) (Identity, error) {
	return s.inReview(ctx, id, func(tx *postgres.Tx, i *Identity) error {
		if i.TakenBy != staff {
			return ErrTaken
		}
		const release = `update identities set taken_by = null, taken_at = null where id = $1 returning ` + columns
		return tx.Get(ctx, i, release, int64(id))
	})
}

// Accept ends a case well: in the same transaction customs waits for it no longer,
// and the person is owed a mail.
func (s *Store) Accept(ctx context.Context, id ID, staff account.ID) (Identity, error) {
	return s.decide(ctx, id, staff, func(tx *postgres.Tx, i *Identity) error {
		const accept = `update identities set state = 'accepted', decided_by = $2, decided_at = $3 where id = $1 returning ` + columns
		if err := tx.Get(ctx, i, accept, int64(id), int64(staff), s.clock()); err != nil {
			return err
		}
		if err := s.shipments.AcceptID(ctx, tx, i.Waybill); err != nil {
			return err
		}
		const met = `update identity_requests set met_at = $2 where waybill = $1 and met_at is null`
		if _, err := tx.Exec(ctx, met, string(i.Waybill), s.clock()); err != nil {
			return err
		}
		return s.oweDecision(ctx, tx, *i, LetterAccepted)
	})
}

// Refuse ends a case with a reason and the parts to be given again, and owes the
// person a mail that says so; without parts those that the reason usually asks. Parts that the document does not have are left out.
func (s *Store) Refuse(ctx context.Context, id ID, staff account.ID, why Reason, again []string) (Identity, error) {
	usual, known := Reasons()[why]
	if !known {
		return Identity{}, fault.Invalid{{Field: "reason_code", Key: key("reason_code", FlawEmpty)}}
	}
	if len(again) == 0 {
		again = usual
	}
	for _, part := range again {
		if !slices.Contains(Parts(), part) {
			return Identity{}, fault.Invalid{{Field: "parts", Key: key("parts", FlawForm)}}
		}
	}
	return s.decide(ctx, id, staff, func(tx *postgres.Tx, i *Identity) error {
		asked := i.asked(again)
		const refuse = `
update identities set state = 'refused', decided_by = $2, decided_at = $3, refusal = $4, refused_parts = $5 where id = $1 returning ` + columns
		if err := tx.Get(ctx, i, refuse, int64(id), int64(staff), s.clock(), string(why), pq.StringArray(asked)); err != nil {
			return err
		}
		// A form that was begun meanwhile stays as it is, and learns why.
		const tell = `update identities set refusal = $2, refused_parts = $3 where waybill = $1 and state = 'draft'`
		if _, err := tx.Exec(ctx, tell, string(i.Waybill), string(why), pq.StringArray(asked)); err != nil {
			return err
		}
		return s.oweDecision(ctx, tx, *i, LetterRefused)
	})
}

// asked leaves out what the identity's document and country do not ask.
func (i Identity) asked(again []string) []string {
	rule, ok := ruleOf(i.Country)
	if !ok {
		return again
	}
	doc, _ := rule.Document(i.Doc)
	var kept []string
	for _, part := range again {
		switch {
		case personField(part) && rule.Asks(part) == Never,
			part == FieldDocNumber && doc.Number == Never, part == FieldExpiryDay && doc.Expiry == Never,
			slices.Contains([]Slot{Front, Back, Permit}, Slot(part)) && !doc.Takes(Slot(part)):
			continue
		}
		kept = append(kept, part)
	}
	if len(kept) == 0 { // nothing that this country asks: all of the document then
		return []string{FieldDocType}
	}
	return kept
}

// ruleOf is the newest rule of a country.
func ruleOf(country string) (Rule, bool) { return RuleFor(country, "9999-12-31") }

// decide runs a decision by whoever has the case in hand.
func (s *Store) decide(ctx context.Context, id ID, staff account.ID, act func(*postgres.Tx, *Identity) error) (Identity, error) {
	return s.inReview(ctx, id, func(tx *postgres.Tx, i *Identity) error {
		if i.TakenBy != staff {
			return ErrTaken
		}
		return act(tx, i)
	})
}

// inReview locks a case that is still to be decided.
func (s *Store) inReview(ctx context.Context, id ID, act func(*postgres.Tx, *Identity) error) (i Identity, err error) {
	err = s.web.InTx(ctx, func(tx *postgres.Tx) (err error) {
		if i, err = byID(ctx, tx, id, ""); err != nil {
			return err
		}
		if err = lockParcel(ctx, tx, i.Waybill); err != nil { // in the order of whoever sends a form
			return err
		}
		if i, err = byID(ctx, tx, id, "for update"); err != nil {
			return err
		}
		if i.State != Review {
			return ErrDecided
		}
		return act(tx, &i)
	})
	if err != nil {
		return Identity{}, fmt.Errorf("case %s: %w", strconv.FormatInt(int64(id), 10), err)
	}
	return i, nil
}
