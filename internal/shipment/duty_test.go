package shipment_test

import (
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/shipment"
)

// TestDutyDueCountsDays holds the last day to the calendar of the destination:
// hours that a change of clocks takes or gives never move it.
func TestDutyDueCountsDays(t *testing.T) {
	t.Parallel()
	utc := func(y int, m time.Month, d, hour, minute int) time.Time {
		return time.Date(y, m, d, hour, minute, 0, 0, time.UTC)
	}
	for name, c := range map[string]struct {
		notice time.Time
		zone   string
		want   shipment.Date
	}{
		"the 30th day has no midnight (Havana)":   {utc(2026, 2, 6, 5, 30), "America/Havana", "2026-03-08"},
		"the 30th day has no midnight (Cairo)":    {utc(2026, 3, 24, 22, 30), "Africa/Cairo", "2026-04-24"},
		"the 30th day has no midnight (Beirut)":   {utc(2026, 2, 26, 22, 15), "Asia/Beirut", "2026-03-29"},
		"the 30th day has two midnights":          {utc(2026, 10, 2, 4, 30), "America/Havana", "2026-11-01"},
		"a day that Samoa never had":              {utc(2011, 11, 30, 12, 0), "Pacific/Apia", "2011-12-30"},
		"clocks go forward on the way":            {utc(2026, 2, 20, 4, 59), "America/New_York", "2026-03-21"},
		"clocks go back on the way":               {utc(2026, 10, 20, 3, 59), "America/New_York", "2026-11-18"},
		"over 28 February":                        {utc(2026, 2, 1, 12, 0), "Asia/Seoul", "2026-03-03"},
		"over 29 February":                        {utc(2028, 2, 1, 12, 0), "Asia/Seoul", "2028-03-02"},
		"on 29 February":                          {utc(2028, 2, 29, 12, 0), "Asia/Seoul", "2028-03-30"},
		"ends on 29 February":                     {utc(2028, 1, 30, 12, 0), "Asia/Seoul", "2028-02-29"},
		"over New Year":                           {utc(2026, 12, 31, 15, 59), "Asia/Shanghai", "2027-01-30"},
		"New Year has come there":                 {utc(2026, 12, 31, 16, 0), "Asia/Shanghai", "2027-01-31"},
		"a zone of quarter hours, before its day": {utc(2026, 3, 1, 18, 14), "Asia/Kathmandu", "2026-03-31"},
		"a zone of quarter hours, at its day":     {utc(2026, 3, 1, 18, 15), "Asia/Kathmandu", "2026-04-01"},
		"furthest east":                           {utc(2026, 3, 1, 10, 0), "Pacific/Kiritimati", "2026-04-01"},
		"furthest west":                           {utc(2026, 3, 1, 10, 59), "Pacific/Niue", "2026-03-30"},
		"no zone counts as UTC":                   {utc(2026, 3, 1, 23, 59), "", "2026-03-31"},
		"an unknown zone counts as UTC":           {utc(2026, 3, 1, 23, 59), "Mars/Olympus", "2026-03-31"},
	} {
		if got := shipment.DutyDue(c.notice, c.zone); got != c.want {
			t.Errorf("%s: notice %s in %q: due %s, want %s", name, c.notice.Format(time.RFC3339), c.zone, got, c.want)
		}
	}
}

// TestDutyDueOfEveryHour walks through two years hour by hour: the last day is
// always 30 dates after the date of the notice, and never goes back.
func TestDutyDueOfEveryHour(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Asia/Shanghai", "America/Havana", "Africa/Cairo", "Europe/London", "Australia/Lord_Howe"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		last := shipment.Date("")
		for notice := time.Date(2027, 1, 1, 0, 30, 0, 0, time.UTC); notice.Year() < 2029; notice = notice.Add(time.Hour) {
			y, m, d := notice.In(zone).Date()
			want := shipment.Date(time.Date(y, m, d+30, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
			got := shipment.DutyDue(notice, name)
			if got != want || got < last {
				t.Fatalf("%s: notice %v: due %s, want %s, the hour before %s", name, notice, got, want, last)
			}
			last = got
		}
	}
}

// TestDutyDueReadsNoFile keeps the zone database out of lookups.
func TestDutyDueReadsNoFile(t *testing.T) {
	notice := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	shipment.DutyDue(notice, "Asia/Taipei")
	if n := testing.AllocsPerRun(100, func() { shipment.DutyDue(notice, "Asia/Taipei") }); n > 6 {
		t.Errorf("a due date makes %v allocations, as if the zone were loaded again", n)
	}
}

func TestDutyDueAtOnce(t *testing.T) {
	t.Parallel()
	notice := time.Date(2026, 3, 2, 15, 30, 0, 0, time.UTC)
	want := map[string]shipment.Date{"Asia/Seoul": "2026-04-02", "Asia/Shanghai": "2026-04-01", "Nowhere": "2026-04-01"}
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for zone, day := range want {
				if got := shipment.DutyDue(notice, zone); got != day {
					t.Errorf("%s: %s, want %s", zone, got, day)
				}
			}
		})
	}
	all.Wait()
}

func TestDatesThatAreNone(t *testing.T) {
	t.Parallel()
	for _, d := range []shipment.Date{"", "2026-02-29", "2026-13-01", "2026-1-1", "today", "2026-03-01T00:00:00Z"} {
		if at, ok := d.Time(); ok {
			t.Errorf("%q is taken for %v", d, at)
		}
		if got := d.AddDays(3); got != "" {
			t.Errorf("three days after %q is %q", d, got)
		}
	}
	for d, want := range map[shipment.Date]shipment.Date{"2026-03-01": "2026-02-28", "2028-03-01": "2028-02-29", "2027-01-01": "2026-12-31"} {
		if got := d.AddDays(-1); got != want {
			t.Errorf("the day before %s is %s, want %s", d, got, want)
		}
	}
}
