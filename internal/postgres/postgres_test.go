package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

// open makes a pool that closes with the test.
func open(t *testing.T, url string, p postgres.Pool, size int) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: url, Pool: p, MaxConns: size})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func must(t *testing.T, db *postgres.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.Exec(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func count(t *testing.T, db *postgres.DB, table string) int {
	t.Helper()
	var n int
	if err := db.Get(t.Context(), &n, "select count(*) from "+table); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCallsOfBothPools(t *testing.T) {
	t.Parallel()
	url := testdb.URL(t)
	for _, pool := range []postgres.Pool{postgres.Web, postgres.Work} {
		db, ctx := open(t, url, pool, 2), t.Context()
		must(t, db, `create table if not exists n (i int)`)
		must(t, db, `truncate n`)
		must(t, db, `insert into n select generate_series(1, $1)`, 5)
		var all []int
		if err := db.Select(ctx, &all, `select i from n where i > $1 order by i`, 2); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int{3, 4, 5}, all); diff != "" {
			t.Errorf("Select (-want +got):\n%s", diff)
		}
		var one int
		if err := db.QueryRow(ctx, `select i from n where i = $1`, 4).Scan(&one); err != nil || one != 4 {
			t.Errorf("QueryRow = %d, %v", one, err)
		}
		if err := db.Get(ctx, &one, `select i from n where i = $1`, 9); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("Get of nothing: %v", err)
		}
		if err := db.QueryRow(ctx, `select no_such_column from n`).Scan(&one); err == nil || postgres.Away(err) {
			t.Errorf("QueryRow of nonsense: %v", err)
		}
		rows, err := db.Query(ctx, `select i from n`)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		n := 0
		for rows.Next() {
			n++
		}
		if rows.Err() != nil || n != 5 {
			t.Errorf("Query gave %d rows, %v", n, rows.Err())
		}
	}
}

func TestTransactionsAreWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	url := testdb.URL(t)
	for _, pool := range []postgres.Pool{postgres.Web, postgres.Work} {
		db, ctx := open(t, url, pool, 2), t.Context()
		must(t, db, `create table if not exists w (i int primary key)`)
		must(t, db, `truncate w`)
		add := func(tx *postgres.Tx, i int) error {
			_, err := tx.Exec(ctx, `insert into w (i) values ($1)`, i)
			return err
		}
		if err := db.InTx(ctx, func(tx *postgres.Tx) error { return errors.Join(add(tx, 1), add(tx, 2)) }); err != nil {
			t.Fatal(err)
		}
		sorry := fmt.Errorf("sorry")
		if err := db.InTx(ctx, func(tx *postgres.Tx) error { return errors.Join(add(tx, 3), sorry) }); !errors.Is(err, sorry) {
			t.Errorf("error is %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = db.InTx(ctx, func(tx *postgres.Tx) error { _ = add(tx, 4); panic("ouch") })
			t.Error("the panic was swallowed")
		}()
		err := db.InTx(ctx, func(tx *postgres.Tx) error { return add(tx, 1) })
		if !postgres.Violates(err, "w_pkey") || postgres.Violates(err, "other") || postgres.Away(err) {
			t.Errorf("a second 1: %v", err)
		}
		if n := count(t, db, "w"); n != 2 {
			t.Errorf("%d rows, want 2", n)
		}
		eventually(t, func() bool { return db.Stats().InUse == 0 }) // all are back
	}
}

func TestTransactionsOnASmallPoolDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	db := open(t, testdb.URL(t), postgres.Web, 2)
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			err := db.InTx(t.Context(), func(tx *postgres.Tx) error {
				var n int // a text of its own, new to the cache
				return tx.Get(t.Context(), &n, fmt.Sprintf("select %d + $1::int", i), 1)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestCopy(t *testing.T) {
	t.Parallel()
	db, ctx := testdb.New(t), t.Context()
	must(t, db, `create table "odd name" (i int primary key, "Text" text, at timestamptz, ok boolean, f float8)`)
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.FixedZone("", 8*3600))
	fill := func(rows iter.Seq[[]any]) (n int64, err error) {
		err = db.InTx(ctx, func(tx *postgres.Tx) error {
			n, err = tx.Copy(ctx, "odd name", []string{"i", "Text", "at", "ok", "f"}, rows)
			return err
		})
		return n, err
	}
	const many = 20000
	n, err := fill(func(yield func([]any) bool) {
		for i := range many {
			if !yield([]any{i, "tab\there, 中文\nback\\slash", at, i%2 == 0, nil}) {
				return
			}
		}
	})
	if err != nil || n != many {
		t.Fatalf("copied %d, %v", n, err)
	}
	var got struct {
		Text string    `db:"Text"`
		At   time.Time `db:"at"`
	}
	if err := db.Get(ctx, &got, `select "Text", at from "odd name" where i = 7 and not ok and f is null`); err != nil {
		t.Fatal(err)
	}
	if got.Text != "tab\there, 中文\nback\\slash" || !got.At.Equal(at) {
		t.Errorf("read back %+v", got)
	}
	for what, rows := range map[string][][]any{
		"duplicate": {{1_000_000, "", at, true, 1.5}, {1, "", at, true, 1.5}},
		"bad type":  {{1_000_001, "", at, true, 1.5}, {1_000_002, struct{}{}, at, true, 1.5}},
		"too short": {{1_000_003, ""}},
	} {
		if _, err := fill(slices.Values(rows)); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	if n := count(t, db, `"odd name"`); n != many {
		t.Errorf("%d rows after failures, want %d", n, many)
	}
}

func TestChangedTableDoesNotSpoilStatements(t *testing.T) {
	t.Parallel()
	db, ctx := open(t, testdb.URL(t), postgres.Web, 1), t.Context()
	must(t, db, `create table c (i int)`)
	must(t, db, `insert into c values (1)`)
	const query = `select * from c`
	read := func() error {
		rows, err := db.Query(ctx, query)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			if _, err := rows.SliceScan(); err != nil {
				return err
			}
		}
		return rows.Err()
	}
	for _, change := range []string{`alter table c add j text`, `alter table c alter i type bigint`, `deallocate all`} {
		if err := read(); err != nil {
			t.Fatal(err)
		}
		if _, err := db.DB.ExecContext(ctx, change); err != nil {
			t.Fatal(err)
		}
		if err := read(); err != nil {
			t.Errorf("after %q: %v", change, err)
		}
	}
	// In a transaction the first fails, the next is well.
	inTx := func() error {
		return db.InTx(ctx, func(tx *postgres.Tx) error {
			rows, err := tx.Query(ctx, query)
			if err != nil {
				return err
			}
			defer func() { _ = rows.Close() }()
			for rows.Next() {
				continue
			}
			return rows.Err()
		})
	}
	if _, err := db.DB.ExecContext(ctx, `alter table c add k text`); err != nil {
		t.Fatal(err)
	}
	if err := inTx(); err == nil {
		t.Log("the changed plan was not noticed in the transaction")
	}
	if err := inTx(); err != nil {
		t.Errorf("second transaction: %v", err)
	}
}

func TestSixMigrateAtOnce(t *testing.T) {
	t.Parallel()
	admin := testdb.New(t)
	must(t, admin, `drop schema public cascade`)
	must(t, admin, `create schema public`)
	url := urlOf(t, admin)
	empty := open(t, url, postgres.Work, 2)
	if have, want, err := postgres.Current(t.Context(), empty); err != nil || have != 0 || want == 0 {
		t.Fatalf("Current before = %d of %d, %v", have, want, err)
	}
	var all sync.WaitGroup
	moved := make(chan int64, 6)
	for range 6 {
		all.Go(func() {
			from, to, err := postgres.Migrate(context.Background(), url)
			if err != nil {
				t.Error(err)
			}
			moved <- to - from
		})
	}
	all.Wait()
	close(moved)
	workers := 0
	for n := range moved {
		if n > 0 {
			workers++
		}
	}
	if have, want, err := postgres.Current(t.Context(), empty); err != nil || have != want || workers != 1 {
		t.Errorf("%d worked; version %d of %d, %v", workers, have, want, err)
	}
}

// urlOf is the address of the database that a pool is connected to.
func urlOf(t *testing.T, db *postgres.DB) string {
	t.Helper()
	var at struct{ Name, Dir string }
	err := db.Get(t.Context(), &at, `select current_database() as name, current_setting('unix_socket_directories') as dir`)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("host=%s user=portal dbname=%s", at.Dir, at.Name)
}
