package claim_test

import (
	"testing"
	"time"

	"ecms/portal/internal/claim"
	"ecms/portal/internal/shipment"
)

func TestLastDay(t *testing.T) {
	t.Parallel()
	for accepted, want := range map[shipment.Date]shipment.Date{
		"2026-03-03": "2026-04-02",
		"2028-01-30": "2028-02-29", // a leap year's day
		"2027-01-30": "2027-03-01", // no such day in this year
		"2028-02-29": "2028-03-30",
		"2026-12-15": "2027-01-14",
		"":           "",
		"soon":       "",
	} {
		if got := claim.LastDay(accepted); got != want {
			t.Errorf("accepted %q: last day %q, want %q", accepted, got, want)
		}
	}
}

// TestTheLastSecond tries each zone at the window's last second and at the next,
// over changes of the clock in spring, in autumn and at midnight itself.
func TestTheLastSecond(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		accepted shipment.Date
		zone     string
		closes   string // in UTC
	}{
		{"2026-03-03", "Asia/Shanghai", "2026-04-02T16:00:00Z"},
		{"2026-03-03", "America/Los_Angeles", "2026-04-03T07:00:00Z"}, // spring forward inside
		{"2026-10-15", "America/Los_Angeles", "2026-11-15T08:00:00Z"}, // fall back inside
		{"2026-02-06", "America/Los_Angeles", "2026-03-09T07:00:00Z"}, // the last day has 23 hours
		{"2026-10-02", "America/New_York", "2026-11-02T05:00:00Z"},    // the last day has 25 hours
		{"2028-01-30", "America/Chicago", "2028-03-01T06:00:00Z"},     // ends with 29 February
		{"2026-03-03", "Asia/Kolkata", "2026-04-02T18:30:00Z"},
		{"2026-03-03", "UTC", "2026-04-03T00:00:00Z"},
		{"2026-03-03", "Mars/Olympus", "2026-04-03T00:00:00Z"},      // counts as UTC
		{"2018-10-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z"}, // that midnight is skipped
		{"2026-03-03", "Pacific/Kiritimati", "2026-04-02T10:00:00Z"},
	} {
		want, err := time.Parse(time.RFC3339, c.closes)
		if err != nil {
			t.Fatal(err)
		}
		if got := claim.Closes(c.accepted, c.zone); !got.Equal(want) {
			t.Errorf("%s in %s closes at %s, want %s", c.accepted, c.zone, got.UTC(), want)
		}
		if !claim.Open(c.accepted, c.zone, want.Add(-time.Second)) {
			t.Errorf("%s in %s: shut a second before %s", c.accepted, c.zone, want)
		}
		if claim.Open(c.accepted, c.zone, want) {
			t.Errorf("%s in %s: still open at %s", c.accepted, c.zone, want)
		}
		if day, ok := claim.Day(c.accepted, c.zone, want.Add(-time.Second)); !ok || day != claim.Window {
			t.Errorf("%s in %s: the last second is on day %d, want %d", c.accepted, c.zone, day, claim.Window)
		}
		if day, ok := claim.Day(c.accepted, c.zone, want); !ok || day != claim.Window+1 {
			t.Errorf("%s in %s: the second after is on day %d, want %d", c.accepted, c.zone, day, claim.Window+1)
		}
	}
}

// TestDaysOfAWindowGoByOne walks through a window hour by hour.
func TestDaysOfAWindowGoByOne(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Date(2026, 10, 20, 0, 0, 0, 0, zone)
	last := -1
	for at := begin; at.Before(begin.AddDate(0, 0, 33)); at = at.Add(time.Hour) {
		day, ok := claim.Day("2026-10-20", zone.String(), at)
		if !ok || day != last && day != last+1 {
			t.Fatalf("%s is day %d after day %d", at, day, last)
		}
		if open := claim.Open("2026-10-20", zone.String(), at); open != (day <= claim.Window) {
			t.Fatalf("%s, day %d: open %v", at, day, open)
		}
		last = day
	}
	if last != 32 {
		t.Errorf("walked to day %d, want 32", last)
	}
}

func TestTheClockBeginsWithTheAcceptance(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)
	if claim.Open("", "Asia/Seoul", now) {
		t.Error("a parcel that was never accepted can be claimed for")
	}
	if !claim.Closes("", "Asia/Seoul").IsZero() {
		t.Error("a window that has not begun has an end")
	}
	if _, ok := claim.Day("", "Asia/Seoul", now); ok {
		t.Error("a window that has not begun has a day")
	}
}
