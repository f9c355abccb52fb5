package main

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/layouts"
	"ecms/portal/templates/pages"
)

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 32<<10); return &b }}

// sample is the number that stands for the asked one while the constant parts
// of the page are cut out.
const sample = "EC00000000000"

// texts are the page's words and constant parts, made once at the start.
type texts struct {
	now           func() time.Time
	shell, unlock []string          // around the waybill: shell[0] number shell[1] ...
	answers       map[bool][]string // links to answers around the waybill, by whether it is delivered
	status        map[string]string
	tags          map[string]string
	sentence      map[[3]string]string // subtag, country, destination
	country       map[string]string
	in            map[string]string
	city          map[string]string
	zone          map[string]*time.Location
	months        [13]string
	t             map[string]string
	around        map[string][]string // texts with a gap: before it, between, after it
}

var countries = []string{"US", "CN", "HK", "KR", "JP", "TW", "SG", "TH", "PH", "MY"}

var zones = []string{
	"Asia/Shanghai", "Asia/Hong_Kong", "Asia/Seoul", "Asia/Tokyo", "Asia/Taipei", "Asia/Singapore", "Asia/Bangkok", "Asia/Manila", "Asia/Kuala_Lumpur",
}

var words = []string{
	"waybill.number", "waybill.copy", "waybill.copied", "waybill.to", "needed.title", "needed.nothing", "needed.nothing.delivered", "needed.nothing.pickup",
	"expected.title", "expected.title.passed", "expected.basis.promise", "expected.basis.passed", "progress.title", "progress.accepted", "progress.customs", "progress.delivery",
	"progress.delivered", "progress.done", "progress.now", "progress.next", "timeline.title", "track.more",
	"lastmile.title", "lastmile.carrier", "lastmile.number", "lastmile.note",
}

var gaps = map[string][]string{
	"track.updated": {"when", "offset"}, "progress.left": {"country"}, "progress.arrived": {"country"}, "timeline.clocks.destination": {"city"},
	"timeline.earlier.other": {"n"}, "timeline.next_day": {"time"}, "timeline.day_before": {"time"},
}

func newTexts(now func() time.Time) *texts {
	l := locale.For(locale.English)
	t := &texts{
		now:    now,
		status: map[string]string{}, tags: map[string]string{}, sentence: map[[3]string]string{}, country: map[string]string{},
		in: map[string]string{}, city: map[string]string{}, zone: map[string]*time.Location{}, t: map[string]string{}, around: map[string][]string{},
	}
	for _, key := range words {
		t.t[key] = l.T(key)
	}
	for key, names := range gaps {
		args := make([]string, 0, 4)
		for _, n := range names {
			args = append(args, n, "\x00")
		}
		t.around[key] = strings.Split(l.T(key, args...), "\x00")
	}
	for _, c := range countries {
		t.country[c], t.in[c] = l.Country(c), l.InCountry(c)
	}
	for _, tag := range shipment.Tags() {
		t.tags[string(tag)] = l.Tag(string(tag))
	}
	for _, s := range shipment.Subtags() {
		t.status[string(s)] = l.Status(string(s))
		for _, c := range countries {
			for _, d := range countries {
				t.sentence[[3]string{string(s), c, d}] = l.StatusSentence(string(s), c, d)
			}
		}
	}
	for _, z := range zones {
		t.city[z] = l.Zone(z)
		t.zone[z], _ = time.LoadLocation(z)
	}
	for m := time.January; m <= time.December; m++ {
		t.months[m] = m.String()
	}
	t.constants(l)
	return t
}

// constants cuts the shell, the unlock form and the links to answers out of two
// pages of the portal, of a parcel on its way and of one delivered.
func (t *texts) constants(l *locale.Locale) {
	html := constant(l, shipment.InTransit)
	title, end := strings.Index(html, "<title>")+len("<title>"), strings.Index(html, "</title>")
	main := strings.Index(html, `<main id="main" tabindex="-1">`) + len(`<main id="main" tabindex="-1">`)
	unlock, after := strings.Index(html, `<section class="sheet unlock"`), strings.Index(html, `<section class="faq"`)
	t.shell = append([]string{html[:title], html[end:main]}, strings.Split(html[strings.Index(html, "</main>"):], sample)...)
	t.unlock = strings.Split(html[unlock:after], sample)
	t.answers = map[bool][]string{false: answersOf(html), true: answersOf(constant(l, shipment.Delivered))}
}

// constant is the portal's page of the sample.
func constant(l *locale.Locale, tag shipment.Tag) string {
	ctx := locale.With(context.Background(), l)
	ctx = layouts.WithShell(ctx, layouts.Shell{Lang: locale.English, Path: "/track/" + sample})
	var page bytes.Buffer
	p := pages.TrackPage{Parcel: shipment.Public{
		Waybill: sample, OriginCountry: "US", DestCountry: "CN", DestZone: "UTC", Status: shipment.Status{Tag: tag},
	}, Zone: time.UTC, ZoneName: "UTC"}
	if err := pages.Track(p).Render(ctx, &page); err != nil {
		panic(err)
	}
	return page.String()
}

func answersOf(html string) []string {
	return strings.Split(html[strings.Index(html, `<section class="faq"`):strings.Index(html, "</aside>")], sample)
}
