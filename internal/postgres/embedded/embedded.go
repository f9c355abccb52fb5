//go:build unix

// Package embedded runs a private PostgreSQL in a data folder, for people who
// try the portal and for its tests. It listens on a Unix socket only, and stops
// with the portal.
package embedded

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// Options say where the server keeps its data and which binaries run it.
type Options struct {
	// DataDir is the portal's data folder; the database gets folders inside it.
	DataDir string
	// BinDir holds postgres and initdb; empty: look in the usual places.
	BinDir string
	// Log hears what the server does; nil for silence.
	Log *slog.Logger
	// Disposable is for tests: nothing is synced to disk, and DataDir goes when
	// the server or its portal ends, however they end.
	Disposable bool
	// Settings are further settings of the server, as name=value.
	Settings []string
}

// Server is a private PostgreSQL under way.
type Server struct {
	options Options
	layout  layout
	bin     binaries
	as      account
	lock    *os.File // nil: another portal's server
	adopted int      // the process of a server found running; 0: our own

	mu       sync.Mutex
	cmd      *exec.Cmd
	stopping bool
	died     chan error    // the end of the current process; the supervisor's own
	stopped  chan struct{} // closed when our server is gone for good
}

// Start runs the server of a data folder, which it makes when there is none, and
// returns once it answers.
func Start(ctx context.Context, o Options) (*Server, error) {
	s, err := prepare(o)
	if err != nil {
		return nil, err
	}
	if s.lock, err = acquire(s.layout.lock); err != nil {
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		_ = s.lock.Close()
		return nil, err
	}
	return s, nil
}

// Join is Start for a command beside a running portal: it uses the server that
// the other portal runs, and its Stop leaves that alone.
func Join(ctx context.Context, o Options) (*Server, error) {
	s, err := Start(ctx, o)
	var taken Taken
	if !asTaken(err, &taken) {
		return s, err
	}
	if s, err = prepare(o); err != nil {
		return nil, err
	}
	if err := s.await(ctx, nil); err != nil {
		return nil, fmt.Errorf("portal (pid %d) uses %s, but its database does not answer: %w", taken.PID, o.DataDir, err)
	}
	return s, s.ensureDatabase(ctx) // it may have begun a moment ago
}

func prepare(o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	as, err := whoRuns(os.Geteuid())
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(o.DataDir)
	if err != nil {
		return nil, err
	}
	o.DataDir = dir
	if err := os.MkdirAll(dir, 0o711); err != nil { //nolint:gosec // the database's user must pass through
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if o.Disposable && as.switches {
		if err := os.Lchown(dir, as.uid, as.gid); err != nil {
			return nil, err
		}
	}
	if err := as.reaches(dir); err != nil {
		return nil, err
	}
	bin, err := findBinaries(o.BinDir, existing(dir))
	if err != nil {
		return nil, err
	}
	return &Server{options: o, layout: layoutOf(dir, bin.major), bin: bin, as: as, stopped: make(chan struct{})}, nil
}

// start makes what is missing and gets the server to answer.
func (s *Server) start(ctx context.Context) error {
	if err := s.as.reaches(s.bin.dir); err != nil {
		return err
	}
	if err := s.makeCluster(ctx); err != nil {
		return err
	}
	if pid := s.orphan(); pid != 0 && s.adopt(ctx, pid) {
		return s.ensureDatabase(ctx)
	}
	s.clearStale()
	ready := make(chan error, 1)
	go s.supervise(ctx, ready)
	if err := <-ready; err != nil {
		return err
	}
	return s.ensureDatabase(ctx)
}

// URL is the address of the portal's database.
func (s *Server) URL() string { return s.url("portal") }

func (s *Server) url(database string) string {
	return fmt.Sprintf("host='%s' port=5432 user=portal dbname=%s sslmode=disable connect_timeout=5", s.layout.socket, database)
}

// Stop ends the server in good order: connections are closed, all is on disk.
func (s *Server) Stop() error {
	if s.lock == nil {
		return nil
	}
	defer func() { _ = s.lock.Close() }()
	if s.adopted != 0 {
		return s.stopAdopted()
	}
	s.mu.Lock()
	s.stopping = true
	s.signal(syscall.SIGINT)
	s.mu.Unlock()
	for _, harder := range []struct {
		after time.Duration
		sig   syscall.Signal
	}{{30 * time.Second, syscall.SIGQUIT}, {10 * time.Second, syscall.SIGKILL}} {
		select {
		case <-s.stopped:
			return nil
		case <-time.After(harder.after):
			s.mu.Lock()
			s.signal(harder.sig)
			s.mu.Unlock()
		}
	}
	<-s.stopped
	return fmt.Errorf("postgres in %s had to be killed; it will recover at the next start", s.layout.data)
}

// signal reaches the server's process, if there is one; s.mu is held.
func (s *Server) signal(sig os.Signal) {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(sig)
	}
}
