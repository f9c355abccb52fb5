package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
)

// aside lists the dead jobs.
func aside(t *testing.T, db *postgres.DB) []job.Dead {
	t.Helper()
	dead, err := job.Aside(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return dead
}

// TestHopelessFailureIsTriedOnce and comes back when somebody says so.
func TestHopelessFailureIsTriedOnce(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	var calls atomic.Int64
	var mended atomic.Bool
	cause := errors.New("no such address")
	w := job.NewWorker(db, url, map[string]job.Handler{"x": func(context.Context, json.RawMessage) error {
		calls.Add(1)
		if mended.Load() {
			return nil
		}
		return fmt.Errorf("send: %w", job.Hopeless(cause))
	}}, quiet())
	w.Poll = 20 * time.Millisecond
	w.Observe = func(_ string, _ time.Duration, err error) {
		if err != nil && !errors.Is(err, cause) {
			t.Errorf("observed %v, want the cause", err)
		}
	}
	run(t, w)
	enqueue(t, db, "x", nil)
	eventually(t, "put aside", func() bool { return left(t, db).Failed == 1 })
	dead := aside(t, db)
	if calls.Load() != 1 || len(dead) != 1 || dead[0].Reason != "send: no such address" || dead[0].Kind != "x" || dead[0].Tries != 1 {
		t.Fatalf("%d calls, %+v, want one call", calls.Load(), dead)
	}
	if d := dead[0].FailedAt.Sub(dead[0].At); d < 0 || d > 10*time.Second {
		t.Errorf("put in at %s, failed at %s", dead[0].At, dead[0].FailedAt)
	}
	mended.Store(true)
	if err := job.Retry(t.Context(), db, dead[0].ID); err != nil {
		t.Fatal(err)
	}
	eventually(t, "done", func() bool { return left(t, db) == job.Backlog{} })
	if calls.Load() != 2 {
		t.Errorf("%d calls, want 2", calls.Load())
	}
}

// TestRecurringJobIsNeverHopeless, it comes round again.
func TestRecurringJobIsNeverHopeless(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	var calls atomic.Int64
	w := job.NewWorker(db, url, map[string]job.Handler{"x": func(context.Context, json.RawMessage) error {
		calls.Add(1)
		return job.Hopeless(errors.New("never"))
	}}, quiet())
	w.Poll = 20 * time.Millisecond
	if err := w.Every("x", 30*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	run(t, w)
	eventually(t, "three rounds", func() bool { return calls.Load() >= 3 })
	if got := left(t, db); got.Failed != 0 || got.Ready != 1 {
		t.Errorf("the queue stands at %+v", got)
	}
}

func TestDeadJobsAreRetriedOrDropped(t *testing.T) {
	t.Parallel()
	db, _ := bench(t)
	for i := range 3 {
		enqueue(t, db, "x", i, job.Unique(fmt.Sprint(i)))
	}
	if _, err := db.Exec(t.Context(), `update jobs set state = 'failed', tries = 12, last_error = 'away', run_at = now() - id * interval '1 minute'`); err != nil {
		t.Fatal(err)
	}
	enqueue(t, db, "x", "newer", job.Unique("0"))
	enqueue(t, db, "y", nil, job.After(time.Hour))
	dead := aside(t, db)
	if len(dead) != 3 || dead[0].ID > dead[1].ID || dead[1].ID > dead[2].ID {
		t.Fatalf("dead jobs %+v, want three, the newest failure first", dead)
	}
	if err := job.Retry(t.Context(), db, dead[0].ID); !errors.Is(err, fault.ErrConflict) {
		t.Errorf("retrying what a newer job does already: %v", err)
	}
	if err := job.Retry(t.Context(), db, dead[1].ID); err != nil {
		t.Errorf("retry: %v", err)
	}
	if err := job.Drop(t.Context(), db, dead[2].ID); err != nil {
		t.Errorf("drop: %v", err)
	}
	for name, err := range map[string]error{
		"retry twice":  job.Retry(t.Context(), db, dead[1].ID),
		"drop ready":   job.Drop(t.Context(), db, dead[1].ID),
		"drop twice":   job.Drop(t.Context(), db, dead[2].ID),
		"retry nobody": job.Retry(t.Context(), db, 99),
	} {
		if !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("%s: %v, want not found", name, err)
		}
	}
	var tries int
	if err := db.Get(t.Context(), &tries, `select tries from jobs where id = $1 and run_at <= now()`, dead[1].ID); err != nil || tries != 0 {
		t.Errorf("a retried job has %d tries, %v; want none, due now", tries, err)
	}
	waiting, err := job.Waiting(t.Context(), db)
	if err != nil || len(waiting) != 2 || waiting["x"] != 2 || waiting["y"] != 1 {
		t.Errorf("waiting: %v, %v", waiting, err)
	}
}
