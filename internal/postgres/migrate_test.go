package postgres_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

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
