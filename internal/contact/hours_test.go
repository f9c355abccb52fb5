package contact_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/contact"
)

var workdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}

func nineToSix(zone string) contact.Hours {
	return contact.Hours{Zone: zone, Shifts: []contact.Shift{{Days: workdays, From: 9 * 60, To: 18 * 60}}}
}

func load(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestHoursOnAnotherClock(t *testing.T) {
	t.Parallel()
	mon, tue, wed, thu, fri, sun := time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Sunday
	for name, c := range map[string]struct {
		hours contact.Hours
		zone  string
		now   string
		want  []contact.Span
	}{
		"their own clock": {
			nineToSix("Asia/Shanghai"), "Asia/Shanghai", "2026-03-10T12:00:00Z",
			[]contact.Span{{Days: workdays, From: "09:00", To: "18:00"}},
		},
		"an hour on": {
			nineToSix("Asia/Shanghai"), "Asia/Seoul", "2026-03-10T12:00:00Z",
			[]contact.Span{{Days: workdays, From: "10:00", To: "19:00"}},
		},
		"the evening before, in winter": {
			nineToSix("Asia/Shanghai"), "America/Los_Angeles", "2026-01-14T12:00:00Z",
			[]contact.Span{{Days: []time.Weekday{mon, tue, wed, thu, sun}, From: "17:00", To: "02:00", NextDay: true}},
		},
		"the evening before, in summer": {
			nineToSix("Asia/Shanghai"), "America/Los_Angeles", "2026-07-14T12:00:00Z",
			[]contact.Span{{Days: []time.Weekday{mon, tue, wed, thu, sun}, From: "18:00", To: "03:00", NextDay: true}},
		},
		"a week in which the visitor's clock springs forward": { // Sunday 8 March, 02:00 in Los Angeles
			nineToSix("Asia/Shanghai"), "America/Los_Angeles", "2026-03-05T20:00:00Z", // Friday 04:00 in Shanghai
			[]contact.Span{
				{Days: []time.Weekday{mon, tue, wed, sun}, From: "18:00", To: "03:00", NextDay: true},
				{Days: []time.Weekday{thu}, From: "17:00", To: "02:00", NextDay: true},
			},
		},
		"a week in which the carrier's clock falls back": { // Sunday 1 November in New York
			nineToSix("America/New_York"), "Asia/Seoul", "2026-10-29T12:00:00Z", // Thursday
			[]contact.Span{
				{Days: []time.Weekday{mon, tue, wed}, From: "23:00", To: "08:00", NextDay: true},
				{Days: []time.Weekday{thu, fri}, From: "22:00", To: "07:00", NextDay: true},
			},
		},
		"up to midnight is 24:00, not the next day": {
			contact.Hours{Zone: "Asia/Seoul", Shifts: []contact.Shift{{Days: []time.Weekday{sun}, From: 20 * 60, To: 24 * 60}}},
			"Asia/Seoul", "2026-03-10T12:00:00Z",
			[]contact.Span{{Days: []time.Weekday{sun}, From: "20:00", To: "24:00"}},
		},
		"over the turn of the year": {
			contact.Hours{Zone: "Asia/Shanghai", Shifts: []contact.Shift{{Days: []time.Weekday{thu}, From: 9 * 60, To: 18 * 60}}},
			"America/New_York", "2026-12-30T00:00:00Z", // Thursday is 31 December
			[]contact.Span{{Days: []time.Weekday{wed}, From: "20:00", To: "05:00", NextDay: true}},
		},
		"nothing known": {contact.Hours{}, "Asia/Seoul", "2026-03-10T12:00:00Z", nil},
	} {
		got := c.hours.In(load(t, c.zone), at(t, c.now))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOpenAndNextOpening(t *testing.T) {
	t.Parallel()
	hours := nineToSix("Asia/Shanghai")
	for now, want := range map[string]struct {
		open bool
		next string
	}{
		"2026-03-10T00:59:59Z": {false, "2026-03-10T01:00:00Z"}, // Tuesday, 08:59:59 there
		"2026-03-10T01:00:00Z": {true, "2026-03-11T01:00:00Z"},
		"2026-03-10T09:59:59Z": {true, "2026-03-11T01:00:00Z"},
		"2026-03-10T10:00:00Z": {false, "2026-03-11T01:00:00Z"},
		"2026-03-13T10:00:00Z": {false, "2026-03-16T01:00:00Z"}, // Friday evening: Monday
		"2026-03-14T16:00:00Z": {false, "2026-03-16T01:00:00Z"}, // Sunday there
	} {
		if got := hours.Open(at(t, now)); got != want.open {
			t.Errorf("%s: open %v, want %v", now, got, want.open)
		}
		next, ok := hours.NextOpening(at(t, now))
		if !ok || !next.Equal(at(t, want.next)) {
			t.Errorf("%s: opens next at %s, %v; want %s", now, next.UTC(), ok, want.next)
		}
	}
	once := contact.Hours{Zone: "Asia/Shanghai", Shifts: []contact.Shift{{Days: []time.Weekday{time.Tuesday}, From: 540, To: 600}}}
	if next, _ := once.NextOpening(at(t, "2026-03-10T02:00:00Z")); !next.Equal(at(t, "2026-03-17T01:00:00Z")) {
		t.Errorf("once a week: opens next at %s, want a week later", next)
	}
	if _, ok := (contact.Hours{}).NextOpening(at(t, "2026-03-10T02:00:00Z")); ok {
		t.Error("without hours somebody answers")
	}
}
