package account

import (
	"context"
	"fmt"
	"time"
)

// For how long what is over is kept.
const (
	letterKept = 7 * 24 * time.Hour
	eventKept  = 365 * 24 * time.Hour

	// sweptAtOnce is how many rows one statement removes; rows that somebody is
	// at are left for the next time, so that nobody waits for the sweep.
	sweptAtOnce = 5000
)

// Sweep removes ended sessions, old letters, tries that no longer count and the
// log of more than a year ago, and tells how many rows. It is a job of every hour.
func (s *Store) Sweep(ctx context.Context) (int, error) {
	defer s.recent.dropAll()
	now := s.clock()
	total := 0
	for _, step := range []struct {
		query string
		args  []any
	}{
		{`with ended as (delete from sessions where id in (select s.id from sessions s join accounts a on a.id = s.account_id where not (` + alive + `)
			limit $4 for update of s skip locked) returning id) select pg_notify('` + sessionsChannel + `', '') from ended`, []any{now, now.Add(-customerIdle), now.Add(-staffIdle)}},
		{`delete from letters where ref in (select ref from letters where created_at < $1 limit $2 for update skip locked)`, []any{now.Add(-letterKept)}},
		{`delete from sign_in_tries where id in (select id from sign_in_tries where at <= $1 limit $2 for update skip locked)`, []any{now.Add(-window)}},
		// The oldest have the lowest numbers: no index on their time is needed to find them.
		{`delete from account_events where id in (select id from (select id, at from account_events order by id limit $2) as oldest where at < $1)`, []any{now.Add(-eventKept)}},
	} {
		n, err := s.sweep(ctx, step.query, append(step.args, sweptAtOnce)...)
		total += n
		if err != nil {
			return total, fmt.Errorf("sweep accounts: %w", err)
		}
	}
	return total, nil
}

// sweep repeats a statement of a limited number of rows until there are fewer.
func (s *Store) sweep(ctx context.Context, query string, args ...any) (int, error) {
	for total := 0; ; {
		res, err := s.work.Exec(ctx, query, args...)
		if err != nil {
			return total, err
		}
		n, err := res.RowsAffected()
		total += int(n)
		if err != nil || n < sweptAtOnce {
			return total, err
		}
	}
}
