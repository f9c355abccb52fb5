//go:build unix

package embedded_test

import (
	"os"
	"path/filepath"
	"testing"

	"ecms/portal/internal/postgres/embedded"
)

func TestOddVersionsAreExplained(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ version, says string }{
		"very old":          {say("9.6.24"), "PostgreSQL 9 is too old, 14 is the least"},
		"just too old":      {say("13.20"), "PostgreSQL 13 is too old"},
		"no number":         {say("devel"), "not a version of PostgreSQL"},
		"another program":   {"echo 'MySQL 8.0'", `not a version of PostgreSQL: "MySQL 8.0"`},
		"silent":            {"true", `not a version of PostgreSQL: ""`},
		"cannot run":        {"echo broken >&2; exit 127", "postgres -V: exit status 127"},
		"a number too long": {say("99999999999999999999"), "out of range"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bin := programs(t, c.version, "exit 1", "exit 1")
			refused(t, embedded.Options{DataDir: folder(t), BinDir: bin}, "no PostgreSQL found in PORTAL_PG_BIN", bin, c.says)
		})
	}
}

// PORTAL_PG_BIN may name the installation or its bin folder.
func TestInstallationFolderIsEnough(t *testing.T) {
	t.Parallel()
	root := folder(t)
	bin := filepath.Join(root, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, bin, say("17.2"), "exit 1", "echo 'from the bin folder'; exit 1")
	refused(t, embedded.Options{DataDir: folder(t), BinDir: root}, "from the bin folder")
	if err := os.Remove(filepath.Join(bin, "initdb")); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: folder(t), BinDir: root}, bin+": postgres, but no initdb")
}

func TestDataNeedsItsOwnMajorVersion(t *testing.T) {
	t.Parallel()
	bin := programs(t, say("17.2"), "echo 'the server of 17' >&2; exit 1", "echo 'a new database'; exit 1")
	for _, c := range []struct {
		name   string
		majors []string
		says   []string
	}{
		{"none yet", nil, []string{"a new database"}},
		{"the same", []string{"17"}, []string{"the server of 17"}},
		{"an older one", []string{"16"}, []string{"holds a database of PostgreSQL 16, but only PostgreSQL 17 is here", bin, "install postgresql-16"}},
		{"a newer one", []string{"18"}, []string{"holds a database of PostgreSQL 18"}},
		{"the newest counts", []string{"15", "16", "17"}, []string{"the server of 17"}},
		{"9 is older than 17", []string{"9", "17"}, []string{"the server of 17"}},
		{"names that are none", []string{"x", "17.unfinished", ""}, []string{"a new database"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			data(t, dir, c.majors...)
			refused(t, embedded.Options{DataDir: dir, BinDir: bin}, c.says...)
		})
	}
}

// A name with brackets once hid the data, and a newer PostgreSQL made an empty
// database beside them.
func TestDataAreFoundUnderAnyName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"data[1]", "da*ta", "what?", `back\slash`, "plain"} {
		dir := filepath.Join(folder(t), name)
		if err := os.Mkdir(dir, 0o711); err != nil {
			t.Fatal(err)
		}
		data(t, dir, "9")
		refused(t, options(dir), "holds a database of PostgreSQL 9")
	}
}

func TestFolderWithoutVersionFileIsNoData(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if err := os.Mkdir(filepath.Join(dir, "pg16"), 0o700); err != nil {
		t.Fatal(err)
	}
	refused(t, embedded.Options{DataDir: dir, BinDir: programs(t, say("17.2"), "exit 1", "echo 'a new database'; exit 1")}, "a new database")
}

// The PATH comes beside the usual places; the newest of all is taken.
func TestPathIsSearched(t *testing.T) {
	bin, links := programs(t, say("99.1"), "exit 1", "echo 'the newest'; exit 1"), folder(t)
	if err := os.Symlink(filepath.Join(bin, "postgres"), filepath.Join(links, "postgres")); err != nil {
		t.Fatal(err)
	}
	path := os.Getenv("PATH")
	t.Setenv("PATH", links+":"+path) // initdb lies beside the real postgres
	refused(t, embedded.Options{DataDir: folder(t)}, "the newest")

	old := programs(t, say("13.1"), "exit 1", "exit 1")
	t.Setenv("PATH", old+":"+path)
	dir := folder(t)
	data(t, dir, "9")
	refused(t, embedded.Options{DataDir: dir}, "holds a database of PostgreSQL 9, but only PostgreSQL") // of a usual place
}
