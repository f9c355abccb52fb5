//go:build unix

package embedded_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ecms/portal/internal/postgres/embedded"
)

func TestSocketFolder(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for name, c := range map[string]struct {
		dir    string
		inside bool
	}{
		"short":             {"/srv/portal", true},
		"a blank":           {"/srv/my portal", true},
		"other scripts":     {"/srv/包裹", true},
		"as long as can be": {"/" + strings.Repeat("x", 80), true},
		"one too many":      {"/" + strings.Repeat("x", 81), false},
		"very long":         {"/" + strings.Repeat("long/", 60), false},
		"apostrophe":        {"/home/o'brien/portal", false},
		"quote":             {`/srv/"portal"`, false},
		"comma":             {"/srv/a,b", false},
		"backslash":         {`/srv/a\b`, false},
		"line break":        {"/srv/a\nb", false},
	} {
		got := embedded.SocketFolder(c.dir)
		if inside := got == filepath.Join(c.dir, "run"); inside != c.inside {
			t.Errorf("%s: got %s, want it inside the data folder: %t", name, got, c.inside)
		}
		if !c.inside && filepath.Dir(got) != filepath.Clean(os.TempDir()) {
			t.Errorf("%s: got %s, want it below %s", name, got, os.TempDir())
		}
		if other, twice := seen[got]; twice {
			t.Errorf("%s and %s share %s", name, other, got)
		}
		seen[got] = name
	}
}

// elsewhere is a data folder whose socket cannot lie inside.
func elsewhere(t *testing.T) (dir, socket string) {
	t.Helper()
	dir = filepath.Join(folder(t), "it's")
	socket = embedded.SocketFolder(dir)
	t.Cleanup(func() { _ = os.RemoveAll(socket) })
	return dir, socket
}

// Everybody can make a folder below /tmp: whoever owns the socket's folder could
// answer in the database's place.
func TestSocketFolderOfAnotherIsRefused(t *testing.T) {
	t.Parallel()
	bin := programs(t, say("17.2"), "exit 1", "exit 1")
	dir, socket := elsewhere(t)
	if err := os.Symlink(folder(t), socket); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: dir, BinDir: bin}, "socket folder", "is not a folder")
	if os.Geteuid() != 0 {
		return // only root can make a folder of another user
	}
	dir, socket = elsewhere(t)
	if err := os.Mkdir(socket, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(socket, 12345, 12345); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: dir, BinDir: bin}, "socket folder", socket+" belongs to another user (12345)")
}

func TestOpenSocketFolderIsClosed(t *testing.T) {
	t.Parallel()
	dir, socket := elsewhere(t)
	if err := os.Mkdir(socket, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(socket, 0o777); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: dir, BinDir: programs(t, say("17.2"), "exit 1", "exit 9")}, "initdb: exit status 9")
	if info, err := os.Stat(socket); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("got %v, %v; want 0700", info.Mode(), err)
	}
}

func TestFilesInPlaceOfFoldersAreNamed(t *testing.T) {
	t.Parallel()
	bin := programs(t, say("17.2"), "exit 1", made)
	dir := folder(t)
	if err := os.WriteFile(filepath.Join(dir, "run"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: dir, BinDir: bin}, "socket folder", filepath.Join(dir, "run")+" is not a folder")
	file := filepath.Join(dir, "run")
	refused(t, embedded.Options{DataDir: file, BinDir: bin}, "data folder", file)
	refused(t, embedded.Options{DataDir: filepath.Join(file, "below"), BinDir: bin}, "data folder")
	locked := folder(t)
	if err := os.Mkdir(filepath.Join(locked, "lock"), 0o700); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: locked, BinDir: bin}, "lock of the data folder")
}
