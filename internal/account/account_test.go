package account_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

// desk is a store on a database of its own with a clock that stands still until
// it is set, and a mailman who reads what the portal owes.
type desk struct {
	*account.Store
	db *postgres.DB

	mutex sync.Mutex
	time  time.Time
}

const (
	password = "水曜日の朝 coffee at nine"
	second   = "viola sonata, not by heart"
)

func visitor() account.Visitor {
	return account.Visitor{Network: "192.0.2.0/24", Agent: "Firefox on Android"}
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{db: testdb.New(t), time: time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)}
	d.Store = account.NewStore(d.db, d.db, []byte("0123456789abcdef0123456789abcdef"), d.now)
	account.Cheapen(d.Store)
	return d
}

func (d *desk) now() time.Time {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.time
}

// pass lets time go by.
func (d *desk) pass(by time.Duration) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.time = d.time.Add(by)
}

// customer makes an account with a password.
func (d *desk) customer(t testing.TB, email string) account.Account {
	t.Helper()
	a, err := d.Make(t.Context(), account.Account{Email: email, Role: account.Customer, Language: locale.English}, password)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// signIn signs in with the usual password.
func (d *desk) signIn(t testing.TB, email string) (account.Session, string) {
	t.Helper()
	s, token, err := d.SignIn(t.Context(), email, password, visitor())
	if err != nil {
		t.Fatal(err)
	}
	return s, token
}

// mail takes the oldest letter from the queue, as the job does.
func (d *desk) mail(t testing.TB) account.Mailing {
	t.Helper()
	var args string
	if err := d.db.Get(t.Context(), &args, `delete from jobs where id = (select min(id) from jobs where kind = 'account.letter') returning args`); err != nil {
		t.Fatalf("no letter waits: %v", err)
	}
	var job account.LetterJob
	if err := json.Unmarshal([]byte(args), &job); err != nil {
		t.Fatal(err)
	}
	m, err := d.ToSend(t.Context(), job.Ref)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Sent(t.Context(), job.Ref); err != nil {
		t.Fatal(err)
	}
	return m
}

// ask asks for a letter and gives it as it is sent.
func (d *desk) ask(t testing.TB, p account.Purpose, email string) account.Mailing {
	t.Helper()
	if _, err := d.Ask(t.Context(), p, email, locale.Korean, "/account/parcels", visitor()); err != nil {
		t.Fatal(err)
	}
	return d.mail(t)
}

// mustAsk asks for a letter that nobody sends.
func (d *desk) mustAsk(t testing.TB, p account.Purpose, email string, v account.Visitor) string {
	t.Helper()
	ref, err := d.Ask(t.Context(), p, email, locale.English, "", v)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// token is the secret part of a letter's link.
func token(m account.Mailing) string { return m.Link[strings.LastIndexByte(m.Link, '/')+1:] }

func want(t testing.TB, what string, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: got %v, want %v", what, err, kind)
	}
}

// full tells whether an error is the named limit.
func full(err error, limit string) bool {
	var many fault.TooMany
	return errors.As(err, &many) && many.Limit == limit
}

// alive tells whether a token still opens its session.
func (d *desk) alive(ctx context.Context, token string) bool {
	_, err := d.Session(ctx, token, visitor())
	return err == nil
}

func opening() account.Opening {
	return account.Opening{Name: " Mei ", Password: password, Terms: "2026-01", Language: locale.Korean}
}
