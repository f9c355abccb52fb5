//go:build unix

package embedded

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// orphan is the process of a server that outlived its portal; 0 if there is none.
func (s *Server) orphan() int {
	text, err := os.ReadFile(filepath.Join(s.layout.data, "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 || !alive(pid) || !serves(pid, s.layout.data) {
		return 0
	}
	return pid
}

// adopt takes an orphan over, unless it ends: on Linux a server gets its signal
// when the portal dies, and may need a moment to stop.
func (s *Server) adopt(ctx context.Context, pid int) bool {
	wait := time.Duration(0)
	if runtime.GOOS == "linux" {
		wait = 3 * time.Second
	}
	if gone(pid, wait) {
		return false
	}
	dying := make(chan error)
	go func() {
		if gone(pid, time.Minute) {
			close(dying)
		}
	}()
	if err := s.await(ctx, dying); err != nil {
		return false
	}
	s.adopted = pid
	s.options.Log.InfoContext(ctx, "took over a running database", "pid", pid, "dir", s.layout.data)
	return true
}

func (s *Server) stopAdopted() error {
	if err := syscall.Kill(s.adopted, syscall.SIGINT); err != nil {
		return nil // gone already
	}
	if !gone(s.adopted, time.Minute) {
		return fmt.Errorf("postgres (pid %d) does not stop", s.adopted)
	}
	return nil
}

// noPID is a process number that no system gives.
const noPID = "2147483646"

// clearStale frees the folder of a server that is dead. PostgreSQL trusts the
// number in its lock files, which another program may have by now. The file in
// the data folder is never removed: its other lines tell PostgreSQL whether
// processes of the dead server still work on the data.
func (s *Server) clearStale() {
	if s.orphan() != 0 {
		return
	}
	endLeftovers(s.layout.data)
	_ = os.Remove(filepath.Join(s.layout.socket, ".s.PGSQL.5432.lock"))
	path := filepath.Join(s.layout.data, "postmaster.pid")
	text, err := os.ReadFile(path) //nolint:gosec // a name of our own
	if err != nil {
		return
	}
	if _, rest, ok := strings.Cut(string(text), "\n"); ok {
		rewrite(path, noPID+"\n"+rest)
	}
}

// rewrite replaces the text of a file that is there, unless it is a link: the
// folder is the database's user's, and root must not follow one out of it.
func rewrite(path, text string) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC|syscall.O_NOFOLLOW, 0) //nolint:gosec // a name of our own
	if err != nil {
		return
	}
	_, _ = f.WriteString(text)
	_ = f.Close()
}

// serves says that a process is the server of a data folder.
func serves(pid int, data string) bool {
	line := strings.ReplaceAll(commandOf(pid), "\x00", " ")
	return strings.Contains(line+" ", " -D "+data+" ")
}

// endLeftovers ends processes that outlived their dead server, where the system
// tells which these are (Linux): they work in the data folder.
func endLeftovers(data string) {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, link := range links {
		at, err := os.Readlink(link)
		if err != nil || at != data {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		if err == nil && strings.HasPrefix(commandOf(pid), "postgres:") {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || err == syscall.EPERM
}

// gone waits for a process to end.
func gone(pid int, wait time.Duration) bool {
	for end := time.Now().Add(wait); ; time.Sleep(20 * time.Millisecond) {
		if !alive(pid) || zombie(pid) {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

// zombie says that a process has ended and nobody has asked how.
func zombie(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(text), ") ")
	return strings.HasPrefix(state, "Z")
}

// commandOf is the command line of a process.
func commandOf(pid int) string {
	if text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return string(text)
	}
	out, _ := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output() //nolint:gosec // a number
	return string(out)
}
