package account_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
)

// TestLetters says for each kind what is sent to whom.
func TestLetters(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	a := d.customer(t, "Mei@Example.com")
	if err := d.SetProfile(t.Context(), a.ID, "Mei", locale.Korean); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		p              account.Purpose
		email          string
		known          bool
		to, name, link string
		code           bool
		life           time.Duration
		opens          account.Purpose
	}{
		{account.Register, "new@example.com", false, "new@example.com", "", "/register/confirm/", false, 24 * time.Hour, account.Register},
		{account.Register, "mei@example.COM", true, "Mei@example.com", "Mei", "/login/link/", false, 10 * time.Minute, account.SignIn},
		{account.SignIn, "mei@example.com", true, "Mei@example.com", "Mei", "/login/link/", true, 10 * time.Minute, account.SignIn},
		{account.SignIn, "new@example.com", false, "new@example.com", "", "", false, 10 * time.Minute, account.SignIn},
		{account.Reset, "mei@example.com", true, "Mei@example.com", "Mei", "/password/reset/", false, time.Hour, account.Reset},
		{account.Reset, "new@bücher.example", false, "new@xn--bcher-kva.example", "", "", false, time.Hour, account.Reset},
	}
	for _, tc := range tests {
		m := d.ask(t, tc.p, tc.email)
		prefix := m.Link[:strings.LastIndexByte(m.Link, '/')+1]
		if m.Purpose != tc.p || m.Known != tc.known || m.To != tc.to || m.Name != tc.name || prefix != tc.link || (m.Code != "") != tc.code ||
			!m.ExpiresAt.Equal(d.now().Add(tc.life)) || m.Language != locale.Korean || m.Network != "192.0.2.0/24" {
			t.Errorf("%s to %s: %+v", tc.p, tc.email, m)
		}
		if tc.link == "" {
			continue
		}
		for _, p := range []account.Purpose{account.Register, account.SignIn, account.Reset, account.ChangeEmail} {
			_, err := d.Letter(t.Context(), token(m), p)
			if (err == nil) != (p == tc.opens) || err != nil && !errors.Is(err, account.ErrSpent) {
				t.Errorf("%s to %s as %s: %v", tc.p, tc.email, p, err)
			}
		}
	}
}

// TestLinksLiveToTheirLastSecond and not a moment longer.
func TestLinksLiveToTheirLastSecond(t *testing.T) {
	t.Parallel()
	for p, life := range map[account.Purpose]time.Duration{account.Register: 24 * time.Hour, account.SignIn: 10 * time.Minute, account.Reset: time.Hour} {
		for _, late := range []bool{false, true} {
			d := newDesk(t)
			email := "new@example.com"
			if p != account.Register {
				email = d.customer(t, "mei@example.com").Email
			}
			m := d.ask(t, p, email)
			d.pass(life - time.Second)
			if late {
				d.pass(time.Second)
			}
			l, err := d.Letter(t.Context(), token(m), p)
			if (err == nil) == late || err == nil && (l.Email != email || l.Next != "/account/parcels" || l.Language != locale.Korean) {
				t.Errorf("%s, late %t: %+v, %v", p, late, l, err)
			}
			s, _, err := d.Open(t.Context(), token(m), opening(), visitor())
			if (err == nil) == late || late && !errors.Is(err, account.ErrSpent) || !late && s.Account.Email != email {
				t.Errorf("%s, late %t: %v", p, late, err)
			}
		}
	}
}

// TestOneOfManyPressesWins, for links and codes alike.
func TestOneOfManyPressesWins(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	account.Crowd(d.Store, 20)
	d.customer(t, "mei@example.com")
	letters := map[string]account.Mailing{
		"register": d.ask(t, account.Register, "new@example.com"), "sign in": d.ask(t, account.SignIn, "mei@example.com"),
		"code": d.ask(t, account.SignIn, "mei@example.com"), "reset": d.ask(t, account.Reset, "mei@example.com"),
	}
	for _, name := range []string{"register", "sign in", "code", "reset"} { // the reset voids the others
		m := letters[name]
		ends := count(12, func(i int) error {
			if name == "code" && i%2 == 0 {
				_, _, err := d.OpenCode(ctx, m.Ref, m.Code, visitor())
				return err
			}
			_, _, err := d.Open(ctx, token(m), account.Opening{Password: second, Terms: "1", Language: locale.English}, visitor())
			return err
		})
		if ends["done"] != 1 || ends["spent"] != 11 {
			t.Errorf("%s: %v, want one winner", name, ends)
		}
	}
}

// TestLettersAtOnce opens several letters of one address at the same moment: none
// of them waits for another in a circle, and one account comes of it.
func TestLettersAtOnce(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	account.Crowd(d.Store, 20)
	var ms []account.Mailing
	for range 5 {
		ms = append(ms, d.ask(t, account.Register, "new@example.com"))
	}
	ends := count(5, func(i int) error {
		_, _, err := d.Open(ctx, token(ms[i]), opening(), visitor())
		return err
	})
	if ends["done"] != 1 || ends["spent"] != 4 {
		t.Errorf("register: %v", ends)
	}
	d.pass(2 * time.Hour)
	s, _ := d.signIn(t, "new@example.com")
	ms = nil
	for range 5 {
		ms = append(ms, d.ask(t, account.Reset, "new@example.com"))
	}
	ends = count(6, func(i int) error {
		if i == 5 {
			_, _, err := d.ChangePassword(ctx, s, password, second, visitor())
			return err
		}
		_, _, err := d.Open(ctx, token(ms[i]), account.Opening{Password: second}, visitor())
		return err
	})
	if ends["done"] != 1 || ends["done"]+ends["spent"]+ends["wrong"]+ends["change password: rotate session: not found"] != 6 {
		t.Errorf("reset beside a change: %v", ends)
	}
}

// wide writes digits as East Asian keyboards may.
func wide(digits string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, digits)
}

func TestCodes(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.customer(t, "mei@example.com")
	miss := func(ref, code string) {
		t.Helper()
		_, _, err := d.OpenCode(ctx, ref, code, visitor())
		var bad fault.Invalid
		if !errors.As(err, &bad) || bad[0].Field != "code" {
			t.Errorf("%q: %v", code, err)
		}
	}
	m := d.ask(t, account.SignIn, "mei@example.com")
	for _, code := range []string{"", "00000000x", m.Code[1:], "1" + m.Code} {
		miss(m.Ref, code)
	}
	if _, _, err := d.OpenCode(ctx, m.Ref, wide(m.Code[:4])+"-"+m.Code[4:]+" ", visitor()); err != nil {
		t.Errorf("after four wrong ones: %v", err)
	}
	m = d.ask(t, account.SignIn, "mei@example.com")
	for range 5 {
		miss(m.Ref, "x")
	}
	_, _, err := d.OpenCode(ctx, m.Ref, m.Code, visitor())
	want(t, "after five wrong ones", err, account.ErrSpent)
	m = d.ask(t, account.SignIn, "mei@example.com")
	d.pass(10 * time.Minute)
	_, _, err = d.OpenCode(ctx, m.Ref, m.Code, visitor())
	want(t, "too late", err, account.ErrSpent)
	reset := d.ask(t, account.Reset, "mei@example.com")
	unknown := d.mustAsk(t, account.SignIn, "nobody@example.com", visitor())
	miss(unknown, "12345678")
	for _, ref := range []string{"", "x", reset.Ref, strings.ToUpper(m.Ref), strings.Repeat("a", 26)} {
		_, _, err := d.OpenCode(ctx, ref, m.Code, visitor())
		want(t, "ref "+ref, err, account.ErrSpent)
	}
}

// TestWrongCodesAtOnce get no more than five looks.
func TestWrongCodesAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.customer(t, "mei@example.com")
	m := d.ask(t, account.SignIn, "mei@example.com")
	ends := count(30, func(int) error {
		_, _, err := d.OpenCode(t.Context(), m.Ref, "x", visitor())
		return err
	})
	if ends["open a letter by code: code: login.code.wrong"] != 5 || ends["spent"] != 25 {
		t.Errorf("%v", ends)
	}
}

// TestLetterIsTheSameWhenSentAgain, and is not sent once it is sent, used or too old.
func TestLetterIsTheSameWhenSentAgain(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.customer(t, "mei@example.com")
	ref := d.mustAsk(t, account.SignIn, "mei@example.com", visitor())
	first, err := d.ToSend(ctx, ref)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := d.ToSend(ctx, ref); err != nil || again != first {
		t.Errorf("again %+v, %v", again, err)
	}
	if err := d.Sent(ctx, ref); err != nil {
		t.Fatal(err)
	}
	_, err = d.ToSend(ctx, ref)
	want(t, "sent", err, fault.ErrNotFound)
	ref = d.mustAsk(t, account.SignIn, "mei@example.com", visitor())
	m, err := d.ToSend(ctx, ref)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Open(ctx, token(m), account.Opening{}, visitor()); err != nil {
		t.Fatal(err)
	}
	_, err = d.ToSend(ctx, ref)
	want(t, "used", err, fault.ErrNotFound)
	ref = d.mustAsk(t, account.SignIn, "mei@example.com", visitor())
	d.pass(10 * time.Minute)
	_, err = d.ToSend(ctx, ref)
	want(t, "too old", err, fault.ErrNotFound)
	_, err = d.ToSend(ctx, "x")
	want(t, "none", err, fault.ErrNotFound)
}

// TestNothingToSendWithoutTheTransaction: a refused letter leaves no job behind.
func TestNothingToSendWithoutTheTransaction(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 6 {
		_, _ = d.Ask(t.Context(), account.Register, "new@example.com", locale.English, "", visitor())
	}
	var jobs, letters int
	if err := d.db.QueryRow(t.Context(), `select (select count(*) from jobs), (select count(*) from letters)`).Scan(&jobs, &letters); err != nil || jobs != 5 || letters != 5 {
		t.Errorf("%d jobs, %d letters, %v; want 5 each", jobs, letters, err)
	}
}

// TestResetVoidsOtherLetters, as somebody else may have asked for them.
func TestResetVoidsOtherLetters(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.customer(t, "mei@example.com")
	other, mine := d.ask(t, account.SignIn, "mei@example.com"), d.ask(t, account.Reset, "mei@example.com")
	if _, _, err := d.Open(ctx, token(mine), account.Opening{Password: second}, visitor()); err != nil {
		t.Fatal(err)
	}
	_, _, err := d.Open(ctx, token(other), account.Opening{}, visitor())
	want(t, "the other", err, account.ErrSpent)
	_, _, err = d.SignIn(ctx, "mei@example.com", password, visitor())
	want(t, "the old password", err, account.ErrWrongPassword)
	if m := d.mail(t); m.Purpose != account.PasswordChanged || m.Link != "" || m.Code != "" {
		t.Errorf("told %+v", m)
	}
}

// TestOpeningIsChecked without using the letter up.
func TestOpeningIsChecked(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	m := d.ask(t, account.Register, "new@example.com")
	_, _, err := d.Open(ctx, token(m), account.Opening{Name: strings.Repeat("n", 101), Password: "short"}, visitor())
	var bad fault.Invalid
	if !errors.As(err, &bad) || bad.Error() != "name: name.long; password: password.short; terms: register.terms.needed" {
		t.Errorf("%v", err)
	}
	for _, name := range []string{"a\r\nBcc: x@example.com", "a\x00", "\u202egnimrahc", "\xff"} {
		if _, _, err := d.Open(ctx, token(m), account.Opening{Name: name, Terms: "1"}, visitor()); !errors.As(err, &bad) || bad[0].Key != "name.wrong" {
			t.Errorf("%q: %v", name, err)
		}
	}
	s, _, err := d.Open(ctx, token(m), account.Opening{Terms: "1", Language: locale.English}, visitor())
	if err != nil || s.Account.HasPassword {
		t.Errorf("without a password: %+v, %v", s, err)
	}
	_, _, err = d.SignIn(ctx, "new@example.com", "", visitor())
	want(t, "an empty password", err, account.ErrWrongPassword)
	d.customer(t, "mei@example.com")
	m = d.ask(t, account.Reset, "mei@example.com")
	if _, _, err = d.Open(ctx, token(m), account.Opening{}, visitor()); !errors.As(err, &bad) || bad.Error() != "password: password.empty" {
		t.Errorf("reset to nothing: %v", err)
	}
}

// TestNoKeyNoLetters: with an empty key anybody could make links.
func TestNoKeyNoLetters(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	bare := account.NewStore(d.db, d.db, nil, d.now)
	if _, err := bare.Ask(t.Context(), account.Register, "new@example.com", locale.English, "", visitor()); err == nil {
		t.Error("a letter was written")
	}
	m := d.ask(t, account.Register, "new@example.com")
	_, _, err := bare.Open(t.Context(), token(m), opening(), visitor())
	want(t, "open", err, account.ErrSpent)
	_, _, err = account.NewStore(d.db, d.db, []byte("another key of this portal, 32 b"), d.now).Open(t.Context(), token(m), opening(), visitor())
	want(t, "another key", err, account.ErrSpent)
}
