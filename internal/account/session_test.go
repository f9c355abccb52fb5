package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
)

// member makes an account of a role and signs it in.
func (d *desk) member(t testing.TB, email string, r account.Role) (account.Session, string) {
	t.Helper()
	if _, err := d.Make(t.Context(), account.Account{Email: email, Role: r, Language: locale.English}, password); err != nil {
		t.Fatal(err)
	}
	return d.signIn(t, email)
}

// TestSessionsEnd unused and at last, to the second, by role.
func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	for r, c := range map[account.Role]struct{ idle, life time.Duration }{
		account.Customer: {12 * time.Hour, 14 * 24 * time.Hour},
		account.Staff:    {30 * time.Minute, 10 * time.Hour},
	} {
		d := newDesk(t)
		s, token := d.member(t, "mei@example.com", r)
		if !s.ExpiresAt.Equal(d.now().Add(c.life)) {
			t.Errorf("%s: ends at %s", r, s.ExpiresAt)
		}
		for used := time.Duration(0); used+c.idle-time.Second < c.life; used += c.idle - time.Second {
			d.pass(c.idle - time.Second)
			if !d.alive(t.Context(), token) {
				t.Fatalf("%s: ended after %s, in use", r, used+c.idle-time.Second)
			}
		}
		d.pass(s.ExpiresAt.Sub(d.now()) - time.Second)
		if !d.alive(t.Context(), token) {
			t.Errorf("%s: ended before its last second", r)
		}
		d.pass(time.Second)
		if d.alive(t.Context(), token) {
			t.Errorf("%s: goes on after its end", r)
		}
		_, token = d.signIn(t, "mei@example.com")
		d.pass(c.idle)
		if d.alive(t.Context(), token) {
			t.Errorf("%s: goes on unused", r)
		}
		if n, err := d.Sweep(t.Context()); err != nil || n != 2 {
			t.Errorf("%s: swept %d rows, %v; want the two sessions", r, n, err)
		}
	}
}

func TestUseIsWrittenOnceAMinute(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	s, token := d.member(t, "mei@example.com", account.Customer)
	seen := func() time.Time {
		t.Helper()
		list, err := d.Sessions(ctx, s.Account.ID)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		return list[0].SeenAt
	}
	d.pass(time.Minute - time.Second)
	d.alive(ctx, token)
	if !seen().Equal(s.SeenAt) {
		t.Errorf("written within the minute: %s", seen())
	}
	d.pass(time.Second)
	if _, err := d.Session(ctx, token, account.Visitor{Network: "203.0.113.0/24"}); err != nil {
		t.Fatal(err)
	}
	if list, _ := d.Sessions(ctx, s.Account.ID); !seen().Equal(d.now()) || list[0].Network != "203.0.113.0/24" || list[0].Agent != "Firefox on Android" {
		t.Errorf("after a minute %+v", list)
	}
}

// TestTokenIsNowhereInTheTables, and is never the same.
func TestTokenIsNowhereInTheTables(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.customer(t, "mei@example.com")
	seen := map[string]bool{}
	for range 5 {
		_, token := d.signIn(t, "mei@example.com")
		if len(token) != 52 || seen[token] {
			t.Errorf("token of %d characters, seen %t", len(token), seen[token])
		}
		seen[token] = true
		var n int
		if err := d.db.Get(t.Context(), &n, `select count(*) from sessions s where s::text like '%' || $1 || '%'`, token); err != nil || n != 0 {
			t.Errorf("%d rows hold the token, %v", n, err)
		}
	}
	for _, token := range []string{"", "x", "\x00\xff"} {
		_, err := d.Session(t.Context(), token, visitor())
		want(t, token, err, fault.ErrNotFound)
	}
}

func TestEndingSessions(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	me, mine := d.member(t, "mei@example.com", account.Customer)
	_, phone := d.signIn(t, "mei@example.com")
	tablet, other := d.signIn(t, "mei@example.com")
	they, theirs := d.member(t, "kim@example.com", account.Customer)
	want(t, "another's", d.End(ctx, they.Account.ID, me.ID), fault.ErrNotFound)
	want(t, "none", d.End(ctx, me.Account.ID, 999), fault.ErrNotFound)
	if err := d.End(ctx, me.Account.ID, tablet.ID); err != nil || d.alive(ctx, other) || !d.alive(ctx, mine) {
		t.Errorf("end one: %v", err)
	}
	want(t, "once more", d.End(ctx, me.Account.ID, tablet.ID), fault.ErrNotFound)
	if list, err := d.Sessions(ctx, me.Account.ID); err != nil || len(list) != 2 || list[1].ID != me.ID {
		t.Errorf("%+v, %v", list, err)
	}
	if n, err := d.EndOthers(ctx, me); n != 1 || err != nil || d.alive(ctx, phone) || !d.alive(ctx, mine) || !d.alive(ctx, theirs) {
		t.Errorf("end others: %d, %v", n, err)
	}
	if n, err := d.EndOthers(ctx, me); n != 0 || err != nil {
		t.Errorf("end others again: %d, %v", n, err)
	}
	for range 2 { // the second press finds nothing, and that is fine
		if err := d.SignOut(ctx, mine); err != nil || d.alive(ctx, mine) || !d.alive(ctx, theirs) {
			t.Errorf("sign out: %v", err)
		}
	}
	var kinds []account.EventKind
	events, err := d.Events(ctx, me.Account.ID, 3)
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	if err != nil || len(kinds) != 3 || kinds[0] != account.EventSignedOut || kinds[1] != account.EventSessionsEnded || kinds[2] != account.EventSessionEnded {
		t.Errorf("log %v, %v", kinds, err)
	}
}

// TestEndingCatchesASessionThatIsBeingRenewed at that very moment, as it is when
// somebody proves who they are.
func TestEndingCatchesASessionThatIsBeingRenewed(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	mine, _ := d.member(t, "mei@example.com", account.Customer)
	theirs, _ := d.signIn(t, "mei@example.com")
	ended := make(chan error, 1)
	err := d.db.InTx(ctx, func(tx *postgres.Tx) error {
		var id int64
		if err := tx.Get(ctx, &id, `select id from accounts where id = $1 for no key update`, int64(mine.Account.ID)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			with old as (delete from sessions where id = $1 returning *)
			insert into sessions (token_hash, account_id, created_at, seen_at, proved_at, expires_at)
			select 'renewed', account_id, created_at, seen_at, proved_at, expires_at from old`, int64(theirs.ID))
		if err != nil {
			return err
		}
		go func() {
			_, err := d.EndOthers(ctx, mine)
			ended <- err
		}()
		time.Sleep(100 * time.Millisecond) // until it waits
		return nil
	})
	if err := errors.Join(err, <-ended); err != nil {
		t.Fatal(err)
	}
	left, err := d.Sessions(ctx, mine.Account.ID)
	if err != nil || len(left) != 1 || left[0].ID != mine.ID {
		t.Errorf("%d sessions are left, %v; want the one that ended the others", len(left), err)
	}
}

// TestRightsChangeAtOnce: no token of before has rights of after.
func TestRightsChangeAtOnce(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	s, token := d.member(t, "mei@example.com", account.Customer)
	for _, r := range []account.Role{account.Staff, account.Customer} {
		if changed, err := d.SetRole(ctx, s.Account.ID, r); !changed || err != nil || d.alive(ctx, token) {
			t.Errorf("to %s: %t, %v", r, changed, err)
		}
		var again account.Session
		if again, token = d.signIn(t, "mei@example.com"); again.Account.Role != r {
			t.Errorf("signed in as %s", again.Account.Role)
		}
		if changed, err := d.SetRole(ctx, s.Account.ID, r); changed || err != nil || !d.alive(ctx, token) {
			t.Errorf("to %s again: %t, %v", r, changed, err)
		}
		list, err := d.StaffList(ctx)
		if err != nil || (len(list) == 1) != (r == account.Staff) {
			t.Errorf("staff %+v, %v", list, err)
		}
	}
	_, err := d.SetRole(ctx, 999, account.Staff)
	want(t, "nobody", err, fault.ErrNotFound)
}

// TestClosedAccountIsNobody at once; its address may register anew.
func TestClosedAccountIsNobody(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	s, token1 := d.member(t, "mei@example.com", account.Customer)
	m := d.ask(t, account.SignIn, "mei@example.com")
	if err := d.CloseAccount(ctx, s.Account.ID, visitor()); err != nil || d.alive(ctx, token1) {
		t.Fatalf("close: %v", err)
	}
	want(t, "close again", d.CloseAccount(ctx, s.Account.ID, visitor()), fault.ErrNotFound)
	_, _, err := d.SignIn(ctx, "mei@example.com", password, visitor())
	want(t, "password", err, account.ErrWrongPassword)
	_, _, err = d.Open(ctx, token(m), account.Opening{}, visitor())
	want(t, "link", err, account.ErrSpent)
	_, err = d.Find(ctx, "mei@example.com")
	want(t, "find", err, fault.ErrNotFound)
	want(t, "profile", d.SetProfile(ctx, s.Account.ID, "x", locale.English), fault.ErrNotFound)
	_, _, err = d.ChangePassword(ctx, s, password, second, visitor())
	want(t, "change", err, account.ErrWrongPassword)
	again, _, err := d.Open(ctx, token(d.ask(t, account.Register, "mei@example.com")), opening(), visitor())
	if err != nil || again.Account.ID == s.Account.ID {
		t.Errorf("anew: %+v, %v", again.Account, err)
	}
}

// TestConfirmedIsToldInTheTransaction, which its error undoes.
func TestConfirmedIsToldInTheTransaction(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	var keys []string
	broken := errors.New("broken")
	var fail error
	d.OnConfirmed = func(ctx context.Context, tx *postgres.Tx, id account.ID, key string) error {
		keys = append(keys, key)
		var there int
		if err := tx.Get(ctx, &there, `select count(*) from accounts where id = $1 and email_key = $2`, id, key); err != nil || there != 1 {
			t.Errorf("%s is not in the transaction: %v", key, err)
		}
		return fail
	}
	m := d.ask(t, account.Register, "Mei@Example.com")
	fail = broken
	_, _, err := d.Open(ctx, token(m), opening(), visitor())
	want(t, "open", err, broken)
	_, err = d.Find(ctx, "mei@example.com")
	want(t, "find", err, fault.ErrNotFound)
	fail = nil
	s, _, err := d.Open(ctx, token(m), opening(), visitor())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.AskChange(ctx, s, "Kim@Example.com", locale.English, visitor()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.ConfirmChange(ctx, s, token(d.mail(t)), visitor()); err != nil {
		t.Fatal(err)
	}
	if len(keys) != 3 || keys[1] != "mei@example.com" || keys[2] != "kim@example.com" {
		t.Errorf("told of %q", keys)
	}
	_, err = d.Make(ctx, account.Account{Email: "KIM@example.com", Role: account.Customer, Language: locale.English}, "")
	want(t, "make a second", err, account.ErrTaken)
}
