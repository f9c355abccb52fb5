package command

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os/exec"
	"runtime"
	"sync"
	"syscall"

	"ecms/portal/internal/account"
)

// politeness is the nice value of the processes that hash: they take what those
// who answer visitors leave, and a tenth when nothing is left.
const politeness = 10

func hash() Command {
	return Command{Name: "hash", Short: "for the portal itself: work out password hashes from standard input", Run: runHash}
}

func runHash(_ context.Context, e Env, args []string) error {
	if err := e.Parse(e.Flags("hash"), args, 0, 0); err != nil {
		return err
	}
	return account.ServeHashes(e.Stdin, e.Stdout)
}

// hashers are the processes beside the portal that work out password hashes. One
// hash takes a core as long as a hundred lookups; in a process of its own, which
// gives way, no lookup waits for it. They begin with the portal and end with it.
type hashers struct {
	idle chan *besides
	log  *slog.Logger
	all  []*besides
}

// besides is one of them.
type besides struct {
	cmd   *exec.Cmd
	input io.Closer
	speak *account.Hasher
	lost  bool // the portal hashes in its place
}

// startHashers starts as many as hash at once. Where none can be started, the
// portal hashes by itself.
func startHashers(self string, args []string, log *slog.Logger) *hashers {
	n := account.Slots()
	h := &hashers{idle: make(chan *besides, n), log: log}
	for range n {
		b, err := startHasher(self, args)
		if err != nil {
			log.Warn("passwords are hashed by the portal itself", "error", err)
			b = &besides{lost: true}
		}
		h.all = append(h.all, b)
		h.idle <- b
	}
	return h
}

// startHasher starts a process from a thread that is nice itself, as the new one
// inherits it whole; the thread ends with its goroutine.
func startHasher(self string, args []string) (*besides, error) {
	b := &besides{cmd: exec.Command(self, args...)}         //nolint:gosec // the portal's own file
	b.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for the portal
	in, errIn := b.cmd.StdinPipe()
	out, errOut := b.cmd.StdoutPipe()
	if err := errors.Join(errIn, errOut); err != nil {
		return nil, err
	}
	b.input, b.speak = in, account.NewHasher(in, out)
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, politeness) // without it, it is only less polite
		started <- b.cmd.Start()
	}()
	return b, <-started
}

// Sum has a hash worked out by whichever process is free.
func (h *hashers) Sum(ctx context.Context, w account.Work) ([]byte, error) {
	var b *besides
	select {
	case b = <-h.idle:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { h.idle <- b }()
	if !b.lost {
		sum, err := b.speak.Sum(w)
		if err == nil {
			return sum, nil
		}
		b.lost = true
		h.log.WarnContext(ctx, "a process for passwords is lost; the portal hashes by itself", "error", err)
	}
	return w.Sum(ctx)
}

// Close ends the processes, which have nothing to finish.
func (h *hashers) Close() {
	var ends sync.WaitGroup
	for _, b := range h.all {
		if b.cmd == nil {
			continue
		}
		_ = b.input.Close()
		ends.Go(func() { _ = b.cmd.Wait() })
	}
	ends.Wait()
}
