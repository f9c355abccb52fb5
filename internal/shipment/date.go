package shipment

import (
	"sync"
	"time"
	_ "time/tzdata" // zones on machines that have none installed
)

// Date is a calendar day without a zone, as "2006-01-02"; empty when not known.
type Date string

// DutyDays is how many days duties and taxes may stay unpaid before a return.
const DutyDays = 30

// DutyDue is the last day on which duties can be paid: 30 days after the day
// of the notice at the destination. Empty when the notice has no instant.
func DutyDue(notice time.Time, destinationZone string) Date {
	return dayIn(notice, destinationZone).AddDays(DutyDays)
}

// Time is the date's midnight in UTC, for arithmetic; false when there is none.
func (d Date) Time() (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return t, err == nil
}

// AddDays is the date so many days later; empty stays empty.
func (d Date) AddDays(n int) Date {
	t, ok := d.Time()
	if !ok {
		return ""
	}
	return Date(t.AddDate(0, 0, n).Format(time.DateOnly))
}

// dayIn is the date of an instant in a zone; empty for the zero time.
func dayIn(t time.Time, zone string) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.In(ZoneOf(zone)).Format(time.DateOnly))
}

// zones remembers time zones by their names, since loading one reads a file.
var zones = sync.OnceValue(func() *sync.Map { return new(sync.Map) })

// ZoneOf finds a zone; an unknown one counts as UTC.
func ZoneOf(name string) *time.Location {
	if known, ok := zones().Load(name); ok {
		return known.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones().Store(name, zone)
	return zone
}
