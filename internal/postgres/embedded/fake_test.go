//go:build unix

package embedded_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ecms/portal/internal/postgres/embedded"
)

// programs is a folder with scripts in place of PostgreSQL's programs: how it
// fails is then in a test's hands. postgres -V says what version gives.
func programs(t *testing.T, version, postgres, initdb string) string {
	t.Helper()
	dir := folder(t)
	put(t, dir, version, postgres, initdb)
	return dir
}

func put(t *testing.T, dir, version, postgres, initdb string) {
	t.Helper()
	for name, text := range map[string]string{
		"postgres": "[ \"$1\" = -V ] && { " + version + "; exit; }\n" + postgres, "initdb": initdb,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// made is an initdb that makes a folder which looks like a database.
const made = `echo 17 > "$2/PG_VERSION"; echo "$@" > "$2/arguments"`

func say(major string) string { return "echo 'postgres (PostgreSQL) " + major + " (Debian 1)'" }

// refused starts a server that cannot start, and wants its reasons.
func refused(t *testing.T, o embedded.Options, says ...string) {
	t.Helper()
	s, err := embedded.Start(t.Context(), o)
	if err == nil {
		_ = s.Stop()
		t.Errorf("started; want an error with %q", says)
		return
	}
	for _, part := range says {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("got %q, want an error with %q", err, part)
		}
	}
}

func data(t *testing.T, dir string, majors ...string) {
	t.Helper()
	for _, major := range majors {
		if err := os.Mkdir(filepath.Join(dir, "pg"+major), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "pg"+major, "PG_VERSION"), []byte(major+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
