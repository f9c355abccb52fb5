package account_test

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

// keeping is two portals on one database, in one time, that keep what they read.
func keeping(t testing.TB) (here, there *desk) {
	t.Helper()
	url := testdb.URL(t)
	start := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	here, there = &desk{time: start}, &desk{time: start}
	for _, d := range []*desk{here, there} {
		var err error
		if d.db, err = postgres.Open(t.Context(), postgres.Options{URL: url, Pool: postgres.Work, MaxConns: 4}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.db.Close() })
		d.Store = account.NewStore(d.db, d.db, []byte("0123456789abcdef0123456789abcdef"), here.now)
		account.Cheapen(d.Store)
		d.keep(t, url+" application_name=keeper")
	}
	return here, there
}

// keep starts KeepRecent and waits until it is believed.
func (d *desk) keep(t testing.TB, url string) {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- d.KeepRecent(ctx, url) }()
	t.Cleanup(func() {
		end()
		if err := <-done; err != nil || account.RecentOf(d.Store).On() {
			t.Errorf("keep recent: %v, on at its end: %t", err, account.RecentOf(d.Store).On())
		}
	})
	inTime(t, "listening", func() bool { return account.RecentOf(d.Store).On() })
}

// soon waits a second for something, in time ten for what nobody was promised.
func soon(t testing.TB, what string, is func() bool) {
	t.Helper()
	within(t, time.Second, what, is)
}

func inTime(t testing.TB, what string, is func() bool) {
	t.Helper()
	within(t, 10*time.Second, what, is)
}

func within(t testing.TB, limit time.Duration, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within %s", what, limit)
		}
	}
}

// warm reads a session until it is kept.
func (d *desk) warm(t testing.TB, token string) {
	t.Helper()
	inTime(t, "kept", func() bool {
		if !d.alive(t.Context(), token) {
			t.Fatal("the session has ended")
		}
		_, _, ok := account.RecentOf(d.Store).Find(token, d.now())
		return ok
	})
}

// TestNothingIsKeptOfWhatHasEnded: at once where it ended, within a second elsewhere.
func TestNothingIsKeptOfWhatHasEnded(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(t *testing.T, d *desk, me, other account.Session, token string) error{
		"sign out": func(t *testing.T, d *desk, _, _ account.Session, token string) error {
			return d.SignOut(t.Context(), token)
		},
		"sign out of what ended unheard": func(t *testing.T, d *desk, me, _ account.Session, token string) error {
			if _, err := d.db.Exec(t.Context(), `delete from sessions where id = $1`, int64(me.ID)); err != nil {
				return err
			}
			if !d.alive(t.Context(), token) {
				t.Error("nothing was kept: the test shows nothing")
			}
			if err := d.SignOut(t.Context(), token); err != nil || d.alive(t.Context(), token) {
				t.Errorf("goes on, %v", err)
			}
			return d.SetProfile(t.Context(), me.Account.ID, "Mei", locale.English) // for the other portal
		},
		"end": func(t *testing.T, d *desk, me, _ account.Session, _ string) error {
			return d.End(t.Context(), me.Account.ID, me.ID)
		},
		"end others": func(t *testing.T, d *desk, _, other account.Session, _ string) error {
			_, err := d.EndOthers(t.Context(), other)
			return err
		},
		"prove": func(t *testing.T, d *desk, me, _ account.Session, _ string) error {
			_, _, err := d.Prove(t.Context(), me, password, visitor())
			return err
		},
		"password": func(t *testing.T, d *desk, _, other account.Session, _ string) error {
			_, _, err := d.ChangePassword(t.Context(), other, password, second, visitor())
			return err
		},
		"first password": func(t *testing.T, d *desk, me, other account.Session, _ string) error {
			if _, err := d.db.Exec(t.Context(), `update accounts set password = null where id = $1`, int64(me.Account.ID)); err != nil {
				return err
			}
			other.Account.HasPassword = false
			_, _, err := d.ChangePassword(t.Context(), other, "", second, visitor())
			return err
		},
		"reset": func(t *testing.T, d *desk, _, _ account.Session, _ string) error {
			_, _, err := d.Open(t.Context(), token(d.ask(t, account.Reset, "mei@example.com")), account.Opening{Password: second}, visitor())
			return err
		},
		"address": func(t *testing.T, d *desk, _, other account.Session, _ string) error {
			if err := d.AskChange(t.Context(), other, "kim@example.com", locale.English, visitor()); err != nil {
				return err
			}
			_, _, err := d.ConfirmChange(t.Context(), other, token(d.mail(t)), visitor())
			return err
		},
		"role": func(t *testing.T, d *desk, me, _ account.Session, _ string) error {
			_, err := d.SetRole(t.Context(), me.Account.ID, account.Staff)
			return err
		},
		"close": func(t *testing.T, d *desk, me, _ account.Session, _ string) error {
			return d.CloseAccount(t.Context(), me.Account.ID, visitor())
		},
		"sweep": func(t *testing.T, d *desk, me, _ account.Session, _ string) error {
			if _, err := d.db.Exec(t.Context(), `update sessions set expires_at = '2026-01-01' where id = $1`, int64(me.ID)); err != nil {
				return err
			}
			_, err := d.Sweep(t.Context())
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			here, there := keeping(t)
			me, mine := here.member(t, "mei@example.com", account.Customer)
			other, _ := here.signIn(t, "mei@example.com")
			here.warm(t, mine)
			there.warm(t, mine)
			if err := end(t, here, me, other, mine); err != nil {
				t.Fatal(err)
			}
			if here.alive(t.Context(), mine) {
				t.Error("goes on where it was ended")
			}
			soon(t, "ended elsewhere", func() bool { return !there.alive(t.Context(), mine) })
		})
	}
}

// TestProfileIsNeverOld, while others read all the time.
func TestProfileIsNeverOld(t *testing.T) {
	t.Parallel()
	here, there := keeping(t)
	me, mine := here.member(t, "mei@example.com", account.Customer)
	ctx, end := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for ctx.Err() == nil {
				_, _ = here.Session(ctx, mine, visitor())
			}
		})
	}
	name := func(d *desk) string {
		s, err := d.Session(t.Context(), mine, visitor())
		if err != nil {
			t.Error(err)
		}
		return s.Account.Name
	}
	for i := range 200 {
		if err := here.SetProfile(t.Context(), me.Account.ID, "Mei "+strconv.Itoa(i), locale.English); err != nil {
			t.Fatal(err)
		}
		if got := name(here); got != "Mei "+strconv.Itoa(i) {
			t.Fatalf("after change %d: %s", i, got)
		}
	}
	end()
	readers.Wait()
	soon(t, "the name elsewhere", func() bool { return name(there) == "Mei 199" })
}

// TestCutLineIsNotBelieved: a session that ends unheard has ended.
func TestCutLineIsNotBelieved(t *testing.T) {
	t.Parallel()
	d, _ := keeping(t)
	r := account.RecentOf(d.Store)
	me, mine := d.member(t, "mei@example.com", account.Customer)
	_, theirs := d.member(t, "kim@example.com", account.Customer)
	d.warm(t, mine)
	if _, err := d.db.Exec(t.Context(), `delete from sessions where id = $1`, int64(me.ID)); err != nil {
		t.Fatal(err)
	}
	if !d.alive(t.Context(), mine) {
		t.Fatal("nothing was kept: the test shows nothing")
	}
	var cut int
	lines := r.Lines()
	if err := d.db.Get(t.Context(), &cut, `select count(pg_terminate_backend(pid)) from pg_stat_activity
		where application_name = 'keeper' and datname = current_database()`); err != nil || cut != 2 {
		t.Fatalf("%d listeners, %v", cut, err)
	}
	soon(t, "cut off", func() bool { return r.Lines() > lines })
	if d.alive(t.Context(), mine) {
		t.Error("goes on though the line is cut")
	}
	if d.alive(t.Context(), theirs); !r.On() && r.Len() != 0 {
		t.Error("kept though the line is cut")
	}
	inTime(t, "back", r.On)
	d.warm(t, theirs)
	if d.alive(t.Context(), mine) {
		t.Error("goes on after the line is whole again")
	}
}

// TestNobodyListensNothingIsKept, as in commands.
func TestNobodyListensNothingIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, mine := d.member(t, "mei@example.com", account.Customer)
	for range 3 {
		if !d.alive(t.Context(), mine) || account.RecentOf(d.Store).Len() != 0 {
			t.Error("kept")
		}
	}
}

// TestHundredReadsAreOneQuery within five seconds, and the use is written down
// once a minute as ever.
func TestHundredReadsAreOneQuery(t *testing.T) {
	t.Parallel()
	d, w := newWiredDesk(t)
	s, mine := d.member(t, "mei@example.com", account.Customer)
	d.alive(t.Context(), mine)
	r := account.RecentOf(d.Store)
	r.Whole(r.Lines(), time.Now().Add(time.Hour))
	read := func() int {
		w.Kinds()
		for range 100 {
			if !d.alive(t.Context(), mine) {
				t.Fatal("ended")
			}
		}
		return strings.Count(w.Kinds(), "E")
	}
	for i, c := range []struct {
		pass    time.Duration
		queries int
	}{{0, 1}, {5*time.Second - 1, 0}, {time.Second, 1}} {
		d.pass(c.pass)
		if n := read(); n != c.queries {
			t.Errorf("step %d: %d queries, want %d", i, n, c.queries)
		}
	}
	seen := map[time.Time]bool{}
	d.pass(time.Minute)
	for range 180 {
		d.pass(time.Second)
		d.alive(t.Context(), mine)
		list, err := d.Sessions(t.Context(), s.Account.ID)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		seen[list[0].SeenAt] = true
	}
	if len(seen) != 3 {
		t.Errorf("written down %d times in three minutes, want 3", len(seen))
	}
}

// BenchmarkRecentSession is BenchmarkSession while KeepRecent runs.
func BenchmarkRecentSession(b *testing.B) {
	d := newDesk(b)
	d.keep(b, testdb.URL(b)) // any line will do: nothing changes here
	_, mine := d.member(b, "mei@example.com", account.Customer)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Session(b.Context(), mine, visitor()); err != nil {
			b.Fatal(err)
		}
	}
}
