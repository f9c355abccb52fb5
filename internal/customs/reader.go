package customs

import (
	"context"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// reader is who gets a mail, and what they read.
type reader struct {
	Email    string          `db:"email"`
	Language locale.Language `db:"language"`
}

// address finds who gets a mail: whoever handed the identity in, else the
// consignee; in the language of the form or their account, else their country's.
func (s *Store) address(ctx context.Context, l letter, m *Mailing) error {
	who, err := s.giver(ctx, l.Identity)
	if err == nil && who.Email == "" {
		who.Email, err = s.consigneeEmail(ctx, l.Waybill)
	}
	if err != nil {
		return err
	}
	to, ok := account.WireEmail(who.Email)
	if !ok {
		return fault.ErrNotFound
	}
	m.To, m.Language = to, who.Language
	if m.Language != "" {
		return nil
	}
	var own []locale.Language
	const spoken = `select language from accounts where email_key = $1 and closed_at is null`
	if err := s.work.Select(ctx, &own, spoken, account.EmailKey(who.Email)); err != nil {
		return err
	}
	rule, _ := ruleOf(m.Country)
	m.Language = append(own, rule.Language)[0]
	return nil
}

// giver is who handed an identity in; without an address when that was somebody
// without an account.
func (s *Store) giver(ctx context.Context, id ID) (who reader, err error) {
	if id == 0 {
		return reader{}, nil
	}
	const query = `
select coalesce(a.email, '') as email, i.language from identities i
left join accounts a on a.id = i.account_id and a.closed_at is null where i.id = $1`
	err = s.work.Get(ctx, &who, query, int64(id))
	return who, missing(err)
}

// consigneeEmail is the address on the parcel; empty when the feed tells none.
func (s *Store) consigneeEmail(ctx context.Context, w shipment.Waybill) (email string, err error) {
	err = s.work.InTx(ctx, func(tx *postgres.Tx) error {
		who, _, err := s.shipments.Consignee(ctx, tx, w)
		email = who.Email
		return err
	})
	return email, err
}
