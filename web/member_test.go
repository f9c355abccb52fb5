package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/web"
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

func TestDoorsOfMembersAndStaff(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	customer, staff := s.Member(t, "mina@example.com"), s.StaffMember(t, "clerk@example.com")
	seen := map[web.Group]int{}
	for _, r := range s.Portal.Routes() {
		if r.Group != web.Member && r.Group != web.Staff {
			continue
		}
		seen[r.Group]++
		path := strings.NewReplacer("{t}", "x", "{id}", "0", "{n}", "NOBODY-1234").Replace(r.Path)
		stranger := s.Visitor(t).Still()
		answer := stranger.Send(r.Method, path, nil, "Sec-Fetch-Site", "same-origin").Want(303)
		if to := answer.Header.Get("Location"); !strings.HasPrefix(to, "/login") || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s: a stranger is led to %q, %q", r.Method, r.Path, to, answer.Header.Get("Cache-Control"))
		}
		forged := stranger.Send(r.Method, path, nil, "Sec-Fetch-Site", "same-origin", "Cookie", "__Host-session="+strings.Repeat("A", 52))
		if forged.Status != 303 {
			t.Errorf("%s %s: a forged token gets status %d", r.Method, r.Path, forged.Status)
		}
		if r.Group == web.Staff {
			if page := customer.Still().Send(r.Method, path, nil, "Sec-Fetch-Site", "same-origin"); page.Status != 404 {
				t.Errorf("%s %s: a customer gets status %d", r.Method, r.Path, page.Status)
			}
		} else if r.Method == "GET" {
			if page := staff.Still().Get(path); strings.HasPrefix(page.Header.Get("Location"), "/login") {
				t.Errorf("%s: staff are led to the door", r.Path)
			} else if page.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: may be kept: %q", r.Path, page.Header.Get("Cache-Control"))
			}
		}
	}
	if seen[web.Member] < 9 {
		t.Errorf("routes seen: %v", seen)
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name       string
		staff      bool
		idle, life time.Duration
	}{{"customer", false, 12 * time.Hour, 14 * 24 * time.Hour}, {"staff", true, 30 * time.Minute, 10 * time.Hour}} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := webtest.Start(t)
			in := s.Member
			if tc.staff {
				in = s.StaffMember
			}
			b := in(t, "someone@example.com")
			s.Clock.Move(tc.idle - time.Second)
			if !isIn(b) {
				t.Error("out before the idle end")
			}
			s.Clock.Move(tc.idle)
			if isIn(b) {
				t.Error("in after the idle end")
			}
			b = in(t, "someone@example.com")
			for used := time.Duration(0); used < tc.life-tc.idle/2; used += tc.idle / 2 {
				if !isIn(b) {
					t.Fatalf("out after %s of use", used)
				}
				s.Clock.Move(tc.idle / 2)
			}
			s.Clock.Move(tc.idle / 2)
			if isIn(b) {
				t.Error("in after the end of the session's life")
			}
		})
	}
}

// Public pages know nothing of who is signed in, so that they stay the same for all.
func TestPublicPagesReadNoSession(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Member(t, "mina@example.com")
	for _, path := range []string{"/", "/track/NOBODY-1234"} {
		mine, theirs := b.Get(path), s.Visitor(t).Get(path)
		if mine.Body != theirs.Body {
			t.Errorf("%s differs for a member", path)
		}
		b.Get(path, "Cookie", "__Host-flash=flash.signed_out")
		if page := s.Visitor(t).Get(path, "Cookie", "__Host-flash=flash.signed_out"); page.Find(".flash").Length() != 0 {
			t.Errorf("%s shows a message for members", path)
		}
	}
}

func TestOnlyOwnMessagesAreShown(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	for _, forged := range []string{"failure.500.title", "flash.", "flash.nothing", "Pay here", "flash.signed_out.x", "shell.track"} {
		if page := b.Get("/login", "Cookie", "__Host-flash="+forged); page.Find(".flash").Length() != 0 {
			t.Errorf("%q is shown as %q", forged, page.Text(".flash"))
		}
	}
	if page := b.Get("/login", "Cookie", "__Host-flash=flash.signed_out"); page.Text(".flash") != "You are signed out." {
		t.Errorf("an own message: %q", page.Text(".flash"))
	}
}

func TestBrowserIsNamedAsItsOwnerWould(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "mina@example.com")
	for agent, want := range map[string]string{
		firefox: "Firefox · Windows", iphone: "Safari · iPhone", "": "Unknown browser", "curl/8": "Unknown browser", "<script>": "Unknown browser",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0":                "Edge · Windows",
		"Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36":   "Samsung Internet · Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50(0x1800322f) NetType/WIFI": "WeChat · iPhone",
		"Mozilla/5.0 (Linux; Android 14; SM-S921N; wv) AppleWebKit/537.36 Version/4.0 Chrome/130 Mobile Safari/537.36;KAKAOTALK 2410000":           "KakaoTalk · Android",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15":                    "Safari · macOS",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":                                    "Chrome · Linux",
	} {
		b := signedInFrom(t, s, "mina@example.com", agent)
		if got := b.Get("/account/security").Text(`.sessions li:has(.done) strong`); got != want {
			t.Errorf("%q is named %q, want %q", agent, got, want)
		}
	}
}
