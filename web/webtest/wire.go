package webtest

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
)

// Wire stands between the portal and PostgreSQL. It counts the trips that the
// portal makes, and can be cut, to see what people are told then.
type Wire struct {
	dir, server string
	trips       atomic.Int64

	mu     sync.Mutex
	state  state
	open   map[net.Conn]bool
	frozen chan struct{} // closed when the wire thaws
}

type state int

const (
	whole state = iota
	cut
	frozen
)

var hostOf = regexp.MustCompile(`host='?([^' ]+)'?`)

func newWire(t testing.TB, url string) *Wire {
	t.Helper()
	dir, err := os.MkdirTemp("", "wire")
	if err != nil {
		t.Fatalf("webtest: %v", err)
	}
	w := &Wire{dir: dir, server: hostOf.FindStringSubmatch(url)[1], open: map[net.Conn]bool{}}
	l, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatalf("webtest: %v", err)
	}
	t.Cleanup(func() {
		_ = l.Close()
		w.Restore()
		w.close()
		_ = os.RemoveAll(dir)
	})
	w.server, w.dir = filepath.Join(w.server, ".s.PGSQL.5432"), hostOf.ReplaceAllString(url, "host='"+dir+"'")
	go w.accept(l)
	return w
}

// URL is the address under which the portal finds PostgreSQL.
func (w *Wire) URL() string { return w.dir }

// Trips counts the times that the portal has waited for PostgreSQL so far.
func (w *Wire) Trips() int64 { return w.trips.Load() }

// Cut ends every connection and refuses new ones, as a server does that is away.
func (w *Wire) Cut() { w.set(cut); w.close() }

// Freeze lets nothing through any more but keeps the connections, as a server
// does that hangs.
func (w *Wire) Freeze() { w.set(frozen) }

// Restore makes the wire whole again.
func (w *Wire) Restore() { w.set(whole) }

func (w *Wire) set(s state) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state == frozen && s != frozen {
		close(w.frozen)
	}
	if w.state != frozen && s == frozen {
		w.frozen = make(chan struct{})
	}
	w.state = s
}

func (w *Wire) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.open {
		_ = c.Close()
	}
	clear(w.open)
}

// wait holds on while the wire is frozen; false when it is cut.
func (w *Wire) wait() bool {
	w.mu.Lock()
	s, thaw := w.state, w.frozen
	w.mu.Unlock()
	if s == frozen {
		<-thaw
		return w.wait()
	}
	return s == whole
}

func (w *Wire) accept(l net.Listener) {
	for {
		near, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue
		}
		go w.carry(near)
	}
}

func (w *Wire) carry(near net.Conn) {
	defer func() { _ = near.Close() }()
	if !w.wait() {
		return
	}
	far, err := net.Dial("unix", w.server)
	if err != nil {
		return
	}
	defer func() { _ = far.Close() }()
	w.mu.Lock()
	w.open[near], w.open[far] = true, true
	w.mu.Unlock()
	go func() { _, _ = io.Copy(near, far); _ = near.Close() }()
	_ = w.talk(far, bufio.NewReader(near))
	w.mu.Lock()
	delete(w.open, near)
	delete(w.open, far)
	w.mu.Unlock()
}

// talk passes the portal's messages on. Each Sync and each simple Query ends a
// turn, after which the portal waits for the answer.
func (w *Wire) talk(far io.Writer, near *bufio.Reader) error {
	first := true
	for {
		head := make([]byte, 5)
		if first { // the startup message has no type
			head = head[:4]
		}
		if _, err := io.ReadFull(near, head); err != nil {
			return err
		}
		size := binary.BigEndian.Uint32(head[len(head)-4:])
		body := make([]byte, size-4)
		if _, err := io.ReadFull(near, body); err != nil {
			return err
		}
		if !first && (head[0] == 'S' || head[0] == 'Q') {
			w.trips.Add(1)
		}
		first = false
		if !w.wait() {
			return net.ErrClosed
		}
		if _, err := far.Write(append(head, body...)); err != nil {
			return err
		}
	}
}
