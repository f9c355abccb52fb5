package account_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres/testdb"
)

// newWiredDesk is a desk of one connection with a wire in it.
func newWiredDesk(t testing.TB) (*desk, *testdb.Wire) {
	t.Helper()
	db, w := testdb.Wired(t)
	d := &desk{db: db, time: time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)}
	d.Store = account.NewStore(db, db, []byte("0123456789abcdef0123456789abcdef"), d.now)
	account.Cheapen(d.Store)
	return d, w
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
				w.Messages()
				act(email)
				if sent = w.Messages(); !strings.Contains(sent, "P") {
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
		w.Messages()
		if !d.alive(t.Context(), token) {
			t.Fatal("the session has ended")
		}
		return strings.Count(w.Messages(), "E")
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
