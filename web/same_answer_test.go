package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ecms/portal/web/webtest"
)

// tokens are what differs between any two answers: the request's number and the
// number of a letter.
var tokens = regexp.MustCompile(`X-Request-Id: [0-9a-f]{16}|__Host-letter=[a-z2-7]{26}|Date: [^\r]+`)

// bytesOf is an answer with head and body, but for tokens and the address typed.
func bytesOf(page *webtest.Page, email string) string {
	var b strings.Builder
	b.WriteString(strconv.Itoa(page.Status) + "\n")
	_ = page.Header.Write(&b)
	text := tokens.ReplaceAllString(b.String()+page.Body, "TOKEN")
	return strings.ReplaceAll(text, email, "ADDRESS")
}

// TestSameAnswerForKnownAndUnknownAddresses compares what a stranger gets for an
// address that has an account and for one that has none, on every way that takes
// an address, before and after its limit.
func TestSameAnswerForKnownAndUnknownAddresses(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "known@example.com")
	unconfirmed := s.Visitor(t)
	unconfirmed.Address = "192.0.2.9"
	unconfirmed.Post("/register", url.Values{"email": {"asked@example.com"}}).Want(200)
	ways := []struct {
		name, path string
		more       url.Values
		times      int
	}{
		{"a password", "/login", url.Values{"password": {"some wrong password"}}, 12},
		{"a link", "/login/link", nil, 2},
		{"registering", "/register", nil, 2},
		{"a new password", "/password/forgot", nil, 3},
	}
	answers := map[string][]string{}
	for i, email := range []string{"known@example.com", "never@example.com", "asked@example.com"} {
		b := s.Visitor(t)
		b.Address = "203.0." + strconv.Itoa(113+i) + ".9"
		for _, way := range ways {
			for range way.times {
				values := url.Values{"email": {email}}
				for k, v := range way.more {
					values[k] = v
				}
				answers[email] = append(answers[email], way.name+"\n"+bytesOf(b.Still().Post(way.path, values), email))
			}
		}
		for _, code := range []string{"00000000", "1"} {
			answers[email] = append(answers[email], "a code\n"+bytesOf(b.Still().Post("/login/code", url.Values{"code": {code}}), email))
		}
		for _, path := range []string{"/login/code", "/register/sent", "/password/sent"} {
			answers[email] = append(answers[email], bytesOf(b.Still().Get(path), email))
		}
	}
	limited := 0
	for i, known := range answers["known@example.com"] {
		if never := answers["never@example.com"][i]; never != known {
			t.Errorf("an unknown address is told\n%s\na known one\n%s", never, known)
		}
		if strings.Contains(known, "\n429\n") {
			limited++
		}
		if asked := answers["asked@example.com"][i]; asked != known && !strings.Contains(asked+known, "\n429\n") { // it has one letter fewer left
			t.Errorf("an address that began to register is told\n%s\na known one\n%s", asked, known)
		}
	}
	if limited < 4 {
		t.Errorf("only %d answers were refusals by a limit", limited)
	}
}

// The letters differ, and go to both.
func TestLettersGoToKnownAndUnknownAddresses(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Member(t, "known@example.com")
	for _, path := range []string{"/login/link", "/password/forgot", "/register"} {
		b := s.Visitor(t)
		for _, email := range []string{"known@example.com", "never@example.com"} {
			b.Still().Post(path, url.Values{"email": {email}}).Want(http.StatusSeeOther)
			if letter := s.Letter(t, email); letter.Known != (email == "known@example.com") {
				t.Errorf("%s: the letter to %s: known %v", path, email, letter.Known)
			}
		}
	}
}
