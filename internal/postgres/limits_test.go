package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

// hold keeps a pool's only connection in a transaction until the test lets go.
func hold(t *testing.T, db *postgres.DB) (release func()) {
	t.Helper()
	held, free, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		_ = db.InTx(context.Background(), func(*postgres.Tx) error {
			close(held)
			<-free
			return nil
		})
	}()
	<-held
	release = sync.OnceFunc(func() { close(free); <-ended })
	t.Cleanup(release)
	return release
}

func TestWaitForAConnectionEnds(t *testing.T) {
	t.Parallel()
	db := open(t, testdb.URL(t), postgres.Web, 1)
	release := hold(t, db)
	var all sync.WaitGroup
	for name, call := range map[string]func(context.Context) error{
		"Get":  func(ctx context.Context) error { return ask(ctx, db) },
		"InTx": func(ctx context.Context) error { return db.InTx(ctx, func(*postgres.Tx) error { return nil }) },
		"Exec": func(ctx context.Context) error { _, err := db.Exec(ctx, `select 1`); return err },
		"QueryRow": func(ctx context.Context) error {
			var n int
			return db.QueryRow(ctx, `select 1`).Scan(&n)
		},
		"Query": func(ctx context.Context) error {
			rows, err := db.Query(ctx, `select 1`)
			if err != nil {
				return err
			}
			defer func() { _ = rows.Close() }()
			return rows.Err()
		},
	} {
		all.Go(func() {
			if err := timed(t, func() error { return call(context.Background()) }); !postgres.Away(err) {
				t.Errorf("%s: %v", name, err)
			}
		})
		all.Go(func() {
			gone, cancel := context.WithCancel(t.Context())
			time.AfterFunc(50*time.Millisecond, cancel)
			start := time.Now()
			if err := call(gone); !errors.Is(err, context.Canceled) || postgres.Away(err) || time.Since(start) > time.Second {
				t.Errorf("%s, caller gone: %v after %s", name, err, time.Since(start))
			}
		})
	}
	all.Wait()
	release()
	if err := ask(t.Context(), db); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestWebTransactionEndsAsAWhole(t *testing.T) {
	t.Parallel()
	db := open(t, testdb.URL(t), postgres.Web, 1)
	must(t, db, `create table many (i int)`)
	err := timed(t, func() error {
		return db.InTx(context.Background(), func(tx *postgres.Tx) error {
			for i := range 5 { // each within the statement's limit
				if _, err := tx.Exec(context.Background(), `insert into many select $1 from pg_sleep(0.9)`, i); err != nil {
					return err
				}
			}
			return nil
		})
	})
	if !postgres.Away(err) || errors.Is(err, postgres.ErrUnsure) {
		t.Errorf("error %v", err)
	}
	if n := count(t, db, "many"); n != 0 {
		t.Errorf("%d rows of a transaction that failed", n)
	}
}

func TestRowsLeftOpenAreClosedInTime(t *testing.T) {
	t.Parallel()
	db := open(t, testdb.URL(t), postgres.Web, 1)
	rows, err := db.Query(t.Context(), `select generate_series(1, 100000)`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		t.Fatal(rows.Err())
	}
	eventually(t, func() bool { return db.Stats().InUse == 0 })
	if err := ask(t.Context(), db); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestWorkMayTakeItsTime(t *testing.T) {
	t.Parallel()
	db := open(t, testdb.URL(t), postgres.Work, 1)
	must(t, db, `select pg_sleep(2.2)`)
	must(t, db, `create table slow (i int)`)
	// The source of a copy may be slower than any single read may be on the web.
	err := db.InTx(t.Context(), func(tx *postgres.Tx) error {
		n, err := tx.Copy(t.Context(), "slow", []string{"i"}, func(yield func([]any) bool) {
			for i := range 3 {
				time.Sleep(700 * time.Millisecond)
				if !yield([]any{i}) {
					return
				}
			}
		})
		if err == nil && n != 3 {
			err = fmt.Errorf("%d rows", n)
		}
		return err
	})
	if err != nil || count(t, db, "slow") != 3 {
		t.Errorf("copy: %v, %d rows", err, count(t, db, "slow"))
	}
	release := hold(t, db)
	time.AfterFunc(2200*time.Millisecond, release)
	if err := ask(t.Context(), db); err != nil {
		t.Errorf("waiting longer than the web would: %v", err)
	}
}

func TestStoppedWorkIsRolledBack(t *testing.T) {
	t.Parallel()
	db := open(t, testdb.URL(t), postgres.Work, 2)
	must(t, db, `create table stopped (i int)`)
	ctx, cancel := context.WithCancel(t.Context())
	err := db.InTx(ctx, func(tx *postgres.Tx) error {
		if _, err := tx.Exec(ctx, `insert into stopped values (1)`); err != nil {
			return err
		}
		time.AfterFunc(50*time.Millisecond, cancel)
		_, err := tx.Exec(ctx, `insert into stopped select 2 from pg_sleep(30)`)
		return err
	})
	if !errors.Is(err, context.Canceled) || postgres.Away(err) {
		t.Errorf("error %v", err)
	}
	if n := count(t, db, "stopped"); n != 0 {
		t.Errorf("%d rows, want none", n)
	}
}
