package postgres

import (
	"context"
	"net"
	"sync/atomic"
	"syscall"
	"time"
)

// wire is a network connection that waits neither for a frozen server nor for a
// cut cable: reads and writes end in time, and a failed read is remembered.
type wire struct {
	net.Conn
	patience time.Duration
	until    atomic.Int64 // the end of the current call in Unix nanoseconds; 0: none
	sent     atomic.Int64 // writes so far
	touched  atomic.Int64 // the last read
	broken   atomic.Bool
	raw      syscall.RawConn // nil: cannot be peeked at
}

// dialer makes wires, and keeps the last for the connection that asked.
type dialer struct {
	patience time.Duration
	last     atomic.Pointer[wire]
}

// DialContext connects.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	var plain net.Dialer
	c, err := plain.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	w := &wire{Conn: c, patience: d.patience}
	if s, ok := c.(syscall.Conn); ok {
		if raw, err := s.SyscallConn(); err == nil {
			w.raw = raw
		}
	}
	d.last.Store(w)
	return w, nil
}

// Dial connects; lib/pq asks for it by its interface and calls DialContext.
func (d *dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

// DialTimeout connects in time.
func (d *dialer) DialTimeout(network, address string, t time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), t)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// bound sets the end of the calls that follow; the zero time lifts it.
func (w *wire) bound(t time.Time) {
	if t.IsZero() {
		w.until.Store(0)
		return
	}
	w.until.Store(t.UnixNano())
}

// SetDeadline is how lib/pq bounds the making of a connection.
func (w *wire) SetDeadline(t time.Time) error {
	w.bound(t)
	return w.Conn.SetDeadline(t)
}

// late is when to give up on what starts now.
func (w *wire) late() time.Time {
	t := time.Now().Add(w.patience)
	if u := w.until.Load(); u != 0 && u < t.UnixNano() {
		return time.Unix(0, u)
	}
	return t
}

// Read waits for the server no longer than patience and the call allow.
func (w *wire) Read(b []byte) (int, error) {
	if err := w.Conn.SetReadDeadline(w.late()); err != nil {
		w.broken.Store(true)
		return 0, err
	}
	n, err := w.Conn.Read(b)
	if err != nil {
		w.broken.Store(true)
	}
	w.touched.Store(time.Now().UnixNano())
	return n, err
}

// Write sends. It moves the limit of a read under way, too: during a bulk copy
// the server is silent for as long as we keep sending.
func (w *wire) Write(b []byte) (int, error) {
	if err := w.Conn.SetDeadline(w.late()); err != nil {
		w.broken.Store(true)
		return 0, err
	}
	n, err := w.Conn.Write(b)
	if n > 0 {
		w.sent.Add(1)
	}
	if err != nil {
		w.broken.Store(true)
	}
	return n, err
}

// gone tells whether an idle connection has died: the server hung up or said a
// last word (57P01, shutting down) while nobody asked it anything. So that a
// restart of the server costs no request its answer.
func (w *wire) gone() bool {
	if w.broken.Load() {
		return true
	}
	const justNow = 10 * time.Millisecond
	if w.raw == nil || time.Now().UnixNano()-w.touched.Load() < int64(justNow) {
		return false
	}
	if err := w.Conn.SetReadDeadline(time.Time{}); err != nil {
		return true
	}
	quiet := false
	err := w.raw.Read(func(fd uintptr) bool {
		var one [1]byte
		_, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		quiet = err == syscall.EAGAIN || err == syscall.EINTR
		return true
	})
	return err != nil || !quiet
}
