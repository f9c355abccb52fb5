package account

import (
	"context"
	"fmt"

	"ecms/portal/internal/fault"
)

// Mailing is all that a letter to be sent is written from.
type Mailing struct {
	Letter
	// Known says that the address has an account.
	Known bool
	// To is where it goes, as mail servers know it: the account's own spelling
	// where there is an account.
	To string
	// Name greets the person; may be empty.
	Name string
	// Link is a path in the portal, empty where nothing can be opened.
	Link string
	// Code is what can be typed instead of following a sign-in link, or proves an address.
	Code string
	// Network is where it was asked for.
	Network string
}

// ToSend gives a letter that is still to be sent; not found when it was sent, is
// spent, or too old to be of use.
func (s *Store) ToSend(ctx context.Context, ref string) (Mailing, error) {
	raw, ok := readRef(ref)
	if !ok || s.linkKey == nil {
		return Mailing{}, fmt.Errorf("letter to send: %w", fault.ErrNotFound)
	}
	var row struct {
		letterRow
		Known   bool
		Account string // its address, when known
		Name    string
	}
	err := s.work.Get(ctx, &row, `
		select `+letterColumns+`, a.id is not null as known, coalesce(a.email, '') as account, coalesce(b.name, a.name, '') as name
		from letters l
		left join lateral (select id, email, name from accounts where email_key = l.email_key and closed_at is null) a on true
		left join lateral (select name from accounts where id = l.account_id) b on true
		where ref = $1 and sent_at is null and used_at is null and expires_at > $2`, raw, s.clock())
	if err != nil {
		return Mailing{}, fmt.Errorf("letter to send: %w", missing(err, fault.ErrNotFound))
	}
	m := Mailing{
		Letter: Letter{Purpose: row.Purpose, Email: row.Email, Language: row.Language, Next: row.Next, ExpiresAt: row.ExpiresAt, Ref: ref},
		Known:  row.Known, Name: row.Name, Network: row.Network,
	}
	s.address(&m, row.letterRow, row.Account)
	return m, nil
}

// address fills in where a letter goes and what its link opens.
func (s *Store) address(m *Mailing, l letterRow, account string) {
	to, opens := m.Email, m.Purpose
	switch m.Purpose {
	case Register:
		if m.Known { // who registers twice is let in instead
			to, opens = account, SignIn
		}
	case SignIn, Reset:
		if !m.Known {
			opens = ""
		} else {
			to = account
		}
	case ChangeEmail:
		if m.Known {
			opens = ""
		}
	case Recall:
		if m.Known {
			to = account
		}
		m.Code = s.code(l.Ref) // whoever reads the address's mail is its owner, with an account or without
	case PasswordChanged, EmailChanged:
	}
	if path := path(opens, ""); path != "" {
		m.Link, m.ExpiresAt = path+s.token(opens, l.Ref), l.end(opens)
	}
	if m.Purpose == SignIn && m.Known {
		m.Code = s.code(l.Ref)
	}
	m.To, _ = wireEmail(to)
}

// Sent writes down that a letter has gone out.
func (s *Store) Sent(ctx context.Context, ref string) error {
	raw, ok := readRef(ref)
	if !ok {
		return fmt.Errorf("letter sent: %w", fault.ErrNotFound)
	}
	if _, err := s.work.Exec(ctx, `update letters set sent_at = $2 where ref = $1 and sent_at is null`, raw, s.clock()); err != nil {
		return fmt.Errorf("letter sent: %w", err)
	}
	return nil
}
