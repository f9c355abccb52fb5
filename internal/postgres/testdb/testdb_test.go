package testdb_test

import (
	"testing"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

func TestEachTestHasItsOwnMigratedDatabase(t *testing.T) {
	t.Parallel()
	a, b := testdb.New(t), testdb.New(t)
	ctx := t.Context()
	if _, err := a.Exec(ctx, `insert into jobs (kind) values ('x')`); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := b.Get(ctx, &n, `select count(*) from jobs`); err != nil || n != 0 {
		t.Errorf("the other database holds %d jobs (%v), want 0", n, err)
	}
	have, want, err := postgres.Current(ctx, a)
	if err != nil || have != want || want < 3 {
		t.Errorf("Current = %d of %d, %v", have, want, err)
	}
}
