package command

import (
	"io"
	"log/slog"
	"sync"
	"time"
)

// The log is written at this pace, or sooner when so much waits, and holds this
// much for an output that is stuck.
const (
	logPace    = 250 * time.Millisecond
	logPlenty  = 64 << 10
	logBacklog = 1 << 20
)

// lines collects log lines and writes them from a goroutine of its own, so that
// no request waits for the terminal or the disk. What an output that is stuck
// can't take is dropped, and counted.
type lines struct {
	out  io.Writer
	done chan struct{}
	full chan struct{} // plenty waits
	gone sync.WaitGroup

	mu      sync.Mutex
	waiting []byte
	spare   []byte
	dropped int
}

// newLog makes the log; end writes out what is left.
func newLog(out io.Writer) (log *slog.Logger, end func()) {
	l := &lines{out: out, done: make(chan struct{}), full: make(chan struct{}, 1)}
	l.gone.Go(l.run)
	return slog.New(slog.NewJSONHandler(l, nil)), func() {
		close(l.done)
		l.gone.Wait()
	}
}

// Write takes one line.
func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting)+len(line) > logBacklog {
		l.dropped++
		return len(line), nil
	}
	l.waiting = append(l.waiting, line...)
	if len(l.waiting) >= logPlenty {
		select {
		case l.full <- struct{}{}:
		default:
		}
	}
	return len(line), nil
}

func (l *lines) run() {
	pace := time.NewTicker(logPace)
	defer pace.Stop()
	for {
		select {
		case <-pace.C:
			l.flush()
		case <-l.full:
			l.flush()
		case <-l.done:
			l.flush()
			return
		}
	}
}

func (l *lines) flush() {
	l.mu.Lock()
	full, dropped := l.waiting, l.dropped
	l.waiting, l.spare, l.dropped = l.spare[:0], nil, 0
	l.mu.Unlock()
	if len(full) > 0 {
		_, _ = l.out.Write(full) // nobody is left to tell
	}
	if dropped > 0 {
		slog.New(slog.NewJSONHandler(l.out, nil)).Warn("log lines dropped", "count", dropped)
	}
	l.mu.Lock()
	l.spare = full[:0]
	l.mu.Unlock()
}
