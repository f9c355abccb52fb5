package rig

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// KillPostgres ends the bed's PostgreSQL, postmaster and backends, by kill -9.
func (b *Bed) KillPostgres(context.Context) error { return b.signal(syscall.SIGKILL) }

// FreezePostgres stops the bed's PostgreSQL in its tracks: connections stay
// open and nothing answers.
func (b *Bed) FreezePostgres(context.Context) error { return b.signal(syscall.SIGSTOP) }

// ThawPostgres lets a frozen PostgreSQL go on.
func (b *Bed) ThawPostgres(context.Context) error { return b.signal(syscall.SIGCONT) }

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

func (b *Bed) postmaster() (int, error) {
	files, err := filepath.Glob(filepath.Join(b.Dir, "data", "*", "postmaster.pid"))
	if err != nil || len(files) != 1 {
		return 0, fmt.Errorf("%d files postmaster.pid below %s", len(files), b.Dir)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		return 0, err
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	return strconv.Atoi(string(bytes.TrimSpace(first)))
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
