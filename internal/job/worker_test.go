package job_test

import (
	"context"
	"encoding/json"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
)

func TestJobOfADeadWorkerComesBack(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	enqueue(t, db, "x", nil)
	// A worker took the job and died: leased, nobody renews it.
	if _, err := db.Exec(t.Context(), `update jobs set attempt = 1, tries = 1, leased = true,
		run_at = now() + interval '2 seconds'`); err != nil {
		t.Fatal(err)
	}
	var calls atomic.Int64
	w := job.NewWorker(db, url, map[string]job.Handler{"x": func(context.Context, json.RawMessage) error {
		calls.Add(1)
		return nil
	}}, quiet())
	w.Poll = 20 * time.Millisecond
	run(t, w)
	time.Sleep(200 * time.Millisecond)
	if calls.Load() != 0 {
		t.Fatal("taken while the lease stood")
	}
	eventually(t, "done by another worker", func() bool { return left(t, db).Ready == 0 })
	if calls.Load() != 1 {
		t.Errorf("%d calls, want 1", calls.Load())
	}
}

func TestWorkerThatLostItsLeaseChangesNothing(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	cut := make(chan error, 1)
	w := job.NewWorker(db, url, map[string]job.Handler{"x": func(ctx context.Context, _ json.RawMessage) error {
		<-ctx.Done()
		cut <- context.Cause(ctx)
		return nil
	}}, quiet())
	w.Lease = 300 * time.Millisecond
	run(t, w)
	enqueue(t, db, "x", nil)
	eventually(t, "taken", func() bool {
		res, err := db.Exec(t.Context(), `update jobs set attempt = attempt + 1, run_at = now() + interval '1 hour' where leased`)
		if err != nil {
			t.Fatal(err)
		}
		n, _ := res.RowsAffected()
		return n == 1
	})
	if err := <-cut; err == nil {
		t.Error("the handler was not told")
	}
	time.Sleep(100 * time.Millisecond)
	if got := left(t, db).Ready; got != 1 {
		t.Errorf("%d jobs left, want the other worker's", got)
	}
}

func TestLongJobKeepsItsLease(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	var calls atomic.Int64
	handlers := map[string]job.Handler{"x": func(context.Context, json.RawMessage) error {
		calls.Add(1)
		time.Sleep(2500 * time.Millisecond)
		return nil
	}}
	for range 2 {
		w := job.NewWorker(db, url, handlers, quiet())
		w.Lease, w.Poll = 1200*time.Millisecond, 20*time.Millisecond
		run(t, w)
	}
	enqueue(t, db, "x", nil)
	eventually(t, "done", func() bool { return left(t, db).Ready == 0 })
	if calls.Load() != 1 {
		t.Errorf("%d calls, want 1", calls.Load())
	}
}

func TestUniqueJobsWaitOnceAndRunAgain(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	enqueue(t, db, "x", "old", job.Unique("k"), job.After(time.Hour))
	enqueue(t, db, "x", "new", job.Unique("k"))
	enqueue(t, db, "x", "other", job.Unique("l"), job.After(time.Hour))
	if got := left(t, db).Ready; got != 2 {
		t.Fatalf("%d jobs wait, want 2", got)
	}
	started, proceed := make(chan string), make(chan struct{})
	run(t, job.NewWorker(db, url, map[string]job.Handler{"x": func(_ context.Context, args json.RawMessage) error {
		started <- string(args)
		<-proceed
		return nil
	}}, quiet()))
	if got := <-started; got != `"new"` {
		t.Errorf("ran with %s, want the newest arguments", got)
	}
	enqueue(t, db, "x", "newer", job.Unique("k")) // while it runs: once more after it
	proceed <- struct{}{}
	if got := <-started; got != `"newer"` {
		t.Errorf("ran again with %s", got)
	}
	proceed <- struct{}{}
	eventually(t, "only the other left", func() bool { return left(t, db).Ready == 1 })
}

func TestEndLetsJobsFinishAndReturnsTheRest(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	started := make(chan struct{}, 2)
	w := job.NewWorker(db, url, map[string]job.Handler{
		"short": func(context.Context, json.RawMessage) error {
			started <- struct{}{}
			time.Sleep(200 * time.Millisecond)
			return nil
		},
		"long": func(ctx context.Context, _ json.RawMessage) error {
			started <- struct{}{}
			<-ctx.Done()
			return ctx.Err()
		},
	}, quiet())
	w.Grace = 500 * time.Millisecond
	stop := run(t, w)
	enqueue(t, db, "short", nil)
	enqueue(t, db, "long", nil)
	<-started
	<-started
	stop()
	var rest struct {
		Kind   string
		Leased bool
		Tries  int
	}
	if err := db.Get(t.Context(), &rest, `select kind, leased, tries from jobs`); err != nil {
		t.Fatal(err)
	}
	if rest.Kind != "long" || rest.Leased || rest.Tries != 0 {
		t.Errorf("left %+v, want the long job, free, with no try counted", rest)
	}
}

func TestRecurringJobsComeRoundOnce(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	var calls atomic.Int64
	for range 3 {
		w := job.NewWorker(db, url, map[string]job.Handler{"tick": func(context.Context, json.RawMessage) error {
			calls.Add(1)
			return nil
		}}, quiet())
		w.Poll = 20 * time.Millisecond
		if err := w.Every("tick", 300*time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if err := w.Every("tock", time.Second); err == nil {
			t.Error("a kind without a handler was taken")
		}
		run(t, w)
	}
	start := time.Now()
	eventually(t, "four rounds", func() bool { return calls.Load() >= 4 })
	if took := time.Since(start); took < 800*time.Millisecond {
		t.Errorf("four rounds in %s", took)
	}
	if got := left(t, db).Ready; got != 1 {
		t.Errorf("%d rows, want one", got)
	}
}

func TestListenerSurvivesACut(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	var calls atomic.Int64
	w := job.NewWorker(db, url, map[string]job.Handler{"x": func(context.Context, json.RawMessage) error {
		calls.Add(1)
		return nil
	}}, quiet())
	w.Poll = time.Hour // so that only the listener can wake it
	run(t, w)
	listening := func(db *postgres.DB) bool {
		var n int
		err := db.Get(t.Context(), &n, `select count(*) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`)
		return err == nil && n == 1
	}
	eventually(t, "listening", func() bool { return listening(db) })
	var cut bool
	err := db.Get(t.Context(), &cut, `select bool_and(pg_terminate_backend(pid)) from pg_stat_activity
		where query ilike 'listen%' and datname = current_database() and pid <> pg_backend_pid()`)
	if err != nil || !cut {
		t.Fatalf("cut %v, %v", cut, err)
	}
	enqueue(t, db, "x", nil) // nobody listens: the new connection must look for it
	eventually(t, "done after the cut", func() bool { return calls.Load() == 1 })
	eventually(t, "listening again", func() bool { return listening(db) })
	enqueue(t, db, "x", nil)
	eventually(t, "done by the new connection", func() bool { return calls.Load() == 2 })
}
