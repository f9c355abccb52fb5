package pages_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

// manyEvents is a moving parcel with n events, newest first, one every five hours.
func manyEvents(n int) pages.TrackPage {
	events := make([]shipment.PublicCheckpoint, n)
	for i := range events {
		events[i] = later(event("InTransit_003", "", "US"), -5*time.Hour*time.Duration(i))
		events[i].Place = "Facility " + strconv.Itoa(i)
	}
	return parcel("InTransit_003", events...)
}

func TestLongHistoriesOpenOnDemand(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for n := range 30 {
			doc := read(t, golden.Render(t, pages.Track(manyEvents(n)), lang))
			rows, link := doc.Find(".history li"), doc.Find(".earlier a")
			if rows.Length() != n {
				t.Fatalf("%s: %d events are in the page, want %d: paper and wide screens show all", lang, rows.Length(), n)
			}
			folded := n-components.Shown >= components.Shown
			if got := doc.Find(".history ol.folded").Length() == 1; got != folded || link.Length() == 1 != folded {
				t.Errorf("%s, %d events: folded %v with %d links, want %v", lang, n, got, link.Length(), folded)
			}
			if !folded {
				continue
			}
			if got, want := words(link), l.N("timeline.earlier", n-components.Shown); got != want {
				t.Errorf("%s, %d events: link says %q, want %q", lang, n, got, want)
			}
			target := rows.Eq(components.Shown)
			if id := target.AttrOr("id", ""); id == "" || link.AttrOr("href", "") != "#"+id {
				t.Errorf("%s, %d events: link to %q, first hidden event is %q", lang, n, link.AttrOr("href", ""), id)
			}
		}
	}
}

func TestUnlockedHistoriesOpenOnDemandToo(t *testing.T) {
	t.Parallel()
	p := manyEvents(3)
	p.Private = &shipment.Private{Scope: "status", Checkpoints: make([]shipment.Checkpoint, 8)}
	if got, want := words(read(t, track(t, p)).Find(".earlier")), "Show 5 earlier events"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.Private.Checkpoints = p.Private.Checkpoints[:5]
	if n := read(t, track(t, p)).Find(".earlier").Length(); n != 0 {
		t.Errorf("two more events are hidden behind a link")
	}
}

func TestUnlockedPageLeadsToItsDetails(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		scope string
		want  int
	}{{"docs", 1}, {"status", 0}} {
		p := manyEvents(3)
		p.Private = &shipment.Private{Scope: tt.scope, Record: shipment.Record{OrderNo: "A-1"}}
		doc := read(t, track(t, p))
		if n := doc.Find(`.waybill .more a[href="#details"]`).Length(); n != tt.want {
			t.Errorf("%s: %d links to the details, want %d", tt.scope, n, tt.want)
		}
		if n := doc.Find("aside #details .facts").Length(); n > 0 != (tt.want > 0) {
			t.Errorf("%s: %d blocks of details", tt.scope, n)
		}
	}
	if n := read(t, track(t, manyEvents(3))).Find(".more, #details").Length(); n != 0 {
		t.Error("a locked page leads to details")
	}
}

// Any instant, at any offset, beside any clock: both clocks and the word for
// another day are those of the time package.
func TestClocksAgreeWithTheCalendar(t *testing.T) {
	t.Parallel()
	r, l := rand.New(rand.NewPCG(7, 11)), locale.For(locale.English)
	zones := l.Zones()
	for range 400 {
		name := zones[r.IntN(len(zones))].Name
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		c := event("InTransit_003", "", "US")
		c.At = time.Unix(r.Int64N(2_000_000_000), 0).UTC()
		c.OffsetMinutes = (r.IntN(105) - 48) * 15 // UTC-12 to UTC+14
		p := parcel("InTransit_003", c)
		p.Zone, p.ZoneName, p.ZoneChosen = zone, name, true
		row := read(t, track(t, p)).Find(".history li")
		local := c.At.In(time.FixedZone("", c.OffsetMinutes*60))
		if got, want := row.Find("time").AttrOr("datetime", ""), local.Format("2006-01-02T15:04-07:00"); got != want {
			t.Fatalf("%s: datetime %s, want %s", c.At, got, want)
		}
		if got, want := words(row.Find("h3")), local.Format("2 January 2006"); got != want {
			t.Fatalf("%s: day %s, want %s", c.At, got, want)
		}
		if got, want := words(row.Find("time")), local.Format("15:04")+" "+l.Offset(c.OffsetMinutes); got != want {
			t.Fatalf("%s: clock %s, want %s", c.At, got, want)
		}
		other := c.At.In(zone)
		want := l.Zone(name) + " " + other.Format("15:04")
		switch here, there := local.Format(time.DateOnly), other.Format(time.DateOnly); {
		case there > here:
			want += " next day"
		case there < here:
			want += " the day before"
		}
		if got := words(row.Find(".when span")); got != want {
			t.Fatalf("%s at %s in %s: second clock %q, want %q", c.At, l.Offset(c.OffsetMinutes), name, got, want)
		}
	}
}

// A day is named where it begins, once, whatever the number of its events.
func TestDaysAreNamedOnce(t *testing.T) {
	t.Parallel()
	doc := read(t, track(t, manyEvents(25)))
	last := ""
	doc.Find(".history li").Each(func(i int, row *goquery.Selection) {
		day, _, _ := strings.Cut(row.Find("time").AttrOr("datetime", ""), "T")
		if named := row.Find("h3").Length() == 1; named != (day != last) {
			t.Errorf("event %d on %s after %q: day named %v", i, day, last, named)
		}
		last = day
	})
}
