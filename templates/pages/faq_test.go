package pages_test

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/faq"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

func TestParcelsLeadToTheAnswersThatFit(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"announced": "4.1 4.4 1.3", "moving": "4.1 4.4 1.3", "id": "2.6 2.5 4.4", "invoice": "2.1 4.4", "duty": "2.2 4.6 2.3",
		"delivered": "4.8 4.9 4.14", "returning": "4.3 4.6 4.7", "lost": "4.8 4.13 4.14", "silent": "4.4 1.3 4.11", "inspection": "1.7 4.4",
	} {
		page, ok := pages.GalleryPage(golden.Context(locale.Korean), "page-track-"+name)
		if !ok {
			t.Fatalf("no sample %s", name)
		}
		var got []string
		read(t, golden.Render(t, page, locale.Korean)).Find("main .faq a").Each(func(_ int, a *goquery.Selection) {
			address, parcel, _ := strings.Cut(strings.TrimPrefix(a.AttrOr("href", ""), "/ko/faq/"), "?parcel=")
			q, ok := faq.Load(locale.Korean).Find(address)
			if !ok || a.Text() != q.Title || !strings.HasPrefix(parcel, "EC") {
				t.Errorf("%s: %q leads to %q", name, a.Text(), a.AttrOr("href", ""))
			}
			got = append(got, address)
		})
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: answers (-want +got):\n%s", name, diff)
		}
	}
}

// TestAnswersShowOverweight words what the limits say to a measure.
func TestAnswersShowOverweight(t *testing.T) {
	t.Parallel()
	q, _ := faq.Load(locale.English).Find("3.1")
	for want, m := range map[string]shipment.Measure{
		"Not known yet":                        {},
		"Within the limits":                    {Weight: "44.0", WeightUnit: "lb", Length: "59", DimUnit: "in"},
		"Too heavy: 44.01 lb of at most 44 lb": {Weight: "44.01", WeightUnit: "lb"},
		"Too heavy: 21 kg of at most 20 kg":    {Weight: "21", WeightUnit: "kg"},
		"Too long: 151 cm of at most 150 cm":   {Length: "10", Width: "151", Height: "2", DimUnit: "cm"},
	} {
		track := parcel("InTransit_003", event("InTransit_003", "US", ""))
		track.Private = &shipment.Private{Scope: "docs", Record: shipment.Record{Measured: m, Declared: shipment.Measure{}}}
		html := golden.Render(t, pages.Answer(pages.AnswerPage{Question: q, Number: "EC7K3M9QTR2XW5", Track: &track}), locale.English)
		if got := read(t, html).Find(".facts").Text(); !strings.Contains(got, want) {
			t.Errorf("%+v: %q, want %q", m, got, want)
		}
		track.Private.Scope = "status"
		html = golden.Render(t, pages.Answer(pages.AnswerPage{Question: q, Number: "EC7K3M9QTR2XW5", Track: &track}), locale.English)
		if got := read(t, html).Find(".facts").Text(); strings.Contains(got, want) {
			t.Errorf("a status link shows %q", got)
		}
	}
}

// TestTheClaimsClockRuns reads the days left at the edges of the window.
func TestTheClaimsClockRuns(t *testing.T) {
	t.Parallel()
	q, _ := faq.Load(locale.English).Find("4.14")
	track := parcel("InTransit_003", event("InTransit_003", "US", ""))
	track.Parcel.AcceptedOn, track.Parcel.OriginZone = "2026-03-03", "UTC"
	first := time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)
	for days, want := range map[int]string{0: "30 days left", 29: "1 day left", 30: "last day today", 31: "1 day over"} {
		track.Now = first.AddDate(0, 0, days)
		html := golden.Render(t, pages.Answer(pages.AnswerPage{Question: q, Track: &track}), locale.English)
		if got := read(t, html).Find(".facts").Text(); !strings.Contains(got, want) {
			t.Errorf("day %d: %q, want %q", days, got, want)
		}
	}
	track.Parcel.AcceptedOn = ""
	html := golden.Render(t, pages.Answer(pages.AnswerPage{Question: q, Track: &track}), locale.English)
	if got := read(t, html).Find(".facts").Text(); !strings.Contains(got, "not taken this parcel in yet") {
		t.Errorf("not accepted: %q", got)
	}
}
