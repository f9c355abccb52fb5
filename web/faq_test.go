package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/claim"
	"ecms/portal/internal/demo"
	"ecms/portal/internal/faq"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"

	"github.com/google/go-cmp/cmp"
)

func TestQuestionsStandByTheirNumbers(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	for _, lang := range locale.Languages() {
		list := b.Get("/" + string(lang) + "/faq").Want(200)
		for _, q := range faq.Load(lang).Questions() {
			link := list.Find("li[id='q" + q.ID + "'] a")
			if link.Text() != q.Title || link.AttrOr("href", "") != "/"+string(lang)+"/faq/"+q.ID {
				t.Errorf("%s: #q%s is %q, leading to %q", lang, q.ID, link.Text(), link.AttrOr("href", ""))
			}
			page := b.Get("/" + string(lang) + "/faq/" + q.ID).Want(200)
			if page.Text("h1") != q.Title || page.Text(".prose") == "" || strings.Contains(page.Text("main"), "{") {
				t.Errorf("%s %s: title %q, answer %q", lang, q.ID, page.Text("h1"), page.Text(".prose"))
			}
			if want := locale.For(lang).Day(q.Checked); !strings.Contains(page.Text("main"), want) {
				t.Errorf("%s %s does not tell that it was checked on %s", lang, q.ID, want)
			}
			if page.Find("aside a[href$='/contact']").Length() != 1 {
				t.Errorf("%s %s has no way to a person", lang, q.ID)
			}
		}
	}
	for _, path := range []string{"/faq/4.15", "/faq/5.1", "/faq/x", "/faq/4.14.txt", "/faq/4.14/x", "/faq/%00"} {
		if page := b.Get(path); page.Status != 404 {
			t.Errorf("%s: status %d, want 404", path, page.Status)
		}
	}
}

// TestAnswersHoldTheRules reads each figure on the page against the rule it speaks of.
func TestAnswersHoldTheRules(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	limits := shipment.ParcelLimits()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		want := map[string][]string{
			"1.2": {fmt.Sprint(len(shipment.Destinations()))},
			"3.1": {limits.WeightLb, limits.WeightKg, limits.SideIn, limits.SideCm},
			"1.6": {"40"}, "4.2": {fmt.Sprint(int(shipment.Kept().GrantIdle / time.Hour))},
			"2.2": {fmt.Sprint(shipment.DutyDays)}, "4.6": {fmt.Sprint(shipment.DutyDays)}, "4.14": {fmt.Sprint(claim.Window)},
			"4.4": {fmt.Sprint(int(shipment.Silence.Hours() / 24))},
		}
		for _, d := range shipment.Destinations() {
			want["1.2"] = append(want["1.2"], l.Country(d.Country))
		}
		for _, d := range shipment.IdentityCountries() {
			want["2.6"] = append(want["2.6"], l.Country(d.Country))
		}
		for id, figures := range want {
			text := b.Get("/" + string(lang) + "/faq/" + id).Want(200).Text(".prose")
			for _, figure := range figures {
				if !strings.Contains(text, figure) {
					t.Errorf("%s %s does not say %q: %s", lang, id, figure, text)
				}
			}
		}
	}
}

func TestAnswersLeadSomewhere(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	for _, q := range faq.Load(locale.English).Questions() {
		for _, path := range prose.Links(q.Answer) {
			if page := b.Get(path); page.Status != 200 {
				t.Errorf("%s leads to %s: status %d", q.ID, path, page.Status)
			}
		}
	}
}

func TestSearchOnThePage(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	page := b.Get("/faq").Want(200).Form("form[role=search]").Fill("q", "how long do I have to claim for a broken box").Submit().Want(200)
	if first := page.Find(".found article a").First(); first.AttrOr("href", "") != "/faq/4.14" || page.Find("input[name=q]").AttrOr("value", "") == "" {
		t.Errorf("found %q first", first.Text())
	}
	if other := page.Find("footer a[hreflang=ko]").AttrOr("href", ""); !strings.Contains(other, "/ko/faq?q=how+long") {
		t.Errorf("the Korean page is at %q, without the question", other)
	}
	if page = b.Get("/zh-Hans/faq?q=" + url.QueryEscape("包裹被海关扣了怎么办")).Want(200); page.Find(".found article a").First().AttrOr("href", "") != "/zh-Hans/faq/4.4" {
		t.Errorf("found %q", page.Text(".found"))
	}
	nasty := `"><script>alert(1)</script>`
	page = b.Get("/faq?q=" + url.QueryEscape(nasty)).Want(200)
	if page.Find("main script").Length() != 0 || page.Find("input[name=q]").AttrOr("value", "") != nasty {
		t.Errorf("a query became markup: %s", page.Body)
	}
	page = b.Get("/faq?q=qqqqzzzz").Want(200)
	if page.Find(".found a[href$='/contact']").Length() != 1 || page.Find(".faq li").Length() != 36 {
		t.Errorf("nothing found shows %q", page.Text("main"))
	}
	if page = b.Get("/faq?q=" + strings.Repeat("x", 5000)).Want(200); len(page.Find("input[name=q]").AttrOr("value", "")) != 200 {
		t.Error("a long question is kept whole")
	}
	if page = b.Get("/faq?q=%20%20").Want(200); page.Find(".found").Length() != 0 {
		t.Error("spaces are taken for a question")
	}
}

func TestAnswersShowTheParcelsOwnValues(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	samples := s.Tell(t, demo.AwaitingDuty, demo.Moving, demo.Signed)
	duty, moving, delivered := samples[0], samples[1], samples[2]
	b, l := s.Visitor(t), locale.For(locale.English)
	look := func(w shipment.Waybill) shipment.Public {
		p, err := s.Store.Lookup(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	d, m, over := look(duty.Waybill), look(moving.Waybill), look(delivered.Waybill)
	due := shipment.DutyDue(d.DutyNotice(), d.DestZone)
	for _, c := range []struct {
		id     string
		parcel shipment.Waybill
		want   []string
	}{
		{"4.6", duty.Waybill, []string{l.Day(string(due)), "left"}},
		{"2.2", duty.Waybill, []string{l.Day(string(due))}},
		{"4.6", moving.Waybill, []string{"No duty or tax is awaited"}},
		{"4.4", duty.Waybill, []string{"Pay", l.Day(string(due))}},
		{"4.4", moving.Waybill, []string{"Nothing is needed from you now."}},
		{"4.1", moving.Waybill, []string{l.Range(string(m.PromisedFrom), string(m.PromisedTo))}},
		{"4.1", delivered.Waybill, []string{l.Day(string(over.DeliveredOn))}},
		{"4.14", moving.Waybill, []string{l.Day(string(claim.LastDay(m.AcceptedOn)))}},
		{"4.13", delivered.Waybill, []string{l.Day(string(claim.LastDay(over.AcceptedOn)))}},
		{"4.9", moving.Waybill, []string{"Piece 1 of"}},
		{"3.1", moving.Waybill, []string{"once you unlock the parcel"}},
	} {
		page := b.Get("/faq/" + c.id + "?parcel=" + string(c.parcel)).Want(200)
		facts := page.Text(".facts")
		for _, want := range append(c.want, c.parcel.Grouped()) {
			if !strings.Contains(facts, want) {
				t.Errorf("%s of %s: %q does not say %q", c.id, c.parcel, facts, want)
			}
		}
		if page.Header.Get("Cache-Control") != "no-store" || page.Find("meta[name=robots]").Length() != 1 {
			t.Errorf("%s: a parcel's values may be kept: %v", c.id, page.Header)
		}
	}
	if page := b.Get("/track/" + string(duty.Waybill)).Want(200).Follow("aside .faq a"); !strings.Contains(page.Text(".facts"), l.Day(string(due))) {
		t.Errorf("the parcel's page leads to %q", page.Text(".facts"))
	}
	page := b.Get("/ko/faq/2.2?parcel=" + strings.ToLower(moving.Waybill.Grouped()[:2]) + "%20" + url.QueryEscape(moving.Waybill.Grouped()[3:])).Want(200)
	if href := page.Find(".prose a").First().AttrOr("href", ""); href != "/ko/track/"+string(moving.Waybill) {
		t.Errorf("the first link leads to %q, not to the parcel", href)
	}
	if href := page.Find(".prose a[href*='/faq/4.6']").AttrOr("href", ""); href != "/ko/faq/4.6?parcel="+string(moving.Waybill) {
		t.Errorf("the next answer, %q, forgets the parcel", href)
	}
}

func TestWeightsNeedTheUnlockedView(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	sample := s.Tell(t, demo.Moving)[0]
	b, path := s.Visitor(t), "/faq/3.1?parcel="+string(sample.Waybill)
	if facts := b.Get(path).Want(200).Text(".facts"); strings.Contains(facts, "lb") || strings.Contains(facts, "kg") {
		t.Errorf("strangers read %q", facts)
	}
	b.Post("/track/"+string(sample.Waybill)+"/unlock", url.Values{"phone_last4": {sample.PhoneLast4}}).Want(200)
	facts := b.Get(path).Want(200).Text(".facts")
	if !strings.Contains(facts, "As stated") || !strings.Contains(facts, "Within the limits") {
		t.Errorf("who unlocked it reads %q", facts)
	}
}

func TestUnknownParcelsOfAnswersCountAsGuesses(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Moving)[0]
	b, known := s.Visitor(t), "/faq/4.14?parcel="+string(parcel.Waybill)
	for i := range 30 {
		page := b.Get(fmt.Sprintf("/faq/4.14?parcel=NOBODY-%06d", i)).Want(200)
		if page.Find(".facts").Length() != 0 || !strings.Contains(page.Text("main"), "not known to us") {
			t.Fatalf("an unknown parcel shows %q", page.Text("main"))
		}
	}
	b.Get("/faq/4.14?parcel=NOBODY-99").Want(429)
	b.Get(known).Want(429)
	b.Get("/track/" + string(parcel.Waybill)).Want(429)
	b.Get("/faq/4.14").Want(200)
	b.Get("/faq/1.1?parcel=" + string(parcel.Waybill)).Want(200) // shows nothing of it
	b.Get("/faq?parcel=" + string(parcel.Waybill)).Want(200)
	other := from(t, s, "203.0.113.9")
	if page := other.Get(known).Want(200); page.Find(".facts").Length() != 1 {
		t.Error("others see nothing")
	}
	if page := other.Get("/faq/4.14?parcel=%3Cb%3E").Want(200); !strings.Contains(page.Text("main"), "not known to us") {
		t.Errorf("what is no number shows %q", page.Text("main"))
	}
}

func TestVotes(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	form := b.Get("/ko/faq/4.14").Want(200).Form(".vote form").Fill("comment", "더 쉽게 써 주세요")
	if page := form.Submit().Want(422); page.Find("#useful .error").Length() != 1 || page.Find("textarea").Text() != "더 쉽게 써 주세요" {
		t.Errorf("without yes or no: %s", page.Text("main"))
	}
	form.Values.Set("useful", "no")
	page := form.Submit().Want(200)
	if page.Text("#useful [role=status]") == "" || page.Find(".vote form").Length() != 0 {
		t.Errorf("no thanks: %q", page.Text("main"))
	}
	b.Post("/faq/1.1/feedback", url.Values{"useful": {"yes"}}).Want(200)
	b.Post("/faq/1.1/feedback", url.Values{"useful": {"yes"}, "comment": {strings.Repeat("x", 1001)}}).Want(422)
	b.Post("/faq/1.1/feedback", url.Values{"useful": {"perhaps"}}).Want(422)
	b.Post("/faq/9.9/feedback", url.Values{"useful": {"yes"}}).Want(404)
	b.Post("/faq/1.1/feedback", url.Values{"useful": {"yes"}}, "Sec-Fetch-Site", "cross-site").Want(403)
	got, err := s.Portal.FAQ.Tallies(t.Context(), time.Time{})
	if diff := cmp.Diff([]faq.Tally{{Question: "4.14", No: 1}, {Question: "1.1", Yes: 1}}, got); diff != "" || err != nil {
		t.Errorf("error %v, votes kept (-want +got):\n%s", err, diff)
	}
}

func TestVotesFromAParcelLeadBackToIt(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	sample := s.Tell(t, demo.Moving)[0]
	page := s.Visitor(t).Get("/faq/4.14?parcel=" + string(sample.Waybill)).Want(200)
	form := page.Form(".vote form")
	form.Values.Set("useful", "yes")
	if page = form.Submit().Want(200); page.Find(".facts").Length() != 1 || page.Text("#useful [role=status]") == "" {
		t.Errorf("after a vote: %q", page.Text("main"))
	}
}

func TestVotesEndAfterThirtyOfANetwork(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for i := range 30 {
		from(t, s, fmt.Sprintf("198.51.100.%d", i)).Post("/faq/1.1/feedback", url.Values{"useful": {"yes"}}).Want(200)
	}
	b := from(t, s, "198.51.100.99")
	if page := b.Post("/faq/1.1/feedback", url.Values{"useful": {"yes"}}).Want(429); page.Header.Get("Retry-After") != "3600" {
		t.Errorf("Retry-After %q, want an hour", page.Header.Get("Retry-After"))
	}
	from(t, s, "203.0.113.1").Post("/faq/1.1/feedback", url.Values{"useful": {"no"}}).Want(200)
	s.Clock.Move(time.Hour)
	b.Post("/faq/1.1/feedback", url.Values{"useful": {"yes"}}).Want(200)
	got, err := s.Portal.FAQ.Tallies(t.Context(), time.Time{})
	if diff := cmp.Diff([]faq.Tally{{Question: "1.1", Yes: 31, No: 1}}, got); diff != "" || err != nil {
		t.Errorf("error %v, votes kept (-want +got):\n%s", err, diff)
	}
}
