package postgres_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

// plainServer is a server that has no TLS: it says N to the question for it, and
// then counts those who go on without. It gives its port.
func plainServer(t *testing.T) (port int, without <-chan string) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	seen := make(chan string, 9)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go greet(c, seen)
		}
	}()
	addr, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		t.Fatalf("not a TCP address: %v", l.Addr())
	}
	return addr.Port, seen
}

func greet(c net.Conn, seen chan<- string) {
	defer func() { _ = c.Close() }()
	buf := make([]byte, 1024)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		if n == 8 { // SSLRequest
			_, _ = c.Write([]byte("N"))
			continue
		}
		seen <- strings.ReplaceAll(string(buf[8:n]), "\x00", " ")
		return
	}
}

func TestServerOnThisMachineMayDoWithoutTLS(t *testing.T) {
	t.Parallel()
	for address, goesOn := range map[string]bool{
		"postgres://u@127.0.0.1:%d/d":                            true,
		"postgres://u@localhost:%d/d?application_name=x":         true,
		"host=127.0.0.1 port=%d user=u dbname=d":                 true,
		"postgres://u@127.0.0.1:%d/d?sslmode=require":            false,
		"host=127.0.0.1 port=%d user=u dbname=d sslmode=require": false,
		"host=db.invalid hostaddr=127.0.0.1 port=%d user=u":      true,
	} {
		port, without := plainServer(t)
		url := fmt.Sprintf(address, port)
		db := open(t, url, postgres.Web, 1)
		err := ask(t.Context(), db)
		if err == nil {
			t.Fatalf("%s: an answer from nobody", address)
		}
		select {
		case said := <-without:
			if !goesOn || !strings.Contains(said, "statement_timeout 1500") || !strings.Contains(said, "TimeZone UTC") {
				t.Errorf("%s: went on without TLS and said %q", address, said)
			}
		default:
			if goesOn {
				t.Errorf("%s: did not go on: %v", address, err)
			}
		}
	}
}

func TestServerElsewhereMustHaveTLS(t *testing.T) {
	t.Parallel()
	port, without := plainServer(t)
	// Two servers, one of them far away: the rule of the far one counts for both.
	url := fmt.Sprintf("host=127.0.0.1,db.invalid port=%d user=u dbname=d", port)
	if err := ask(t.Context(), open(t, url, postgres.Web, 1)); err == nil {
		t.Fatal("no error")
	}
	select {
	case said := <-without:
		t.Errorf("went on without TLS: %q", said)
	default:
	}
}

func TestNonsenseIsNoAddress(t *testing.T) {
	t.Parallel()
	const url = "postgres://u:p@h/d?connect_timeout=soon"
	if _, err := postgres.Open(t.Context(), postgres.Options{URL: url}); err == nil {
		t.Error("Open takes it")
	}
	if _, err := postgres.Listen(url, nil); err == nil {
		t.Error("Listen takes it")
	}
	if _, _, err := postgres.Migrate(t.Context(), url); err == nil {
		t.Error("Migrate takes it")
	}
}

func TestListenHearsOfCommits(t *testing.T) {
	t.Parallel()
	url := testdb.URL(t)
	l, err := postgres.Listen(url, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	if err := l.Listen("news"); err != nil {
		t.Fatal(err)
	}
	db := open(t, url, postgres.Web, 1)
	sorry := errors.New("sorry")
	for said, end := range map[string]error{"lost": sorry, "kept": nil} {
		err := db.InTx(t.Context(), func(tx *postgres.Tx) error {
			_, err := tx.Exec(t.Context(), `select pg_notify('news', $1)`, said)
			return errors.Join(err, end)
		})
		if !errors.Is(err, end) {
			t.Fatal(err)
		}
	}
	select {
	case n := <-l.Notify:
		if n.Extra != "kept" {
			t.Errorf("heard %q", n.Extra)
		}
	case <-time.After(5 * time.Second):
		t.Error("heard nothing")
	}
}

func TestAwayTellsOutagesFromMistakes(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{
		fmt.Errorf("x: %w", &pq.Error{Code: "57P03"}): true,
		&pq.Error{Code: "53300"}:                      true,
		&pq.Error{Code: "08006"}:                      true,
		&pq.Error{Code: "42P01"}:                      false,
		&pq.Error{Code: "23505"}:                      false,
		&pq.Error{Code: "40001"}:                      false,
		fmt.Errorf("x: %w", io.ErrUnexpectedEOF):      true,
		fmt.Errorf("%w: x", postgres.ErrUnsure):       true,
		errors.New("x"):                               false,
	} {
		if got := postgres.Away(err); got != want {
			t.Errorf("Away(%v) = %v", err, got)
		}
	}
	if postgres.Away(nil) || postgres.Violates(nil, "x") {
		t.Error("nil is an outage or a breach")
	}
}
