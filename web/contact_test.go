package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/contact"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// told is an element's text with single spaces.
func told(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// withCard gives the site a card of its own.
func withCard(c contact.Card) webtest.Option {
	return func(s *webtest.Site) { s.Portal.Contact = c }
}

func TestContactInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for _, lang := range locale.Languages() {
		l, page := locale.For(lang), s.Visitor(t).Get("/"+string(lang)+"/contact").Want(200)
		if got := told(page.Find("h1")); got != l.T("contact.title") {
			t.Errorf("%s: titled %q", lang, got)
		}
		var kinds []string
		page.Find(".ways").First().Find("dt").Each(func(_ int, e *goquery.Selection) { kinds = append(kinds, told(e)) })
		want := []string{l.T("help.hotline"), l.T("help.qq"), l.T("help.wechat"), l.T("help.email")}
		if strings.Join(kinds, "|") != strings.Join(want, "|") {
			t.Errorf("%s: channels %q, want %q in this order", lang, kinds, want)
		}
		if got := told(page.Find(`.ways dd:has([href="mailto:help@example.com"]) small`)); got != l.T("contact.example") {
			t.Errorf("%s: an address that reaches nobody is noted as %q", lang, got)
		}
		if !strings.Contains(told(page.Find("main")), l.T("contact.hours.example")) {
			t.Errorf("%s: hours that nobody promised are not marked", lang)
		}
		for _, path := range []string{"/", "/faq", "/help/who"} {
			if page.Find(`.tree a[href="/`+string(lang)+path+`"]`).Length() != 1 {
				t.Errorf("%s: no way to %s", lang, path)
			}
		}
		if n := page.Find("details dt").Length(); n == 0 || n > len(shipment.Destinations()) {
			t.Errorf("%s: %d clocks for the destinations", lang, n)
		}
	}
}

// TestContactHoursOnBothClocks asks before and after the visitor's clock springs forward.
func TestContactHoursOnBothClocks(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t) // Tuesday, 10 March 2026, 12:00 UTC: 20:00 in Shanghai
	b := s.Visitor(t)
	b.Post("/en/clock", map[string][]string{"zone": {"America/New_York"}, "next": {"/en/contact"}}).Want(200)
	hours := func() (first, second string) {
		page := b.Get("/en/contact").Want(200)
		if page.Find("details").Length() != 0 {
			t.Error("the destinations' clocks stand beside the visitor's own")
		}
		return told(page.Find(".ways").Last().Find("dd").Eq(0)), told(page.Find(".ways").Last().Find("dd").Eq(1))
	}
	first, second := hours()
	if want := "Monday to Friday: 09:00–18:00"; first != want {
		t.Errorf("the carrier's clock shows %q, want %q", first, want)
	}
	if want := "Sunday to Thursday: 21:00–06:00 the next day"; second != want {
		t.Errorf("in summer time New York shows %q, want %q", second, want)
	}
	s.Clock.Move(-14 * 24 * time.Hour) // 24 February
	if _, winter := hours(); winter != "Sunday to Thursday: 20:00–05:00 the next day" {
		t.Errorf("in winter New York shows %q", winter)
	}
	s.Clock.Move(9 * 24 * time.Hour) // Thursday, 5 March: the clock changes on Sunday
	if _, mixed := hours(); mixed != "Sunday to Wednesday: 21:00–06:00 the next dayThursday: 20:00–05:00 the next day" {
		t.Errorf("in the week of the change New York shows %q", mixed)
	}
}

func TestContactSaysWhetherSomebodyAnswersNow(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	page := b.Get("/en/contact").Want(200)
	if got := told(page.Find(".tag")); got != "Closed now" {
		t.Errorf("at 20:00 it says %q", got)
	}
	if text := told(page.Find("main")); !strings.Contains(text, "Open again: 11 March 2026, 09:00 (Shanghai)") {
		t.Errorf("no word of when to try again: %s", text)
	}
	if got := page.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("an answer that changes by the minute is kept: %q", got)
	}
	s.Clock.Move(13*time.Hour + time.Minute)
	if got := told(b.Get("/en/contact").Find(".tag")); got != "Open now" {
		t.Errorf("at 09:01 it says %q", got)
	}
}

func TestContactShowsOnlyWhatIsSet(t *testing.T) {
	t.Parallel()
	bare := webtest.Start(t, withCard(contact.Card{})).Visitor(t).Get("/en/contact").Want(200)
	if bare.Find(".ways").Length() != 0 || bare.Find(".help dl").Length() != 0 || bare.Find(".tag").Length() != 0 {
		t.Error("channels or hours that nobody set are shown")
	}
	if got := told(bare.Find(".empty")); !strings.HasPrefix(got, "No channel is set up here yet.") {
		t.Errorf("without a channel it says %q", got)
	}
	near := contact.Channel{Kind: contact.Local, Value: "+82 2-123-4567", Href: "tel:+8221234567", Country: "KR"}
	page := webtest.Start(t, withCard(contact.Card{Channels: []contact.Channel{near}})).Visitor(t).Get("/ko/contact").Want(200)
	if got := told(page.Find(".ways dt")); !strings.HasSuffix(got, locale.For(locale.Korean).Country("KR")) {
		t.Errorf("local staff stand under %q", got)
	}
	if page.Find(".help dl").Length() != 0 {
		t.Error("local staff stand at the foot of every page")
	}
}
