package pages_test

import (
	"strconv"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

func row(w shipment.Waybill, p pages.TrackPage) pages.ListRow {
	p.Parcel.Waybill = w
	return pages.ListRow{Parcel: p.Parcel, Needs: p.Needs}
}

func TestListTellsDeliveryDays(t *testing.T) {
	t.Parallel()
	l := locale.For(locale.English)
	delivered := parcel("Delivered_001", event("Delivered_001", "", "CN"))
	delivered.Parcel.DeliveredOn = "2026-03-07"
	silent := parcel("InTransit_003", event("InTransit_003", "", "CN"))
	silent.Parcel.PromisedFrom, silent.Parcel.PromisedTo = "", ""
	for _, tt := range []struct {
		name string
		page pages.TrackPage
		want string
	}{
		{"promised", parcel("InTransit_003", event("InTransit_003", "", "CN")), "9–12 March 2026"},
		{"delivered", delivered, "7 March 2026"},
		{"nothing promised", silent, l.T("list.expected.unknown")},
		{"going back", parcel("Exception_010", event("Exception_010", "", "CN")), l.T("list.expected.unknown")},
		{"lost", parcel("Exception_013", event("Exception_013", "", "CN")), l.T("list.expected.unknown")},
		{"refused by customs", parcel("Exception_004", event("Exception_004", shipment.Refused, "CN")), l.T("list.expected.unknown")},
	} {
		html := golden.Render(t, pages.TrackList(pages.ListPage{Rows: []pages.ListRow{row("EC7K3M9QTR2XW5", tt.page)}}), locale.English)
		if got, want := words(read(t, html).Find(".parcels li > p").Eq(1)), l.T("list.expected")+" "+tt.want; got != want {
			t.Errorf("%s: got %q, want %q", tt.name, got, want)
		}
	}
}

// What is needed comes first; otherwise the order of asking is kept.
func TestListKeepsTheOrderOfAsking(t *testing.T) {
	t.Parallel()
	moving := parcel("InTransit_003", event("InTransit_003", "", "CN"))
	held := parcel("Exception_018", event("Exception_018", shipment.AwaitingID, "CN"))
	var list pages.ListPage
	for i := range 40 {
		page := moving
		if i%7 == 3 {
			page = held
		}
		list.Rows = append(list.Rows, row(shipment.Waybill("PARCEL"+strconv.Itoa(1000+i)), page))
	}
	for _, lang := range locale.Languages() {
		doc := read(t, golden.Render(t, pages.TrackList(list), lang))
		var first, rest []string
		doc.Find(".parcels li").Each(func(_ int, li *goquery.Selection) {
			number := words(li.Find("h2"))
			if li.Find("strong").Length() == 1 {
				first = append(first, number)
				if len(rest) > 0 {
					t.Errorf("%s: %s needs something and stands after %s", lang, number, rest[0])
				}
				return
			}
			rest = append(rest, number)
		})
		for _, group := range [][]string{first, rest} {
			for i := 1; i < len(group); i++ {
				if group[i-1] >= group[i] {
					t.Errorf("%s: %s stands before %s", lang, group[i-1], group[i])
				}
			}
		}
		if len(first) != 6 || len(rest) != 34 {
			t.Errorf("%s: %d need something, %d do not; want 6 and 34", lang, len(first), len(rest))
		}
		if got, want := words(doc.Find("h1")), locale.For(lang).N("list.title", 40); got != want {
			t.Errorf("%s: h1 %q, want %q", lang, got, want)
		}
	}
}

func TestListNamesEachNumberThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, tt := range []struct {
			name             string
			unknown, misfits []string
		}{
			{"unknown", []string{"RB123456785SG", "XX1234"}, nil},
			{"misfits", nil, []string{"EC7K3M9QTR2XW8"}},
			{"both", []string{"RB123456785SG"}, []string{"EC7K3M9QTR2XW8", "EC7K3M9QTR2XW9"}},
		} {
			doc := read(t, golden.Render(t, pages.TrackList(pages.ListPage{Unknown: tt.unknown, Misfits: tt.misfits, Numbers: "as typed"}), lang))
			if got := words(doc.Find("h1")); got != l.T("list.empty") {
				t.Errorf("%s %s: h1 %q", lang, tt.name, got)
			}
			if got := words(doc.Find(".lead")); got != l.T("list.empty.next") {
				t.Errorf("%s %s: lead %q", lang, tt.name, got)
			}
			var got []string
			doc.Find(".apart .code").Each(func(_ int, s *goquery.Selection) { got = append(got, words(s)) })
			want := append(append([]string(nil), tt.misfits...), tt.unknown...)
			if len(got) != len(want) {
				t.Fatalf("%s %s: numbers %q, want %q", lang, tt.name, got, want)
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("%s %s: number %d is %q, want %q", lang, tt.name, i, got[i], want[i])
				}
			}
			if typed := doc.Find("textarea").Text(); typed != "as typed" {
				t.Errorf("%s %s: box holds %q, want what was typed", lang, tt.name, typed)
			}
		}
	}
}
