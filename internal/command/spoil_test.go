package command_test

import (
	"testing"

	"ecms/portal/internal/postgres"
)

// spoil changes a database behind the portal's back.
func spoil(t *testing.T, url, query string) {
	t.Helper()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: url, Pool: postgres.Work})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}
