package embedded_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

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
		t.Fatal(err)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	args := strings.Split(strings.TrimSuffix(string(line), "\x00"), "\x00")
	orphan := exec.Command(args[0], args[1:]...)
	orphan.Dir = "/"
	info, err := os.Stat(filepath.Join(dir, "run"))
	if err != nil {
		t.Fatal(err)
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		t.Fatal("the owner is not known")
	}
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
