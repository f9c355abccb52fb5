package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"ecms/portal/internal/postgres"
)

// keyed is what is read of an account before its password is compared.
type keyed struct {
	ID       ID
	Password string
}

// SignIn begins a session for whoever knows the password. ErrWrongPassword and
// fault.TooMany come alike, and after the same work, for addresses that have an
// account and those that have none.
func (s *Store) SignIn(ctx context.Context, email, password string, v Visitor) (Session, string, error) {
	leave, err := s.hashes.enter(v.Network)
	if err != nil {
		return Session{}, "", err
	}
	defer leave()
	whose, t, err := s.prove(ctx, triedKey(email), password, v)
	if err != nil {
		return Session{}, "", fmt.Errorf("sign in: %w", err)
	}
	var begun Session
	var token string
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		if err := unchanged(ctx, tx, whose); err != nil {
			return err
		}
		if err := right(ctx, tx, t); err != nil {
			return err
		}
		a := act{tx, t.at, v}
		var err error
		if begun, token, err = s.begin(ctx, a, whose.ID); err != nil {
			return err
		}
		return note(ctx, a, whose.ID, EventSignedIn)
	})
	if err != nil {
		return Session{}, "", fmt.Errorf("sign in: %w", err)
	}
	s.renewHash(ctx, whose, password)
	return begun, token, nil
}

// prove counts a try and compares the password. The caller has a place to hash.
func (s *Store) prove(ctx context.Context, emailKey, password string, v Visitor) (keyed, try, error) {
	var whose keyed
	var t try
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		var err error
		if t, err = s.reserve(ctx, tx, emailKey, v.Network); err != nil {
			return err
		}
		err = tx.Get(ctx, &whose, `select id, coalesce(password, '') as password from accounts where email_key = $1 and closed_at is null`, emailKey)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("find account: %w", err)
		}
		return nil
	})
	if err != nil {
		return keyed{}, try{}, err
	}
	fits, err := s.hashes.fits(ctx, password, whose.Password)
	if err == nil && !fits {
		err = ErrWrongPassword
	}
	return whose, t, err
}

// unchanged makes sure that a password that fitted is still the account's, and
// lets nobody change it before this transaction ends.
func unchanged(ctx context.Context, tx *postgres.Tx, whose keyed) error {
	var id ID
	err := tx.Get(ctx, &id, `select id from accounts where id = $1 and password = $2 and closed_at is null for no key update`, whose.ID, whose.Password)
	if err != nil {
		return fmt.Errorf("find account again: %w", missing(err, ErrWrongPassword))
	}
	return nil
}

// renewHash hashes a password that fitted at the cost stated by now. Without luck
// it happens at the next sign-in.
func (s *Store) renewHash(ctx context.Context, whose keyed, password string) {
	if !s.hashes.outdated(whose.Password) {
		return
	}
	if phc, err := s.hashes.hash(ctx, password); err == nil {
		_, _ = s.web.Exec(ctx, `update accounts set password = $3 where id = $1 and password = $2`, whose.ID, whose.Password, phc)
	}
}
