// Package job is the portal's durable queue of background work: a job is a row,
// put in with the fact that it follows, and done at least once after that fact is
// committed. It knows no kinds of work.
package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ecms/portal/internal/postgres"
)

// channel is where PostgreSQL tells of new jobs.
const channel = "jobs"

// Handler does one kind of work. It may be called twice for the same job, when
// its portal died, and must stand that. An error brings the job back later.
type Handler func(ctx context.Context, args json.RawMessage) error

// hopeless is a failure that no further try can mend.
type hopeless struct{ error }

// Unwrap gives the failure itself.
func (h hopeless) Unwrap() error { return h.error }

// Hopeless lets a handler say that trying again cannot help: the job is put aside
// at once, where somebody sees it.
func Hopeless(err error) error { return hopeless{err} }

// Option changes how a job is put in.
type Option func(*order)

type order struct {
	key   *string
	delay time.Duration
}

// Unique lets one job of a kind and key wait at a time: asking again renews the
// arguments of the one that waits, and lets one that runs run once more.
func Unique(key string) Option { return func(o *order) { o.key = &key } }

// After lets a job wait before its first try.
func After(d time.Duration) Option { return func(o *order) { o.delay = d } }

// Enqueue puts a job in. It is there when the transaction commits, and then a
// worker hears of it at once.
func Enqueue(ctx context.Context, tx *postgres.Tx, kind string, args any, options ...Option) error {
	var o order
	for _, set := range options {
		set(&o)
	}
	text, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("arguments of job %s: %w", kind, err)
	}
	// The time is the server's: a clock ahead of it would make the job wait.
	_, err = tx.Exec(ctx, `
		insert into jobs (kind, args, unique_key, run_at)
		values ($1, $2, $3, now() + $4 * interval '1 millisecond')
		on conflict (kind, unique_key) where state = 'ready' and unique_key is not null
		do update set args = excluded.args, again = jobs.leased,
			run_at = case when jobs.leased then jobs.run_at else least(jobs.run_at, excluded.run_at) end`,
		kind, string(text), o.key, o.delay.Milliseconds())
	if err != nil {
		return fmt.Errorf("enqueue job %s: %w", kind, err)
	}
	return announce(ctx, tx, kind)
}

// announce wakes the workers when the transaction commits.
func announce(ctx context.Context, tx *postgres.Tx, kind string) error {
	if _, err := tx.Exec(ctx, `select pg_notify($1, $2)`, channel, kind); err != nil {
		return fmt.Errorf("announce job %s: %w", kind, err)
	}
	return nil
}

// Backlog is how the queue stands.
type Backlog struct {
	// Ready jobs wait or run; Failed ones used up their tries.
	Ready, Failed int
	// Late is for how long the oldest due job has waited, in seconds.
	Late float64
}

// Standing counts the queue, for the metrics.
func Standing(ctx context.Context, db *postgres.DB) (Backlog, error) {
	var b Backlog
	err := db.Get(ctx, &b, `
		select count(*) filter (where state = 'ready') as ready, count(*) filter (where state = 'failed') as failed,
			coalesce(extract(epoch from now() - min(run_at) filter (where state = 'ready' and run_at <= now())), 0)::float8 as late
		from jobs`)
	return b, err
}
