package account

import (
	"context"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// How much is allowed within an hour, whether anybody has an account by the
// address or not.
const (
	window            = time.Hour
	triesPerEmail     = 10
	triesPerNetwork   = 30
	lettersPerEmail   = 5
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
select (select at from sign_in_tries where email_key = $1 and at > $3 order by at desc offset $4 limit 1) as by_email,
    (select at from sign_in_tries where network = $2 and at > $3 order by at desc offset $5 limit 1) as by_network`
	if err := withinLimit(ctx, tx, "sign_in", t.at, query, emailKey, network, triesPerEmail, triesPerNetwork); err != nil {
		return try{}, err
	}
	err := tx.Get(ctx, &t.id, `insert into sign_in_tries (email_key, network, at) values ($1, $2, $3) returning id`, emailKey, network, t.at)
	if err != nil {
		return try{}, fmt.Errorf("count a try: %w", err)
	}
	return t, nil
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

// withinLimit asks when the last of the allowed was, by address and by network:
// until it is an hour old, no more are.
func withinLimit(ctx context.Context, tx *postgres.Tx, limit string, now time.Time, query, emailKey, network string, perEmail, perNetwork int) error {
	var last struct {
		ByEmail   *time.Time `db:"by_email"`
		ByNetwork *time.Time `db:"by_network"`
	}
	if err := tx.Get(ctx, &last, query, emailKey, network, now.Add(-window), perEmail-1, perNetwork-1); err != nil {
		return fmt.Errorf("count %s: %w", limit, err)
	}
	var until time.Time
	for _, at := range []*time.Time{last.ByEmail, last.ByNetwork} {
		if at != nil && at.Add(window).After(until) {
			until = at.Add(window)
		}
	}
	if until.After(now) {
		return fault.TooMany{Limit: limit, RetryAfter: until.Sub(now)}
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
