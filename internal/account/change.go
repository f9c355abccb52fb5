package account

import (
	"context"
	"fmt"
	"strings"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
)

// longestName is how much of a name is kept, in characters.
const longestName = 100

// proof is what a signed-in person types to show anew who they are.
type proof struct {
	password string
	next     string // the password to have from now on; may be empty
	visitor  Visitor
}

// Prove lets a signed-in person show anew who they are, by the password. The
// session goes on under a new token. ErrWrongPassword and fault.TooMany as at SignIn.
func (s *Store) Prove(ctx context.Context, owner Session, password string, v Visitor) (Session, string, error) {
	var begun Session
	var token string
	err := s.proved(ctx, owner, proof{password: password, visitor: v}, func(a act, _ string) error {
		if err := note(ctx, a, owner.Account.ID, EventProved); err != nil {
			return err
		}
		var err error
		begun, token, err = s.rotate(ctx, a, owner)
		return err
	})
	if err != nil {
		return Session{}, "", fmt.Errorf("prove: %w", err)
	}
	return begun, token, nil
}

// proved runs fn in a transaction in which the owner's password is known to fit;
// fn gets the hash of the next password.
func (s *Store) proved(ctx context.Context, owner Session, p proof, fn func(act, string) error) error {
	leave, err := s.hashes.enter(p.visitor.Network)
	if err != nil {
		return err
	}
	defer leave()
	whose, t, err := s.prove(ctx, EmailKey(owner.Account.Email), p.password, p.visitor)
	if err != nil {
		return err
	}
	if whose.ID != owner.Account.ID { // the address has changed hands meanwhile
		return ErrWrongPassword
	}
	phc := ""
	if p.next != "" {
		if phc, err = s.hashes.hash(ctx, p.next); err != nil {
			return err
		}
	}
	defer s.recent.drop(owner.Account.ID)
	return s.web.InTx(ctx, func(tx *postgres.Tx) error {
		if err := lockAddress(ctx, tx, t.emailKey); err != nil {
			return err
		}
		if err := unchanged(ctx, tx, whose); err != nil {
			return err
		}
		if err := right(ctx, tx, t); err != nil {
			return err
		}
		return fn(act{tx, s.clock(), p.visitor}, phc)
	})
}

// rotate ends a session that must still be there and begins another in its place.
func (s *Store) rotate(ctx context.Context, a act, old Session) (Session, string, error) {
	var id SessionID
	err := a.Get(ctx, &id, `delete from sessions where id = $1 and account_id = $2 returning id`, old.ID, old.Account.ID)
	if err != nil {
		return Session{}, "", fmt.Errorf("rotate session: %w", missing(err, fault.ErrNotFound))
	}
	if err := altered(ctx, a.Tx, old.Account.ID); err != nil {
		return Session{}, "", err
	}
	return s.begin(ctx, a, old.Account.ID)
}

// ChangePassword sets a new password and ends all other sessions; this one goes
// on under a new token, and a letter tells of it. The old password is asked for;
// where there is none yet, a proof of the last ten minutes (ErrStale).
func (s *Store) ChangePassword(ctx context.Context, owner Session, old, password string, v Visitor) (Session, string, error) {
	if bad := passwordProblems(password, owner.Account.Email); len(bad) > 0 {
		return Session{}, "", bad
	}
	var begun Session
	var token string
	set := func(a act, phc string) error {
		var err error
		begun, token, err = s.setPassword(ctx, a, owner, phc)
		return err
	}
	var err error
	if owner.Account.HasPassword {
		err = s.proved(ctx, owner, proof{old, password, v}, set)
	} else {
		err = s.firstPassword(ctx, owner, proof{next: password, visitor: v}, set)
	}
	if err != nil {
		return Session{}, "", fmt.Errorf("change password: %w", err)
	}
	return begun, token, nil
}

// firstPassword runs set with a hash, where the proof of who it is is fresh.
func (s *Store) firstPassword(ctx context.Context, owner Session, p proof, set func(act, string) error) error {
	if !owner.Fresh(s.clock()) {
		return ErrStale
	}
	phc, err := s.hashNow(ctx, p.next, p.visitor)
	if err != nil {
		return err
	}
	defer s.recent.drop(owner.Account.ID)
	return s.web.InTx(ctx, func(tx *postgres.Tx) error {
		if err := lockAddress(ctx, tx, EmailKey(owner.Account.Email)); err != nil {
			return err
		}
		return set(act{tx, s.clock(), p.visitor}, phc)
	})
}

func (s *Store) setPassword(ctx context.Context, a act, owner Session, phc string) (Session, string, error) {
	id, kind := owner.Account.ID, EventPasswordChanged
	var had bool
	err := a.Get(ctx, &had, `
		with old as (select id, password from accounts where id = $1 and closed_at is null for no key update)
		update accounts a set password = $2 from old where a.id = old.id returning old.password is not null`, id, phc)
	if err != nil {
		return Session{}, "", fmt.Errorf("set password: %w", missing(err, fault.ErrNotFound))
	}
	if had != owner.Account.HasPassword {
		return Session{}, "", fault.ErrConflict
	}
	if !had {
		kind = EventPasswordSet
	}
	if err := note(ctx, a, id, kind); err != nil {
		return Session{}, "", err
	}
	if err := s.tell(ctx, a, PasswordChanged, id); err != nil {
		return Session{}, "", err
	}
	if err := void(ctx, a, EmailKey(owner.Account.Email)); err != nil {
		return Session{}, "", err
	}
	return s.renew(ctx, a, owner)
}

// renew goes on under a new token and ends all other sessions of the account.
func (s *Store) renew(ctx context.Context, a act, owner Session) (Session, string, error) {
	begun, token, err := s.rotate(ctx, a, owner)
	if err != nil {
		return Session{}, "", err
	}
	_, err = endAll(ctx, a.Tx, owner.Account.ID, begun.ID)
	return begun, token, err
}

// tell owes the owner a letter about what was done, to the address in force.
func (s *Store) tell(ctx context.Context, a act, p Purpose, owner ID) error {
	l := letterRow{Purpose: p, AccountID: &owner, Network: a.by.Network, CreatedAt: a.now}
	err := a.Get(ctx, &l, `select email, language from accounts where id = $1`, owner)
	if err != nil {
		return fmt.Errorf("find address: %w", err)
	}
	_, err = s.owe(ctx, a.Tx, l)
	return err
}

// ConfirmChange puts the new address of a ChangeEmail letter in force, for the
// account that asked and while it is signed in: who gets the letter by a slip of
// the pen gets no account by it. All other sessions end, this one goes on under a
// new token, and a letter to the old address tells of it. ErrSpent, also when the
// new address has got an account meanwhile.
func (s *Store) ConfirmChange(ctx context.Context, owner Session, link string, v Visitor) (Session, string, error) {
	letter, err := s.Letter(ctx, link, ChangeEmail)
	if err != nil {
		return Session{}, "", err
	}
	defer s.recent.drop(owner.Account.ID)
	var begun Session
	var token string
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		if err := lockAddresses(ctx, tx, EmailKey(letter.Email), EmailKey(owner.Account.Email)); err != nil {
			return err
		}
		a := act{tx, s.clock(), v}
		ref, _ := readRef(letter.Ref)
		row, err := s.use(ctx, a, ref, ChangeEmail)
		if err == nil && (row.AccountID == nil || *row.AccountID != owner.Account.ID) {
			err = ErrSpent
		}
		if err != nil {
			return err
		}
		if err := s.move(ctx, a, owner, row); err != nil {
			return err
		}
		begun, token, err = s.renew(ctx, a, owner)
		return err
	})
	if postgres.Violates(err, "accounts_email") {
		err = ErrSpent
	}
	if err != nil {
		return Session{}, "", fmt.Errorf("confirm a new address: %w", err)
	}
	return begun, token, nil
}

// lockAddresses locks two addresses, in the same order whoever asks.
func lockAddresses(ctx context.Context, tx *postgres.Tx, a, b string) error {
	if err := lockAddress(ctx, tx, min(a, b)); err != nil {
		return err
	}
	return lockAddress(ctx, tx, max(a, b))
}

// move puts the address of a letter in force, and tells the old one.
func (s *Store) move(ctx context.Context, a act, owner Session, l letterRow) error {
	id := owner.Account.ID
	if err := s.tell(ctx, a, EmailChanged, id); err != nil {
		return err
	}
	if err := void(ctx, a, EmailKey(owner.Account.Email)); err != nil {
		return err
	}
	_, err := a.Exec(ctx, `update accounts set email = $2, email_key = $3, confirmed_at = $4 where id = $1`, id, l.Email, l.EmailKey, a.now)
	if err != nil {
		return fmt.Errorf("set address: %w", err)
	}
	if err := note(ctx, a, id, EventEmailChanged); err != nil {
		return err
	}
	return s.confirmed(ctx, a.Tx, id, l.EmailKey)
}

// SetProfile sets how an account is greeted and in which language it gets mail.
func (s *Store) SetProfile(ctx context.Context, owner ID, name string, l locale.Language) error {
	if bad := nameProblems(name); len(bad) > 0 {
		return bad
	}
	defer s.recent.drop(owner)
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		var id ID
		err := tx.Get(ctx, &id, `update accounts set name = $2, language = $3 where id = $1 and closed_at is null returning id`,
			owner, strings.TrimSpace(name), l)
		if err != nil {
			return err
		}
		return altered(ctx, tx, id)
	})
	if err != nil {
		return fmt.Errorf("set profile: %w", missing(err, fault.ErrNotFound))
	}
	return nil
}
