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

// askRecall asks for a code and gives the browser's ticket and the mail.
func (d *desk) askRecall(t testing.TB, email, about string) (string, account.Mailing) {
	t.Helper()
	ticket, err := d.AskRecall(t.Context(), email, locale.Korean, about, visitor())
	if err != nil {
		t.Fatal(err)
	}
	return ticket, d.mail(t)
}

func TestRecallProvesAnAddress(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	mei := d.customer(t, "mei@example.com")
	for email, want := range map[string]account.ID{" New@Example.com ": 0, "Mei@example.com": mei.ID} {
		ticket, m := d.askRecall(t, email, "keep 7")
		if len(m.Code) != 8 || m.Link != "" || strings.Contains(ticket, m.Code) || m.Language != locale.Korean {
			t.Fatalf("%+v", m)
		}
		found, err := d.OpenRecall(t.Context(), ticket, m.Code[:4]+" "+wide(m.Code[4:]))
		if err != nil || found.Account != want || found.About != "keep 7" || found.EmailKey != account.EmailKey(email) {
			t.Fatalf("%+v, %v", found, err)
		}
		if strings.Contains(found.Token, "@") || found.ExpiresAt.Sub(d.now()) != account.Kept().Recalled {
			t.Errorf("token %s until %s", found.Token, found.ExpiresAt)
		}
		read, ok := d.ReadRecalled(found.Token)
		if !ok || read.EmailKey != found.EmailKey || read.Account != want {
			t.Errorf("read %+v, %t", read, ok)
		}
		_, err = d.OpenRecall(t.Context(), ticket, m.Code)
		isSpent(t, "the code a second time", err)
	}
	var sessions int
	if err := d.db.Get(t.Context(), &sessions, `select count(*) from sessions`); err != nil || sessions != 0 {
		t.Errorf("a proof signs in: %d, %v", sessions, err)
	}
}

func isSpent(t testing.TB, what string, err error) {
	t.Helper()
	want(t, what, err, account.ErrSpent)
}

// TestRecallLettersAreAlike: nothing in answer or mail tells whether anything, or
// anybody, is behind an address.
func TestRecallLettersAreAlike(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.customer(t, "mei@example.com")
	_, known := d.askRecall(t, "mei@example.com", "")
	_, unknown := d.askRecall(t, "nobody@example.com", "")
	if known.Purpose != unknown.Purpose || known.Link != unknown.Link || len(known.Code) != len(unknown.Code) || known.ExpiresAt != unknown.ExpiresAt {
		t.Errorf("known %+v, unknown %+v", known, unknown)
	}
	for _, email := range []string{"", "no address", "a@b"} {
		_, err := d.AskRecall(t.Context(), email, locale.English, "", visitor())
		if bad, ok := errors.AsType[fault.Invalid](err); !ok || bad[0].Field != "email" {
			t.Errorf("%q: %v", email, err)
		}
	}
}

// TestRecallCodesAreNotGuessed: five tries, one browser, ten minutes.
func TestRecallCodesAreNotGuessed(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	ticket, m := d.askRecall(t, "new@example.com", "")
	ends := count(30, func(int) error {
		_, err := d.OpenRecall(ctx, ticket, "x")
		return err
	})
	if ends["prove an address by code: code: login.code.wrong"] != 5 || ends["spent"] != 25 {
		t.Errorf("%v", ends)
	}
	_, err := d.OpenRecall(ctx, ticket, m.Code)
	isSpent(t, "the right code after five wrong ones", err)

	ticket, m = d.askRecall(t, "new@example.com", "")
	ends = count(8, func(int) error {
		_, err := d.OpenRecall(ctx, ticket, m.Code)
		return err
	})
	if ends["done"] != 1 || ends["spent"] != 7 {
		t.Errorf("the right code at once: %v", ends)
	}

	ticket, m = d.askRecall(t, "new@example.com", "")
	other, _ := d.askRecall(t, "new@example.com", "")
	if _, err := d.OpenRecall(ctx, other, m.Code); err == nil {
		t.Error("one letter's code opens another")
	}
	for _, forged := range []string{"", "x", m.Ref, strings.ToUpper(ticket), ticket[:len(ticket)-1] + "a", ticket + "a"} {
		if forged != ticket {
			_, err := d.OpenRecall(ctx, forged, m.Code)
			isSpent(t, "ticket "+forged, err)
		}
	}
	d.pass(10 * time.Minute)
	_, err = d.OpenRecall(ctx, ticket, m.Code)
	isSpent(t, "ten minutes later", err)
}

// TestRecallAndSignInAreTwoThings: neither's letter does the other's work.
func TestRecallAndSignInAreTwoThings(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.customer(t, "mei@example.com")
	ticket, m := d.askRecall(t, "mei@example.com", "")
	_, _, err := d.OpenCode(ctx, m.Ref, m.Code, visitor())
	isSpent(t, "signing in by a proof's code", err)
	_, _, err = d.Open(ctx, ticket, account.Opening{}, visitor())
	isSpent(t, "signing in by a ticket", err)
	login := d.ask(t, account.SignIn, "mei@example.com")
	_, err = d.OpenRecall(ctx, token(login), login.Code)
	isSpent(t, "a proof by a sign-in link", err)
}

func TestRecallCountsWithTheOtherLetters(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	for range 3 {
		d.askRecall(t, "new@example.com", "")
	}
	for range 2 {
		d.mustAsk(t, account.SignIn, "new@example.com", visitor())
	}
	if _, err := d.AskRecall(ctx, "new@example.com", locale.English, "", visitor()); !full(err, "letter") {
		t.Errorf("the sixth letter within the hour: %v", err)
	}
	d.pass(time.Hour)
	if _, err := d.AskRecall(ctx, "new@example.com", locale.English, "", visitor()); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

// TestProofsEnd with their half hour, and nobody makes or bends one.
func TestProofsEnd(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ticket, m := d.askRecall(t, "new@example.com", "")
	found, err := d.OpenRecall(t.Context(), ticket, m.Code)
	if err != nil {
		t.Fatal(err)
	}
	other := account.NewStore(d.db, d.db, []byte("fedcba9876543210fedcba9876543210"), d.now)
	if _, ok := other.ReadRecalled(found.Token); ok {
		t.Error("another portal's proof is taken")
	}
	if _, ok := account.NewStore(d.db, d.db, nil, d.now).ReadRecalled(found.Token); ok {
		t.Error("a portal without a key takes a proof")
	}
	for i := range found.Token {
		bent := []byte(found.Token)
		bent[i] = 'a' + (bent[i]-'a'+1)%26
		if bent[i] == found.Token[i] {
			continue
		}
		if read, ok := d.ReadRecalled(string(bent)); ok && read.EmailKey != found.EmailKey {
			t.Fatalf("bent at %d: %+v", i, read)
		}
	}
	for _, made := range []string{"", ticket, found.Token[:40], strings.Repeat("a", 600), "!"} {
		if _, ok := d.ReadRecalled(made); ok {
			t.Errorf("%q is taken", made)
		}
	}
	d.pass(account.Kept().Recalled - time.Second)
	if _, ok := d.ReadRecalled(found.Token); !ok {
		t.Error("over too early")
	}
	d.pass(time.Second)
	if _, ok := d.ReadRecalled(found.Token); ok {
		t.Error("good after its half hour")
	}
}
