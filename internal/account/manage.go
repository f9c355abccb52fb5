package account

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

const accountColumns = `id, email, role, name, language, terms, password is not null as has_password, created_at`

// Find gives the open account of an address.
func (s *Store) Find(ctx context.Context, email string) (Account, error) {
	var a Account
	err := s.web.Get(ctx, &a, `select `+accountColumns+` from accounts where email_key = $1 and closed_at is null`, EmailKey(email))
	if err != nil {
		return Account{}, fmt.Errorf("find account: %w", missing(err, fault.ErrNotFound))
	}
	return a, nil
}

// Make makes an account whose address counts as confirmed, for staff and for the
// demo; without a password it signs in by mailed link. ErrTaken, Invalid.
func (s *Store) Make(ctx context.Context, a Account, password string) (Account, error) {
	email, err := parseEmail(a.Email)
	if err != nil {
		return Account{}, err
	}
	a.Email, a.Name = email, strings.TrimSpace(a.Name)
	bad := nameProblems(a.Name)
	if password != "" {
		bad = append(bad, passwordProblems(password, email)...)
	}
	if len(bad) > 0 {
		return Account{}, bad
	}
	phc := ""
	if password != "" {
		if phc, err = s.hashes.hash(ctx, password); err != nil {
			return Account{}, err
		}
	}
	var made Account
	err = s.work.InTx(ctx, func(tx *postgres.Tx) error {
		in := act{Tx: tx, now: s.clock()}
		id, err := s.insert(ctx, in, a, phc)
		if err != nil {
			return missing(err, ErrTaken)
		}
		if err := note(ctx, in, id, EventMade); err != nil {
			return err
		}
		return tx.Get(ctx, &made, `select `+accountColumns+` from accounts where id = $1`, id)
	})
	if err != nil {
		return Account{}, fmt.Errorf("make account: %w", err)
	}
	return made, nil
}

// insert writes an account; no row when the address has one already.
func (s *Store) insert(ctx context.Context, in act, a Account, phc string) (ID, error) {
	var id ID
	key := EmailKey(a.Email)
	if err := lockAddress(ctx, in.Tx, key); err != nil {
		return 0, err
	}
	err := in.Get(ctx, &id, `
		insert into accounts (email, email_key, password, role, name, language, terms, confirmed_at, created_at)
		values ($1, $2, nullif($3, ''), $4, $5, $6, $7, $8, $8)
		on conflict (email_key) where closed_at is null do nothing returning id`,
		a.Email, key, phc, a.Role, a.Name, a.Language, a.Terms, in.now)
	if err != nil {
		return 0, fmt.Errorf("insert account: %w", err)
	}
	if err := void(ctx, in, key); err != nil {
		return 0, err
	}
	return id, s.confirmed(ctx, in.Tx, id, key)
}

// confirmed tells whoever joins things to accounts by their address.
func (s *Store) confirmed(ctx context.Context, tx *postgres.Tx, id ID, emailKey string) error {
	if s.OnConfirmed == nil {
		return nil
	}
	if err := s.OnConfirmed(ctx, tx, id, emailKey); err != nil {
		return fmt.Errorf("join what is kept for an address: %w", err)
	}
	return nil
}

// SetRole gives an account other rights. A change ends its sessions, so that no
// token of before has rights of after. It tells whether there was one.
func (s *Store) SetRole(ctx context.Context, id ID, role Role) (bool, error) {
	defer s.recent.drop(id)
	changed := false
	err := s.work.InTx(ctx, func(tx *postgres.Tx) error {
		var before Role
		err := tx.Get(ctx, &before, `select role from accounts where id = $1 and closed_at is null for update`, id)
		if err != nil {
			return missing(err, fault.ErrNotFound)
		}
		if changed = before != role; !changed {
			return nil
		}
		if _, err := tx.Exec(ctx, `update accounts set role = $2 where id = $1`, id, role); err != nil {
			return err
		}
		if _, err := endAll(ctx, tx, id, 0); err != nil {
			return err
		}
		return note(ctx, act{Tx: tx, now: s.clock()}, id, EventRoleChanged)
	})
	if err != nil {
		return false, fmt.Errorf("set role: %w", err)
	}
	return changed, nil
}

// CloseAccount ends an account for good: its sessions and letters open nothing
// from now on, and its address may register anew.
func (s *Store) CloseAccount(ctx context.Context, id ID, v Visitor) error {
	defer s.recent.drop(id)
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		in := act{tx, s.clock(), v}
		var key string
		if err := tx.Get(ctx, &key, `select email_key from accounts where id = $1`, id); err != nil {
			return missing(err, fault.ErrNotFound)
		}
		if err := lockAddress(ctx, tx, key); err != nil {
			return err
		}
		err := tx.Get(ctx, &id, `update accounts set closed_at = $2, password = null where id = $1 and closed_at is null returning id`, id, in.now)
		if err != nil {
			return missing(err, fault.ErrNotFound)
		}
		_, err = endAll(ctx, tx, id, 0)
		return errors.Join(err, void(ctx, in, key), note(ctx, in, id, EventClosed))
	})
	if err != nil {
		return fmt.Errorf("close account: %w", err)
	}
	return nil
}

// StaffList lists the carrier's people, by address.
func (s *Store) StaffList(ctx context.Context) ([]Account, error) {
	var list []Account
	err := s.web.Select(ctx, &list, `select `+accountColumns+` from accounts where role = 'staff' and closed_at is null order by email_key`)
	if err != nil {
		return nil, fmt.Errorf("list staff: %w", err)
	}
	return list, nil
}
