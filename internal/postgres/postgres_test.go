package postgres_test

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"

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
