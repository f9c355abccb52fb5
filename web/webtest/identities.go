package webtest

import (
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
)

// identities is the store of consignees' identities, on a folder of the site's own.
func identities(t testing.TB, db, work *postgres.DB, s *Site) *customs.Store {
	t.Helper()
	ring, err := seal.NewRing([]byte("webtest's key of thirty-two byte"))
	if err != nil {
		t.Fatal(err)
	}
	s.Documents = t.TempDir()
	files, err := document.OpenFiles(s.Documents)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	return customs.NewStore(db, work, s.Store, files, ring, s.Clock.Now)
}
