//go:build unix

package embedded_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"ecms/portal/internal/postgres/embedded"
)

// folder is a data folder that the database's user can reach, unlike t.TempDir.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "portal-embedded-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// options are those of a data folder, without the wait for the disk.
func options(dir string) embedded.Options {
	return embedded.Options{DataDir: dir, Settings: []string{"fsync=off", "shared_buffers=16MB", "dynamic_shared_memory_type=mmap"}}
}

func start(t *testing.T, dir string) *embedded.Server {
	t.Helper()
	s, err := embedded.Start(t.Context(), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

// run runs a statement on a connection of its own.
func run(t *testing.T, url, query string) error {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(t.Context(), query)
	return err
}

func rows(t *testing.T, url string) (n int) {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(t.Context(), `select count(*) from kept`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// pidOf is the postmaster of a data folder; 0 if it names none.
func pidOf(dir string) int {
	files, _ := filepath.Glob(filepath.Join(dir, "pg*", "postmaster.pid"))
	if len(files) != 1 {
		return 0
	}
	text, _ := os.ReadFile(files[0])
	first, _, _ := strings.Cut(string(text), "\n")
	pid, _ := strconv.Atoi(first)
	return pid
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within 15 s: %s", what)
		}
	}
}

func TestSecondStartFindsItsData(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, dir)
	if err := run(t, s.URL(), `create table kept as select 1`); err != nil {
		t.Fatal(err)
	}
	var taken embedded.Taken
	_, err := embedded.Start(t.Context(), options(dir))
	if !errors.As(err, &taken) || taken.PID != os.Getpid() || !strings.Contains(err.Error(), "already uses "+dir) {
		t.Errorf("a second portal: %v", err)
	}
	guest, err := embedded.Join(t.Context(), options(dir))
	if err != nil || rows(t, guest.URL()) != 1 {
		t.Fatalf("Join: %v", err)
	}
	if err := guest.Stop(); err != nil || rows(t, s.URL()) != 1 {
		t.Errorf("the guest's end: %v", err)
	}
	pid := pidOf(dir)
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) || pidOf(dir) != 0 {
		t.Errorf("after Stop: process %d %v, pid file %d", pid, err, pidOf(dir))
	}
	if n := rows(t, start(t, dir).URL()); n != 1 {
		t.Errorf("%d rows after the second start, want 1", n)
	}
}

func TestClusterIsFitForAllScripts(t *testing.T) {
	t.Parallel()
	s := start(t, folder(t))
	err := run(t, s.URL(), `do $$ begin
		assert lower('É') = 'é' and length('東京') = 2, 'characters';
		assert current_setting('listen_addresses') = '', 'network';
		assert current_setting('server_encoding') = 'UTF8' and current_setting('TimeZone') = 'UTC', 'settings';
	end $$`)
	if err != nil {
		t.Error(err)
	}
}

func TestServerKilledOutrightComesBack(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, dir)
	if err := run(t, s.URL(), `create table kept as select 1`); err != nil {
		t.Fatal(err)
	}
	go func() { // a process that does not look up from its work
		db, err := sql.Open("postgres", s.URL())
		if err == nil {
			_, _ = db.Exec(`select count(*) from generate_series(1, 100000000) i`)
			_ = db.Close()
		}
	}()
	time.Sleep(200 * time.Millisecond)
	first := pidOf(dir)
	if err := syscall.Kill(first, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "another server", func() bool { p := pidOf(dir); return p != 0 && p != first && p < 1<<30 })
	eventually(t, "an answer", func() bool { return run(t, s.URL(), `select 1`) == nil })
	if n := rows(t, s.URL()); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

func TestStaleLocksHeal(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, dir)
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	data, _ := filepath.Glob(filepath.Join(dir, "pg*", "PG_VERSION"))
	// The number now belongs to another living program of the same user: ours.
	stale := fmt.Sprintf("%d\n%s\n0\n5432\n%s\n*\n", os.Getpid(), filepath.Dir(data[0]), filepath.Join(dir, "run"))
	for _, path := range []string{
		filepath.Join(filepath.Dir(data[0]), "postmaster.pid"), filepath.Join(dir, "run", ".s.PGSQL.5432.lock"), filepath.Join(dir, "lock"),
	} {
		if err := os.WriteFile(path, []byte(stale), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(t, start(t, dir).URL(), `select 1`); err != nil {
		t.Error(err)
	}
}

func TestHalfMadeDatabaseIsMadeAnew(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	for _, major := range []string{"14", "15", "16", "17", "18"} {
		if err := os.MkdirAll(filepath.Join(dir, "pg"+major+".unfinished", "base"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(t, start(t, dir).URL(), `select 1`); err != nil {
		t.Error(err)
	}
}

func TestOtherMajorVersionIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	old := filepath.Join(dir, "pg9")
	if err := os.Mkdir(old, 0o700); err != nil {
		t.Fatal(err)
	}
	marker := filepath.Join(old, "PG_VERSION")
	if err := os.WriteFile(marker, []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := embedded.Start(t.Context(), options(dir))
	if err == nil || !strings.Contains(err.Error(), "holds a database of PostgreSQL 9") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(marker); err != nil {
		t.Errorf("the old data: %v", err)
	}
}

func TestDisposableServerTakesItsFolderAlong(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	o := options(dir)
	o.Disposable = true
	s, err := embedded.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := run(t, s.URL(), `select 1`); err != nil {
		t.Error(err)
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}

// TestPortalKilledOutright runs this test binary again as the portal that dies.
func TestPortalKilledOutright(t *testing.T) {
	if dir := os.Getenv("PORTAL_TEST_VICTIM"); dir != "" {
		s, err := embedded.Start(context.Background(), options(dir))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(s.URL())
		select {}
	}
	t.Parallel()
	dir := folder(t)
	if err := start(t, dir).Stop(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		victim := exec.Command(os.Args[0], "-test.run=^TestPortalKilledOutright$")
		victim.Env = append(os.Environ(), "PORTAL_TEST_VICTIM="+dir)
		if err := victim.Start(); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the victim's server", func() bool { return pidOf(dir) != 0 && joins(t, dir) })
		_ = victim.Process.Kill()
		_ = victim.Wait()
		s := start(t, dir) // at once, while the old server may still be ending
		if err := run(t, s.URL(), `select 1`); err != nil {
			t.Error(err)
		}
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}
}

// joins says that another process runs a server that answers.
func joins(t *testing.T, dir string) bool {
	t.Helper()
	_, err := os.Stat(filepath.Join(dir, "run", ".s.PGSQL.5432"))
	url := fmt.Sprintf("host=%s user=portal dbname=portal sslmode=disable", filepath.Join(dir, "run"))
	return err == nil && run(t, url, `select 1`) == nil
}
