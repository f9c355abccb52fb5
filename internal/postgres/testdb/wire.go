package testdb

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ecms/portal/internal/postgres"
)

// Wire stands between a pool and PostgreSQL and notes kind and length of the
// messages that the pool sends: what somebody outside could tell apart by time.
type Wire struct {
	mu   sync.Mutex
	sent []message
}

// message is one message: a letter of PostgreSQL's protocol, and bytes.
type message struct {
	kind byte
	size uint32
}

// Wired is New with one connection and a wire in it.
func Wired(t testing.TB) (*postgres.DB, *Wire) {
	t.Helper()
	url := URL(t)
	_, rest, _ := strings.Cut(url, "host='")
	server, _, _ := strings.Cut(rest, "'")
	dir, err := os.MkdirTemp("", "wire") // shorter than t.TempDir: a socket's path has little room
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	const socket = ".s.PGSQL.5432"
	l, err := net.Listen("unix", filepath.Join(dir, socket))
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	t.Cleanup(func() { _ = l.Close() })
	w := &Wire{}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go w.relay(client, filepath.Join(server, socket))
		}
	}()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: strings.Replace(url, server, dir, 1), Pool: postgres.Work, MaxConns: 1})
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, w
}

// Kinds gives what was sent since the last call, a letter a message.
func (w *Wire) Kinds() string {
	var b strings.Builder
	for _, m := range w.take() {
		b.WriteByte(m.kind)
	}
	return b.String()
}

// Messages gives what was sent since the last call, each a letter and a length.
func (w *Wire) Messages() string {
	var b strings.Builder
	for _, m := range w.take() {
		_, _ = fmt.Fprintf(&b, "%c%d ", m.kind, m.size)
	}
	return b.String()
}

func (w *Wire) take() []message {
	w.mu.Lock()
	defer w.mu.Unlock()
	sent := w.sent
	w.sent = nil
	return sent
}

func (w *Wire) relay(client net.Conn, address string) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("unix", address)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() { _, _ = io.Copy(client, server) }()
	r := bufio.NewReader(client)
	for started := false; ; started = true {
		var head []byte
		if started { // the first message has no letter
			kind, err := r.ReadByte()
			if err != nil {
				return
			}
			head = append(head, kind)
		}
		length := make([]byte, 4)
		if _, err := io.ReadFull(r, length); err != nil {
			return
		}
		size := binary.BigEndian.Uint32(length) - 4
		body := make([]byte, size)
		if _, err := io.ReadFull(r, body); err != nil {
			return
		}
		if started {
			w.mu.Lock()
			w.sent = append(w.sent, message{head[0], size})
			w.mu.Unlock()
		}
		if _, err := server.Write(append(append(head, length...), body...)); err != nil {
			return
		}
	}
}
