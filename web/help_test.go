package web_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/locale"
	"ecms/portal/web/webtest"
)

// TestWhoLeadsToTheRightParty walks through the links as a visitor without scripts does.
func TestWhoLeadsToTheRightParty(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, c := range []struct {
			way   []string // keys of the answers given
			party string
		}{
			{[]string{"who.side.to", "who.topic.cancel", "who.bought.shop"}, "seller"},
			{[]string{"who.side.to", "who.topic.refund", "who.bought.shop"}, "seller"},
			{[]string{"who.side.to", "who.topic.part", "who.bought.person"}, "shipper"},
			{[]string{"who.side.to", "who.topic.customs"}, "carrier"},
			{[]string{"who.side.from", "who.topic.claim"}, "carrier"},
		} {
			b := s.Visitor(t)
			page := b.Get("/" + string(lang) + "/help/who").Want(200)
			for _, answer := range c.way {
				href := ""
				page.Find(".tree a").Each(func(_ int, e *goquery.Selection) {
					if told(e) == l.T(answer) {
						href = e.AttrOr("href", "")
					}
				})
				if href == "" {
					t.Fatalf("%s: no answer %q on %s", lang, l.T(answer), told(page.Find("main")))
				}
				page = b.Get(href).Want(200)
			}
			topic := strings.TrimPrefix(c.way[1], "who.topic.")
			text := told(page.Find("main"))
			for _, want := range []string{l.T("who.ask." + c.party), l.T("who.why." + topic), l.T("who.say." + topic)} {
				if !strings.Contains(text, want) {
					t.Errorf("%s %v: no %q in %s", lang, c.way, want, text)
				}
			}
			if given := page.Find(".given a").Length(); given != len(c.way) {
				t.Errorf("%s %v: %d of %d answers can be gone back on", lang, c.way, given, len(c.way))
			}
			if button := page.Find(".btn[href$='/contact']").Length() == 1; button != (c.party == "carrier") {
				t.Errorf("%s %v: a way to our people: %v", lang, c.way, button)
			}
			if got := page.Find(`.languages a[lang="ko"]`).AttrOr("href", ""); !strings.Contains(got, "topic="+topic) {
				t.Errorf("%s %v: another language begins anew: %s", lang, c.way, got)
			}
		}
	}
}

func TestWhoForgetsAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	for query, h2 := range map[string]string{
		"?side=both":                           "What is the parcel to you?",
		"?side=%3Cscript%3E&topic=lost":        "What is the parcel to you?",
		"?side=to&topic=price":                 "What is it about?",
		"?side=to&topic=lost&bought=stolen":    "Where does it come from?",
		"?side=to&side=from&topic=claim":       "What is it about?",
		"?side=from&topic=claim&bought=person": "Ask us, the carrier",
	} {
		page := b.Get("/en/help/who" + query).Want(200)
		if got := told(page.Find("main h2").First()); got != h2 {
			t.Errorf("%s: %q, want %q", query, got, h2)
		}
		if got := page.Find(`.languages a[lang="ko"]`).AttrOr("href", ""); strings.Contains(got, "script") || strings.Contains(got, "stolen") || strings.Contains(got, "bought") {
			t.Errorf("%s: links carry on what is no answer: %s", query, got)
		}
	}
}

func TestPackingShowsTheLimits(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for lang, wants := range map[locale.Language][]string{
		locale.English:            {"44 lb or 20 kg", "59 in or 150 cm", "4 cells of 20 watt-hours", "2 batteries of 100 watt-hours"},
		locale.SimplifiedChinese:  {"44 磅（或 20 公斤）", "59 英寸（或 150 厘米）", "不超过 20 瓦时", "不超过 100 瓦时"},
		locale.TraditionalChinese: {"44 磅（或 20 公斤）", "59 ", "不超過 20 瓦時"},
		locale.Korean:             {"44lb 또는 20kg", "59in 또는 150cm", "20와트시 이하 셀 4개", "100와트시 이하 배터리 2개"},
	} {
		page := s.Visitor(t).Get("/" + string(lang) + "/help/packing").Want(200)
		text := told(page.Find("main"))
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in %s", lang, want, text)
			}
		}
		if n := page.Find(".checklist li").Length(); n != 17 {
			t.Errorf("%s: %d points to check, want 17", lang, n)
		}
	}
}
