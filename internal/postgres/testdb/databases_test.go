package testdb_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"ecms/portal/internal/postgres/testdb"
)

// databases counts those of some names on the tests' server.
func databases(t *testing.T, names ...string) (n int) {
	t.Helper()
	db := testdb.New(t)
	for _, name := range names {
		var there int
		if err := db.Get(t.Context(), &there, `select count(*) from pg_database where datname = $1`, name); err != nil {
			t.Fatal(err)
		}
		n += there
	}
	return n
}

// raw is a connection pool that nobody closes.
func raw(t testing.TB, url string) (db *sql.DB, name string) {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRowContext(t.Context(), `select current_database()`).Scan(&name); err != nil {
		t.Fatal(err)
	}
	return db, name
}

func TestManyAtOnceAreDifferent(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var all sync.WaitGroup
	seen := map[string]bool{}
	for range 12 {
		all.Go(func() {
			db, name := raw(t, testdb.URL(t))
			defer func() { _ = db.Close() }()
			mu.Lock()
			defer mu.Unlock()
			if seen[name] {
				t.Errorf("%s was given out twice", name)
			}
			seen[name] = true
		})
	}
	all.Wait()
	if len(seen) != 12 {
		t.Errorf("got %d databases, want 12", len(seen))
	}
}

func TestDatabaseEndsWithItsTest(t *testing.T) {
	t.Parallel()
	var pooled, left string
	var forgotten *sql.DB
	t.Run("a test", func(t *testing.T) {
		db := testdb.New(t)
		if err := db.Get(t.Context(), &pooled, `select current_database()`); err != nil {
			t.Fatal(err)
		}
		forgotten, left = raw(t, testdb.URL(t))
		if n := databases(t, pooled, left); n != 2 {
			t.Errorf("during the test: got %d of its databases, want 2", n)
		}
	})
	t.Cleanup(func() { _ = forgotten.Close() })
	if n := databases(t, pooled, left); n != 0 {
		t.Errorf("after the test: got %d of its databases, want none, for all its open connections", n)
	}
}

// What one test does to its tables, no later one sees.
func TestTemplateStaysAsItIs(t *testing.T) {
	t.Parallel()
	first := testdb.New(t)
	for _, statement := range []string{`drop table jobs`, `create table stray (n int)`, `insert into shipments select from shipments`} {
		if _, err := first.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	var jobs, stray bool
	err := testdb.New(t).QueryRow(t.Context(), `select to_regclass('jobs') is not null, to_regclass('stray') is not null`).Scan(&jobs, &stray)
	if err != nil || !jobs || stray {
		t.Errorf("a later database: jobs %t, stray %t, %v; want jobs alone", jobs, stray, err)
	}
}

func TestSweepTakesTheDeadAlone(t *testing.T) {
	t.Parallel()
	parent, old := t.TempDir(), time.Now().Add(-time.Hour)
	put := func(name string, age time.Time) *os.File {
		t.Helper()
		dir := filepath.Join(parent, name)
		if err := os.MkdirAll(filepath.Join(dir, "pg15"), 0o700); err != nil {
			t.Fatal(err)
		}
		lock, err := os.Create(filepath.Join(dir, "lock"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = lock.Close() })
		if err := os.Chtimes(lock.Name(), age, age); err != nil {
			t.Fatal(err)
		}
		return lock
	}
	put("portal-test-dead", old)
	put("portal-test-starting", time.Now())
	put("portal-somebody", old)
	if err := syscall.Flock(int(put("portal-test-living", old).Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(parent, "portal-test-bare"), 0o700); err != nil {
		t.Fatal(err)
	}
	testdb.Sweep(parent)
	for name, stays := range map[string]bool{
		"portal-test-dead": false, "portal-test-starting": true, "portal-somebody": true, "portal-test-living": true, "portal-test-bare": true,
	} {
		if _, err := os.Stat(filepath.Join(parent, name)); stays != (err == nil) {
			t.Errorf("%s: %v, want it to stay: %t", name, err, stays)
		}
	}
	testdb.Sweep(filepath.Join(parent, "missing")) // nothing to do is no harm
}
