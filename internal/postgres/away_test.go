package postgres_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/embedded"
	"ecms/portal/internal/postgres/testdb"
)

// promise is the time within which the Web pool answers, come what may: 1.8
// seconds, and something for a test machine that is busy with other tests.
const promise = 1800*time.Millisecond + 700*time.Millisecond

// folder is a data folder that the database's user can reach, unlike t.TempDir.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "portal-away-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// own starts a server of the test's own, to be mistreated.
func own(t *testing.T, dir string, disposable bool) *embedded.Server {
	t.Helper()
	s, err := embedded.Start(t.Context(), embedded.Options{
		DataDir: dir, Disposable: disposable,
		Settings: []string{"fsync=off", "shared_buffers=16MB", "dynamic_shared_memory_type=mmap"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

// timed checks that a call ends in time and gives its error.
func timed(t *testing.T, call func() error) error {
	t.Helper()
	start := time.Now()
	err := call()
	if took := time.Since(start); took > promise {
		t.Errorf("took %s: %v", took, err)
	}
	return err
}

// ask is one small query.
func ask(ctx context.Context, db *postgres.DB) error {
	var n int
	return db.Get(ctx, &n, `select 1`)
}

// fill makes all of a pool's connections, idle at the end.
func fill(t *testing.T, db *postgres.DB, size int) {
	t.Helper()
	var all sync.WaitGroup
	for range size {
		all.Go(func() {
			if _, err := db.Exec(t.Context(), `select pg_sleep(0.2)`); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := ask(t.Context(), db); err != nil {
		t.Fatal(err)
	}
}

func TestFrozenServerIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	db := open(t, own(t, dir, true).URL(), postgres.Web, 3)
	fill(t, db, 2)
	var pids []int
	if err := db.Select(t.Context(), &pids, `select pid from pg_stat_activity where backend_type = 'client backend'`); err != nil {
		t.Fatal(err)
	}
	pids = append(pids, postmaster(t, dir))
	signal(t, syscall.SIGSTOP, pids)
	var all sync.WaitGroup
	for range 8 { // two connected, one connecting, five waiting
		all.Go(func() {
			if err := timed(t, func() error { return ask(context.Background(), db) }); !postgres.Away(err) {
				t.Errorf("frozen: %v", err)
			}
		})
	}
	all.Wait()
	short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	if err := ask(short, db); err == nil || time.Since(start) > 800*time.Millisecond {
		t.Errorf("with 300 ms: %v after %s", err, time.Since(start))
	}
	err := timed(t, func() error {
		return db.InTx(context.Background(), func(tx *postgres.Tx) error { _, err := tx.Exec(t.Context(), `select 2`); return err })
	})
	if !postgres.Away(err) {
		t.Errorf("transaction: %v", err)
	}
	signal(t, syscall.SIGCONT, pids)
	for range 8 {
		if err := timed(t, func() error { return ask(t.Context(), db) }); err != nil {
			t.Errorf("thawed: %v", err)
		}
	}
}

func TestRestartedServerIsFoundAgain(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := own(t, dir, false)
	db := open(t, s.URL(), postgres.Web, 4)
	for _, kill := range []bool{false, true, true} {
		fill(t, db, 4)
		if kill { // the launcher starts it again by itself
			signal(t, syscall.SIGKILL, []int{postmaster(t, dir)})
			for until := time.Now().Add(promise); ask(t.Context(), db) == nil; time.Sleep(time.Millisecond) {
				if time.Now().After(until) {
					t.Fatal("the killed server still answers")
				}
			}
		} else {
			if err := s.Stop(); err != nil {
				t.Fatal(err)
			}
			if err := timed(t, func() error { return ask(context.Background(), db) }); !postgres.Away(err) {
				t.Errorf("stopped: %v", err)
			}
			s = own(t, dir, false)
		}
		back := time.Now()
		for until := back.Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
			err := timed(t, func() error { return ask(context.Background(), db) })
			if err == nil {
				break
			}
			if !postgres.Away(err) || time.Now().After(until) {
				t.Fatalf("not back: %v", err)
			}
		}
		if took := time.Since(back); !kill && took > promise {
			t.Errorf("back after %s", took)
		}
		for range 20 { // no stale connection costs anybody an answer
			if err := ask(t.Context(), db); err != nil {
				t.Errorf("killed: %v, after its return: %v", kill, err)
			}
		}
	}
}

func TestKilledBackendsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	url := testdb.URL(t)
	db, killer := open(t, url, postgres.Web, 4), open(t, url, postgres.Work, 1)
	for round := range 5 {
		fill(t, db, 4)
		failed := make(chan error, 1)
		go func() { _, err := db.Exec(context.Background(), `select pg_sleep(1.2)`); failed <- err }()
		time.Sleep(50 * time.Millisecond)
		must(t, killer, `select pg_terminate_backend(pid) from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`)
		if err := <-failed; !postgres.Away(err) {
			t.Errorf("round %d: query under way: %v", round, err)
		}
		time.Sleep(20 * time.Millisecond)
		for range 12 {
			if err := ask(t.Context(), db); err != nil {
				t.Errorf("round %d: %v", round, err)
			}
		}
	}
}

func TestSlowQueriesAndLocksEnd(t *testing.T) {
	t.Parallel()
	url := testdb.URL(t)
	db, holder := open(t, url, postgres.Web, 2), open(t, url, postgres.Work, 1)
	must(t, holder, `create table l (i int)`)
	must(t, holder, `insert into l values (1)`)
	err := timed(t, func() error { _, err := db.Exec(context.Background(), `select pg_sleep(5)`); return err })
	if !postgres.Away(err) {
		t.Errorf("slow query: %v", err)
	}
	err = holder.InTx(t.Context(), func(tx *postgres.Tx) error {
		if _, err := tx.Exec(t.Context(), `update l set i = 2`); err != nil {
			return err
		}
		err := timed(t, func() error { _, err := db.Exec(context.Background(), `update l set i = 3`); return err })
		if !postgres.Away(err) {
			t.Errorf("locked row: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if err := ask(t.Context(), db); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestCancelledCallers(t *testing.T) {
	t.Parallel()
	url := testdb.URL(t)
	for _, pool := range []postgres.Pool{postgres.Web, postgres.Work} {
		db := open(t, url, pool, 1)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := ask(gone, db); !errors.Is(err, context.Canceled) || postgres.Away(err) {
			t.Errorf("pool %d, cancelled before: %v", pool, err)
		}
		short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		start := time.Now()
		_, err := db.Exec(short, `select pg_sleep(1.4)`)
		if cancel(); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > time.Second {
			t.Errorf("pool %d, too late: %v after %s", pool, err, time.Since(start))
		}
		short, cancel = context.WithTimeout(t.Context(), 200*time.Millisecond)
		err = db.InTx(short, func(tx *postgres.Tx) error { _, err := tx.Exec(short, `select pg_sleep(1.4)`); return err })
		if cancel(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("pool %d, transaction too late: %v", pool, err)
		}
		if err := ask(t.Context(), db); err != nil {
			t.Errorf("pool %d, afterwards: %v", pool, err)
		}
	}
}

func postmaster(t *testing.T, dir string) int {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "pg*", "postmaster.pid"))
	if len(files) != 1 {
		t.Fatalf("postmaster.pid: %v", files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func signal(t *testing.T, sig syscall.Signal, pids []int) {
	t.Helper()
	for _, pid := range pids {
		if err := syscall.Kill(pid, sig); err != nil {
			t.Errorf("signal %v to %d: %v", sig, pid, err)
		}
	}
}
