package account

import (
	"context"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// How much is allowed within an hour, whether anybody has an account by the
// address or not. Whoever asks for letters to somebody else from a few networks
// must not keep the owner from having one: hence the number for both together, and
// the greater one for networks that have had no letter to the address yet.
const (
	window            = time.Hour
	triesPerEmail     = 10
	triesPerNetwork   = 30
	lettersPerBoth    = 5
	lettersPerEmail   = 15
	lettersFirst      = 50
	lettersPerNetwork = 20
)

// try is a password that is being tried: counted as wrong before it is looked at,
// so that tries at the same moment cannot slip through.
type try struct {
	id       int64
	emailKey string
	network  string
	at       time.Time
}

// reserve counts a try; fault.TooMany when the address or the network has none left.
func (s *Store) reserve(ctx context.Context, tx *postgres.Tx, emailKey, network string) (try, error) {
	t := try{emailKey: emailKey, network: network, at: s.clock()}
	if err := lockLimit(ctx, tx, "try", emailKey, network); err != nil {
		return try{}, err
	}
	const query = `
select greatest((select at from sign_in_tries where email_key = $1 and at > $3 order by at desc offset $4 limit 1),
    (select at from sign_in_tries where network = $2 and at > $3 order by at desc offset $5 limit 1))`
	err := withinLimit(ctx, tx, "sign_in", t.at, query, emailKey, network, t.at.Add(-window), triesPerEmail-1, triesPerNetwork-1)
	if err != nil {
		return try{}, err
	}
	err = tx.Get(ctx, &t.id, `insert into sign_in_tries (email_key, network, at) values ($1, $2, $3) returning id`, emailKey, network, t.at)
	if err != nil {
		return try{}, fmt.Errorf("count a try: %w", err)
	}
	return t, nil
}

// lettersLeft is fault.TooMany when the address or the network has had its letters.
func lettersLeft(ctx context.Context, tx *postgres.Tx, emailKey, network string, now time.Time) error {
	if err := lockLimit(ctx, tx, "letter", emailKey, network); err != nil {
		return err
	}
	const query = `
with lately as (
    select email_key = $1 as here, network = $2 as there, created_at as at from letters
    where (email_key = $1 or network = $2) and created_at > $3 and purpose in ('register', 'login', 'reset', 'email', 'recall'))
select greatest((select at from lately where here and there order by at desc offset $4 limit 1),
    (select at from lately where here order by at desc offset case when exists (select from lately where here and there) then $5::int else $6::int end limit 1),
    (select at from lately where there order by at desc offset $7 limit 1))`
	return withinLimit(ctx, tx, "letter", now, query, emailKey, network, now.Add(-window),
		lettersPerBoth-1, lettersPerEmail-1, lettersFirst-1, lettersPerNetwork-1)
}

// lockLimit lets one at a time count about an address, and about a network. All
// take the address first, so that nobody waits for another in a circle.
func lockLimit(ctx context.Context, tx *postgres.Tx, what, emailKey, network string) error {
	_, err := tx.Exec(ctx, `
		select pg_advisory_xact_lock(hashtextextended($1 || ' by ' || $2, 0)), pg_advisory_xact_lock(hashtextextended($1 || ' from ' || $3, 0))`,
		what, emailKey, network)
	if err != nil {
		return fmt.Errorf("lock %s: %w", what, err)
	}
	return nil
}

// withinLimit asks for the instant of the last that was allowed: until it is an
// hour old, no more are.
func withinLimit(ctx context.Context, tx *postgres.Tx, limit string, now time.Time, query string, args ...any) error {
	var last *time.Time
	if err := tx.Get(ctx, &last, query, args...); err != nil {
		return fmt.Errorf("count %s: %w", limit, err)
	}
	if last != nil && last.Add(window).After(now) {
		return fault.TooMany{Limit: limit, RetryAfter: last.Add(window).Sub(now)}
	}
	return nil
}

// right takes back a try that was right, with the wrong ones before it from the
// same network.
func right(ctx context.Context, tx *postgres.Tx, t try) error {
	_, err := tx.Exec(ctx, `delete from sign_in_tries where id = $1 or email_key = $2 and network = $3 and at <= $4`,
		t.id, t.emailKey, t.network, t.at)
	if err != nil {
		return fmt.Errorf("take back a try: %w", err)
	}
	return nil
}

// forgive takes back every wrong try on an address: its owner has come by a letter.
func forgive(ctx context.Context, tx *postgres.Tx, emailKey string) error {
	if _, err := tx.Exec(ctx, `delete from sign_in_tries where email_key = $1`, emailKey); err != nil {
		return fmt.Errorf("forgive tries: %w", err)
	}
	return nil
}
