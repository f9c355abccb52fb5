package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/web/webtest"
)

func TestSignInByLink(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	page := b.Get("/login/link?next=/account/security%3Fa=1").Want(200)
	page = page.Form(`form[action="/login/link"]`).Fill("email", "mina@example.com").Submit().Want(200)
	if page.Path != "/login/code?next=%2Faccount%2Fsecurity%3Fa%3D1" || page.Find("#code").AttrOr("autocomplete", "") != "one-time-code" {
		t.Fatalf("asked at %s", page.Path)
	}
	link := s.Letter(t, "mina@example.com").Link
	scanner := s.Visitor(t)
	scanner.Get(link).Want(200)
	scanner.Get(link).Want(200) // looking uses nothing up
	page = b.Get(link).Want(200)
	if !strings.Contains(page.Text("main"), "mina@example.com") || page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the page of the link says %q", page.Text("main"))
	}
	page = page.Form("main form").Submit().Want(200)
	if page.Path != "/account/security?a=1" || !isIn(b) {
		t.Errorf("the link leads to %s", page.Path)
	}
	used := scanner.Get(link).Want(404)
	if used.Text("h1") != "This link no longer works" || used.Find(`a.btn[href="/login/link"]`).Length() != 1 {
		t.Errorf("a used link says %q", used.Text("main"))
	}
	if again := b.Still().Post(link, nil).Want(303); again.Header.Get("Location") != "/account" {
		t.Errorf("a second press leads to %q", again.Header.Get("Location"))
	}
	scanner.Post(link, nil).Want(404)
	if isIn(scanner) {
		t.Error("a used link lets somebody in")
	}
}

func TestSignInByCode(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	b.Post("/login/link", url.Values{"email": {"mina@example.com"}, "next": {"/account/security"}}).Want(200)
	code := s.Letter(t, "mina@example.com").Code
	other := s.Visitor(t)
	if page := other.Get("/login/code"); page.Path != "/login/link" {
		t.Errorf("without a letter asked for: %s", page.Path)
	}
	other.Post("/login/code", url.Values{"code": {code}}).Want(404)
	b.Post("/login/code", url.Values{"code": {" "}}).Want(422)
	wrong := b.Post("/login/code", url.Values{"code": {"0000 000"}, "next": {"/account/security"}}).Want(422)
	if wrong.Find("#code").AttrOr("value", "") != "0000 000" || wrong.Text("#code-error") == "" {
		t.Errorf("a wrong code: %q", wrong.Text("main"))
	}
	page := wrong.Form(`form[action="/login/code"]`).Fill("code", code[:4]+" "+code[4:]).Submit().Want(200)
	if page.Path != "/account/security" || b.Cookie("__Host-letter") != "" {
		t.Errorf("the code leads to %s", page.Path)
	}
	replay := s.Visitor(t)
	s.Clock.Move(time.Second)
	replay.Post("/login/link", url.Values{"email": {"mina@example.com"}}).Want(200)
	if s.Letter(t, "mina@example.com").Code == code {
		t.Error("two letters have the same code")
	}
	replay.Post("/login/code", url.Values{"code": {code}}).Want(422)
}

func TestFiveWrongCodesSpendTheLetter(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	b.Post("/login/link", url.Values{"email": {"mina@example.com"}}).Want(200)
	code := s.Letter(t, "mina@example.com").Code
	for range 5 {
		b.Post("/login/code", url.Values{"code": {"12345678x"}}).Want(422)
	}
	b.Post("/login/code", url.Values{"code": {code}}).Want(404)
	if isIn(b) {
		t.Error("the right code after five wrong ones lets in")
	}
}

func TestLinksEnd(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	b.Post("/login/link", url.Values{"email": {"mina@example.com"}}).Want(200)
	login := s.Letter(t, "mina@example.com").Link
	b.Post("/password/forgot", url.Values{"email": {"mina@example.com"}}).Want(200)
	s.Clock.Move(time.Second)
	b.Post("/password/forgot", url.Values{"email": {"mina@example.com"}}).Want(200)
	reset := s.Letter(t, "mina@example.com").Link
	b.Post("/register", url.Values{"email": {"new@example.com"}}).Want(200)
	register := s.Letter(t, "new@example.com").Link
	for _, tc := range []struct {
		link string
		life time.Duration
		ask  string
	}{{login, 10 * time.Minute, "/login/link"}, {reset, time.Hour, "/password/forgot"}, {register, 24 * time.Hour, "/register"}} {
		forged := tc.link[:len(tc.link)-1] + "a"
		if strings.HasSuffix(tc.link, "a") {
			forged = tc.link[:len(tc.link)-1] + "b"
		}
		folder := tc.link[:strings.LastIndex(tc.link, "/")+1]
		token := strings.TrimPrefix(tc.link, folder)
		for _, bad := range []string{forged, folder + "x", folder + strings.ToUpper(token), folder + strings.Repeat("a", 58), tc.link + "a", folder + "%00", folder + "..."} {
			page := b.Get(bad)
			if page.Status != 404 || page.Find(`a.btn[href="`+tc.ask+`"]`).Length() != 1 {
				t.Errorf("%s: status %d, says %q", bad, page.Status, page.Text("main"))
			}
			if sent := b.Post(bad, url.Values{"password": {"violet harbour 43 lanterns"}, "terms": {"yes"}}); sent.Status != 404 {
				t.Errorf("%s: pressed, status %d", bad, sent.Status)
			}
		}
		b.Get(tc.link).Want(200)
		s.Clock.Move(tc.life)
		if page := b.Get(tc.link).Want(404); page.Text("h1") != "This link no longer works" {
			t.Errorf("an old link says %q", page.Text("main"))
		}
		b.Post(tc.link, url.Values{"password": {"violet harbour 43 lanterns"}, "terms": {"yes"}}).Want(404)
		if isIn(b) {
			t.Fatal("an old link lets in")
		}
	}
}

// The token of a link works for its own purpose alone.
func TestLinksOpenNothingElse(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	b.Post("/login/link", url.Values{"email": {"mina@example.com"}}).Want(200)
	link := s.Letter(t, "mina@example.com").Link
	token := link[strings.LastIndex(link, "/")+1:]
	for _, folder := range []string{"/password/reset/", "/register/confirm/"} {
		b.Get(folder + token).Want(404)
		b.Post(folder+token, url.Values{"password": {"violet harbour 43 lanterns"}, "terms": {"yes"}}).Want(404)
	}
	b.Post(link, nil)
	if !isIn(b) {
		t.Error("the link is used up by trying it elsewhere")
	}
}

func TestLettersAreLimited(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	for _, path := range []string{"/login/link", "/register", "/password/forgot", "/login/link", "/register"} {
		b.Post(path, url.Values{"email": {"mina@example.com"}}).Want(200)
	}
	for _, path := range []string{"/login/link", "/register", "/password/forgot"} {
		page := b.Post(path, url.Values{"email": {" Mina@example.com"}}).Want(429)
		if page.Header.Get("Retry-After") == "" || !strings.Contains(page.Text(".errors"), "too many mails") || page.Find("#email").AttrOr("value", "") != "Mina@example.com" {
			t.Errorf("%s: says %q", path, page.Text(".errors"))
		}
		for _, typed := range []string{"", "mina", "mina@", "@example.com", "mina@example", "a b@example.com"} {
			if bad := b.Post(path, url.Values{"email": {typed}}).Want(422); bad.Find("#email").AttrOr("value", "?") != typed || bad.Text("#email-error") == "" {
				t.Errorf("%s: %q comes back as %q", path, typed, bad.Find("#email").AttrOr("value", "?"))
			}
		}
	}
}
