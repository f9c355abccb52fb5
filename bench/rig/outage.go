package rig

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// outage is how long PostgreSQL stays away.
const outage = 5 * time.Second

// KillPostgres ends the bed's PostgreSQL, postmaster and backends, by kill -9,
// and every one that its launcher starts again, for a while.
func (b *Bed) KillPostgres(ctx context.Context) error {
	for end := time.Now().Add(outage); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if err := b.signal(syscall.SIGKILL); err != nil && !errors.Is(err, errNoPostgres) {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// AwaitPostgres returns as soon as PostgreSQL answers again.
func (b *Bed) AwaitPostgres(ctx context.Context) error {
	db, err := sql.Open("postgres", b.server.URL())
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for db.PingContext(ctx) != nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil
}

// FreezePostgres stops the bed's PostgreSQL in its tracks for a while:
// connections stay open and nothing answers.
func (b *Bed) FreezePostgres(context.Context) error {
	err := b.signal(syscall.SIGSTOP)
	time.Sleep(outage)
	return err
}

// ThawPostgres lets a frozen PostgreSQL go on.
func (b *Bed) ThawPostgres(context.Context) error { return b.signal(syscall.SIGCONT) }

var errNoPostgres = errors.New("no PostgreSQL runs")

// signal reaches the postmaster and all its backends: its children, since
// each backend leads a process group of its own.
func (b *Bed) signal(s syscall.Signal) error {
	master, err := b.postmaster()
	if err != nil {
		return err
	}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return err
	}
	pids := []int{master}
	for _, stat := range stats {
		text, err := os.ReadFile(stat) //nolint:gosec // the kernel's list of processes
		if err != nil {
			continue // it has just ended
		}
		if pid, parent, err := family(text); err == nil && parent == master {
			pids = append(pids, pid)
		}
	}
	for _, pid := range pids {
		if err := syscall.Kill(pid, s); err != nil && err != syscall.ESRCH {
			return fmt.Errorf("signal %d: %w", pid, err)
		}
	}
	return nil
}

// postmaster is the process that the data folder names, if it is one.
func (b *Bed) postmaster() (int, error) {
	files, err := filepath.Glob(filepath.Join(b.Dir, "data", "*", "postmaster.pid"))
	if err != nil || len(files) != 1 {
		return 0, fmt.Errorf("%d files postmaster.pid below %s: %w", len(files), b.Dir, errNoPostgres)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		return 0, err
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	pid, err := strconv.Atoi(string(bytes.TrimSpace(first)))
	if err != nil {
		return 0, errNoPostgres
	}
	data, err := filepath.Abs(filepath.Dir(files[0]))
	if err != nil {
		return 0, err
	}
	line, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	if err != nil || !bytes.Contains(line, []byte("\x00-D\x00"+data+"\x00")) {
		return 0, errNoPostgres // the number is another program's by now
	}
	return pid, nil
}

// family reads pid and parent out of /proc/<pid>/stat: "12 (name) S 1 ...".
func family(stat []byte) (pid, parent int, err error) {
	open, closing := bytes.IndexByte(stat, '('), bytes.LastIndexByte(stat, ')')
	if open < 0 || closing < 0 {
		return 0, 0, fmt.Errorf("not a stat line: %q", stat)
	}
	_, err = fmt.Sscan(string(stat[:open]), &pid)
	if err == nil {
		var state string
		_, err = fmt.Sscan(string(stat[closing+1:]), &state, &parent)
	}
	return pid, parent, err
}
