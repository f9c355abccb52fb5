package postgres_test

import (
	"fmt"
	"sync"
	"testing"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

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
