package web_test

import (
	"net/url"
	"testing"
	"time"

	"ecms/portal/web/webtest"
)

// tripsOf is how often a page asks the database, when all it can keep is kept.
func tripsOf(b *webtest.Browser, s *webtest.Site, path string) int64 {
	least := int64(99)
	for range 12 {
		before := s.Wire.Trips()
		b.Get(path).Want(200)
		least = min(least, s.Wire.Trips()-before)
	}
	return least
}

// TestRecentSessionSparesATrip on a member's page, which still knows at once who
// has signed out, was signed out from elsewhere, or is called otherwise.
func TestRecentSessionSparesATrip(t *testing.T) {
	t.Parallel()
	plain := webtest.Start(t)
	most := tripsOf(plain.Member(t, "mei@example.com"), plain, "/account")
	s := webtest.Start(t, webtest.KeepingRecent(t))
	b, phone := s.Member(t, "mei@example.com"), s.Member(t, "mei@example.com")
	for end := time.Now().Add(10 * time.Second); tripsOf(b, s, "/account") != most-1; {
		if time.Now().After(end) {
			t.Fatalf("%d trips as ever", most)
		}
	}
	phone.Get("/account").Want(200)
	b.Still().Post("/account/security/sessions/end", nil).Want(303)
	phone.Still().Get("/account").Want(303)
	b.Still().Post("/account/security", url.Values{"name": {"Mei Lin"}, "language": {"en"}}).Want(303)
	if got := b.Get("/account/security").Want(200).Find("input[name=name]").AttrOr("value", ""); got != "Mei Lin" {
		t.Errorf("the name is %q after its change", got)
	}
	stolen := "__Host-session=" + b.Cookie("__Host-session")
	s.Visitor(t).Get("/account", "Cookie", stolen).Want(200)
	b.Still().Post("/logout", nil).Want(303)
	s.Visitor(t).Still().Get("/account", "Cookie", stolen).Want(303)
}
