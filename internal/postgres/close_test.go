package postgres_test

import (
	"context"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

// A call's own end must not outlive the call: closing the pool later, when that
// end has passed, still says goodbye in peace.
func TestCloseAfterACallsDeadlineHasPassed(t *testing.T) {
	t.Parallel()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: testdb.URL(t), Pool: postgres.Work, MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	var one int
	if err := db.Get(ctx, &one, `select 1`); err != nil {
		t.Fatal(err)
	}
	time.Sleep(700 * time.Millisecond) // the call's end and the time for cancelling are over
	if err := db.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}
