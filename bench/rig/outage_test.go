package rig_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"ecms/portal/bench/rig"
)

func TestFamilyOfAStatLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line        string
		pid, parent int
		fine        bool
	}{
		{"12 (postgres) S 7 12 12 0", 12, 7, true},
		{"12 (a b) c) R 7 1", 12, 7, true},
		{"12 (x) S 99 (y) Z 7 1", 12, 7, true},
		{"12 ((sd-pam)) S 1 12", 12, 1, true},
		{"12 () S 7", 12, 7, true},
		{"12 (new\nline) S 7 8", 12, 7, true},
		{"", 0, 0, false},
		{"12 postgres S 7", 0, 0, false},
		{"twelve (postgres) S 7", 0, 0, false},
		{"12 (postgres) S", 12, 0, false},
		{"12 (postgres", 0, 0, false},
	} {
		pid, parent, err := rig.Family([]byte(c.line))
		if fine := err == nil; fine != c.fine || fine && (pid != c.pid || parent != c.parent) {
			t.Errorf("%q: got %d, %d, %v; want %d, %d, fine %t", c.line, pid, parent, err, c.pid, c.parent, c.fine)
		}
	}
	own, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		t.Fatal(err)
	}
	if pid, parent, err := rig.Family(own); err != nil || pid != os.Getpid() || parent != os.Getppid() {
		t.Errorf("our own line: got %d, %d, %v; want %d, %d", pid, parent, err, os.Getpid(), os.Getppid())
	}
}

// named is a bed whose data folder names a process.
func named(t *testing.T, pid string) (b *rig.Bed, data string) {
	t.Helper()
	b = &rig.Bed{Dir: t.TempDir()}
	data = filepath.Join(b.Dir, "data", "pg15")
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "postmaster.pid"), []byte(pid), 0o600); err != nil {
		t.Fatal(err)
	}
	return b, data
}

// Numbers come round: what a stale file names must never be killed.
func TestStalePostmasterIsNobody(t *testing.T) {
	t.Parallel()
	stranger, _ := line(t, `echo up; exec sleep 60`)
	for name, text := range map[string]string{
		"our own process": fmt.Sprintf("%d\n/data\n", os.Getpid()),
		"a stranger":      strconv.Itoa(stranger.PID()),
		"nobody's number": "2147483646\n/data\n",
		"no number":       "postgres\n",
		"empty":           "",
		"negative":        "-1\n",
	} {
		b, _ := named(t, text)
		if pid, err := b.Postmaster(); !errors.Is(err, rig.NoServer) {
			t.Errorf("%s: got %d, %v; want no server", name, pid, err)
		}
		if err := b.Signal(syscall.SIGKILL); !errors.Is(err, rig.NoServer) {
			t.Errorf("%s: Signal: %v", name, err)
		}
	}
	if stranger.Exited() {
		t.Error("the stranger was killed")
	}
	if _, err := (&rig.Bed{Dir: t.TempDir()}).Postmaster(); !errors.Is(err, rig.NoServer) {
		t.Errorf("no folder at all: %v", err)
	}
}

func TestPostmasterOfAnotherFolderIsLeftAlone(t *testing.T) {
	t.Parallel()
	b, data := named(t, "")
	other := shell(t, nil, `sleep 60; :`, "postgres", "-D", data+"-of-another")
	if err := os.WriteFile(filepath.Join(data, "postmaster.pid"), []byte(strconv.Itoa(other.PID())), 0o600); err != nil {
		t.Fatal(err)
	}
	if pid, err := b.Postmaster(); !errors.Is(err, rig.NoServer) {
		t.Errorf("got %d, %v; want no server", pid, err)
	}
}

func TestSignalReachesPostmasterAndChildren(t *testing.T) {
	t.Parallel()
	b, data := named(t, "")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	p := shell(t, w, `sleep 60 & echo $!; wait; :`, "postgres", "-D", data, "-c", "port=5432")
	_ = w.Close()
	text := make([]byte, 20)
	n, err := r.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	child, err := strconv.Atoi(strings.TrimSpace(string(text[:n])))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "postmaster.pid"), fmt.Appendf(nil, "%d\n%s\n", p.PID(), data), 0o600); err != nil {
		t.Fatal(err)
	}
	if pid, err := b.Postmaster(); err != nil || pid != p.PID() {
		t.Fatalf("Postmaster: got %d, %v; want %d", pid, err, p.PID())
	}
	if err := b.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(t.Context()); err == nil {
		t.Error("the postmaster ended in peace")
	}
	for end := time.Now().Add(5 * time.Second); runs(child); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the child %d still runs", child)
		}
	}
}

// runs says that a process is there and has not ended.
func runs(pid int) bool {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	_, state, _ := strings.Cut(string(text), ") ")
	return err == nil && !strings.HasPrefix(state, "Z")
}
