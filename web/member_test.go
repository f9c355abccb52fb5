package web_test

import (
	"net/url"
	"strings"
	"testing"

	"ecms/portal/web/webtest"
)

func TestSignInGivesACookieForThisHostAlone(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	page := b.Still().Post("/login", url.Values{"email": {" MINA@example.com "}, "password": {webtest.Password}}).Want(303)
	if got := page.Header.Get("Location"); got != "/account" {
		t.Errorf("sign-in leads to %q", got)
	}
	set := page.Header.Values("Set-Cookie")
	if len(set) != 1 {
		t.Fatalf("cookies: %q", set)
	}
	for _, part := range []string{"__Host-session=", "; Path=/", "; Max-Age=1209600", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
		if !strings.Contains(set[0], part) {
			t.Errorf("Set-Cookie %q lacks %q", set[0], part)
		}
	}
	if strings.Contains(set[0], "Domain") || len(b.Cookie("__Host-session")) != 52 {
		t.Errorf("Set-Cookie %q", set[0])
	}
	if page.Header.Get("Cache-Control") != "no-store" {
		t.Error("the answer to a sign-in may be kept")
	}
}
