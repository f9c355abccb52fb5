package postgres_test

import (
	"iter"
	"slices"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

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
