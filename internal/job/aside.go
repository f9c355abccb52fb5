package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// Dead is a job that was put aside: it used up its tries or was hopeless. Its
// arguments are not shown, they may name people.
type Dead struct {
	ID    int64  `db:"id"`
	Kind  string `db:"kind"`
	Tries int    `db:"tries"`
	// At is when it was put in, FailedAt when its last try ended.
	At       time.Time `db:"created_at"`
	FailedAt time.Time `db:"run_at"`
	// Reason is why the last try failed.
	Reason string `db:"last_error"`
}

// Aside lists the dead jobs, the newest failure first.
func Aside(ctx context.Context, db *postgres.DB) ([]Dead, error) {
	var dead []Dead
	err := db.Select(ctx, &dead, `
		select id, kind, tries, created_at, run_at, last_error from jobs where state = 'failed' order by run_at desc, id desc`)
	if err != nil {
		return nil, fmt.Errorf("list dead jobs: %w", err)
	}
	return dead, nil
}

// Waiting counts the jobs that wait or run, by kind.
func Waiting(ctx context.Context, db *postgres.DB) (map[string]int, error) {
	var rows []struct {
		Kind string
		N    int
	}
	if err := db.Select(ctx, &rows, `select kind, count(*) as n from jobs where state = 'ready' group by kind`); err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	waiting := make(map[string]int, len(rows))
	for _, r := range rows {
		waiting[r.Kind] = r.N
	}
	return waiting, nil
}

// Retry lets a dead job be tried as if it were new: fault.ErrNotFound when it is
// not among the dead, fault.ErrConflict when a newer one does the same already.
func Retry(ctx context.Context, db *postgres.DB, id int64) error {
	return db.InTx(ctx, func(tx *postgres.Tx) error {
		var kind string
		err := tx.Get(ctx, &kind, `
			update jobs set state = 'ready', tries = 0, run_at = now() where id = $1 and state = 'failed' returning kind`, id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return fault.ErrNotFound
		case postgres.Violates(err, "jobs_one_ready"):
			return fault.ErrConflict
		case err != nil:
			return fmt.Errorf("retry job %d: %w", id, err)
		}
		return announce(ctx, tx, kind)
	})
}

// Drop gives a dead job up: fault.ErrNotFound when it is not among the dead.
func Drop(ctx context.Context, db *postgres.DB, id int64) error {
	res, err := db.Exec(ctx, `delete from jobs where id = $1 and state = 'failed'`, id)
	if err != nil {
		return fmt.Errorf("drop job %d: %w", id, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.ErrNotFound)
	}
	return nil
}
