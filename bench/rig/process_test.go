package rig_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/bench/rig"
)

// shell starts a script that is gone with the test.
func shell(t *testing.T, out io.Writer, script string, args ...string) *rig.Process {
	t.Helper()
	p, err := rig.Start([]string{"GREETING=hello"}, out, "/bin/sh", append([]string{"-c", script}, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-p.PID(), syscall.SIGKILL) // its children, too
		p.Kill()
	})
	return p
}

// line waits for one line of a program, so that it is known to be under way.
func line(t *testing.T, script string) (*rig.Process, string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	p := shell(t, w, script)
	_ = w.Close()
	text := make([]byte, 100)
	n, err := r.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return p, strings.TrimSpace(string(text[:n]))
}

func TestProcessEndsByItself(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := shell(t, &out, `echo "$GREETING to out"; echo "and to err" >&2; exit 3`)
	err := p.Wait(t.Context())
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 3 {
		t.Errorf("Wait: got %v, want exit status 3", err)
	}
	if got, want := out.String(), "hello to out\nand to err\n"; got != want {
		t.Errorf("output: got %q, want %q", got, want)
	}
	if !p.Exited() {
		t.Error("Exited: got false after Wait")
	}
	p.Kill() // a second end is no harm
	if err := p.Stop(); !errors.As(err, &exit) || exit.ExitCode() != 3 {
		t.Errorf("Stop after the end: got %v, want the program's own end", err)
	}
}

func TestMissingProgramIsNamed(t *testing.T) {
	t.Parallel()
	_, err := rig.Start(nil, io.Discard, "/no/such/program")
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "/no/such/program") {
		t.Errorf("got %v, want one that names the program", err)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	p, _ := line(t, `echo up; exec sleep 60`)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := p.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Wait: got %v, want the context's end", err)
	}
	if p.Exited() {
		t.Error("the program ended with the wait")
	}
}

func TestKillIsKill9(t *testing.T) {
	t.Parallel()
	p, _ := line(t, `trap 'echo asked; exit 0' TERM INT; echo up; while :; do sleep 0.01; done`)
	p.Kill()
	var exit *exec.ExitError
	if err := p.Wait(t.Context()); !errors.As(err, &exit) {
		t.Fatalf("Wait: got %v, want an exit error", err)
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
		t.Errorf("ended by %v, want SIGKILL", exit)
	}
}

func TestStopAsksFirst(t *testing.T) {
	t.Parallel()
	p, _ := line(t, `trap 'exit 0' TERM; echo up; while :; do sleep 0.01; done`)
	if err := p.Stop(); err != nil {
		t.Errorf("a program that stops in good order: got %v", err)
	}
	deaf, _ := line(t, `trap '' TERM; echo up; while :; do sleep 0.01; done`)
	if err := deaf.StopWithin(50 * time.Millisecond); err == nil || !strings.Contains(err.Error(), "did not stop within 50ms") {
		t.Errorf("a program that does not listen: got %v", err)
	}
	if !deaf.Exited() {
		t.Error("the deaf program still runs")
	}
}

func TestEnvironmentHoldsNoSettingOfThePortal(t *testing.T) {
	t.Parallel()
	got := rig.Environ([]string{"PATH=/bin", "DATABASE_URL=x", "PORTAL_ADDR=:1", "MY_PORTAL_ADDR=kept", "DATABASE_URLS=kept", "PORTAL_TLS_CERT="})
	if diff := cmp.Diff([]string{"PATH=/bin", "MY_PORTAL_ADDR=kept", "DATABASE_URLS=kept"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
