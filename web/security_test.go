package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/web/webtest"
)

const (
	firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
	iphone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)

// signedInFrom signs in by another browser of the same person.
func signedInFrom(t *testing.T, s *webtest.Site, email, agent string) *webtest.Browser {
	t.Helper()
	b := s.Visitor(t)
	b.Still().Post("/login", url.Values{"email": {email}, "password": {webtest.Password}}, "User-Agent", agent).Want(303)
	return b
}

func TestOwnSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "other@example.com")
	b := s.Member(t, "mina@example.com")
	windows := signedInFrom(t, s, "mina@example.com", firefox)
	phone := signedInFrom(t, s, "mina@example.com", iphone)
	page := b.Get("/account/security").Want(200)
	list := page.Text(".sessions")
	for _, want := range []string{"Firefox · Windows", "Safari · iPhone", "(this one)", "198.51.100.0/24", "10 March 2026, 12:00 (UTC)"} {
		if !strings.Contains(list, want) {
			t.Errorf("want %q in %q", want, list)
		}
	}
	if n := page.Find(".sessions li").Length(); n != 3 || page.Find(".sessions form").Length() != 2 {
		t.Fatalf("%d sessions in %q", n, list)
	}
	page = page.Form(`.sessions form:has(button[aria-label="End: Safari · iPhone"])`).Submit().Want(200)
	if page.Path != "/account/security" || page.Text(".flash") != "That device is signed out." || isIn(phone) || !isIn(windows) || !isIn(b) {
		t.Errorf("after ending one: %q, phone in %v, windows in %v", page.Text(".flash"), isIn(phone), isIn(windows))
	}
	page = page.Form(`form[action="/account/security/sessions/end"]`).Submit().Want(200)
	if isIn(windows) || !isIn(b) || page.Find(".sessions li").Length() != 1 || page.Find(`form[action="/account/security/sessions/end"]`).Length() != 0 {
		t.Errorf("after ending all others: %q", page.Text(".sessions"))
	}
	events := page.Text("main")
	for _, want := range []string{"Signed in with the password", "Signed one device out", "Signed all other devices out"} {
		if !strings.Contains(events, want) {
			t.Errorf("the log lacks %q", want)
		}
	}
}

func TestNobodyEndsAnothersSession(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	victim := s.Member(t, "mina@example.com")
	signedInFrom(t, s, "mina@example.com", firefox)
	path, _ := victim.Get("/account/security").Find(".sessions form").Attr("action")
	thief := s.Member(t, "other@example.com")
	for _, p := range []string{path, "/account/security/sessions/0/end", "/account/security/sessions/99999999999999999999/end", "/account/security/sessions/x/end"} {
		if page := thief.Post(p, nil); page.Status != 404 {
			t.Errorf("%s: status %d", p, page.Status)
		}
	}
	if n := victim.Get("/account/security").Find(".sessions li").Length(); n != 2 {
		t.Errorf("%d sessions are left", n)
	}
}

func TestPasswordChangeEndsTheOthers(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Member(t, "mina@example.com")
	other := signedInFrom(t, s, "mina@example.com", firefox)
	before := b.Cookie("__Host-session")
	form := func() *webtest.Form {
		return b.Get("/account/security").Form(`form[action="/account/security/password"]`)
	}
	for _, tc := range []struct{ old, fresh, field, says string }{
		{"not the old one at all", goodPassword, "old_password", "not your present password"},
		{webtest.Password, "short", "password", "at least 15"},
		{webtest.Password, "", "password", "Enter a password"},
	} {
		page := form().Fill("old_password", tc.old).Fill("password", tc.fresh).Submit().Want(422)
		if !strings.Contains(page.Text("#"+tc.field+"-error"), tc.says) || page.Find("#name").Length() != 1 || strings.Contains(page.Body, tc.old) {
			t.Errorf("%q: %q", tc.old, page.Text(".errors"))
		}
	}
	page := form().Fill("old_password", webtest.Password).Fill("password", goodPassword).Submit().Want(200)
	if !strings.Contains(page.Text(".flash"), "Your password is changed") || isIn(other) || !isIn(b) {
		t.Errorf("%q, the other in: %v", page.Text(".flash"), isIn(other))
	}
	if b.Cookie("__Host-session") == before || s.Visitor(t).Still().Get("/account/security", "Cookie", "__Host-session="+before).Status != 303 {
		t.Error("the token of before still opens the door")
	}
	tried(s.Visitor(t), "mina@example.com", goodPassword).Want(303)
}

func TestFirstPasswordNeedsAFreshProof(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	b.Post("/register", url.Values{"email": {"mina@example.com"}}).Want(200)
	b.Still().Post(s.Letter(t, "mina@example.com").Link, url.Values{"terms": {"yes"}}).Want(303)
	s.Clock.Move(11 * time.Minute)
	b.Still().Post("/account/security/password", url.Values{"password": {goodPassword}}).Want(303)
	tried(s.Visitor(t), "mina@example.com", goodPassword).Want(422)
	page := b.Get("/account/security").Want(200)
	if page.Find(`form[action="/account/security/password"]`).Length() != 0 {
		t.Error("the form is shown though it can't be used")
	}
	stale := b.Cookie("__Host-session")
	page = page.Form(`form:has(input[value="/account/security"])`).Submit().Want(200)
	if !strings.HasPrefix(page.Path, "/login/code?next=") {
		t.Fatalf("the proof is asked for at %s", page.Path)
	}
	page = page.Form(`form[action="/login/code"]`).Fill("code", s.Letter(t, "mina@example.com").Code).Submit().Want(200)
	if page.Path != "/account/security" || b.Cookie("__Host-session") == stale {
		t.Fatalf("the proof leads to %s", page.Path)
	}
	page.Form(`form[action="/account/security/password"]`).Fill("password", goodPassword).Submit().Want(200)
	tried(s.Visitor(t), "mina@example.com", goodPassword).Want(303)
}

func TestEmailChange(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "taken@example.com")
	b := s.Member(t, "mina@example.com")
	other := signedInFrom(t, s, "mina@example.com", firefox)
	s.Clock.Move(11 * time.Minute)
	page := b.Get("/account/security").Follow(`a[href="/account/security/email"]`).Want(200)
	form := page.Form(`form[action="/account/security/email"]`)
	for _, tc := range []struct{ email, password, field string }{
		{"", webtest.Password, "email"}, {"mina", webtest.Password, "email"}, {"MINA@example.com", webtest.Password, "email"},
		{"new@example.com", "", "password"}, {"new@example.com", "wrong password here", "password"},
	} {
		bad := form.Fill("email", tc.email).Fill("password", tc.password).Submit().Want(422)
		if bad.Text("#"+tc.field+"-error") == "" || bad.Find("#email").AttrOr("value", "?") != tc.email {
			t.Errorf("%+v: %q", tc, bad.Text(".errors"))
		}
	}
	before := b.Cookie("__Host-session")
	page = form.Fill("email", "new@example.com").Fill("password", webtest.Password).Submit().Want(200)
	if page.Path != "/account/security" || !strings.Contains(page.Text(".flash"), "to the new address") || b.Cookie("__Host-session") == before {
		t.Errorf("at %s: %q", page.Path, page.Text(".flash"))
	}
	link := s.Letter(t, "new@example.com").Link
	stranger := s.Visitor(t).Get(link)
	if !strings.HasPrefix(stranger.Path, "/login?next=%2Faccount%2Femail%2F") {
		t.Errorf("a stranger is led to %s", stranger.Path)
	}
	s.Member(t, "third@example.com").Post(link, nil).Want(404)
	page = b.Get(link).Want(200).Form("main form").Submit().Want(200)
	if page.Text(".flash") != "Your new e-mail address is in force." || !strings.Contains(page.Text("main"), "new@example.com") || isIn(other) {
		t.Errorf("%q, the other in: %v", page.Text(".flash"), isIn(other))
	}
	b.Post(link, nil).Want(404)
	tried(s.Visitor(t), "mina@example.com", webtest.Password).Want(422)
	tried(s.Visitor(t), "new@example.com", webtest.Password).Want(303)
}

func TestProfile(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Member(t, "mina@example.com")
	form := b.Get("/account/security").Form(`form[action="/account/security"]`)
	bad := form.Fill("name", strings.Repeat("é", 101)).Fill("language", "xx").Submit().Want(422)
	if bad.Find("#name").AttrOr("value", "") != strings.Repeat("é", 101) || bad.Text("#language-error") == "" {
		t.Errorf("in error: %q", bad.Text(".errors"))
	}
	page := form.Fill("name", " 김미나 <b>").Fill("language", "ko").Submit().Want(200)
	if page.Text(".flash") != "Name and language are saved." || page.Find("#name").AttrOr("value", "") != "김미나 <b>" || page.Find("#language option[selected]").AttrOr("value", "") != "ko" {
		t.Errorf("saved as %q", page.Text("main"))
	}
	kept, err := s.Portal.Accounts.Find(t.Context(), "mina@example.com")
	if err != nil || kept.Language != locale.Korean {
		t.Errorf("account %+v, %v", kept, err)
	}
}
