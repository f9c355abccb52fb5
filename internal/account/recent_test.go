package account_test

import (
	"strconv"
	"testing"
	"time"

	"ecms/portal/internal/account"
)

func noon() time.Time { return time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC) }

// sessionOf is a session as it is read, used just now.
func sessionOf(owner account.ID, r account.Role) account.Session {
	return account.Session{
		ID: 1, Account: account.Account{ID: owner, Role: r}, SeenAt: noon(), ExpiresAt: noon().Add(time.Hour),
	}
}

func has(r account.Recent, token string, now time.Time) bool {
	_, _, ok := r.Find(token, now)
	return ok
}

// keep reads and puts, as Session does.
func keep(r account.Recent, token string, s account.Session, now time.Time) {
	_, generation, _ := r.Find(token, now)
	r.Put(token, s, now, generation)
}

// TestKeptSessionsClocks go on: the life of what is kept, the session's own two,
// by role, and the one by which a use is written down.
func TestKeptSessionsClocks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		role          account.Role
		seen, expires time.Duration // from noon, when it is put
		last          time.Duration // when it is still given
	}{
		"five seconds":        {account.Customer, 0, time.Hour, 5*time.Second - 1},
		"its end":             {account.Customer, 0, 3 * time.Second, 3*time.Second - 1},
		"its end, staff":      {account.Staff, 0, 2 * time.Second, 2*time.Second - 1},
		"a minute of use":     {account.Customer, -58 * time.Second, time.Hour, 2*time.Second - 1},
		"a minute, staff":     {account.Staff, -56 * time.Second, time.Hour, 4*time.Second - 1},
		"unused":              {account.Customer, -12 * time.Hour, time.Hour, -1},
		"unused, staff":       {account.Staff, -30 * time.Minute, time.Hour, -1},
		"the clock goes back": {account.Customer, 0, time.Hour, 5*time.Second - 1},
	} {
		r, s := account.NewRecent(), sessionOf(1, c.role)
		s.SeenAt, s.ExpiresAt = noon().Add(c.seen), noon().Add(c.expires)
		keep(r, "token", s, noon())
		if c.last >= 0 && !has(r, "token", noon().Add(c.last)) {
			t.Errorf("%s: gone after %s", name, c.last)
		}
		if has(r, "token", noon().Add(c.last+1)) || has(r, "token", noon().Add(-1)) || has(r, "other", noon()) {
			t.Errorf("%s: given after %s, before it was read, or for another token", name, c.last+1)
		}
	}
}

// TestIdleClocksHoldBesideTheMinute: what a role allows is asked on its own.
func TestIdleClocksHoldBesideTheMinute(t *testing.T) {
	t.Parallel()
	for r, idle := range map[account.Role]time.Duration{account.Customer: 12 * time.Hour, account.Staff: 30 * time.Minute} {
		s := sessionOf(1, r)
		s.ExpiresAt = noon().Add(24 * time.Hour)
		if !account.Lives(s, noon().Add(idle-1)) || account.Lives(s, noon().Add(idle)) {
			t.Errorf("%s: does not end unused after %s", r, idle)
		}
	}
}

// TestLateReadIsNotKept: it began before what it read was dropped.
func TestLateReadIsNotKept(t *testing.T) {
	t.Parallel()
	for name, drop := range map[string]func(r account.Recent){
		"a change":         func(r account.Recent) { r.Drop(1) },
		"another's change": func(r account.Recent) { r.Drop(2) },
		"a cut":            func(r account.Recent) { r.Cut() },
		"a cut that is mended": func(r account.Recent) {
			r.Cut()
			r.Whole(r.Lines(), time.Now())
		},
		"a silence": func(r account.Recent) {
			r.Whole(r.Lines(), time.Now().Add(-time.Hour))
			r.Whole(r.Lines(), time.Now())
		},
	} {
		r := account.NewRecent()
		_, before, _ := r.Find("token", noon())
		drop(r)
		r.Put("token", sessionOf(1, account.Customer), noon(), before)
		if r.Len() != 0 || has(r, "token", noon()) {
			t.Errorf("%s: kept what was read before it", name)
		}
	}
}

// TestOnlyAWholeLineIsBelieved, and an answer to an older line says nothing.
func TestOnlyAWholeLineIsBelieved(t *testing.T) {
	t.Parallel()
	r := account.NewRecent()
	keep(r, "token", sessionOf(1, account.Customer), noon())
	old := r.Lines()
	r.Cut()
	r.Whole(old, time.Now())
	keep(r, "token", sessionOf(1, account.Customer), noon())
	if r.On() || r.Len() != 0 {
		t.Error("believed by an answer of before the cut")
	}
	r.Whole(r.Lines(), time.Now().Add(-2*time.Second))
	if r.On() {
		t.Error("believed by an answer of long ago")
	}
	r.Whole(r.Lines(), time.Now().Add(time.Hour))
	keep(r, "token", sessionOf(1, account.Customer), noon())
	if !r.On() || !has(r, "token", noon()) {
		t.Error("not believed, though the line is whole")
	}
}

// TestKeptAreBounded: the oldest go, and drops and new reads leave nothing over.
func TestKeptAreBounded(t *testing.T) {
	t.Parallel()
	r := account.NewRecent()
	for i := range account.RecentMost + 100 {
		keep(r, strconv.Itoa(i), sessionOf(account.ID(i%10), account.Customer), noon())
	}
	if n := r.Len(); n != account.RecentMost || has(r, "99", noon()) || !has(r, "100", noon()) {
		t.Errorf("%d kept, want the newest %d", n, account.RecentMost)
	}
	r.Drop(3)
	if n := r.Len(); n > account.RecentMost*9/10+1 || has(r, "103", noon()) || !has(r, "104", noon()) {
		t.Errorf("%d kept after the drop of a tenth", n)
	}
	for range 2 * account.RecentMost {
		keep(r, "again", sessionOf(1, account.Customer), noon())
	}
	if n := r.Len(); n != 1 || !has(r, "again", noon()) {
		t.Errorf("%d kept, want the one that was read again and again", n)
	}
	keep(r, "later", sessionOf(1, account.Customer), noon().Add(5*time.Second))
	if n := r.Len(); n != 1 {
		t.Errorf("%d kept, want those of the last seconds", n)
	}
}
