package web_test

import (
	"net/url"
	"strings"
	"testing"

	"ecms/portal/web/webtest"
)

// foreign are addresses that lead, or could lead in some browser, out of the
// portal, or round in a circle.
var foreign = []string{
	"https://evil.example", "http://evil.example/", "HTTPS://evil.example", "https:evil.example", "https:/evil.example", "https:///evil.example",
	"//evil.example", "///evil.example", "////evil.example", "//evil.example/account", "/\\evil.example", "\\/evil.example", "\\\\evil.example",
	"/\\/evil.example", "/%5cevil.example", "/%5Cevil.example", "/%2fevil.example", "/%2F%2Fevil.example", "/./%2fevil.example", "/.//evil.example",
	"/account//evil.example", "/account/..//evil.example", "/../evil.example", "/account/../../evil.example", "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example",
	"\t//evil.example", " //evil.example", " https://evil.example", "\x00//evil.example", "/\x00/evil.example", "https://localhost:8080@evil.example", "//localhost:8080@evil.example",
	"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>", "vbscript:x", "mailto:a@evil.example", "ftp://evil.example",
	"//[::1]/", "//127.1/", "//2130706433/", "http:\\\\evil.example", "http:/\\evil.example", "evil.example", "account", "?next=//evil.example", "#//evil.example", "@evil.example",
	"//evil.example%00.localhost", "//evil.example\\@localhost:8080", "/ko//evil.example", "/ko/\\evil.example", "//ko/account", "／／evil.example", "/／evil.example/..//x",
	"/login", "/login/link", "/logout", "/ko/login", "/register", "/password/forgot", "/clock", "/", "/account\r\nSet-Cookie: x=1", strings.Repeat("/a", 2000),
}

func TestSigningInLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	in := s.Member(t, "mina@example.com")
	b, stranger := s.Visitor(t), s.Visitor(t)
	for _, next := range foreign {
		for name, page := range map[string]*webtest.Page{
			"the form":          b.Still().Post("/login", url.Values{"email": {"mina@example.com"}, "password": {webtest.Password}, "next": {next}}),
			"who is in already": in.Still().Get("/login?next=" + url.QueryEscape(next)),
			"registering":       in.Still().Get("/register?next=" + url.QueryEscape(next)),
		} {
			if got := page.Header.Get("Location"); page.Status != 303 || got != "/account" {
				t.Errorf("%q: %s leads to %q with status %d", next, name, got, page.Status)
			}
		}
		shown := stranger.Get("/login?next=" + url.QueryEscape(next)).Want(200)
		if shown.Find(`input[name="next"]`).Length() != 1 { // the clock's own
			t.Errorf("%q: the form carries %q on", next, shown.Find(`main input[name="next"]`).AttrOr("value", ""))
		}
	}
}

func TestSigningInLeadsBack(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	in := s.Member(t, "mina@example.com")
	for next, want := range map[string]string{
		"/account/security": "/account/security", "/account/parcels?sort=due&q=%ED%95%9C": "/account/parcels?sort=due&q=%ED%95%9C", "/ko/account/parcels": "/account/parcels",
		"/track/EC7K3M9QTR2XW5": "/track/EC7K3M9QTR2XW5", "/account/": "/account/", "/faq?parcel=EC7K3M9QTR2XW5#4.14": "/faq?parcel=EC7K3M9QTR2XW5", "": "/account",
	} {
		if got := in.Still().Get("/login?next=" + url.QueryEscape(next)).Header.Get("Location"); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
		if got := in.Still().Get("/zh-Hant/login?next=" + url.QueryEscape(next)).Header.Get("Location"); got != "/zh-Hant"+want {
			t.Errorf("in Chinese %q leads to %q", next, got)
		}
	}
	staff := s.StaffMember(t, "clerk@example.com")
	if got := staff.Still().Get("/login").Header.Get("Location"); got != "/staff" {
		t.Errorf("staff go to %q", got)
	}
	if got := staff.Still().Get("/login?next=/account/parcels").Header.Get("Location"); got != "/account/parcels" {
		t.Errorf("staff who asked for their own parcels go to %q", got)
	}
}

func TestOtherLanguagesKeepWhereToGo(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	page := b.Get("/account/security?a=1&b=2").Want(200).Follow(`.languages a[lang="ko"]`).Want(200)
	if page.Path != "/ko/login?next=%2Faccount%2Fsecurity%3Fa%3D1%26b%3D2" || page.Find(`main input[name="next"]`).AttrOr("value", "") != "/account/security?a=1&b=2" {
		t.Errorf("at %s the form carries %q on", page.Path, page.Find(`main input[name="next"]`).AttrOr("value", ""))
	}
	for _, selector := range []string{`main a[href^="/ko/login/link"]`, `main a[href^="/ko/register"]`} {
		if got := page.Find(selector).AttrOr("href", ""); !strings.HasSuffix(got, "?next=%2Faccount%2Fsecurity%3Fa%3D1%26b%3D2") {
			t.Errorf("%s leads to %q", selector, got)
		}
	}
}

// A form that is sent after the session has ended leads back to its page, never
// to an address that only takes forms.
func TestStrangersFormLeadsBackToItsPage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t).Still()
	for referer, want := range map[string]string{
		s.URL + "/account/security": "/login?next=%2Faccount%2Fsecurity", "https://localhost:8080/ko/account/parcels?q=1": "/login?next=%2Faccount%2Fparcels%3Fq%3D1",
		"https://evil.example/account": "/login", "": "/login", "::": "/login", s.URL + "/login": "/login", "http://localhost:8080/account": "/login",
	} {
		if got := b.Post("/account/security/password", nil, "Referer", referer).Want(303).Header.Get("Location"); got != want {
			t.Errorf("from %q: led to %q, want %q", referer, got, want)
		}
	}
}
