// Package rig starts and measures the programs that a benchmark or a fault run
// compares: the portal, its PostgreSQL, the yardstick and the load generator.
// Everything listens on loopback or on a private socket and stops with the rig.
package rig

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// grace is how long a program may take to stop before it is killed.
const grace = 20 * time.Second

// Process is a program under measurement.
type Process struct {
	cmd  *exec.Cmd
	done chan struct{}
	err  error
	once sync.Once
}

// environ is the environment without the portal's settings, so that those of the
// person at the keyboard don't change what is measured.
func environ(of []string) []string {
	return slices.DeleteFunc(of, func(pair string) bool {
		return strings.HasPrefix(pair, "DATABASE_URL=") || strings.HasPrefix(pair, "PORTAL_")
	})
}

// Start runs a program; its output goes to out.
func Start(env []string, out io.Writer, name string, args ...string) (*Process, error) {
	cmd := exec.Command(name, args...) //nolint:gosec // the rig's own programs
	cmd.Env = append(environ(os.Environ()), env...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	p := &Process{cmd: cmd, done: make(chan struct{})}
	go func() {
		p.err = cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// PID is the program's process id.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Wait gives the program's end, or the context's.
func (p *Process) Wait(ctx context.Context) error {
	select {
	case <-p.done:
		return p.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Exited tells whether the program has ended.
func (p *Process) Exited() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// Kill ends the program the hard way (kill -9) and waits for its end.
func (p *Process) Kill() {
	p.once.Do(func() { _ = p.cmd.Process.Kill() })
	<-p.done
}

// Stop asks the program to end and waits.
func (p *Process) Stop() error { return p.stop(grace) }

func (p *Process) stop(grace time.Duration) error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
		return p.err
	case <-time.After(grace):
		p.Kill()
		return fmt.Errorf("did not stop within %s", grace)
	}
}

// Answers waits until the program answers 200 at an address. One that ends before,
// or is too slow for ctx, is not left behind.
func (p *Process) Answers(ctx context.Context, url string) error {
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		_ = p.Wait(waiting)
		cancel()
	}()
	err := AwaitOK(waiting, url)
	switch {
	case err == nil:
		return nil
	case p.Exited():
		return fmt.Errorf("%s ended before it answered %s: %w", filepath.Base(p.cmd.Path), url, errors.Join(p.err, err))
	}
	p.Kill()
	return err
}

// PeakAnon samples a process's anonymous memory (RssAnon) until ctx ends and
// gives the peak in KiB.
func PeakAnon(ctx context.Context, pid int) int {
	peak := 0
	for {
		if kib, err := anon(pid); err == nil && kib > peak {
			peak = kib
		}
		select {
		case <-ctx.Done():
			return peak
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func anon(pid int) (int, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			return strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
		}
	}
	return 0, errors.New("no RssAnon line")
}

// FreeAddr is a loopback address that nobody listens on.
func FreeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String(), nil
}

// AwaitOK polls an address until it answers 200.
func AwaitOK(ctx context.Context, url string) error {
	for {
		if status, err := Status(ctx, url); err == nil && status == http.StatusOK {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s never answered 200: %w", url, ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Status is the status that one GET answers.
func Status(ctx context.Context, url string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, nil
}
