//go:build unix

package embedded_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/postgres/embedded"
)

func TestFailedInitdbTellsItsLastWords(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	o := embedded.Options{DataDir: dir, BinDir: programs(t, say("17.2"), "exit 1", "for n in 1 2 3 4 5 6; do echo line $n; done; echo cause >&2; exit 3")}
	for range 2 { // the first failure frees the folder for the second
		refused(t, o, "initdb: exit status 3: line 4 | line 5 | line 6 | cause")
	}
	if _, err := os.Stat(filepath.Join(dir, "pg17")); !os.IsNotExist(err) {
		t.Errorf("a half-made database got its name: %v", err)
	}
}

func TestServerThatEndsAtItsStartTellsItsLog(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	bin := programs(t, say("17.2"), "echo 'FATAL:  could not map memory' >&2; exit 1", made)
	refused(t, embedded.Options{DataDir: dir, BinDir: bin}, "postgres ended at its start", "exit status 1", "FATAL:  could not map memory")
	before, err := os.ReadFile(filepath.Join(dir, "pg17", "arguments"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"-U portal", "-E UTF8", "--auth=trust", "--locale="} {
		if !strings.Contains(string(before), part) {
			t.Errorf("initdb was told %q, want %s among it", before, part)
		}
	}
	if strings.Contains(string(before), "--no-sync") {
		t.Errorf("a database that is to last was not synced: %q", before)
	}
	if err := os.WriteFile(filepath.Join(dir, "pg17", "kept"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: dir, BinDir: bin}, "could not map memory")
	if _, err := os.Stat(filepath.Join(dir, "pg17", "kept")); err != nil {
		t.Errorf("the second start made the database anew: %v", err)
	}
}

func TestServerIsToldItsPlace(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	// A server that writes down what it was told, and ends.
	bin := programs(t, say("17.2"), `for a in "$@"; do echo "$a"; done > "$2/told"; env > "$2/environment"; exit 1`, made)
	refused(t, embedded.Options{DataDir: dir, BinDir: bin, Settings: []string{"work_mem=5MB", "listen_addresses="}}, "ended at its start")
	text, err := os.ReadFile(filepath.Join(dir, "pg17", "told"))
	if err != nil {
		t.Fatal(err)
	}
	told := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, want := range []string{
		filepath.Join(dir, "pg17"), "listen_addresses=", "unix_socket_directories=" + filepath.Join(dir, "run"), "unix_socket_permissions=0700",
		"port=5432", "timezone=UTC", "work_mem=5MB",
	} {
		if !slices.Contains(told, want) {
			t.Errorf("told %q, want %q among it", told, want)
		}
	}
	if slices.Contains(told, "fsync=off") || told[len(told)-1] != "listen_addresses=" {
		t.Errorf("told %q; want no fsync=off, and the caller's settings last", told)
	}
	env, err := os.ReadFile(filepath.Join(dir, "pg17", "environment"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(env), "PORTAL_") || strings.Contains(string(env), "HOME=") || !strings.Contains(string(env), "LC_ALL=C") {
		t.Errorf("the server sees the portal's environment:\n%s", env)
	}
}

// The folder of the log belongs to the database's user. Root, who opens the log,
// must not be led from there to another file.
func TestLogIsNoLink(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	bin := programs(t, say("17.2"), "echo words >&2; exit 1", made)
	refused(t, embedded.Options{DataDir: dir, BinDir: bin}, "words")
	victim := filepath.Join(folder(t), "victim")
	if err := os.WriteFile(victim, []byte("precious\nwords\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "run", "postgres.log")
	if err := os.Remove(log); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(victim, log); err != nil {
		t.Fatal(err)
	}
	pid := filepath.Join(dir, "pg17", "postmaster.pid")
	if err := os.Symlink(victim, pid); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: dir, BinDir: bin}, "log of postgres")
	if got, err := os.ReadFile(victim); err != nil || string(got) != "precious\nwords\n" {
		t.Errorf("the file behind the links: %q, %v", got, err)
	}
}

func TestLogDoesNotGrowForEver(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	bin := programs(t, say("17.2"), "echo newest >&2; exit 1", made)
	refused(t, embedded.Options{DataDir: dir, BinDir: bin}, "newest")
	log := filepath.Join(dir, "run", "postgres.log")
	if err := os.Truncate(log, 17<<20); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: dir, BinDir: bin}, "newest")
	if info, err := os.Stat(log); err != nil || info.Size() > 1000 {
		t.Errorf("the log has %v, %v; want it begun anew", info.Size(), err)
	}
}
