package pages_test

import (
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

var shanghai = time.FixedZone("CST", 8*3600)

// parcel is on its way from the US to China with the given events, newest first.
func parcel(subtag shipment.Subtag, events ...shipment.PublicCheckpoint) pages.TrackPage {
	p := shipment.Public{
		Waybill: "EC7K3M9QTR2XW5", OriginCountry: "US", DestCountry: "CN", DestZone: "Asia/Shanghai",
		PromisedFrom: "2026-03-09", PromisedTo: "2026-03-12", Piece: 1, Pieces: 1, Checkpoints: events,
		Status: shipment.Status{Tag: subtag.Tag(), Subtag: subtag},
	}
	if len(events) > 0 {
		p.Status.At = events[0].At
		if c := events[0].Customs; c != "" {
			p.Status.Customs, p.Status.CustomsSince = c, events[0].At
		}
	}
	return pages.TrackPage{
		Parcel: p, Needs: needs.Of(p), Zone: shanghai, ZoneName: "Asia/Shanghai",
		Now: time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC),
	}
}

func event(subtag shipment.Subtag, customs shipment.CustomsState, country string) shipment.PublicCheckpoint {
	return shipment.PublicCheckpoint{
		At: time.Date(2026, 3, 3, 18, 30, 0, 0, time.UTC), OffsetMinutes: -480, Country: country, Subtag: subtag, Customs: customs,
	}
}

func track(t *testing.T, p pages.TrackPage) string {
	t.Helper()
	return golden.Render(t, pages.Track(p), locale.English)
}

func wants(t *testing.T, html string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(html, w) {
			t.Errorf("want %q in\n%s", w, content(t, html))
		}
	}
}

func TestBothClocks(t *testing.T) {
	p := parcel("InTransit_003", event("InTransit_003", "", "US"))
	wants(t, track(t, p), "3 March 2026", `datetime="2026-03-03T10:30-08:00">10:30 UTC−8<`, "Shanghai 02:30 next day", "at the destination")
	p.Zone, p.ZoneName, p.ZoneChosen = time.FixedZone("HST", -10*3600), "Pacific/Honolulu", true
	wants(t, track(t, p), "Honolulu 08:30<", "your second clock")
	early := event("InTransit_003", "", "CN")
	early.At, early.OffsetMinutes = time.Date(2025, 12, 31, 17, 0, 0, 0, time.UTC), 480
	p.Parcel.Checkpoints = []shipment.PublicCheckpoint{early}
	wants(t, track(t, p), "1 January 2026", "Honolulu 07:00 the day before")
	half := early
	half.OffsetMinutes = 345
	p.Parcel.Checkpoints = []shipment.PublicCheckpoint{half}
	wants(t, track(t, p), `datetime="2025-12-31T22:45+05:45">22:45 UTC+5:45<`)
}

func TestCustomsSpeaksOnlyWhileItIsTheLatestNews(t *testing.T) {
	l := locale.For(locale.English)
	held := parcel("Exception_018", event("Exception_018", shipment.AwaitingID, "CN"))
	wants(t, track(t, held), l.CustomsSentence("awaiting_id", "CN"), l.T("stamp.waiting"), l.T("need.id.task"), l.T("need.id.rule"), "/parcels/")
	later := event("InTransit_007", "", "CN")
	later.At = later.At.Add(time.Hour)
	gone := parcel("InTransit_007", later, event("InTransit_005", shipment.Released, "CN"))
	gone.Parcel.Status.Customs, gone.Parcel.Status.CustomsSince = shipment.Released, later.At.Add(-time.Hour)
	wants(t, track(t, gone), l.StatusSentence("InTransit_007", "CN", "CN"), l.T("needed.nothing"))
}

func TestDeadlineIsCountedAtTheDestination(t *testing.T) {
	p := parcel("Exception_006", event("Exception_006", shipment.AwaitingDuty, "CN"))
	// 3 March 18:30 UTC is 4 March in Shanghai; 30 days later is 3 April.
	for _, tt := range []struct {
		now  time.Time
		want string
	}{
		{time.Date(2026, 4, 1, 15, 59, 59, 0, time.UTC), "2 days left"},
		{time.Date(2026, 4, 1, 16, 0, 0, 0, time.UTC), "1 day left"},
		{time.Date(2026, 4, 3, 15, 59, 59, 0, time.UTC), "last day today"},
		{time.Date(2026, 4, 3, 16, 0, 0, 0, time.UTC), "1 day over"},
	} {
		p.Now = tt.now
		html := track(t, p)
		wants(t, html, `<time datetime="2026-04-03">3 April 2026</time>`, tt.want)
		p.Zone, p.ZoneName = time.UTC, "UTC"
		wants(t, track(t, p), tt.want)
		p.Zone, p.ZoneName = shanghai, "Asia/Shanghai"
	}
}

func TestExpectedSaysWhenThePromiseHasPassed(t *testing.T) {
	l := locale.For(locale.English)
	p := parcel("InTransit_003", event("InTransit_003", "", "CN"))
	wants(t, track(t, p), "9–12 March 2026", l.T("expected.basis.promise"))
	p.Now = time.Date(2026, 3, 12, 16, 0, 0, 0, time.UTC) // 13 March in Shanghai
	wants(t, track(t, p), "9–12 March 2026", l.T("expected.basis.passed"))
	p.Parcel.PromisedFrom, p.Parcel.PromisedTo = "", ""
	if html := track(t, p); strings.Contains(html, l.T("expected.title")) {
		t.Error("a date is shown that nobody promised")
	}
}

func TestNothingPrivateWithoutASecondFact(t *testing.T) {
	page, ok := pages.GalleryPage(golden.Context(locale.English), "page-track-unlocked")
	if !ok {
		t.Fatal("no sample")
	}
	open := golden.Render(t, page, locale.English)
	private := []string{"王小明", "A-2026-118820", "processed", "文三路", "2.02 kg", "/track/EC00010001000E"}
	wants(t, open, private...)
	for _, hidden := range []string{"13800138000", "138 0013 8000", "xiaoming@"} {
		if strings.Contains(open, hidden) {
			t.Errorf("unlocked page shows %q whole", hidden)
		}
	}
	for _, s := range pages.States(locale.For(locale.English)) {
		if s.Name == "track unlocked" || strings.HasPrefix(s.Name, "staff ") || strings.HasPrefix(s.Name, "shelf parcel") || s.Name == "answer with measures" {
			continue
		}
		html := golden.Render(t, s.Body, locale.English)
		for _, p := range private {
			if p != "processed" && strings.Contains(html, p) {
				t.Errorf("%s shows %q", s.Name, p)
			}
		}
	}
}
