//go:build browser

package browsertest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
)

// secret is the password of all who register here, renewed what some change it to.
const (
	secret  = "violet harbour 42 lanterns"
	renewed = "nine quiet kettles & 3 maps"
)

var newcomers atomic.Uint32

// newcomer is an e-mail address that nobody has used yet.
func newcomer() string { return fmt.Sprintf("reader-%d@example.net", newcomers.Add(1)) }

// member registers somebody without a browser and gives their address and token.
func member(t testing.TB) (email, token string) {
	t.Helper()
	email = newcomer()
	send(t, http.MethodPost, "/en/register", url.Values{"email": {email}}, http.StatusSeeOther)
	link := mailedLink(t, email, "/register/confirm/")
	_, header := send(t, http.MethodPost, link, url.Values{"name": {"Mina"}, "password": {secret}, "terms": {"yes"}}, http.StatusSeeOther)
	return email, tokenIn(t, header)
}

var held = regexp.MustCompile(`^__Host-session=([^;]+);`)

func tokenIn(t testing.TB, header http.Header) string {
	t.Helper()
	for _, line := range header["Set-Cookie"] {
		if m := held.FindStringSubmatch(line); m != nil {
			return m[1]
		}
	}
	t.Fatal("nobody was signed in")
	return ""
}

// The people whom views are looked at as.
const (
	nobody    = ""
	emptied   = "empty"     // a customer without a parcel
	consignee = "consignee" // of the demo
	staff     = "staff"     // of the demo
)

// tokens are the sessions of those people, begun once.
var tokens struct {
	sync.Mutex
	of      map[string]string
	emptied string // address of the one without a parcel
}

func tokenOf(t testing.TB, who string) string {
	t.Helper()
	tokens.Lock()
	defer tokens.Unlock()
	if tokens.of == nil {
		tokens.of = map[string]string{}
	}
	if tokens.of[who] == "" {
		if who == emptied {
			tokens.emptied, tokens.of[who] = member(t)
		} else {
			tokens.of[who] = demoToken(t, who)
		}
	}
	return tokens.of[who]
}

// demoToken signs in one of those whom the portal's greeting names.
func demoToken(t testing.TB, part string) string {
	t.Helper()
	line := regexp.MustCompile(`(?m)^ +` + part + ` +(\S+@\S+) +(\S+)$`)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if m := line.FindStringSubmatch(site.out.String()); m != nil {
			_, header := send(t, http.MethodPost, "/en/login", url.Values{"email": {m[1]}, "password": {m[2]}}, http.StatusSeeOther)
			return tokenIn(t, header)
		}
	}
	t.Fatalf("the portal's greeting names no %s:\n%s", part, site.out)
	return ""
}

// enter gives the tab somebody's session.
func (b *tab) enter(token string) {
	b.t.Helper()
	yes := true
	call(b, network.SetCookie, network.SetCookieParams{
		Name: "__Host-session", Value: token, URL: strings.Replace(site.url, "http:", "https:", 1), Path: "/", Secure: &yes, HTTPOnly: &yes, SameSite: network.CookieSameSiteLax,
	})
}

// as is the header that sends somebody's session without a browser.
func as(t testing.TB, who string) []string {
	if who == nobody {
		return nil
	}
	return []string{"Cookie", "__Host-session=" + tokenOf(t, who)}
}
