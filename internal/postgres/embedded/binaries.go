//go:build unix

package embedded

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldest is the lowest major version of PostgreSQL that lib/pq speaks to.
const oldest = 14

// binaries are one installation of PostgreSQL.
type binaries struct {
	dir   string
	major int
}

// findBinaries looks for PostgreSQL: in the folder given, else on the PATH and in
// the usual places, newest first; one that fits existing data comes before all.
func findBinaries(given string, data int) (binaries, error) {
	var tried []string
	var found []binaries
	for _, dir := range candidates(given) {
		b, err := inspect(dir)
		if err != nil {
			tried = append(tried, err.Error())
			continue
		}
		found = append(found, b)
	}
	if len(found) == 0 {
		return binaries{}, missing(given, tried)
	}
	slices.SortStableFunc(found, func(a, b binaries) int { return b.major - a.major })
	if data == 0 {
		return found[0], nil
	}
	for _, b := range found {
		if b.major == data {
			return b, nil
		}
	}
	return binaries{}, fmt.Errorf("the data folder holds a database of PostgreSQL %d, but only PostgreSQL %d is here (%s): "+
		"install postgresql-%d, set PORTAL_PG_BIN to its bin folder, or choose another PORTAL_DATA_DIR",
		data, found[0].major, found[0].dir, data)
}

// candidates are the folders to look into.
func candidates(given string) []string {
	if given != "" {
		return []string{given}
	}
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			path = real
		}
		dirs = append(dirs, filepath.Dir(path))
	}
	for _, pattern := range places() {
		found, _ := filepath.Glob(pattern)
		if len(found) == 0 {
			found = []string{pattern}
		}
		dirs = append(dirs, found...)
	}
	return dirs
}

// places are where Debian, Fedora, Homebrew and Postgres.app put PostgreSQL.
func places() []string {
	return []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin",
		"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	}
}

// inspect checks that a folder, or its bin, has what is needed.
func inspect(dir string) (binaries, error) {
	if _, err := os.Stat(filepath.Join(dir, "postgres")); err != nil {
		if _, err := os.Stat(filepath.Join(dir, "bin", "postgres")); err != nil {
			return binaries{}, fmt.Errorf("%s: no postgres", dir)
		}
		dir = filepath.Join(dir, "bin")
	}
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return binaries{}, fmt.Errorf("%s: postgres, but no initdb", dir)
	}
	out, err := exec.Command(filepath.Join(dir, "postgres"), "-V").Output() //nolint:gosec // a program named by the operator
	if err != nil {
		return binaries{}, fmt.Errorf("%s: postgres -V: %w", dir, err)
	}
	major, err := majorOf(string(out))
	if err != nil {
		return binaries{}, fmt.Errorf("%s: %w", dir, err)
	}
	if major < oldest {
		return binaries{}, fmt.Errorf("%s: PostgreSQL %d is too old, %d is the least", dir, major, oldest)
	}
	return binaries{dir: dir, major: major}, nil
}

// majorOf reads "postgres (PostgreSQL) 15.18 (Debian ...)".
func majorOf(version string) (int, error) {
	m := regexp.MustCompile(`\(PostgreSQL\) (\d+)`).FindStringSubmatch(version)
	if m == nil {
		return 0, fmt.Errorf("not a version of PostgreSQL: %q", strings.TrimSpace(version))
	}
	return strconv.Atoi(m[1])
}

// missing names all that was tried, and the ways out.
func missing(given string, tried []string) error {
	where := "PORTAL_PG_BIN"
	if given == "" {
		where = "the PATH and the usual places"
	}
	return fmt.Errorf("no PostgreSQL found in %s (%s): install it (apt install postgresql, brew install postgresql@17), "+
		"set PORTAL_PG_BIN to the folder that holds postgres and initdb, or set DATABASE_URL to a server",
		where, strings.Join(tried, "; "))
}
