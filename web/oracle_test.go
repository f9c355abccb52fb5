package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

var requestID = regexp.MustCompile(`[0-9a-f]{16}`)

// sameAnswer compares all of two answers but what must differ: the number that
// was asked for, the request's id and the date.
func sameAnswer(t *testing.T, what string, a, b *webtest.Page, numberA, numberB string) {
	t.Helper()
	plain := func(page *webtest.Page, number string) string {
		h := page.Header.Clone()
		for _, own := range []string{"X-Request-Id", "Date", "Retry-After"} {
			h.Del(own)
		}
		for _, cookie := range h["Set-Cookie"] {
			t.Errorf("%s: a cookie is set: %q", what, cookie)
		}
		text := fmt.Sprint(page.Status, h, page.Body)
		return requestID.ReplaceAllString(strings.ReplaceAll(text, number, "N"), "ID")
	}
	if one, two := plain(a, numberA), plain(b, numberB); one != two {
		at := 0
		for at < min(len(one), len(two)) && one[at] == two[at] {
			at++
		}
		t.Errorf("%s differs from byte %d on: %.80q and %.80q", what, at, one[at:], two[at:])
	}
}

// TestLastMileNumbersTellNothing asks for a last-mile number, which is easily
// guessed, and for one that is nobody's, in every way there is.
func TestLastMileNumbersTellNothing(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	tellSecrets(t, s)
	const known, nobodys = "680000000001", "680000000009"
	ask := map[string]func(b *webtest.Browser, n string) *webtest.Page{
		"the page": func(b *webtest.Browser, n string) *webtest.Page { return b.Get("/track/" + n) },
		"the page in Korean": func(b *webtest.Browser, n string) *webtest.Page {
			return b.Get("/track/"+n, "Accept-Language", "ko")
		},
		"HEAD": func(b *webtest.Browser, n string) *webtest.Page { return b.Send(http.MethodHead, "/track/"+n, nil) },
		"text": func(b *webtest.Browser, n string) *webtest.Page { return b.Get("/track/" + n + ".txt") },
		"JSON": func(b *webtest.Browser, n string) *webtest.Page { return b.Get("/track/" + n + ".json") },
		"compressed": func(b *webtest.Browser, n string) *webtest.Page {
			return b.Get("/track/"+n, "Accept-Encoding", "gzip;q=0")
		},
		"If-None-Match": func(b *webtest.Browser, n string) *webtest.Page { return b.Get("/track/"+n, "If-None-Match", "*") },
		"a grant": func(b *webtest.Browser, n string) *webtest.Page {
			return b.Get("/track/"+n, "Cookie", "__Host-grant=x")
		},
		"a list":  func(b *webtest.Browser, n string) *webtest.Page { return b.Get("/track?n=" + n + "&n=NOBODY-1234") },
		"no fact": func(b *webtest.Browser, n string) *webtest.Page { return b.Post("/track/"+n+"/unlock", url.Values{}) },
		"a wrong fact": func(b *webtest.Browser, n string) *webtest.Page {
			return b.Post("/track/"+n+"/unlock", url.Values{"phone_last4": {"0000"}})
		},
		"an odd fact": func(b *webtest.Browser, n string) *webtest.Page {
			return b.Post("/track/"+n+"/unlock", url.Values{"phone_last4": {"%00' or 1=1"}})
		},
		"a method": func(b *webtest.Browser, n string) *webtest.Page { return b.Send(http.MethodPut, "/track/"+n, nil) },
	}
	for i, what := range sortedKeys(ask) {
		trips := func(n string) (page *webtest.Page, least int64) {
			for try := range 6 { // a connection that is new to a question prepares it first
				b := from(t, s, fmt.Sprintf("10.%d.%d.1", i, try))
				before := s.Wire.Trips()
				page = ask[what](b, n)
				if got := s.Wire.Trips() - before; least == 0 || got < least {
					least = got
				}
			}
			return page, least
		}
		for j := range 8 {
			ask[what](from(t, s, fmt.Sprintf("192.0.%d.1", i)), fmt.Sprintf("6800000008%02d", j))
		}
		one, trips1 := trips(known)
		two, trips2 := trips(nobodys)
		sameAnswer(t, what, one, two, known, nobodys)
		if trips1 != trips2 {
			t.Errorf("%s: %d trips to the database for a last-mile number, %d for nobody's", what, trips1, trips2)
		}
	}
}

// TestBlockedVisitorsLearnNothing: at the limit known and unknown are one.
func TestBlockedVisitorsLearnNothing(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	known, nobodys := string(s.Tell(t, demo.Moving)[0].Waybill), "ECGX1YEBF1QXCG"
	b := s.Visitor(t)
	for i := range 30 {
		b.Get(unknown(i)).Want(404)
	}
	for _, ending := range []string{"", ".txt", ".json", "/unlock"} {
		ask := func(n string) *webtest.Page {
			if ending == "/unlock" {
				return b.Post("/track/"+n+ending, url.Values{"postcode": {"1"}}).Want(429)
			}
			return b.Get("/track/"+n+ending, "If-None-Match", "*").Want(429)
		}
		sameAnswer(t, "429 of "+ending, ask(known), ask(nobodys), known, nobodys)
	}
	before := s.Wire.Trips()
	b.Get("/track/" + known).Want(429)
	b.Get("/track?n=" + known + "&n=" + nobodys).Want(429)
	if got := s.Wire.Trips() - before; got != 0 {
		t.Errorf("whoever is blocked costs %d trips to the database, want none", got)
	}
}

// TestParametersTwice: the first of a field counts, unknown fields for nothing.
func TestParametersTwice(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	path := "/track/" + string(parcel.Waybill)
	s.Visitor(t).Post(path+"/unlock", url.Values{"postcode": {"wrong", parcel.Postcode}}).Want(422)
	s.Visitor(t).Post(path+"/unlock?postcode="+parcel.Postcode, url.Values{"postcode": {"wrong"}}).Want(422)
	s.Visitor(t).Post(path+"/unlock?postcode="+parcel.Postcode, url.Values{}).Want(422)
	s.Visitor(t).Post(path+"/unlock", url.Values{"waybill": {"OTHER-1234"}, "scope": {"docs"}, "token": {"x"}, "n": {"OTHER-1234"}, "postcode": {"wrong"}}).Want(422)
	for _, name := range []string{"consignee_phone", "consignee_postcode", "shipper_postcode", "Postcode", "postcode[]", "postcode%00", "PostCode", "password", "network", "oldToken"} {
		page := s.Visitor(t).Post(path+"/unlock", url.Values{name: {parcel.Postcode, parcel.PhoneLast4}}).Want(422)
		if isUnlocked(page) || slices.ContainsFunc(page.Header.Values("Set-Cookie"), func(c string) bool { return strings.Contains(c, "grant") }) {
			t.Errorf("the field %q opens the parcel", name)
		}
	}
}
