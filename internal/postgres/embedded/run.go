//go:build unix

package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/lib/pq"
)

// patience is how long a server may take to answer; after a crash it recovers first.
const patience = 60 * time.Second

// supervise runs the server for as long as the portal lives, and starts it again
// when it dies unasked. It holds its thread: the server is bound to that (Linux).
func (s *Server) supervise(ctx context.Context, ready chan<- error) {
	runtime.LockOSThread()
	defer close(s.stopped)
	if err := s.first(ctx, ready); err != nil {
		return
	}
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		since := time.Now()
		err := <-s.died
		if s.ended() {
			return
		}
		s.options.Log.ErrorContext(ctx, "postgres died, starting it again", "error", err, "said", s.words())
		if time.Since(since) > time.Minute {
			wait = 100 * time.Millisecond
		}
		time.Sleep(wait)
		s.clearStale()
		if err := s.launch(); err != nil {
			s.options.Log.ErrorContext(ctx, "postgres cannot be started", "error", err)
		}
	}
}

// first starts the server for the first time and tells when it answers. What the
// server before it left in shared memory may take a moment to go.
func (s *Server) first(ctx context.Context, ready chan<- error) error {
	for end := time.Now().Add(patience); ; time.Sleep(200 * time.Millisecond) {
		err := s.launch()
		if err == nil {
			err = s.await(ctx, s.died)
		}
		if err != nil && strings.Contains(s.words(), "still in use") && time.Now().Before(end) {
			continue
		}
		if err != nil {
			s.quit()
		}
		ready <- err
		return err
	}
}

// launch starts the process; s.died tells its end.
func (s *Server) launch() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	died := make(chan error, 1)
	s.died = died
	if s.stopping {
		close(died)
		return nil
	}
	// The folder is the database's user's: root must not follow a link out of it.
	out, err := os.OpenFile(s.layout.log, os.O_CREATE|os.O_WRONLY|os.O_APPEND|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		close(died)
		return fmt.Errorf("log of postgres: %w", err)
	}
	defer func() { _ = out.Close() }()
	if info, err := out.Stat(); err == nil && info.Size() > 16<<20 {
		_ = out.Truncate(0)
	}
	cmd := s.process()
	cmd.Stdout, cmd.Stderr = out, out
	dieWithThread(cmd)
	if err := cmd.Start(); err != nil {
		close(died)
		return fmt.Errorf("start postgres: %w", err)
	}
	s.cmd = cmd
	go func() {
		died <- cmd.Wait()
		close(died)
	}()
	return nil
}

// process is the server's command; a disposable one takes its folder along.
func (s *Server) process() *exec.Cmd {
	args := []string{
		"-D", s.layout.data,
		"-c", "listen_addresses=", "-c", "unix_socket_directories=" + s.layout.socket,
		"-c", "unix_socket_permissions=0700", "-c", "port=5432",
		"-c", "max_connections=100", "-c", "timezone=UTC", "-c", "log_timezone=UTC",
	}
	if s.options.Disposable {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
			"-c", "dynamic_shared_memory_type=mmap") // in its folder, so that it goes with that
	}
	for _, setting := range s.options.Settings {
		args = append(args, "-c", setting)
	}
	program := filepath.Join(s.bin.dir, "postgres")
	if !s.options.Disposable {
		return s.as.command(s.layout.data, program, args...)
	}
	const script = `dir=$1; shift; end=
trap 'end=1; kill -QUIT $pid 2>/dev/null' INT TERM
"$@" & pid=$!
[ -z "$end" ] || kill -QUIT $pid
wait $pid; trap '' INT TERM; wait $pid
cd /; rm -rf "$dir"/* "$dir"`
	return s.as.command(s.layout.data, "/bin/sh", append([]string{"-c", script, "sh", s.layout.root, program}, args...)...)
}

// quit ends a server that did not come up.
func (s *Server) quit() {
	s.mu.Lock()
	s.stopping = true
	s.signal(os.Interrupt)
	s.mu.Unlock()
	if err := <-s.died; err != nil {
		s.options.Log.Debug("postgres ended", "error", err)
	}
}

func (s *Server) ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopping || s.options.Disposable
}

// await asks until the server answers.
func (s *Server) await(asked context.Context, died <-chan error) error {
	db, err := sql.Open("postgres", s.url("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	ctx, cancel := context.WithTimeout(asked, patience)
	defer cancel()
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return nil
		}
		var said *pq.Error
		if errors.As(err, &said) && said.Code.Class() == "28" {
			return fmt.Errorf("postgres refuses the portal: %w", err)
		}
		select {
		case end := <-died:
			return fmt.Errorf("postgres ended at its start: %v: %s", end, s.words())
		case <-ctx.Done():
			if asked.Err() != nil {
				return fmt.Errorf("wait for postgres: %w", asked.Err())
			}
			return fmt.Errorf("postgres did not answer within %s: %w: %s", patience, err, s.words())
		case <-time.After(15 * time.Millisecond):
		}
	}
}

// words are the last lines of the server's log.
func (s *Server) words() string {
	text, err := os.ReadFile(s.layout.log)
	if err != nil {
		return ""
	}
	return lastLines(string(text[max(0, len(text)-4096):]))
}
