package account

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// What signing in can end with.
var (
	// ErrWrongPassword says that address and password do not belong together,
	// whether anybody has an account by that address or not.
	ErrWrongPassword = fmt.Errorf("wrong password: %w", fault.ErrForbidden)
	// ErrSpent says that a letter's link or code opens nothing: used, too old,
	// made up, or overtaken by what happened since.
	ErrSpent = fmt.Errorf("letter spent: %w", fault.ErrNotFound)
	// ErrStale says that the person must show again who they are: more than ten
	// minutes have passed since.
	ErrStale = fmt.Errorf("proof too old: %w", fault.ErrForbidden)
	// ErrTaken says that the address has an account already.
	ErrTaken = fmt.Errorf("address taken: %w", fault.ErrConflict)
)

// Store keeps accounts, their sessions and letters.
type Store struct {
	// OnConfirmed, when set, hears in its transaction that an address is now an
	// account's: at its making, and when it changes its address.
	OnConfirmed func(ctx context.Context, tx *postgres.Tx, id ID, emailKey string) error

	web, work *postgres.DB
	now       func() time.Time
	linkKey   []byte // nil: no letters, as nobody could tell ours from forged ones
	hashes    *hasher
	recent    *recent
}

// NewStore makes a store that answers people through the web pool and does its
// jobs through the work pool. The key is the portal's master key.
func NewStore(web, work *postgres.DB, key []byte, now func() time.Time) *Store {
	s := &Store{web: web, work: work, now: now, hashes: newHasher(stated()), recent: newRecent()}
	if len(key) > 0 {
		s.linkKey, _ = hkdf.Key(sha256.New, key, nil, "letters", sha256.Size) // fails only for far longer keys
	}
	return s
}

// act is a transaction with the moment and the visitor that all in it is written
// down for.
type act struct {
	*postgres.Tx
	now time.Time
	by  Visitor
}

// clock is now as PostgreSQL keeps it.
func (s *Store) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// missing turns the database's word for no row into another error.
func missing(err, none error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return none
	}
	return err
}
