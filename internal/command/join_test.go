package command_test

import (
	"testing"

	"ecms/portal/internal/postgres"
)

// TestNewAccountAdoptsWhatItsAddressKept: the stores know nothing of one another, so
// it is the wiring that lets a confirmed address find the persons kept under it.
func TestNewAccountAdoptsWhatItsAddressKept(t *testing.T) {
	t.Parallel()
	s, ctx := newShell(t), t.Context()
	db, err := postgres.Open(ctx, postgres.Options{URL: s.env["DATABASE_URL"], Pool: postgres.Work, MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	const keep = `
insert into people (email_key, country, doc_type, created_at, last_used_at, keep_until) values ($1, 'KR', 'kr_pccc', now(), now(), now())`
	for _, email := range []string{"mina@example.com", "other@example.com"} {
		if _, err := db.Exec(ctx, keep, email); err != nil {
			t.Fatal(err)
		}
	}
	s.fine(t, "", "staff", "add", "Mina@Example.com", "--name", "Mina")
	var kept []string
	const query = `select coalesce(a.email_key, 'nobody ' || p.email_key) from people p left join accounts a on a.id = p.account_id order by p.id`
	if err := db.Select(ctx, &kept, query); err != nil {
		t.Fatal(err)
	}
	if len(kept) != 2 || kept[0] != "mina@example.com" || kept[1] != "nobody other@example.com" {
		t.Errorf("the persons are now kept by %q", kept)
	}
}
