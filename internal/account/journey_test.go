package account_test

import (
	"testing"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
)

// TestJourney goes from an unknown address to a changed one.
func TestJourney(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	m := d.ask(t, account.Register, "Mei@Example.com ")
	if m.Known || m.To != "Mei@example.com" || m.Language != locale.Korean {
		t.Errorf("letter %+v", m)
	}
	s, first, err := d.Open(ctx, token(m), opening(), visitor())
	if err != nil || s.Account.Name != "Mei" || s.Account.Role != account.Customer || !s.Account.HasPassword || s.Account.Terms != "2026-01" {
		t.Fatalf("%+v, %v", s, err)
	}
	got, err := d.Session(ctx, first, visitor())
	if err != nil || got != s {
		t.Errorf("read %+v, %v\nwant %+v", got, err, s)
	}
	changed, token2, err := d.ChangePassword(ctx, s, password, second, visitor())
	if err != nil || d.alive(ctx, first) || !d.alive(ctx, token2) {
		t.Fatalf("change password: %v", err)
	}
	if m := d.mail(t); m.Purpose != account.PasswordChanged || m.To != "Mei@example.com" || m.Link != "" || m.Name != "Mei" {
		t.Errorf("notice %+v", m)
	}
	if err := d.AskChange(ctx, changed, "mei@neu.example", locale.Korean, visitor()); err != nil {
		t.Fatal(err)
	}
	moved, token3, err := d.ConfirmChange(ctx, changed, token(d.mail(t)), visitor())
	if err != nil || moved.Account.Email != "mei@neu.example" || d.alive(ctx, token2) || !d.alive(ctx, token3) {
		t.Fatalf("change address: %+v, %v", moved, err)
	}
	if m := d.mail(t); m.Purpose != account.EmailChanged || m.To != "Mei@example.com" {
		t.Errorf("notice %+v", m)
	}
	if _, _, err := d.SignIn(ctx, "mei@neu.example", second, visitor()); err != nil {
		t.Errorf("sign in: %v", err)
	}
	m = d.ask(t, account.Reset, "MEI@neu.example")
	_, token4, err := d.Open(ctx, token(m), account.Opening{Password: password}, visitor())
	if err != nil || d.alive(ctx, token3) || !d.alive(ctx, token4) {
		t.Errorf("reset: %v", err)
	}
	d.mail(t) // tells of it
	m = d.ask(t, account.SignIn, "MEI@neu.example")
	if _, _, err := d.OpenCode(ctx, m.Ref, m.Code[:4]+" "+m.Code[4:], visitor()); err != nil {
		t.Errorf("code: %v", err)
	}
	events, err := d.Events(ctx, s.Account.ID, 20)
	if err != nil || len(events) != 9 || events[8].Kind != account.EventMade {
		t.Errorf("%d events %+v, %v", len(events), events, err)
	}
	if n, err := d.Sweep(ctx); n != 0 || err != nil {
		t.Errorf("sweep took %d, %v", n, err)
	}
}
