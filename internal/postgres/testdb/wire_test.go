package testdb_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/postgres/testdb"
)

func TestWireNotesWhatIsSent(t *testing.T) {
	t.Parallel()
	db, w := testdb.Wired(t)
	ask := func(word string) string {
		var got string
		if err := db.Get(t.Context(), &got, `select $1::text`, word); err != nil || got != word {
			t.Fatalf("asked %q, got %q, %v", word, got, err)
		}
		return got
	}
	ask("a")
	ask("a") // prepared by now
	w.Kinds()
	ask("a")
	if kinds := w.Kinds(); kinds != "BES" {
		t.Errorf("a prepared query sends %q, want a binding, its execution and a sync", kinds)
	}
	ask("a")
	short := w.Messages()
	ask("aaaa")
	if long := w.Messages(); short == long || strings.Count(long, "E") != 1 {
		t.Errorf("a longer value sends %q, a short one %q", long, short)
	}
	if left := w.Kinds(); left != "" {
		t.Errorf("%q was told twice", left)
	}
}
