package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

// unknownList asks for n numbers that are nobody's.
func unknownList(from, n int) string {
	query := make([]string, n)
	for i := range query {
		query[i] = fmt.Sprintf("n=NOBODY-%06d", from+i)
	}
	return "/track?" + strings.Join(query, "&")
}

func TestListsDoNotStretchTheLimit(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	known := "/track/" + string(s.Tell(t, demo.Moving)[0].Waybill)
	tests := []struct {
		name          string
		before, asked int
		want, after   int
	}{
		{"a first long list of a shop", 0, 40, 200, 429},
		{"up to the limit", 10, 20, 200, 429},
		{"below the limit", 10, 19, 200, 200},
		{"one beyond the limit", 10, 21, 429, 429},
		{"far beyond the limit", 29, 40, 429, 429},
	}
	for i, tc := range tests {
		b := from(t, s, fmt.Sprintf("192.0.%d.1", i))
		for j := range tc.before {
			b.Get(unknown(j)).Want(404)
		}
		if got := b.Get(unknownList(1000, tc.asked)).Status; got != tc.want {
			t.Errorf("%s: %d unknown numbers after %d: status %d, want %d", tc.name, tc.asked, tc.before, got, tc.want)
		}
		if got := b.Get(known).Status; got != tc.after {
			t.Errorf("%s: a known number then: status %d, want %d", tc.name, got, tc.after)
		}
	}
}

// TestEveryWayOfAskingCounts tries the ways around the limit: each of them asks
// for an unknown number, and each must be one of the thirty.
func TestEveryWayOfAskingCounts(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	ways := map[string]func(b *webtest.Browser, i int) *webtest.Page{
		"HEAD":       func(b *webtest.Browser, i int) *webtest.Page { return b.Send(http.MethodHead, unknown(i), nil) },
		"JSON":       func(b *webtest.Browser, i int) *webtest.Page { return b.Get(unknown(i) + ".json") },
		"text":       func(b *webtest.Browser, i int) *webtest.Page { return b.Get(unknown(i) + ".txt") },
		"a language": func(b *webtest.Browser, i int) *webtest.Page { return b.Get("/zh-Hant" + unknown(i)) },
		"a slash":    func(b *webtest.Browser, i int) *webtest.Page { return b.Get(unknown(i) + "/") },
		"lower case": func(b *webtest.Browser, i int) *webtest.Page { return b.Get(strings.ToLower(unknown(i))) },
		"spaces": func(b *webtest.Browser, i int) *webtest.Page {
			return b.Get(strings.Replace(unknown(i), "-", "%20-%20", 1))
		},
		"a query": func(b *webtest.Browser, i int) *webtest.Page { return b.Get(unknown(i) + "?x=1") },
		"an encoded path": func(b *webtest.Browser, i int) *webtest.Page {
			return b.Get(strings.Replace(unknown(i), "N", "%4E", 1))
		},
		"If-None-Match": func(b *webtest.Browser, i int) *webtest.Page {
			return b.Get(unknown(i), "If-None-Match", `W/"0-Asia/Seoul"`)
		},
		"a forged grant": func(b *webtest.Browser, i int) *webtest.Page { return b.Get(unknown(i), "Cookie", "__Host-grant=x") },
		"the form": func(b *webtest.Browser, i int) *webtest.Page {
			return b.Post("/track", url.Values{"numbers": {strings.TrimPrefix(unknown(i), "/track/")}})
		},
		"another method": func(b *webtest.Browser, i int) *webtest.Page {
			return b.Get(unknown(i), "X-Http-Method-Override", "HEAD")
		},
		"unlocking": func(b *webtest.Browser, i int) *webtest.Page {
			return b.Post(unknown(i)+"/unlock", url.Values{"postcode": {"1"}})
		},
		"unlocking without a fact": func(b *webtest.Browser, i int) *webtest.Page { return b.Post(unknown(i)+"/unlock", url.Values{}) },
	}
	for n, name := range sortedKeys(ways) {
		b := from(t, s, fmt.Sprintf("192.0.%d.1", n))
		for i := range 30 {
			if got := ways[name](b, i).Status; got != 404 && got != 422 {
				t.Fatalf("%s: try %d: status %d, want 404 or 422", name, i+1, got)
			}
		}
		for _, other := range sortedKeys(ways) {
			if got := ways[other](b, 99).Status; got != 429 {
				t.Errorf("%s after 30 times %s: status %d, want 429", other, name, got)
			}
		}
	}
}

// TestHopsThatCannotBeRead: an address that our own proxy did not write counts as
// the proxy's, never as a new visitor's.
func TestHopsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	forged := []string{"", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "0x7f.1", "::1]:99999", "192.0.2.1 192.0.2.2", ",", "192.0.2.1,", "192.0.2.1, ,", "\"192.0.2.1\""}
	for i := range 30 {
		from(t, s, forged[i%len(forged)]).Get(unknown(i)).Want(404)
	}
	for _, hops := range forged {
		if got := from(t, s, hops).Get(unknown(99)).Status; got != 429 {
			t.Errorf("X-Forwarded-For %q: status %d, want 429", hops, got)
		}
	}
	from(t, s, "192.0.2.1").Get(unknown(1)).Want(404)
}

func TestWholeNetworksOverIPv6(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for i := range 10 {
		b := from(t, s, fmt.Sprintf("2001:db8:7:%x::1", i))
		for j := range 30 {
			b.Get(unknown(i*30 + j)).Want(404)
		}
	}
	from(t, s, "2001:db8:7:ffff::1").Get(unknown(1)).Want(429)
	from(t, s, "2001:db8:8::1").Get(unknown(1)).Want(404)
	s.Clock.Move(time.Hour)
	from(t, s, "2001:db8:7:ffff::1").Get(unknown(1)).Want(404)
}

// TestSeveralHopLines: lines are one list, read from its end.
func TestSeveralHopLines(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t, webtest.WithoutTLS())
	ask := func(hops ...string) int {
		head := "GET " + unknown(1) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
		for _, h := range hops {
			head += "X-Forwarded-For: " + h + "\r\n"
		}
		status, _, _ := raw(t, s, head+"\r\n")
		return status
	}
	for i := range 30 {
		if got := ask(fmt.Sprintf("192.0.2.%d", i), "198.51.100.5"); got != 404 {
			t.Fatalf("try %d: status %d", i+1, got)
		}
	}
	for _, hops := range [][]string{{"198.51.100.5"}, {"203.0.113.1", "198.51.100.5"}, {"203.0.113.1, 198.51.100.5", "127.0.0.1"}} {
		if got := ask(hops...); got != 429 {
			t.Errorf("hops %q: status %d, want 429: the last that is not ours counts", hops, got)
		}
	}
	if got := ask("198.51.100.5", "203.0.113.1"); got != 404 {
		t.Errorf("the visitor behind the last hop: status %d", got)
	}
}
