package command_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
)

// accounts is a store on the shell's database.
func (s *shell) accounts(t *testing.T) *account.Store {
	t.Helper()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: s.env["DATABASE_URL"], Pool: postgres.Work, MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return account.NewStore(db, db, nil, func() time.Time { return s.now })
}

func TestStaffComesAndGoes(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	out := s.fine(t, "", "staff", "add", "Kim@Example.com", "--name", "Kim Minji")
	if !regexp.MustCompile(`^Kim@Example\.com is staff\nA password is chosen within the hour at \S+/password/reset/[a-z2-7]{58}\n$`).MatchString(out) {
		t.Errorf("added: %q", out)
	}
	if out := s.fine(t, "", "staff", "list"); out != "Kim@Example.com  link  2026-03-10  Kim Minji\n" {
		t.Errorf("listed: %q", out)
	}
	if out := s.fine(t, "", "staff", "--name", "Other", "add", "kim@example.com"); !strings.HasPrefix(out, "Kim@Example.com was staff already\nA password is chosen") {
		t.Errorf("added again: %q", out)
	}
	if out := s.fine(t, "", "staff", "end", " KIM@example.com"); out != "Kim@Example.com is not staff any more, and signed out everywhere\n" {
		t.Errorf("ended: %q", out)
	}
	if out := s.fine(t, "", "staff", "list"); out != "" {
		t.Errorf("listed after the end: %q", out)
	}
}

// TestStaffFromCustomer takes a customer in, whose sessions end both ways.
func TestStaffFromCustomer(t *testing.T) {
	t.Parallel()
	s, ctx := newShell(t), t.Context()
	accounts := s.accounts(t)
	const password = "a quiet harbour in may"
	a := account.Account{Email: "mei@example.com", Role: account.Customer, Language: locale.Korean}
	if _, err := accounts.Make(ctx, a, password); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ act, says string }{
		{"add", "mei@example.com is staff now, and signs in anew\n"},
		{"end", "mei@example.com is not staff any more, and signed out everywhere\n"},
	} {
		_, token, err := accounts.SignIn(ctx, a.Email, password, account.Visitor{})
		if err != nil {
			t.Fatal(err)
		}
		if out := s.fine(t, "", "staff", step.act, a.Email); out != step.says {
			t.Errorf("%s: %q", step.act, out)
		}
		if _, err := accounts.Session(ctx, token, account.Visitor{}); err == nil {
			t.Errorf("%s: the session goes on", step.act)
		}
	}
}

func TestStaffLetterIsMailed(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.env["PORTAL_MAIL_DIR"] = t.TempDir()
	if out := s.fine(t, "", "staff", "add", "kim@example.com"); strings.Contains(out, "/password/reset/") || !strings.Contains(out, "A letter is on its way") {
		t.Errorf("%q", out)
	}
	for range 4 {
		s.fine(t, "", "staff", "add", "kim@example.com")
	}
	if status, _, err := s.run(t, "", "staff", "add", "kim@example.com"); status != 1 || !strings.Contains(err, "again in 1h0m0s") {
		t.Errorf("the sixth letter: status %d, %q", status, err)
	}
}

func TestStaffCalledWrongly(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	for args, want := range map[string]int{
		"staff": 2, "staff hire kim@example.com": 2, "staff add": 2, "staff add kim@example.com kim@example.org": 2, "staff list kim@example.com": 2,
		"staff add kim": 2, "staff add kim@example.com --nam x": 2, "staff end kim@example.com": 1, "staff add --help": 0,
		"staff add kim@example.com --name " + strings.Repeat("x", 101): 2,
	} {
		if status, out, err := s.run(t, "", strings.Fields(args)...); status != want || want > 0 && (out != "" || strings.Count(err, "\n") != 1) {
			t.Errorf("portal %s: status %d, want %d, %q, %q", args, status, want, out, err)
		}
	}
}
