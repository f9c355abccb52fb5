package web_test

import (
	"net/url"
	"strings"
	"testing"

	"ecms/portal/internal/legal"
	"ecms/portal/internal/locale"
	"ecms/portal/web/webtest"
)

const goodPassword = "green tractor under 7 moons"

func TestRegister(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	page := b.Get("/ko/account").Want(200) // a stranger
	page = b.Get(page.Find(`main a[href^="/ko/register"]`).AttrOr("href", "")).Want(200)
	page = page.Form(`form[action="/ko/register"]`).Fill("email", " Mina@Example.com ").Submit().Want(200)
	if page.Path != "/ko/register/sent" {
		t.Fatalf("asking leads to %s", page.Path)
	}
	letter := s.Letter(t, "mina@example.com")
	if letter.Language != locale.Korean || letter.Known {
		t.Errorf("letter %+v", letter)
	}
	page = b.Get("/ko" + letter.Link).Want(200)
	if page.Find("#email").AttrOr("value", "") != "Mina@Example.com" || page.Find("#email[readonly]").Length() != 1 || page.Find("#terms[checked]").Length() != 0 {
		t.Errorf("the form begins as %q", page.Text("main"))
	}
	for _, want := range []string{`#email[autocomplete="username"]`, `#password[type="password"][autocomplete="new-password"]`, `#name[autocomplete="name"]`, `main a[href="/ko/legal/terms"]`} {
		if page.Find(want).Length() != 1 {
			t.Errorf("no %s", want)
		}
	}
	if page.Find("#password[maxlength]").Length() != 0 {
		t.Error("a long password would be cut without a word")
	}
	short := page.Form("main form").Fill("name", "김미나").Fill("password", "tiny 123").Submit().Want(422)
	if short.Find("#name").AttrOr("value", "") != "김미나" || short.Text("#password-error") == "" || short.Text("#terms-error") == "" || strings.Contains(short.Body, "tiny 123") {
		t.Errorf("in error: %q", short.Text("main"))
	}
	done := short.Form("main form").Fill("password", goodPassword).Fill("terms", "yes").Submit()
	if done.Path != "/ko/account" || !isIn(b) {
		t.Fatalf("the new account leads to %s", done.Path)
	}
	made, err := s.Portal.Accounts.Find(t.Context(), "mina@example.com")
	if err != nil || made.Email != "Mina@Example.com" || made.Name != "김미나" || made.Language != locale.Korean || made.Terms != legal.CurrentTerms() || !made.HasPassword {
		t.Errorf("account %+v, %v", made, err)
	}
	if got := b.Get("/ko/register"); got.Path != "/ko/account" {
		t.Errorf("who is in registers again at %s", got.Path)
	}
	tried(s.Visitor(t), "mina@example.com", goodPassword).Want(303)
	again := s.Visitor(t)
	again.Get(letter.Link).Want(404)
	again.Post(letter.Link, url.Values{"terms": {"yes"}}).Want(404)
}

func TestRegisterWithoutAPassword(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	b.Post("/register", url.Values{"email": {"mina@example.com"}, "next": {"/account/security"}}).Want(200)
	page := b.Get(s.Letter(t, "mina@example.com").Link).Form("main form").Fill("terms", "yes").Submit().Want(200)
	if page.Path != "/account/security" || page.Text(".flash") != "Your account is open." {
		t.Errorf("at %s: %q", page.Path, page.Text(".flash"))
	}
	tried(s.Visitor(t), "mina@example.com", "anything at all here").Want(422)
	first := page.Form(`form[action="/account/security/password"]`).Fill("password", goodPassword)
	if first.Values.Has("old_password") {
		t.Error("an old password is asked for where there is none")
	}
	first.Submit().Want(200)
	tried(s.Visitor(t), "mina@example.com", goodPassword).Want(303)
}

// Who registers twice is told so by mail alone, and let in by its link.
func TestRegisterTwice(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	b := s.Visitor(t)
	b.Post("/register", url.Values{"email": {"mina@example.com"}}).Want(200)
	letter := s.Letter(t, "mina@example.com")
	if !letter.Known || !strings.HasPrefix(letter.Link, "/login/link/") {
		t.Fatalf("letter %+v", letter)
	}
	b.Get(letter.Link).Want(200).Form("main form").Submit()
	if !isIn(b) {
		t.Error("the letter lets nobody in")
	}
}

func TestRegisterTwiceAtOnce(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	b.Post("/register", url.Values{"email": {"mina@example.com"}}).Want(200)
	link, answers := s.Letter(t, "mina@example.com").Link, make(chan int, 4)
	for range 4 {
		go func() { answers <- b.Still().Post(link, url.Values{"terms": {"yes"}}).Status }()
	}
	in := 0
	for range 4 {
		switch status := <-answers; status {
		case 303:
			in++
		case 404:
		default:
			t.Errorf("status %d", status)
		}
	}
	if in == 0 || !isIn(b) {
		t.Error("a double press opens no account")
	}
}

func TestRegisterRefusesCommonPasswords(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	b.Post("/register", url.Values{"email": {"mina.verylongname@example.com"}}).Want(200)
	link := s.Letter(t, "mina.verylongname@example.com").Link
	for _, password := range []string{"short", "passwordpassword", "mina.verylongname@example.com", strings.Repeat("가나다라", 33)} {
		page := b.Post(link, url.Values{"password": {password}, "terms": {"yes"}}).Want(422)
		if page.Text("#password-error") == "" || page.Find("#terms[checked]").Length() != 1 {
			t.Errorf("%q: %q", password, page.Text(".errors"))
		}
	}
	b.Post(link, url.Values{"password": {goodPassword}, "terms": {"yes"}, "name": {strings.Repeat("n", 101)}}).Want(422)
	b.Still().Post(link, url.Values{"password": {"초록 트랙터와 일곱 개의 달 아래"}, "terms": {"yes"}}).Want(303)
}

// Columns that a form does not ask for can't be set by naming them.
func TestRegisterSetsNothingElse(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	b.Post("/register", url.Values{"email": {"mina@example.com"}, "role": {"staff"}}).Want(200)
	b.Still().Post(s.Letter(t, "mina@example.com").Link, url.Values{
		"terms": {"yes"}, "role": {"staff"}, "Role": {"staff"}, "email": {"other@example.com"}, "id": {"1"}, "confirmed_at": {"2020-01-01"},
	}).Want(303)
	made, err := s.Portal.Accounts.Find(t.Context(), "mina@example.com")
	if err != nil || made.Role != "customer" || made.Email != "mina@example.com" {
		t.Errorf("account %+v, %v", made, err)
	}
}

// The language for tests of layouts is nobody's language of mails.
func TestRegisterInThePseudoLanguage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	b.Post("/en-x-pseudo/register", url.Values{"email": {"mina@example.com"}}).Want(200)
	if got := s.Letter(t, "mina@example.com"); got.Language != locale.English {
		t.Errorf("the letter is in %s", got.Language)
	}
	b.Get("/en-x-pseudo"+s.Letter(t, "mina@example.com").Link).Form("main form").Fill("terms", "yes").Submit()
	if made, err := s.Portal.Accounts.Find(t.Context(), "mina@example.com"); err != nil || made.Language != locale.English {
		t.Errorf("account %+v, %v", made, err)
	}
}
