// Package testdb gives each test a migrated database of its own, in a private
// server that lives as long as the test process.
package testdb

import (
	"context"
	"database/sql"
	"fmt"
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
)

const template = "template_portal"

// host is the process's server, started when the first test asks.
var host = sync.OnceValues(start)

// server is the running server with what it needs to hand out databases.
type server struct {
	*embedded.Server
	admin *sql.DB
	turn  chan struct{} // at most four are made at once
	names chan int
}

// New opens a fresh migrated database, dropped when the test ends.
func New(t testing.TB) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: URL(t), Pool: postgres.Work, MaxConns: 8})
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// URL is the address of a fresh migrated database, dropped when the test ends.
func URL(t testing.TB) string {
	t.Helper()
	s, err := host()
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	n := <-s.names
	s.names <- n + 1
	name := "t" + strconv.Itoa(n)
	s.turn <- struct{}{}
	_, err = s.admin.Exec("create database " + name + " template " + template + " strategy file_copy")
	<-s.turn
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	t.Cleanup(func() {
		if _, err := s.admin.Exec("drop database " + name + " with (force)"); err != nil {
			t.Errorf("testdb: %v", err)
		}
	})
	return s.address(name)
}

// address is the server's address with another database in it.
func (s *server) address(database string) string {
	return strings.Replace(s.URL(), "dbname=portal", "dbname="+database, 1)
}

// start runs the server in a private folder, in memory where there is room, and
// migrates the template.
func start() (*server, error) {
	ctx := context.Background()
	parent := place()
	sweep(parent)
	dir, err := os.MkdirTemp(parent, "portal-test-")
	if err != nil {
		return nil, err
	}
	e, err := embedded.Start(ctx, embedded.Options{
		DataDir: dir, BinDir: os.Getenv("PORTAL_PG_BIN"), Disposable: true,
		Settings: []string{"max_connections=300", "shared_buffers=64MB", "max_wal_size=256MB"},
	})
	if err != nil {
		return nil, err
	}
	admin, err := sql.Open("postgres", strings.Replace(e.URL(), "dbname=portal", "dbname=postgres", 1))
	if err != nil {
		return nil, err
	}
	admin.SetMaxOpenConns(4)
	s := &server{Server: e, admin: admin, turn: make(chan struct{}, 4), names: make(chan int, 1)}
	s.names <- 1
	if _, err := admin.Exec("create database " + template); err != nil {
		return nil, err
	}
	if _, _, err := postgres.Migrate(ctx, s.address(template)); err != nil {
		return nil, fmt.Errorf("template: %w", err)
	}
	return s, nil
}

// place is the folder for data: memory if 2 GB are free there.
func place() string {
	var fs syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &fs); err == nil && fs.Bavail*uint64(fs.Bsize) > 2<<30 { //nolint:gosec // a block's size is positive
		return "/dev/shm"
	}
	return os.TempDir()
}

// sweep removes what servers left behind that were killed together with all
// their processes; a living one holds its lock.
func sweep(parent string) {
	dirs, _ := filepath.Glob(filepath.Join(parent, "portal-test-*"))
	for _, dir := range dirs {
		f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR, 0) //nolint:gosec // a name of our own
		if err != nil {
			continue
		}
		if info, err := f.Stat(); err != nil || time.Since(info.ModTime()) < time.Minute {
			_ = f.Close()
			continue
		}
		if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			_ = os.RemoveAll(dir)
		}
		_ = f.Close()
	}
}
