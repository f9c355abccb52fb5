package pages_test

import (
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

// advice is what the page says where customs waits for nothing.
var advice = []struct {
	name   string
	status shipment.Subtag
	key    string
	list   string
}{
	{"announced", "InfoReceived_001", "needed.nothing", "list.nothing"},
	{"on the way", "InTransit_007", "needed.nothing", "list.nothing"},
	{"late by the weather", "Exception_017", "needed.nothing", "list.nothing"},
	{"out for delivery", "OutForDelivery_001", "needed.nothing", "list.nothing"},
	{"delivered", "Delivered_003", "needed.nothing.delivered", "list.nothing"},
	{"to be collected", "AvailableForPickup_001", "needed.nothing.pickup", "list.look"},
	{"nobody there", "AttemptFail_002", "needed.nothing.attempt", "list.look"},
	{"place closed", "AttemptFail_003", "needed.nothing.attempt", "list.look"},
	{"moved away", "Exception_002", "needed.nothing.address", "list.look"},
	{"wrong address", "Exception_007", "needed.nothing.address", "list.look"},
	{"held until paid", "Exception_006", "needed.nothing.payment", "list.look"},
	{"documents", "Exception_018", "needed.nothing.documents", "list.look"},
	{"silent", "Expired_001", "needed.nothing.silent", "list.look"},
	{"refused at the door", "Exception_003", "needed.nothing.shop", "list.nothing"},
	{"not collected", "Exception_008", "needed.nothing.shop", "list.nothing"},
	{"damaged", "Exception_012", "needed.nothing.shop", "list.nothing"},
	{"going back", "Exception_010", "needed.nothing.shop", "list.nothing"},
	{"back", "Exception_011", "needed.nothing.shop", "list.nothing"},
	{"lost", "Exception_013", "needed.nothing.shop", "list.nothing"},
	{"cancelled", "Exception_020", "needed.nothing.shop", "list.nothing"},
}

func TestPageSaysWhomToAsk(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, tt := range advice {
			p := parcel(tt.status, event(tt.status, "", "CN"))
			doc := read(t, golden.Render(t, pages.Track(p), lang))
			if got, want := words(doc.Find(".nothing")), l.T(tt.key); got != want {
				t.Errorf("%s %s: page says %q, want %q", lang, tt.name, got, want)
			}
			rows := read(t, golden.Render(t, pages.TrackList(pages.ListPage{Rows: []pages.ListRow{{Parcel: p.Parcel}}}), lang))
			if got, want := words(rows.Find(".parcels li > p").First()), l.T("list.needed")+" "+l.T(tt.list); got != want {
				t.Errorf("%s %s: list says %q, want %q", lang, tt.name, got, want)
			}
		}
	}
}

// Refused by customs is an end of its own: the tag alone would say nothing.
func TestRefusedByCustomsLeadsToTheShop(t *testing.T) {
	t.Parallel()
	p := parcel("Exception_004", event("Exception_004", shipment.Refused, "CN"))
	if got, want := words(read(t, track(t, p)).Find(".nothing")), locale.For(locale.English).T("needed.nothing.shop"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestIDNamesWhatEachCustomsAsksFor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ country, key string }{
		{"CN", "need.id.why.CN"}, {"KR", "need.id.why.KR"}, {"TW", "need.id.why.TW"}, {"HK", "need.id.why"}, {"", "need.id.why"},
	} {
		for _, lang := range locale.Languages() {
			p := parcel("Exception_018", event("Exception_018", shipment.AwaitingID, tt.country))
			p.Parcel.DestCountry = tt.country
			doc := read(t, golden.Render(t, pages.Track(p), lang))
			if got, want := words(doc.Find(".needed h3 + p")), locale.For(lang).T(tt.key); got != want {
				t.Errorf("%s %s: got %q, want %q", lang, tt.country, got, want)
			}
		}
	}
}

func TestPanelHasTaskReasonDayMissedAndWhere(t *testing.T) {
	t.Parallel()
	for state, kind := range map[shipment.CustomsState]needs.Kind{
		shipment.AwaitingInvoice: needs.Invoice, shipment.AwaitingID: needs.ID, shipment.AwaitingDuty: needs.Duty,
	} {
		for _, lang := range locale.Languages() {
			l, key := locale.For(lang), "need."+string(kind)
			p := parcel("Exception_018", event("Exception_018", state, "HK"))
			p.Parcel.DestCountry = "HK"
			p.Needs = needs.Of(p.Parcel)
			panel := read(t, golden.Render(t, pages.Track(p), lang)).Find(".needed")
			if got := words(panel.Find("h3")); got != l.T(key+".task") {
				t.Errorf("%s %s: task %q", lang, kind, got)
			}
			if n, m := panel.Find("dt").Length(), panel.Find("dd").Length(); n != 3 || m != 3 {
				t.Errorf("%s %s: %d names and %d values, want by, otherwise, where", lang, kind, n, m)
			}
			if got := words(panel.Find("dd").Eq(1)); got != l.T(key+".missed") {
				t.Errorf("%s %s: otherwise %q", lang, kind, got)
			}
			if got := words(panel.Find("dd").Eq(2)); got != l.T(key+".where") {
				t.Errorf("%s %s: where %q", lang, kind, got)
			}
			hasDay := panel.Find("dd time").Length() == 1
			if kind == needs.Duty != hasDay {
				t.Errorf("%s %s: a day is shown: %v", lang, kind, hasDay)
			}
			if panel.Find("a, button").Length() != 0 {
				t.Errorf("%s %s: leads to a page that is not there", lang, kind)
			}
		}
	}
}
