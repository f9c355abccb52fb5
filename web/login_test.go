package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"ecms/portal/web/webtest"
)

// tried sends the sign-in form.
func tried(b *webtest.Browser, email, password string) *webtest.Page {
	return b.Still().Post("/login", url.Values{"email": {email}, "password": {password}})
}

// isIn tells whether the browser is signed in.
func isIn(b *webtest.Browser) bool { return b.Still().Get("/account/security").Status == 200 }

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	page := b.Get("/account/security").Want(200)
	if page.Path != "/login?next=%2Faccount%2Fsecurity" || page.Text("h1") != "Sign in" {
		t.Fatalf("a stranger is led to %s", page.Path)
	}
	form := page.Form(`form[action="/login"]`).Fill("email", "mina@example.com").Fill("password", webtest.Password)
	if page = form.Submit().Want(200); page.Path != "/account/security" {
		t.Errorf("after signing in: %s", page.Path)
	}
	if page = b.Get("/login?next=/account/security"); page.Path != "/account/security" {
		t.Errorf("who is in and asks for the door is led to %s", page.Path)
	}
	token := b.Cookie("__Host-session")
	out := b.Still().Post("/logout", nil).Want(303)
	if out.Header.Get("Location") != "/login" || out.Header.Get("Clear-Site-Data") != `"cache"` || b.Cookie("__Host-session") != "" {
		t.Errorf("sign-out: %v", out.Header)
	}
	if page = b.Get("/login"); page.Text(".flash") != "You are signed out." {
		t.Errorf("after sign-out: %q", page.Text(".flash"))
	}
	if page = b.Get("/login"); page.Find(".flash").Length() != 0 {
		t.Error("the message is shown twice")
	}
	old := s.Visitor(t).Still().Get("/account/security", "Cookie", "__Host-session="+token)
	if old.Status != 303 {
		t.Errorf("the old cookie still opens the door: %d", old.Status)
	}
	b.Still().Post("/logout", nil).Want(303) // twice does no harm
}

func TestSignInRefusesAndKeepsTheAddress(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	for _, tc := range []struct{ email, password, field, says string }{
		{"", "", "email", "Enter your e-mail address."},
		{"mina@example.com", "", "password", "Enter your password."},
		{"mina@example.com", "not this one at all", "password", "do not go together"},
		{"nobody@example.com", webtest.Password, "password", "do not go together"},
		{`"><script>`, webtest.Password, "password", "do not go together"},
	} {
		page := tried(b, tc.email, tc.password).Want(422)
		if got := page.Find("#email").AttrOr("value", "?"); got != tc.email {
			t.Errorf("%q: the address comes back as %q", tc.email, got)
		}
		if _, echoed := page.Find("#password").Attr("value"); !echoed || page.Find("#password").AttrOr("value", "") != "" {
			t.Errorf("%q: the password field holds something", tc.email)
		}
		if tc.password != "" && strings.Contains(page.Body, tc.password) {
			t.Errorf("%q: the password is echoed", tc.email)
		}
		if !strings.Contains(page.Text("#"+tc.field+"-error"), tc.says) || !strings.Contains(page.Text(".errors"), tc.says) {
			t.Errorf("%q: says %q", tc.email, page.Text(".errors"))
		}
		if !strings.HasPrefix(page.Text("title"), "Error: ") {
			t.Errorf("%q: title %q", tc.email, page.Text("title"))
		}
	}
	if isIn(b) {
		t.Error("signed in without a password")
	}
	korean := b.Post("/ko/login", url.Values{"email": {"mina@example.com"}, "password": {"x"}}).Want(422)
	if korean.Find("html").AttrOr("lang", "") != "ko" || !strings.Contains(korean.Text(".errors"), "비밀번호가 맞지 않습니다") {
		t.Errorf("in Korean: %q", korean.Text(".errors"))
	}
}

func TestEleventhWrongPasswordIsRefusedAndTheOwnerGetsInByLink(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	for i := range 10 {
		b := s.Visitor(t)
		b.Address = "203.0." + strconv.Itoa(i) + ".7" // each from a network of its own
		tried(b, "mina@example.com", "wrong password "+strconv.Itoa(i)).Want(422)
	}
	owner := s.Visitor(t)
	page := tried(owner, "Mina@Example.com", webtest.Password).Want(http.StatusTooManyRequests)
	wait, err := strconv.Atoi(page.Header.Get("Retry-After"))
	if err != nil || wait < 1 || wait > 3600 {
		t.Errorf("Retry-After %q", page.Header.Get("Retry-After"))
	}
	if !strings.Contains(page.Text(".errors"), "Too many tries. Try again in 1 hour") && !strings.Contains(page.Text(".errors"), "60 minutes") {
		t.Errorf("says %q", page.Text(".errors"))
	}
	sent := owner.Get(page.Find(".errors a").AttrOr("href", "")).Want(200).Form(`form[action="/login/link"]`).Fill("email", "mina@example.com").Submit().Want(200)
	if sent.Path != "/login/code" {
		t.Fatalf("asking for a link leads to %s", sent.Path)
	}
	owner.Get(s.Letter(t, "mina@example.com").Link).Want(200).Form("main form").Submit()
	if !isIn(owner) {
		t.Error("the owner is shut out")
	}
	if again := tried(s.Visitor(t), "mina@example.com", webtest.Password); again.Status != 303 {
		t.Errorf("after the owner came by link, the password is refused: %d", again.Status)
	}
}

func TestNetworkThatTriesManyAccountsIsRefused(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	for i := range 30 {
		tried(b, "user"+strconv.Itoa(i)+"@example.com", "one password for all").Want(422)
	}
	tried(b, "another@example.com", "one password for all").Want(429)
	other := s.Visitor(t)
	other.Address = "203.0.113.9"
	tried(other, "another@example.com", "one password for all").Want(422)
	s.Clock.Move(time.Hour + time.Second)
	tried(b, "another@example.com", "one password for all").Want(422)
}

func TestFreshTokenAtEverySignIn(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Member(t, "mina@example.com")
	first := b.Cookie("__Host-session")
	tried(b, "mina@example.com", webtest.Password).Want(303)
	second := b.Cookie("__Host-session")
	if second == first || len(second) != 52 {
		t.Errorf("tokens %q, then %q", first, second)
	}
	if s.Visitor(t).Still().Get("/account/security", "Cookie", "__Host-session="+first).Status != 303 {
		t.Error("the token of before still opens the door")
	}
	planted := s.Visitor(t)
	planted.Still().Post("/login", url.Values{"email": {"mina@example.com"}, "password": {webtest.Password}}, "Cookie", "__Host-session=PLANTEDPLANTEDPLANTEDPLANTEDPLANTEDPLANTEDPLANTEDPLAN").Want(303)
	if got := planted.Cookie("__Host-session"); strings.HasPrefix(got, "PLANTED") || got == "" {
		t.Errorf("a planted token became a session: %q", got)
	}
}

func TestSignInTwiceAtOnce(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	answers := make(chan int, 2)
	for range 2 {
		go func() { answers <- tried(b, "mina@example.com", webtest.Password).Status }()
	}
	for range 2 {
		if status := <-answers; status != 303 {
			t.Errorf("status %d", status)
		}
	}
	if !isIn(b) {
		t.Error("a double press signs nobody in")
	}
}

func TestFormsFromElsewhereAreRefused(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Member(t, "mina@example.com")
	for _, path := range []string{
		"/login", "/login/link", "/login/code", "/register", "/password/forgot", "/logout", "/account/security",
		"/account/security/password", "/account/security/email", "/account/security/sessions/end", "/account/security/sessions/1/end",
	} {
		for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "", "Origin", "https://evil.example"}} {
			if page := b.Still().Post(path, url.Values{"email": {"mina@example.com"}, "password": {webtest.Password}}, headers...); page.Status != 403 {
				t.Errorf("%s with %v: status %d", path, headers, page.Status)
			}
		}
	}
	if !isIn(b) {
		t.Error("a foreign page signed the member out")
	}
}

func TestSignInWhileHashingIsBusy(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	statuses := make(chan *webtest.Page, 60)
	typed := map[string]bool{}
	for i := range 60 {
		b := s.Visitor(t)
		b.Address = "203.0." + strconv.Itoa(i) + ".7"
		email := "user" + strconv.Itoa(i) + "<\"&@example.com"
		typed[email] = true
		go func() { statuses <- tried(b, email, "a password of some length") }()
	}
	refused := 0
	for range 60 {
		page := <-statuses
		switch page.Status {
		case 422:
		case 503:
			refused++
			if n := page.Header.Get("Content-Length"); len(n) != 4 || n > "2048" { // goes out in one write
				t.Errorf("the page has %s bytes", n)
			}
			if page.Header.Get("Retry-After") == "" || !strings.Contains(page.Text(".errors"), "Many people are signing in") {
				t.Errorf("refused with %q, Retry-After %q", page.Text(".errors"), page.Header.Get("Retry-After"))
			}
			kept := page.Find("#email").AttrOr("value", "")
			if !typed[kept] { // each their own address, and each once
				t.Errorf("somebody finds %q in the field", kept)
			}
			delete(typed, kept)
		default:
			t.Errorf("status %d", page.Status)
		}
	}
	if refused == 0 {
		t.Error("nobody is turned away, however many come")
	}
}
