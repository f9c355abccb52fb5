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
)

// Sweep removes ended sessions, old letters, tries that no longer count and the
// log of more than a year ago, and tells how many rows. It is a job of every hour.
func (s *Store) Sweep(ctx context.Context) (int, error) {
	now := s.clock()
	total := 0
	for _, step := range []struct {
		query string
		args  []any
	}{
		{`delete from sessions s using accounts a where a.id = s.account_id and not (` + alive + `)`, []any{now, now.Add(-customerIdle), now.Add(-staffIdle)}},
		{`delete from letters where created_at < $1`, []any{now.Add(-letterKept)}},
		{`delete from sign_in_tries where at <= $1`, []any{now.Add(-window)}},
		{`delete from account_events where at < $1`, []any{now.Add(-eventKept)}},
	} {
		res, err := s.work.Exec(ctx, step.query, step.args...)
		if err != nil {
			return total, fmt.Errorf("sweep accounts: %w", err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return total, err
		}
		total += int(n)
	}
	return total, nil
}
