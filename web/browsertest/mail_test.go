//go:build browser

package browsertest_test

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	listedMail = regexp.MustCompile(`(?s)href="/en(/dev/outbox/[^"]+)">[^<]*</a>\s*<p class="soft"><span translate="no">([^<]*)</span>`)
	mailedCode = regexp.MustCompile(`\b\d{8}\b`)
)

// letter waits for the newest mail to the address that speaks of what is looked
// for, and gives its address in the outbox and its text.
func letter(t testing.TB, to, about string) (path, text string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		for _, m := range listedMail.FindAllStringSubmatch(string(fetch(t, "/en/dev/outbox", http.StatusOK)), -1) {
			if html.UnescapeString(m[2]) != to {
				continue
			}
			if text := string(fetch(t, "/en"+m[1], http.StatusOK)); strings.Contains(text, about) {
				return m[1], text
			}
		}
	}
	t.Fatalf("no mail to %s speaks of %s", to, about)
	return "", ""
}

// mailedLink is the path of a link in such a mail; part is what its path holds.
func mailedLink(t testing.TB, to, part string) string {
	t.Helper()
	_, text := letter(t, to, part)
	link := regexp.MustCompile(`/[A-Za-z-]+` + regexp.QuoteMeta(part) + `[a-z0-9]+`).FindString(text)
	if link == "" {
		t.Fatalf("the mail to %s has no link with %s", to, part)
	}
	return link
}

// follow opens the newest such mail in the browser, as its reader sees it, and
// presses the link.
func (b *tab) follow(to, part string) {
	b.t.Helper()
	path, _ := letter(b.t, to, part)
	if slices.Contains(b.read, path) {
		b.fail("no new mail to %s with %s", to, part)
	}
	b.read = append(b.read, path)
	b.visit(site.url+"/"+b.language+path+".html", 200)
	b.press(`a[href*="` + part + `"]`)
}

// mailedCodeTo is the code in the newest sign-in mail to the address.
func mailedCodeTo(t testing.TB, to string) string {
	t.Helper()
	_, text := letter(t, to, "/login/link/")
	code := mailedCode.FindString(text)
	if code == "" {
		t.Fatalf("the mail to %s has no code", to)
	}
	return code
}

// newerCode waits for a sign-in mail with another code than the one that is known.
func newerCode(t testing.TB, to, known string) string {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if code := mailedCodeTo(t, to); code != known {
			return code
		}
	}
	t.Fatalf("no second sign-in mail to %s", to)
	return ""
}
