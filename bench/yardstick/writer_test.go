package main

import (
	"html"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/locale"
)

// text is what a writer writes.
func text(write func(*writer)) string {
	w := &writer{}
	write(w)
	return string(w.b)
}

func TestEscapingEqualsTheStandardOne(t *testing.T) {
	t.Parallel()
	escaped := func(s string) string { return text(func(w *writer) { w.e(s) }) }
	for _, s := range []string{
		"", "plain", "<", "a<b", `"'&<>`, "&amp;", "<script>alert('x')</script>", `" onload="x`, "東京 & 서울", "\xff<\x00", "ends with &", "&", "]]>",
	} {
		if got, want := escaped(s), html.EscapeString(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
	pieces := []string{"<", ">", "&", `"`, "'", "a", "é", "京", " ", "\x80"}
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		var s strings.Builder
		for range r.IntN(12) {
			s.WriteString(pieces[r.IntN(len(pieces))])
		}
		if got, want := escaped(s.String()), html.EscapeString(s.String()); got != want {
			t.Fatalf("%q: got %q, want %q", s.String(), got, want)
		}
	}
}

func TestTrustedTextStaysAsItIs(t *testing.T) {
	t.Parallel()
	if got := text(func(w *writer) { w.s("<p>", "", "&amp;", "</p>") }); got != "<p>&amp;</p>" {
		t.Errorf("got %q", got)
	}
}

func TestOffsetsEqualThePortals(t *testing.T) {
	t.Parallel()
	l := locale.For(locale.English)
	for minutes := -12 * 60; minutes <= 14*60; minutes += 15 {
		got := text(func(w *writer) { w.offset(int16(minutes)) })
		if want := l.Offset(minutes); got != want {
			t.Errorf("%d minutes: got %q, want %q", minutes, got, want)
		}
	}
}

func TestStampsAreReadByMachines(t *testing.T) {
	t.Parallel()
	for minutes, want := range map[int16]string{
		480: "2026-05-01T09:05+08:00", -420: "2026-05-01T09:05-07:00", 0: "2026-05-01T09:05+00:00", -210: "2026-05-01T09:05-03:30",
	} {
		local := time.Date(2026, 5, 1, 9, 5, 0, 0, time.UTC) // already moved to the place's clock, as at gives it
		got := text(func(w *writer) { w.stamp(local, minutes) })
		read, err := time.Parse("2006-01-02T15:04Z07:00", strings.Replace(got, "+00:00", "Z", 1))
		if _, offset := read.Zone(); got != want || err != nil || offset != int(minutes)*60 {
			t.Errorf("%d minutes: got %q, %v; want %q", minutes, got, err, want)
		}
	}
}

func TestDaysAndClocksEqualThePortals(t *testing.T) {
	t.Parallel()
	words, l := newTexts(time.Now), locale.For(locale.English)
	for at := time.Date(2024, 2, 28, 0, 7, 0, 0, time.UTC); at.Year() < 2026; at = at.Add(17*24*time.Hour + 67*time.Minute) {
		if got, want := text(func(w *writer) { w.day(words, at) }), l.Date(at.Date()); got != want {
			t.Errorf("day: got %q, want %q", got, want)
		}
		if got, want := text(func(w *writer) { w.clock(at) }), l.Time(at); got != want {
			t.Errorf("clock: got %q, want %q", got, want)
		}
	}
}

func TestStages(t *testing.T) {
	t.Parallel()
	// newest first, as the query gives them; a letter says where it happened.
	made := func(codes ...string) (events []event) {
		for _, c := range codes {
			code, abroad := strings.CutSuffix(c, "@JP")
			e := event{code: code, country: "US"}
			if abroad {
				e.country = "JP"
			}
			events = append(events, e)
		}
		return events
	}
	for _, c := range []struct {
		name      string
		p         parcel
		done, now int
	}{
		{"accepted", parcel{accepted: true}, 1, -1},
		{"left the counter", parcel{accepted: true, events: made("InTransit_007", "InTransit_002")}, 1, 1},
		{"arrived in the country", parcel{accepted: true, events: made("InTransit_004@JP", "InTransit_007")}, 3, -1},
		{"in customs", parcel{accepted: true, events: made("InTransit_006@JP", "InTransit_004@JP")}, 3, 3},
		{"out of customs", parcel{accepted: true, events: made("InTransit_005@JP", "InTransit_006@JP")}, 4, -1},
		{"handed on after customs", parcel{accepted: true, events: made("InTransit_007@JP", "InTransit_005@JP")}, 4, -1},
		{"out for delivery", parcel{accepted: true, events: made("OutForDelivery_001@JP", "InTransit_005@JP")}, 4, 4},
		{"at the pick-up point", parcel{accepted: true, events: made("AvailableForPickup_001@JP")}, 4, 4},
		{"delivered", parcel{tag: "Delivered", events: made("Delivered_001@JP")}, 6, -1},
	} {
		c.p.destination = "JP"
		if done, now := stage(&c.p); done != c.done || now != c.now {
			t.Errorf("%s: got %d done, now %d; want %d, %d", c.name, done, now, c.done, c.now)
		}
	}
}

func TestExpectedDays(t *testing.T) {
	t.Parallel()
	words := newTexts(func() time.Time { return time.Date(2026, 5, 20, 16, 0, 0, 0, time.UTC) })
	for _, c := range []struct {
		name, from, to, tag string
		want                string // "": nothing is promised
	}{
		{"within a month", "2026-05-22", "2026-05-27", "InTransit", "22–27 May 2026"},
		{"over two months", "2026-05-28", "2026-06-02", "InTransit", "28 May – 2 June 2026"},
		{"over two years", "2026-12-30", "2027-01-04", "InTransit", "30 December 2026 – 4 January 2027"},
		{"delivered already", "2026-05-22", "2026-05-27", "Delivered", ""},
		{"no promise", "", "", "InTransit", ""},
		{"half a promise", "2026-05-22", "", "InTransit", ""},
	} {
		p := &parcel{tag: c.tag, promisedFrom: c.from, promisedTo: c.to, zone: "Asia/Tokyo"}
		got := text(func(w *writer) { words.expected(w, p) })
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	// In Tokyo it is the 21st already: a promise up to the 20th has passed there.
	for to, key := range map[string]string{"2026-05-20": "expected.basis.passed", "2026-05-21": "expected.basis.promise"} {
		p := &parcel{tag: "InTransit", promisedFrom: "2026-05-18", promisedTo: to, zone: "Asia/Tokyo"}
		if got := text(func(w *writer) { words.expected(w, p) }); !strings.Contains(got, html.EscapeString(words.t[key])) {
			t.Errorf("until %s: got %q, want the words of %s", to, got, key)
		}
	}
}

func TestGroupedNumber(t *testing.T) {
	t.Parallel()
	if got, want := grouped("EC7K3M9QTR2XW5"), "EC 7K3M 9QTR 2XW5"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHealthNeedsNoDatabase(t *testing.T) {
	t.Parallel()
	answer := httptest.NewRecorder()
	handler(nil, time.Now).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/healthz", http.NoBody))
	if answer.Code != http.StatusOK {
		t.Errorf("got status %d, want 200", answer.Code)
	}
}
