//go:build unix

package embedded_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ecms/portal/internal/postgres/embedded"
)

func TestMissingBinariesAreExplained(t *testing.T) {
	t.Parallel()
	empty, old, half := t.TempDir(), t.TempDir(), t.TempDir()
	script := func(dir, name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	script(half, "postgres", "exit 0")
	script(old, "postgres", "echo 'postgres (PostgreSQL) 13.4'")
	script(old, "initdb", "exit 0")
	for dir, says := range map[string]string{
		empty: "no postgres", half: "postgres, but no initdb", old: "PostgreSQL 13 is too old",
	} {
		_, err := embedded.Start(t.Context(), embedded.Options{DataDir: folder(t), BinDir: dir})
		if err == nil {
			t.Errorf("%s: started", says)
			continue
		}
		for _, part := range []string{says, dir, "PORTAL_PG_BIN", "DATABASE_URL", "apt install postgresql"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not say %q", err, part)
			}
		}
	}
}

func TestFoldersOutOfReachAreExplained(t *testing.T) {
	t.Parallel()
	parent := folder(t)
	mode, says := os.FileMode(0o700), "may not enter "+parent
	if os.Geteuid() != 0 { // then there is no other user to hand over to
		mode, says = 0o600, parent
	}
	if err := os.Chmod(parent, mode); err != nil {
		t.Fatal(err)
	}
	_, err := embedded.Start(t.Context(), embedded.Options{DataDir: filepath.Join(parent, "data")})
	if err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("error %v, want one with %q", err, says)
	}
}

func TestLongPathsWork(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), strings.Repeat("long-", 30))
	s := start(t, dir)
	if err := run(t, s.URL(), `select 1`); err != nil {
		t.Error(err)
	}
	_, socket, _ := strings.Cut(s.URL(), "host='")
	socket, _, _ = strings.Cut(socket, "'")
	t.Cleanup(func() { _ = os.RemoveAll(socket) })
	if strings.HasPrefix(socket, dir) {
		t.Errorf("the socket lies at %s", socket)
	}
}
