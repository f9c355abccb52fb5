package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// How long a session lives: unused, and at most.
const (
	customerIdle = 12 * time.Hour
	customerLife = 14 * 24 * time.Hour
	staffIdle    = 30 * time.Minute
	staffLife    = 10 * time.Hour
	touchPace    = time.Minute // a use is written down no more often
)

// life is how long a role's sessions last at most.
func (r Role) life() time.Duration {
	if r == Staff {
		return staffLife
	}
	return customerLife
}

// idle is how long a role's sessions last unused.
func (r Role) idle() time.Duration {
	if r == Staff {
		return staffIdle
	}
	return customerIdle
}

// lives tells whether a session that nobody has ended lasts, as alive does.
func (s Session) lives(now time.Time) bool {
	return s.ExpiresAt.After(now) && s.SeenAt.After(now.Add(-s.Account.Role.idle()))
}

// touchDue tells whether a use is to be written down.
func (s Session) touchDue(now time.Time) bool { return now.Sub(s.SeenAt) >= touchPace }

// sessionColumns are a session with its account, as Session holds them.
const sessionColumns = `
	s.id as session_id, s.agent, s.network, s.created_at as session_created_at, s.seen_at, s.proved_at, s.expires_at,
	a.id as "account.id", a.email as "account.email", a.role as "account.role", a.name as "account.name",
	a.language as "account.language", a.terms as "account.terms", a.password is not null as "account.has_password",
	a.created_at as "account.created_at"`

// alive is the test of a session s of an account a: $1 is now, $2 and $3 are since
// when a customer's and a staff member's must have been used.
const alive = `a.closed_at is null and s.expires_at > $1 and s.seen_at > case a.role when 'staff' then $3::timestamptz else $2::timestamptz end`

// Session gives the session of a token, with its account, in one query, or in none
// while KeepRecent runs and has it; not found when it has ended for whatever
// reason. Once a minute its use is written down.
func (s *Store) Session(ctx context.Context, token string, v Visitor) (Session, error) {
	now := s.clock()
	hash := hashOf(token)
	found, generation, ok := s.recent.find(hash, now)
	if ok {
		return found, nil
	}
	err := s.web.Get(ctx, &found, `select `+sessionColumns+`
		from sessions s join accounts a on a.id = s.account_id where s.token_hash = $4 and `+alive,
		now, now.Add(-customerIdle), now.Add(-staffIdle), hash[:])
	if err != nil {
		return Session{}, fmt.Errorf("session: %w", missing(err, fault.ErrNotFound))
	}
	if !found.touchDue(now) {
		s.recent.put(hash, found, now, generation)
		return found, nil
	}
	_, err = s.web.Exec(ctx, `update sessions set seen_at = $2, network = case when $3 = '' then network else $3 end
		where id = $1 and seen_at < $2`, found.ID, now, v.Network)
	if err != nil {
		return Session{}, fmt.Errorf("touch session: %w", err)
	}
	return found, nil
}

// begin signs an account in: a new session with a token that nobody has seen.
func (s *Store) begin(ctx context.Context, a act, owner ID) (Session, string, error) {
	token := rand.Text() + rand.Text()
	hash := hashOf(token)
	var begun Session
	// The life is worked out from the role that is in force in this very transaction.
	err := a.Get(ctx, &begun, `
		with a as (select * from accounts where id = $1 and closed_at is null),
		s as (insert into sessions (token_hash, account_id, agent, network, created_at, seen_at, proved_at, expires_at)
			select $2, id, $3, $4, $5, $5, $5, case role when 'staff' then $7::timestamptz else $6::timestamptz end from a
			returning *)
		select `+sessionColumns+` from s join a on a.id = s.account_id`,
		owner, hash[:], a.by.Agent, a.by.Network, a.now, a.now.Add(Customer.life()), a.now.Add(Staff.life()))
	if err != nil {
		return Session{}, "", fmt.Errorf("begin session: %w", missing(err, fault.ErrNotFound))
	}
	return begun, token, nil
}

// Sessions lists where an account is signed in, the latest used first.
func (s *Store) Sessions(ctx context.Context, owner ID) ([]Session, error) {
	now := s.clock()
	var found []Session
	err := s.web.Select(ctx, &found, `select `+sessionColumns+`
		from sessions s join accounts a on a.id = s.account_id where s.account_id = $4 and `+alive+`
		order by s.seen_at desc, s.id desc`, now, now.Add(-customerIdle), now.Add(-staffIdle), owner)
	if err != nil {
		return nil, fmt.Errorf("sessions: %w", err)
	}
	return found, nil
}

// End ends one session of its owner's; another's is not found.
func (s *Store) End(ctx context.Context, owner ID, id SessionID) error {
	defer s.recent.drop(owner)
	return s.web.InTx(ctx, func(tx *postgres.Tx) error {
		var v Visitor // whose session it was
		err := tx.Get(ctx, &v, `delete from sessions where id = $1 and account_id = $2 returning agent, network`, id, owner)
		if err != nil {
			return fmt.Errorf("end session: %w", missing(err, fault.ErrNotFound))
		}
		if err := altered(ctx, tx, owner); err != nil {
			return err
		}
		return note(ctx, act{tx, s.clock(), v}, owner, EventSessionEnded)
	})
}

// EndOthers ends every session of the owner's but this one, and tells how many. It
// waits for those that are just being renewed, whose next token would live on.
func (s *Store) EndOthers(ctx context.Context, owner Session) (int, error) {
	defer s.recent.drop(owner.Account.ID)
	var ended int
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `select from accounts where id = $1 for no key update`, owner.Account.ID)
		if err != nil {
			return fmt.Errorf("lock account: %w", err)
		}
		if ended, err = endAll(ctx, tx, owner.Account.ID, owner.ID); err != nil || ended == 0 {
			return err
		}
		return note(ctx, act{tx, s.clock(), Visitor{owner.Network, owner.Agent}}, owner.Account.ID, EventSessionsEnded)
	})
	return ended, err
}

// endAll ends the sessions of an account but one, 0 spares none, and tells of it
// by altered; to drop what is recent is the caller's.
func endAll(ctx context.Context, tx *postgres.Tx, owner ID, but SessionID) (int, error) {
	res, err := tx.Exec(ctx, `delete from sessions where account_id = $1 and id <> $2`, owner, but)
	if err != nil {
		return 0, fmt.Errorf("end sessions: %w", err)
	}
	if err := altered(ctx, tx, owner); err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// SignOut ends the session of a token; one that has ended already is fine.
func (s *Store) SignOut(ctx context.Context, token string) error {
	hash := hashOf(token)
	var ended struct {
		Owner          ID `db:"account_id"`
		Agent, Network string
	}
	defer func() {
		s.recent.drop(ended.Owner)
		s.recent.dropToken(hash) // when another portal has ended it, who tells of it may be on the way
	}()
	return s.web.InTx(ctx, func(tx *postgres.Tx) error {
		err := tx.Get(ctx, &ended, `delete from sessions where token_hash = $1 returning account_id, agent, network`, hash[:])
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("sign out: %w", err)
		}
		if err := altered(ctx, tx, ended.Owner); err != nil {
			return err
		}
		return note(ctx, act{tx, s.clock(), Visitor{ended.Network, ended.Agent}}, ended.Owner, EventSignedOut)
	})
}

func hashOf(token string) tokenHash { return sha256.Sum256([]byte(token)) }
