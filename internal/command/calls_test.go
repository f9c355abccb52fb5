package command_test

import (
	"fmt"
	"strings"
	"testing"

	"ecms/portal/internal/postgres"
)

// TestHelpOfEachCommand tells how to call it and ends well, whatever else is wrong.
func TestHelpOfEachCommand(t *testing.T) {
	t.Parallel()
	s := &shell{env: map[string]string{"DATABASE_URL": "nonsense", "PORTAL_ADDR": "nonsense"}}
	_, list, _ := s.run(t, "", "help")
	for name, flags := range map[string]string{
		"serve": "", "migrate": "", "import": "-format -report", "codes": "-json", "verify": "", "rebuild": "", "demo": "-seed -as-of", "staff": "-name", "votes": "-days", "hash": "", "routes": "", "version": "",
	} {
		status, out, err := s.run(t, "", name, "--help")
		if status != 0 || err != "" || !strings.HasPrefix(out, "portal "+name) {
			t.Errorf("%s: status %d, %q, %q", name, status, out, err)
		}
		for _, flag := range strings.Fields(flags) {
			if !strings.Contains(out, flag) {
				t.Errorf("%s: no word of %s:\n%s", name, flag, out)
			}
		}
		if !strings.Contains(list, "\n  "+name) {
			t.Errorf("help does not list %s", name)
		}
	}
}

// TestArgumentsThatNoCommandTakes are told in one line, before anything is done.
func TestArgumentsThatNoCommandTakes(t *testing.T) {
	t.Parallel()
	s := &shell{env: map[string]string{}}
	for _, args := range []string{
		"migrate now", "codes all", "codes --csv", "verify W1234", "verify --fast", "staff", "staff hire kim@example.com", "rebuild W1234", "rebuild -n", "demo 5", "demo --seed minus", "demo --seed -1",
		"demo --as-of 2026-02-30", "demo --as-of", "routes /track", "routes --xml", "version 2", "serve --addr :80", "fly", "-fly", "--", "IMPORT",
	} {
		if status, out, err := s.run(t, "", strings.Fields(args)...); status != 2 || out != "" || strings.Count(err, "\n") != 1 || !strings.HasPrefix(err, "portal") {
			t.Errorf("portal %s: status %d, %q, %q, want 2 and one line", args, status, out, err)
		}
	}
}

// TestConfigurationThatIsWrong is told the same by every command that reads it.
func TestConfigurationThatIsWrong(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, value, says string }{
		{"PORTAL_ADDR", "nowhere", "PORTAL_ADDR"}, {"PORTAL_BASE_URL", "ftp://x", "PORTAL_BASE_URL"}, {"PORTAL_MASTER_KEY", "c2hvcnQ=", "PORTAL_MASTER_KEY"},
		{"PORTAL_OPS_TOKEN", "shipments:short", "PORTAL_OPS_TOKEN"}, {"PORTAL_TRUSTED_PROXIES", "300.0.0.0/8", "PORTAL_TRUSTED_PROXIES"}, {"PORTAL_TLS_CERT", "/no/such/cert", "PORTAL_TLS"},
	} {
		s := &shell{env: map[string]string{"PORTAL_DATA_DIR": t.TempDir(), tc.name: tc.value}}
		for _, args := range []string{"serve", "migrate", "import shipments -", "codes", "verify", "rebuild", "demo"} {
			status, out, err := s.run(t, "", strings.Fields(args)...)
			if status != 2 || out != "" || strings.Count(err, "\n") != 1 || !strings.Contains(err, tc.says) {
				t.Errorf("%s=%s portal %s: status %d, %q, %q", tc.name, tc.value, args, status, out, err)
			}
			if secret := "short"; tc.name == "PORTAL_OPS_TOKEN" && strings.Contains(strings.ReplaceAll(err, "too short", ""), secret) {
				t.Errorf("portal %s shows a secret: %q", args, err)
			}
		}
	}
}

// TestDatabaseWithoutTables asks for portal migrate, once, and then works.
func TestDatabaseWithoutTables(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	db, err := postgres.Open(t.Context(), postgres.Options{URL: s.env["DATABASE_URL"], Pool: postgres.Work})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, query := range []string{`drop schema public cascade`, `create schema public`} {
		if _, err := db.Exec(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range []string{"import shipments -", "codes", "verify", "rebuild", "demo"} {
		if status, _, err := s.run(t, someShipments, strings.Fields(args)...); status != 2 || !strings.Contains(err, "run portal migrate first") || strings.Count(err, "\n") != 1 {
			t.Errorf("portal %s: status %d, %q", args, status, err)
		}
	}
	first := s.fine(t, "", "migrate")
	var from, to int64
	if _, err := fmt.Sscanf(first, "migrated from %d to %d\n", &from, &to); err != nil || from != 0 || to < 3 {
		t.Errorf("%q: %v", first, err)
	}
	if second := s.fine(t, "", "migrate"); second != fmt.Sprintf("migrated from %d to %d\n", to, to) {
		t.Errorf("the second time: %q", second)
	}
	s.fine(t, someShipments, "import", "shipments", "-")
}

// TestDatabaseAway ends every command with one line and a status that is not "called wrongly".
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.env["DATABASE_URL"] = "postgres://nobody:geheim@127.0.0.1:1/none?sslmode=disable"
	for args, want := range map[string]int{"migrate": 1, "import shipments -": 3, "codes": 1, "verify": 3, "rebuild": 1, "demo": 1} {
		status, out, err := s.run(t, someShipments, strings.Fields(args)...)
		if status != want || out != "" || strings.Count(err, "\n") != 1 || strings.Contains(err, "geheim") {
			t.Errorf("portal %s: status %d, want %d, %q, %q", args, status, want, out, err)
		}
	}
}
