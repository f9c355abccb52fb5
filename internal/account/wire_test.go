package account_test

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
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

// wire stands between a store and PostgreSQL and notes kind and length of the
// messages that the store sends: what somebody outside could tell apart by time.
type wire struct {
	sync.Mutex
	sent []string
}

// take gives what was sent since the last call.
func (w *wire) take() string {
	w.Lock()
	defer w.Unlock()
	sent := strings.Join(w.sent, " ")
	w.sent = nil
	return sent
}

// newWiredDesk is a desk of one connection with a wire in it.
func newWiredDesk(t testing.TB) (*desk, *wire) {
	t.Helper()
	url := testdb.URL(t)
	_, rest, _ := strings.Cut(url, "host='")
	server, _, _ := strings.Cut(rest, "'")
	dir, err := os.MkdirTemp("", "wire") // shorter than t.TempDir: a socket's path has little room
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	const socket = ".s.PGSQL.5432"
	l, err := net.Listen("unix", filepath.Join(dir, socket))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	w := &wire{}
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
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d := &desk{db: db, time: time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)}
	d.Store = account.NewStore(db, db, []byte("0123456789abcdef0123456789abcdef"), d.now)
	account.Cheapen(d.Store)
	return d, w
}

func (w *wire) relay(client net.Conn, address string) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("unix", address)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() { _, _ = io.Copy(client, server) }()
	r := bufio.NewReader(client)
	for started := false; ; started = true {
		kind := byte(0)
		if started { // the first message has no letter
			if kind, err = r.ReadByte(); err != nil {
				return
			}
		}
		head := make([]byte, 4)
		if _, err := io.ReadFull(r, head); err != nil {
			return
		}
		size := binary.BigEndian.Uint32(head) - 4
		body := make([]byte, size)
		if _, err := io.ReadFull(r, body); err != nil {
			return
		}
		if started {
			w.Lock()
			w.sent = append(w.sent, fmt.Sprintf("%c%d", kind, size))
			w.Unlock()
			head = append([]byte{kind}, head...)
		}
		if _, err := server.Write(append(head, body...)); err != nil {
			return
		}
	}
}

// TestKnownAndUnknownLookTheSameOnTheWire, by kind and length of every message,
// at whatever a stranger can do with an address.
func TestKnownAndUnknownLookTheSameOnTheWire(t *testing.T) {
	t.Parallel()
	d, w := newWiredDesk(t)
	ctx := t.Context()
	d.customer(t, "known00@example.com")
	if _, err := d.Make(ctx, account.Account{Email: "staff00@example.com", Role: account.Staff, Language: locale.English}, ""); err != nil {
		t.Fatal(err)
	}
	me, _ := d.signIn(t, "known00@example.com")
	network := 0
	v := func() account.Visitor {
		network++
		return account.Visitor{Network: fmt.Sprintf("10.%05d.0.0/24", network), Agent: "x"}
	}
	acts := map[string]func(email string){
		"sign in": func(email string) {
			_, _, err := d.SignIn(ctx, email, "a wrong password, of course", v())
			want(t, email, err, account.ErrWrongPassword)
		},
		"register": func(email string) { d.mustAsk(t, account.Register, email, v()) },
		"link":     func(email string) { d.mustAsk(t, account.SignIn, email, v()) },
		"reset":    func(email string) { d.mustAsk(t, account.Reset, email, v()) },
		"change": func(email string) {
			if err := d.AskChange(ctx, me, email, locale.English, v()); err != nil {
				t.Error(err)
			}
		},
		"code": func(email string) {
			ref := d.mustAsk(t, account.SignIn, email, v())
			_, _, _ = d.OpenCode(ctx, ref, "x", v())
		},
	}
	for name, act := range acts {
		clean := func(email string) (sent string) {
			for range 60 { // the pool prepares new queries beside whatever comes next
				d.pass(2 * time.Hour)
				me.ProvedAt = d.now()
				w.take()
				act(email)
				if sent = w.take(); !strings.Contains(sent, "P") {
					break
				}
			}
			return sent
		}
		for range 3 {
			clean("nobody0@example.com")
		}
		unknown := clean("nobod99@example.com")
		for _, known := range []string{"known00@example.com", "staff00@example.com"} {
			if name == "change" && known == "known00@example.com" {
				continue // it is the asker's own
			}
			if got := clean(known); got != unknown || got == "" {
				t.Errorf("%s, %s:\n%s\nunknown:\n%s", name, known, got, unknown)
			}
		}
	}
}

// TestSessionIsOneQuery, and a second one once a minute.
func TestSessionIsOneQuery(t *testing.T) {
	t.Parallel()
	d, w := newWiredDesk(t)
	d.customer(t, "mei@example.com")
	_, token := d.signIn(t, "mei@example.com")
	read := func() int {
		w.take()
		if !d.alive(t.Context(), token) {
			t.Fatal("the session has ended")
		}
		return strings.Count(w.take(), "E")
	}
	read()
	if n := read(); n != 1 {
		t.Errorf("%d queries, want 1", n)
	}
	d.pass(time.Minute)
	read()
	d.pass(time.Minute)
	if n := read(); n != 2 {
		t.Errorf("after a minute %d queries, want 2", n)
	}
	if n := read(); n != 1 {
		t.Errorf("just after it %d queries, want 1", n)
	}
}
