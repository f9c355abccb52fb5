package pages_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/layouts"
	"ecms/portal/templates/pages"
)

const nasty = `"'><img src=x onerror=alert(1)><script>alert(2)</script>&amp;{city}`

// hostile is an unlocked parcel whose every text was written by an attacker.
func hostile() pages.TrackPage {
	c := event("InTransit_003", "", nasty)
	c.Place = nasty
	p := parcel("InTransit_003", c)
	p.Parcel.Waybill, p.Parcel.OriginCountry, p.Parcel.DestCountry = nasty, nasty, nasty
	p.Parcel.LastMileCarrier, p.Parcel.LastMileNumber, p.Parcel.Pieces = nasty, nasty, 2
	p.Parcel.PromisedFrom, p.Parcel.PromisedTo = nasty, nasty
	p.ZoneName, p.ZoneChosen = nasty, true
	p.Unlock = pages.UnlockForm{PhoneLast4: nasty, Postcode: nasty, OrderNo: nasty}
	return p
}

func opened(p pages.TrackPage) pages.TrackPage {
	who := shipment.Party{Name: nasty, NameLatin: nasty + "x", Phone: nasty, Email: nasty + "@" + nasty, Address: nasty, Postcode: nasty}
	size := shipment.Measure{Weight: nasty, WeightUnit: nasty, Length: nasty, Width: nasty, Height: nasty, DimUnit: nasty}
	p.Private = &shipment.Private{Scope: "docs", Siblings: []shipment.Waybill{nasty}, Record: shipment.Record{
		OrderNo: nasty, Declared: size, Measured: size, Shipper: who, Consignee: who,
	}, Checkpoints: []shipment.Checkpoint{{Place: nasty, Country: nasty, Code: nasty, Text: nasty, Source: nasty}}}
	return p
}

func TestTextFromOutsideStaysText(t *testing.T) {
	t.Parallel()
	list := pages.ListPage{Rows: []pages.ListRow{{Parcel: hostile().Parcel}}, Unknown: []string{nasty}, Misfits: []string{nasty}, Numbers: nasty}
	for _, lang := range locale.Languages() {
		for name, html := range map[string]string{
			"track":    golden.Render(t, pages.Track(hostile()), lang),
			"unlocked": golden.Render(t, pages.Track(opened(hostile())), lang),
			"list":     golden.Render(t, pages.TrackList(list), lang),
			"home":     golden.Render(t, pages.Home(pages.HomePage{Numbers: nasty}), lang),
			"unknown": golden.Render(t, pages.Unknown(pages.UnknownPage{
				Number: nasty, Kind: pages.NumberUnknown, Unlock: hostile().Unlock, Problems: fault.Invalid{{Field: "postcode", Key: "unlock.fact.wrong"}},
			}), lang),
			"misfit":  golden.Render(t, pages.Unknown(pages.UnknownPage{Number: nasty, Kind: pages.NumberMisfit}), lang),
			"failure": golden.Render(t, pages.Failure(pages.FailurePage{Status: 500, RequestID: nasty}), lang),
		} {
			doc := read(t, html)
			if n := doc.Find("main img, main script, [onerror]").Length(); n > 0 {
				t.Errorf("%s %s: %d elements came through", lang, name, n)
			}
			doc.Find("main a, main form").Each(func(_ int, s *goquery.Selection) {
				for _, at := range []string{"href", "action"} {
					if v, ok := s.Attr(at); ok && strings.ContainsAny(v, `<>"' `) {
						t.Errorf("%s %s: %s is %q", lang, name, at, v)
					}
				}
			})
		}
	}
}

// A number of any kind leads to its own page and nowhere else.
func TestNumbersAreSafeInAddresses(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"RB123456785SG":      "/en/track/RB123456785SG/unlock",
		"A/B/../C":           "/en/track/A%2FB%2F..%2FC/unlock",
		"A.B-C_D/E":          "/en/track/A.B-C_D%2FE/unlock",
		"1?x=2#y":            "/en/track/1%3Fx=2%23y/unlock",
		"//evil.example/":    "/en/track/%2F%2Fevil.example%2F/unlock",
		"javascript:alert()": "/en/track/javascript:alert%28%29/unlock",
	} {
		html := golden.Render(t, pages.Unknown(pages.UnknownPage{Number: number, Kind: pages.NumberUnknown}), locale.English)
		if got := read(t, html).Find(".unlock form").AttrOr("action", ""); got != want {
			t.Errorf("%s: form leads to %s, want %s", number, got, want)
		}
	}
}

func TestLongestNumbersStandWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("A1-./_", 16) + "WXYZ" // 100 characters
	p := parcel("InTransit_003", event("InTransit_003", "", "CN"))
	p.Parcel.Waybill, p.Parcel.LastMileNumber = shipment.Waybill(long), long
	doc := read(t, track(t, p))
	for _, selector := range []string{".waybill .number", ".facts .code"} {
		if got := words(doc.Find(selector).First()); got != long {
			t.Errorf("%s: got %q, want all of it", selector, got)
		}
	}
	if doc.Find(".barcode").Length() != 0 {
		t.Error("bars are drawn that nobody could read")
	}
	unknown := read(t, golden.Render(t, pages.Unknown(pages.UnknownPage{Number: long, Kind: pages.NumberUnknown}), locale.Korean))
	if got := words(unknown.Find(".asked .number")); got != long {
		t.Errorf("unknown page: got %q", got)
	}
}

// codes is the one page of others that ours lead to: where Korea's customs gives
// its clearance codes.
const codes = "https://unipass.customs.go.kr/csp/persIndex.do"

// known tells the addresses that pages may lead to; any other would be a
// promise of a page that does not exist.
func known(path string) bool {
	for _, l := range locale.Languages() {
		path = strings.TrimPrefix(path, "/"+string(l))
	}
	switch {
	case path == "/", path == "/track", path == "/clock", path == "/manifest.webmanifest", strings.HasPrefix(path, "#"),
		strings.HasPrefix(path, "tel:+"), strings.HasPrefix(path, "mailto:"), path == codes, strings.HasPrefix(path, "/static/"), strings.HasPrefix(path, "/dev/"):
		return true
	}
	for _, part := range []string{"/account", "/faq", "/contact", "/legal", "/accessibility", "/help", "/login", "/logout", "/register", "/password", "/staff", "/parcels"} {
		if path == part || strings.HasPrefix(path, part+"/") || strings.HasPrefix(path, part+"?") || strings.HasPrefix(path, part+"#") {
			return true // the crawl of the portal tells whether each page stands there
		}
	}
	number, ok := strings.CutPrefix(path, "/track/")
	return ok && strings.Count(strings.TrimSuffix(strings.TrimSuffix(number, "?next=needs"), "/unlock"), "/") == 0
}

func TestPagesLeadOnlyToPagesThatExist(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		for _, s := range pages.States(locale.For(lang)) {
			read(t, golden.Render(t, s.Body, lang)).Find("[href], [action], [src]").Each(func(_ int, e *goquery.Selection) {
				for _, at := range []string{"href", "action", "src"} {
					if v, ok := e.Attr(at); ok && !known(v) {
						t.Errorf("%s %s: leads to %q", lang, s.Name, v)
					}
				}
			})
		}
	}
}

func TestEveryLinkKeepsTheLanguage(t *testing.T) {
	t.Parallel()
	for _, s := range pages.States(locale.For(locale.Korean)) {
		read(t, golden.Render(t, s.Body, locale.Korean)).Find("main a, main form").Each(func(_ int, e *goquery.Selection) {
			to := e.AttrOr("href", e.AttrOr("action", ""))
			_, stays := e.Attr("method") // a form without an action goes to the page's own address
			calls := strings.HasPrefix(to, "tel:") || strings.HasPrefix(to, "mailto:")
			if !calls && to != codes && !strings.HasPrefix(to, "#") && !strings.HasPrefix(to, "/ko/") && !(to == "" && stays) {
				t.Errorf("%s: %q leaves Korean", s.Name, to)
			}
		})
	}
	if got := (layouts.Shell{Prefix: "/ko"}).URL("/track"); got != "/ko/track" {
		t.Errorf("address %q", got)
	}
}
