//go:build unix

package embedded_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"ecms/portal/internal/postgres/embedded"
)

func TestMissingBinariesAreExplained(t *testing.T) {
	t.Parallel()
	empty, old, half := t.TempDir(), t.TempDir(), t.TempDir()
	script := func(dir, name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil { //nolint:gosec // must run
			t.Fatal(err)
		}
	}
	script(half, "postgres", "exit 0")
	script(old, "postgres", "echo 'postgres (PostgreSQL) 13.4'")
	script(old, "initdb", "exit 0")
	for dir, says := range map[string]string{
		empty: "no postgres", half: "postgres, but no initdb", old: "PostgreSQL 13 is too old",
	} {
		_, err := embedded.Start(t.Context(), embedded.Options{DataDir: folder(t), BinDir: dir})
		if err == nil {
			t.Errorf("%s: started", says)
			continue
		}
		for _, part := range []string{says, dir, "PORTAL_PG_BIN", "DATABASE_URL", "apt install postgresql"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not say %q", err, part)
			}
		}
	}
}

func TestFoldersOutOfReachAreExplained(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root hands over to another user")
	}
	parent := folder(t)
	if err := os.Chmod(parent, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := embedded.Start(t.Context(), embedded.Options{DataDir: filepath.Join(parent, "data")})
	if err == nil || !strings.Contains(err.Error(), "may not enter "+parent) || !strings.Contains(err.Error(), "PORTAL_DATA_DIR") {
		t.Errorf("error %v", err)
	}
}

func TestLongPathsWork(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), strings.Repeat("long-", 30))
	s := start(t, dir)
	if err := run(t, s.URL(), `select 1`); err != nil {
		t.Error(err)
	}
	_, socket, _ := strings.Cut(s.URL(), "host='")
	socket, _, _ = strings.Cut(socket, "'")
	t.Cleanup(func() { _ = os.RemoveAll(socket) })
	if strings.HasPrefix(socket, dir) {
		t.Errorf("the socket lies at %s", socket)
	}
}

// TestOrphanIsTakenOver leaves a server behind that nothing bound to its portal.
func TestOrphanIsTakenOver(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	s := start(t, dir)
	if err := run(t, s.URL(), `create table kept as select 1`); err != nil {
		t.Fatal(err)
	}
	line, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pidOf(dir)), "cmdline"))
	if err != nil {
		t.Skip("no /proc here")
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	args := strings.Split(strings.TrimSuffix(string(line), "\x00"), "\x00")
	orphan := exec.Command(args[0], args[1:]...) //nolint:gosec // the server's own command
	orphan.Dir = "/"
	info, err := os.Stat(filepath.Join(dir, "run"))
	if err != nil {
		t.Fatal(err)
	}
	owner := info.Sys().(*syscall.Stat_t)
	if os.Geteuid() == 0 {
		orphan.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}}
	}
	if err := orphan.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- orphan.Wait() }()
	eventually(t, "the orphan", func() bool { return joins(t, dir) })

	s = start(t, dir)
	if pidOf(dir) != orphan.Process.Pid || rows(t, s.URL()) != 1 {
		t.Errorf("process %d, want the orphan %d", pidOf(dir), orphan.Process.Pid)
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("the orphan's end: %v", err)
	}
}
