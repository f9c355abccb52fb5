package postgres_test

import (
	"bytes"
	"errors"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

// cutter stands between portal and server; once armed with a text, it lets the
// next message that holds it through, and cuts the connection before the answer.
type cutter struct {
	server string
	armed  atomic.Pointer[string]
	say    []byte // sent to the portal just before the cut
	cuts   atomic.Int64
}

// newCutter gives a cutter and the address that leads through it.
func newCutter(t *testing.T) (c *cutter, through, direct string) {
	t.Helper()
	db := testdb.New(t)
	var at struct{ Name, Dir string }
	err := db.Get(t.Context(), &at, `select current_database() as name, current_setting('unix_socket_directories') as dir`)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "cut")
	if err != nil {
		t.Fatal(err)
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close(); _ = os.RemoveAll(dir) })
	c = &cutter{server: filepath.Join(at.Dir, ".s.PGSQL.5432")}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go c.relay(client)
		}
	}()
	rest := " user=portal dbname=" + at.Name
	return c, "host=" + dir + rest, "host=" + at.Dir + rest
}

func (c *cutter) relay(client net.Conn) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("unix", c.server)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	var cut atomic.Bool
	go func() {
		defer func() { _ = client.Close() }()
		buf := make([]byte, 64<<10)
		for {
			n, err := server.Read(buf)
			if err != nil || cut.Load() {
				_, _ = client.Write(c.say)
				return
			}
			if _, err := client.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		if text := c.armed.Load(); text != nil && bytes.Contains(buf[:n], []byte(*text)) && c.armed.CompareAndSwap(text, nil) {
			cut.Store(true)
			c.cuts.Add(1)
		}
		if _, err := server.Write(buf[:n]); err != nil {
			return
		}
	}
}

func (c *cutter) arm(text string) { c.armed.Store(&text) }

// stopping is the server's last word: FATAL 57P01.
func stopping() []byte {
	body := "SFATAL\x00VFATAL\x00C57P01\x00Mterminating connection\x00\x00"
	return append([]byte{'E', 0, 0, 0, byte(len(body) + 4)}, body...)
}

func TestNothingIsDoneTwiceWhenTheAnswerIsLost(t *testing.T) {
	t.Parallel()
	for _, last := range [][]byte{nil, stopping()} {
		for _, pool := range []postgres.Pool{postgres.Web, postgres.Work} {
			c, through, direct := newCutter(t)
			c.say = last
			db, look := open(t, through, pool, 2), open(t, direct, postgres.Work, 1)
			must(t, look, `create table if not exists k (v text)`)
			const query = `insert into k (v) values ($1)`
			must(t, db, query, "first")
			c.arm("marker-one")
			if _, err := db.Exec(t.Context(), query, "marker-one"); !postgres.Away(err) || errors.Is(err, postgres.ErrUnsure) {
				t.Errorf("pool %d: %v", pool, err)
			}
			eventually(t, func() bool { return count(t, look, `k where v = 'marker-one'`) == 1 })
			calls := 0
			err := db.InTx(t.Context(), func(tx *postgres.Tx) error {
				calls++
				c.arm("COMMIT")
				_, err := tx.Exec(t.Context(), query, "marker-two")
				return err
			})
			if !errors.Is(err, postgres.ErrUnsure) || !postgres.Away(err) || calls != 1 {
				t.Errorf("pool %d: commit cut off: %v after %d calls", pool, err, calls)
			}
			eventually(t, func() bool { return count(t, look, `k where v = 'marker-two'`) == 1 })
			for range 8 { // no poisoned connection is left
				must(t, db, query, "after")
			}
			if n := count(t, look, `k where v like 'marker%'`); n != 2 || c.cuts.Load() != 2 {
				t.Errorf("pool %d: %d rows after %d cuts", pool, n, c.cuts.Load())
			}
		}
	}
}

func TestBeginningAnewIsHarmless(t *testing.T) {
	t.Parallel()
	c, through, _ := newCutter(t)
	db := open(t, through, postgres.Web, 2)
	if err := ask(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	c.arm("BEGIN")
	err := db.InTx(t.Context(), func(tx *postgres.Tx) error {
		var n int
		return tx.Get(t.Context(), &n, `select 1`)
	})
	if err != nil || c.cuts.Load() != 1 {
		t.Errorf("%v after %d cuts", err, c.cuts.Load())
	}
}

func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not within 5 s")
		}
	}
}
