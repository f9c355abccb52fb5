package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

// bench is a database with the address to listen on.
func bench(t *testing.T) (*postgres.DB, string) {
	t.Helper()
	url := testdb.URL(t)
	db, err := postgres.Open(t.Context(), postgres.Options{URL: url, Pool: postgres.Work, MaxConns: 8})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, url
}

// run starts a worker that ends with the test, and gives a way to end it before.
func run(t *testing.T, w *job.Worker) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := w.Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
	}()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return stop
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func enqueue(t *testing.T, db *postgres.DB, kind string, args any, o ...job.Option) {
	t.Helper()
	err := db.InTx(t.Context(), func(tx *postgres.Tx) error { return job.Enqueue(t.Context(), tx, kind, args, o...) })
	if err != nil {
		t.Fatal(err)
	}
}

// eventually waits for something to become true.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within 10 s: %s", what)
		}
	}
}

func left(t *testing.T, db *postgres.DB) job.Backlog {
	t.Helper()
	b, err := job.Standing(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEachJobIsDoneOnceByManyWorkers(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	const jobs = 200
	var done sync.Map
	var calls atomic.Int64
	handlers := map[string]job.Handler{"count": func(_ context.Context, args json.RawMessage) error {
		calls.Add(1)
		done.Store(string(args), true)
		return nil
	}}
	for range 3 {
		run(t, job.NewWorker(db, url, handlers, quiet()))
	}
	for i := range jobs {
		enqueue(t, db, "count", i)
	}
	eventually(t, "an empty queue", func() bool { return left(t, db).Ready == 0 })
	n := 0
	done.Range(func(any, any) bool { n++; return true })
	if n != jobs || calls.Load() != jobs {
		t.Errorf("%d jobs in %d calls, want %d in as many", n, calls.Load(), jobs)
	}
}

func TestJobStartsAtOnceAfterCommit(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	started := make(chan time.Time, 9)
	w := job.NewWorker(db, url, map[string]job.Handler{"x": func(context.Context, json.RawMessage) error {
		started <- time.Now()
		return nil
	}}, quiet())
	w.Poll = time.Minute // so that only a notification can be quick
	run(t, w)
	enqueue(t, db, "x", nil)
	<-started // the listener is up for sure, or the first look found it
	eventually(t, "listening", func() bool {
		var n int
		err := db.Get(t.Context(), &n, `select count(*) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`)
		return err == nil && n == 1
	})
	time.Sleep(50 * time.Millisecond)
	before := time.Now()
	enqueue(t, db, "x", nil)
	if took := (<-started).Sub(before); took > 2*time.Second {
		t.Errorf("started after %s", took)
	}
}

func TestRolledBackJobNeverRuns(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	var calls atomic.Int64
	run(t, job.NewWorker(db, url, map[string]job.Handler{"x": func(context.Context, json.RawMessage) error {
		calls.Add(1)
		return nil
	}}, quiet()))
	sorry := errors.New("sorry")
	err := db.InTx(t.Context(), func(tx *postgres.Tx) error {
		return errors.Join(job.Enqueue(t.Context(), tx, "x", nil), sorry)
	})
	if !errors.Is(err, sorry) {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	if calls.Load() != 0 || left(t, db).Ready != 0 {
		t.Errorf("%d calls, %d jobs left", calls.Load(), left(t, db).Ready)
	}
}

func TestFailuresAndPanicsAreTriedAgain(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	var calls, seen atomic.Int64
	w := job.NewWorker(db, url, map[string]job.Handler{"x": func(context.Context, json.RawMessage) error {
		switch calls.Add(1) {
		case 1:
			return fmt.Errorf("not yet")
		case 2:
			panic("still not")
		}
		return nil
	}}, quiet())
	w.Poll = 50 * time.Millisecond
	w.Observe = func(_ string, _ time.Duration, err error) {
		if err != nil {
			seen.Add(1)
		}
	}
	run(t, w)
	enqueue(t, db, "x", nil)
	eventually(t, "success", func() bool { return left(t, db).Ready == 0 })
	if calls.Load() != 3 || seen.Load() != 2 {
		t.Errorf("%d calls, %d failures observed; want 3 and 2", calls.Load(), seen.Load())
	}
}

func TestHopelessJobIsPutAside(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	w := job.NewWorker(db, url, map[string]job.Handler{"x": func(context.Context, json.RawMessage) error {
		return fmt.Errorf("never")
	}}, quiet())
	w.Poll, w.Tries = 50*time.Millisecond, 2
	run(t, w)
	enqueue(t, db, "x", nil, job.Unique("k"))
	eventually(t, "put aside", func() bool { return left(t, db).Failed == 1 })
	var said string
	if err := db.Get(t.Context(), &said, `select last_error from jobs`); err != nil || said != "never" {
		t.Errorf("last_error %q, %v", said, err)
	}
	enqueue(t, db, "x", nil, job.Unique("k")) // the key is free again
	eventually(t, "the second put aside", func() bool { return left(t, db).Failed == 2 })
}

func TestStandingTellsHowLateWorkIs(t *testing.T) {
	t.Parallel()
	db, _ := bench(t)
	if got := left(t, db); got != (job.Backlog{}) {
		t.Errorf("empty queue stands at %+v", got)
	}
	enqueue(t, db, "x", nil, job.After(time.Hour))
	if got := left(t, db); got.Ready != 1 || got.Late != 0 {
		t.Errorf("one job not yet due stands at %+v", got)
	}
	if _, err := db.Exec(t.Context(), `update jobs set run_at = now() - interval '1 minute'`); err != nil {
		t.Fatal(err)
	}
	if got := left(t, db); got.Late < 59 || got.Late > 120 {
		t.Errorf("late by %v seconds, want 60", got.Late)
	}
}

func TestJobsOfUnknownKindsWaitForAPortalThatKnowsThem(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	var calls atomic.Int64
	w := job.NewWorker(db, url, map[string]job.Handler{"known": func(context.Context, json.RawMessage) error {
		calls.Add(1)
		return nil
	}}, quiet())
	w.Poll = 20 * time.Millisecond
	run(t, w)
	enqueue(t, db, "unknown", nil)
	enqueue(t, db, "known", nil)
	eventually(t, "the known one done", func() bool { return calls.Load() == 1 && left(t, db).Ready == 1 })
	var attempts int
	if err := db.Get(t.Context(), &attempts, `select attempt from jobs where kind = 'unknown'`); err != nil || attempts != 0 {
		t.Errorf("the unknown one was taken %d times (%v)", attempts, err)
	}
}

func TestArgumentsThatAreNoJSONAreRefused(t *testing.T) {
	t.Parallel()
	db, _ := bench(t)
	err := db.InTx(t.Context(), func(tx *postgres.Tx) error {
		return job.Enqueue(t.Context(), tx, "x", func() {})
	})
	if err == nil || left(t, db).Ready != 0 {
		t.Errorf("error %v, %d jobs", err, left(t, db).Ready)
	}
}
