package feed_test

import (
	"testing"
	"time"

	"ecms/portal/internal/postgres"
)

// newCutter gives a function that ends all other connections to a database,
// after a pause. Its own connection is made before and stays.
func newCutter(t *testing.T, db *postgres.DB) func(pause time.Duration) {
	t.Helper()
	own, err := db.Connx(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = own.Close() })
	return func(pause time.Duration) {
		time.Sleep(pause)
		if _, err := own.ExecContext(t.Context(), `select pg_terminate_backend(pid) from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid()`); err != nil {
			t.Errorf("cut connections: %v", err)
		}
	}
}
