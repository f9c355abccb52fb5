package command_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/postgres"
)

func TestVotesAreTold(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	if status, out, err := s.run(t, "", "votes"); status != 0 || !strings.Contains(out, "Nobody voted") {
		t.Errorf("no votes: status %d, %q, %q", status, out, err)
	}
	db, err := postgres.Open(t.Context(), postgres.Options{URL: s.env["DATABASE_URL"], Pool: postgres.Work, MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	const insert = `
insert into faq_votes (question, language, useful, comment, at) values
    ('1.1', 'en', true, '', '2026-03-09T10:00:00Z'), ('4.14', 'ko', false, E'안 맞아요\x1b[2J\nsecond line', '2026-03-09T11:00:00Z'),
    ('2.2', 'en', false, 'long ago', '2025-01-01T00:00:00Z'), ('9.9', 'en', true, '', '2026-03-09T10:00:00Z')`
	if _, err := db.Exec(t.Context(), insert); err != nil {
		t.Fatal(err)
	}
	status, out, said := s.run(t, "", "votes")
	if status != 0 || strings.Contains(out, "2.2") || strings.ContainsRune(out, '\x1b') {
		t.Fatalf("status %d, %q, %q", status, out, said)
	}
	if worst, best := strings.Index(out, "4.14  "), strings.Index(out, "1.1  "); worst < 0 || best < worst {
		t.Errorf("the answer to mend does not stand on top:\n%s", out)
	}
	if !strings.Contains(out, "4.14 (ko): 안 맞아요 [2J second line") {
		t.Errorf("the comment is not there on one line:\n%s", out)
	}
	if _, out, _ := s.run(t, "", "votes", "--days", "1000"); !strings.Contains(out, "long ago") {
		t.Errorf("older votes are not there:\n%s", out)
	}
	for _, days := range []string{"0", "-1", "99999", "x"} {
		if status, _, _ := s.run(t, "", "votes", "--days", days); status != 2 {
			t.Errorf("--days %s: status %d, want 2", days, status)
		}
	}
}
