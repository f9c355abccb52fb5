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
	if notice.IsZero() {
		return ""
	}
	zone, err := time.LoadLocation(destinationZone)
	if err != nil {
		zone = time.UTC
	}
	return Date(notice.In(zone).AddDate(0, 0, DutyDays).Format(time.DateOnly))
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

// zones remembers time zones, since loading one reads a file.
type zones struct{ known sync.Map }

// day is the date of an instant in a zone; an unknown zone counts as UTC.
func (z *zones) day(t time.Time, zone string) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.In(z.find(zone)).Format(time.DateOnly))
}

func (z *zones) find(name string) *time.Location {
	if l, ok := z.known.Load(name); ok {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		l = time.UTC
	}
	z.known.Store(name, l)
	return l
}
