package web_test

import (
	"net/url"
	"strings"
	"testing"

	"ecms/portal/web/webtest"
)

func TestForgottenPassword(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	elsewhere := s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	page := b.Get("/login").Follow(`a[href="/password/forgot"]`).Want(200)
	page = page.Form(`form[action="/password/forgot"]`).Fill("email", "mina@example.com").Submit().Want(200)
	if page.Path != "/password/sent" {
		t.Fatalf("asking leads to %s", page.Path)
	}
	link := s.Letter(t, "mina@example.com").Link
	page = b.Get(link).Want(200)
	if page.Find(`#email[autocomplete="username"][readonly]`).AttrOr("value", "") != "mina@example.com" || !strings.Contains(page.Text("#password-hint"), "15 to 128") {
		t.Errorf("the form says %q", page.Text("main"))
	}
	bad := page.Form("main form").Fill("password", "tiny 123").Submit().Want(422)
	if !strings.Contains(bad.Text("#password-error"), "at least 15") || strings.Contains(bad.Body, "tiny 123") {
		t.Errorf("in error: %q", bad.Text("#password-error"))
	}
	done := bad.Form("main form").Fill("password", goodPassword).Submit().Want(200)
	if done.Path != "/account/security" || !strings.Contains(done.Text(".flash"), "Your password is changed") {
		t.Errorf("at %s: %q", done.Path, done.Text(".flash"))
	}
	if isIn(elsewhere) {
		t.Error("another browser is still in")
	}
	tried(s.Visitor(t), "mina@example.com", webtest.Password).Want(422)
	tried(s.Visitor(t), "mina@example.com", goodPassword).Want(303)
	s.Visitor(t).Post(link, url.Values{"password": {webtest.Password}}).Want(404)
}

func TestPasswordManagersFindTheForm(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	page := s.Member(t, "mina@example.com").Get("/.well-known/change-password").Want(200)
	if page.Path != "/account/security" {
		t.Errorf("led to %s", page.Path)
	}
	form := page.Find(`form[action="/account/security/password"]`)
	for _, want := range []string{`[autocomplete="username"][value="mina@example.com"]`, `[autocomplete="current-password"]`, `[autocomplete="new-password"]`} {
		if form.Find(want).Length() != 1 {
			t.Errorf("no %s", want)
		}
	}
	if got := s.Visitor(t).Still().Get("/.well-known/change-password").Want(303).Header.Get("Location"); got != "/account/security#password" {
		t.Errorf("a stranger is sent to %q", got)
	}
}
