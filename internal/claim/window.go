// Package claim holds what shippers ask for when a parcel is lost or damaged: the
// window in which they may, and what becomes of it.
package claim

import (
	"time"

	"ecms/portal/internal/shipment"
)

// Window is how many days after its acceptance a parcel can be claimed for. Day 0
// is the date of acceptance at origin; the last day ends at 24:00 there.
const Window = 30

// LastDay is the last day on which a parcel accepted on that day, both at origin,
// can be claimed for. Empty when it was not accepted yet: the clock has not begun.
func LastDay(accepted shipment.Date) shipment.Date { return accepted.AddDays(Window) }

// Open tells whether a parcel can be claimed for now. originZone is the IANA name
// of the zone that its acceptance is dated in. Before acceptance nothing is open.
func Open(accepted shipment.Date, originZone string, now time.Time) bool {
	last := LastDay(accepted)
	return last != "" && shipment.DayIn(now, originZone) <= last
}

// Day counts from the acceptance: 0 on that date, Window on the last day, more when
// it is too late, negative when now is before it. False when it was not accepted yet.
func Day(accepted shipment.Date, originZone string, now time.Time) (int, bool) {
	first, ok := accepted.Time()
	today, known := shipment.DayIn(now, originZone).Time()
	if !ok || !known {
		return 0, false
	}
	return int(today.Sub(first) / (24 * time.Hour)), true // both at midnight in UTC: whole days
}

// Closes is the instant at which the window shuts: 24:00 of the last day at origin.
// Zero when the parcel was not accepted yet.
func Closes(accepted shipment.Date, originZone string) time.Time {
	next, ok := LastDay(accepted).AddDays(1).Time()
	if !ok {
		return time.Time{}
	}
	zone, err := time.LoadLocation(originZone)
	if err != nil {
		zone = time.UTC // as every date of that parcel is counted
	}
	start := time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, zone)
	if begins, ends := start.ZoneBounds(); start.Hour() != 0 { // clocks skip that midnight
		if start.Day() == next.Day() {
			start = begins
		} else {
			start = ends
		}
	}
	return start
}
