package account_test

import (
	"errors"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
)

func TestChangePassword(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	me, mine := d.member(t, "mei@example.com", account.Customer)
	_, phone := d.signIn(t, "mei@example.com")
	_, _, err := d.ChangePassword(ctx, me, wrong, second, visitor())
	want(t, "a wrong old one", err, account.ErrWrongPassword)
	var bad fault.Invalid
	if _, _, err := d.ChangePassword(ctx, me, password, "mei@example.com", visitor()); !errors.As(err, &bad) || bad.Error() != "password: password.email" {
		t.Errorf("a bad new one: %v", err)
	}
	if !d.alive(ctx, mine) || !d.alive(ctx, phone) {
		t.Error("what was refused ended a session")
	}
	s, fresh, err := d.ChangePassword(ctx, me, password, second, visitor())
	if err != nil || d.alive(ctx, mine) || d.alive(ctx, phone) || !d.alive(ctx, fresh) || s.ID == me.ID {
		t.Fatalf("%+v, %v", s, err)
	}
	_, _, err = d.ChangePassword(ctx, me, second, password, visitor())
	want(t, "from a session that has ended", err, fault.ErrNotFound)
	if _, _, err := d.SignIn(ctx, "mei@example.com", second, visitor()); err != nil {
		t.Errorf("the new one: %v", err)
	}
	for range 10 {
		_, _, _ = d.ChangePassword(ctx, s, wrong, password, visitor())
	}
	if _, _, err := d.Prove(ctx, s, second, visitor()); !full(err, "sign_in") {
		t.Errorf("who has stolen a session may try on: %v", err)
	}
}

func TestFirstPasswordNeedsAFreshProof(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	if _, err := d.Make(ctx, account.Account{Email: "mei@example.com", Role: account.Customer, Language: locale.English}, ""); err != nil {
		t.Fatal(err)
	}
	in := func() account.Session {
		t.Helper()
		s, _, err := d.Open(ctx, token(d.ask(t, account.SignIn, "mei@example.com")), account.Opening{}, visitor())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	late, soon := in(), account.Session{}
	d.pass(10*time.Minute + time.Second)
	_, _, err := d.ChangePassword(ctx, late, "", password, visitor())
	want(t, "after ten minutes", err, account.ErrStale)
	want(t, "address after ten minutes", d.AskChange(ctx, late, "kim@example.com", locale.English, visitor()), account.ErrStale)
	_, _, err = d.Prove(ctx, late, "", visitor())
	want(t, "proof by no password", err, account.ErrWrongPassword)
	soon = in()
	d.pass(10 * time.Minute)
	s, _, err := d.ChangePassword(ctx, soon, "", password, visitor())
	if err != nil || !s.Account.HasPassword {
		t.Fatalf("at ten minutes: %v", err)
	}
	if m := d.mail(t); m.Purpose != account.PasswordChanged || m.To != "mei@example.com" {
		t.Errorf("told %+v", m)
	}
	if events, err := d.Events(ctx, s.Account.ID, 1); err != nil || events[0].Kind != account.EventPasswordSet {
		t.Errorf("log %+v, %v", events, err)
	}
	// A page that was opened before there was a password must not pass the old one by.
	_, _, err = d.ChangePassword(ctx, soon, "", second, visitor())
	want(t, "once more without the old one", err, fault.ErrConflict)
}

func TestProveRotates(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	s, old := d.member(t, "mei@example.com", account.Customer)
	d.pass(time.Hour)
	if s.Fresh(d.now()) {
		t.Error("fresh after an hour")
	}
	again, fresh, err := d.Prove(ctx, s, password, visitor())
	if err != nil || !again.Fresh(d.now()) || d.alive(ctx, old) || !d.alive(ctx, fresh) {
		t.Errorf("%+v, %v", again, err)
	}
	if err := d.AskChange(ctx, again, "kim@example.com", locale.English, visitor()); err != nil {
		t.Errorf("after it: %v", err)
	}
}

func TestChangeEmail(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	me, mine := d.member(t, "mei@example.com", account.Customer)
	_, phone := d.signIn(t, "mei@example.com")
	they, _ := d.member(t, "kim@example.com", account.Customer)
	var bad fault.Invalid
	for typed, key := range map[string]string{" MEI@example.com": "email.same", "mei": "email.wrong", "": "email.empty"} {
		if err := d.AskChange(ctx, me, typed, locale.English, visitor()); !errors.As(err, &bad) || bad[0].Key != key {
			t.Errorf("%q: %v", typed, err)
		}
	}
	if err := d.AskChange(ctx, me, "kim@example.com", locale.English, visitor()); err != nil {
		t.Errorf("an address that is taken answers as any: %v", err)
	}
	if m := d.mail(t); !m.Known || m.Link != "" || m.To != "kim@example.com" {
		t.Errorf("the letter to its owner: %+v", m)
	}
	if err := d.AskChange(ctx, me, "Neu@example.com", locale.English, visitor()); err != nil {
		t.Fatal(err)
	}
	m := d.mail(t)
	_, _, err := d.ConfirmChange(ctx, they, token(m), visitor())
	want(t, "by somebody else", err, account.ErrSpent)
	_, _, err = d.Open(ctx, token(m), account.Opening{}, visitor())
	want(t, "as a link to sign in", err, account.ErrSpent)
	if l, err := d.Letter(ctx, token(m), account.ChangeEmail); err != nil || l.Email != "Neu@example.com" {
		t.Errorf("look: %+v, %v", l, err)
	}
	s, fresh, err := d.ConfirmChange(ctx, me, token(m), visitor())
	if err != nil || s.Account.Email != "Neu@example.com" || d.alive(ctx, mine) || d.alive(ctx, phone) || !d.alive(ctx, fresh) {
		t.Fatalf("%+v, %v", s, err)
	}
	if told := d.mail(t); told.Purpose != account.EmailChanged || told.To != "mei@example.com" {
		t.Errorf("told %+v", told)
	}
	_, _, err = d.ConfirmChange(ctx, s, token(m), visitor())
	want(t, "twice", err, account.ErrSpent)
	_, _, err = d.SignIn(ctx, "mei@example.com", password, visitor())
	want(t, "by the old address", err, account.ErrWrongPassword)
}

// TestTwoWantOneAddress at the same moment: it becomes one's, and the other's
// account stays as it is.
func TestTwoWantOneAddress(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	var owners [2]account.Session
	var links [2]string
	for i, email := range []string{"mei@example.com", "kim@example.com"} {
		owners[i], _ = d.member(t, email, account.Customer)
	}
	for i := range owners {
		if err := d.AskChange(ctx, owners[i], "one@example.com", locale.English, visitor()); err != nil {
			t.Fatal(err)
		}
		links[i] = token(d.mail(t))
	}
	ends := count(2, func(i int) error {
		_, _, err := d.ConfirmChange(ctx, owners[i], links[i], visitor())
		return err
	})
	if ends["done"] != 1 || ends["spent"] != 1 {
		t.Errorf("%v", ends)
	}
	var open int
	if err := d.db.Get(ctx, &open, `select count(*) from sessions`); err != nil || open != 2 {
		t.Errorf("%d sessions, %v; the loser keeps his", open, err)
	}
}

// TestSweepTakesTheOldAlone.
func TestSweepTakesTheOldAlone(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	me, _ := d.member(t, "mei@example.com", account.Customer)
	_, _, _ = d.SignIn(ctx, "mei@example.com", wrong, visitor())
	d.mustAsk(t, account.Reset, "mei@example.com", visitor())
	steps := []struct {
		by   time.Duration
		want int
	}{
		{time.Hour - time.Second, 0}, {time.Second, 1}, {11 * time.Hour, 1}, {6*24*time.Hour + 12*time.Hour, 0}, {time.Second, 1}, {357 * 24 * time.Hour, 0}, {2 * 24 * time.Hour, 2},
	}
	for i, step := range steps {
		d.pass(step.by)
		if n, err := d.Sweep(ctx); n != step.want || err != nil {
			t.Errorf("step %d: %d rows, %v; want %d", i, n, err, step.want)
		}
	}
	if _, err := d.Find(ctx, me.Account.Email); err != nil {
		t.Errorf("the account itself: %v", err)
	}
}
