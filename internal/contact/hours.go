package contact

import (
	"slices"
	"time"
	_ "time/tzdata" // zones on machines that have none installed
)

// Shift is a span of some weekdays in which somebody answers, in minutes after
// midnight of the carrier's clock; To is after From and at most 24:00.
type Shift struct {
	Days     []time.Weekday
	From, To int
}

// Hours is when the carrier's people answer; without shifts nothing is known.
type Hours struct {
	// Zone is the IANA zone in which the shifts are meant.
	Zone   string
	Shifts []Shift
	// Example marks hours that nobody has promised.
	Example bool
}

// Span is a shift as some clock shows it.
type Span struct {
	// Days are the weekdays on which it begins, in the order of the week.
	Days []time.Weekday
	// From and To are clock times, "09:00"; the end of a day is "24:00".
	From, To string
	// NextDay tells that To is on the day after.
	NextDay bool
}

// Known tells whether any hours are set.
func (h Hours) Known() bool { return len(h.Shifts) > 0 }

// Location is the zone of the carrier's clock; UTC for one that is unknown.
func (h Hours) Location() *time.Location {
	zone, err := time.LoadLocation(h.Zone)
	if err != nil || h.Zone == "" {
		return time.UTC
	}
	return zone
}

// In gives the hours of the seven days from now as a clock of that zone shows them.
// Days on which it shows the same are one span; a change of either clock within
// these days makes two.
func (h Hours) In(zone *time.Location, now time.Time) (spans []Span) {
	for _, o := range h.openings(now) {
		spans = addSpan(spans, o, zone)
	}
	for i := range spans {
		slices.SortFunc(spans[i].Days, func(a, b time.Weekday) int { return fromMonday(a) - fromMonday(b) })
	}
	slices.SortStableFunc(spans, func(a, b Span) int { return fromMonday(a.Days[0]) - fromMonday(b.Days[0]) })
	return spans
}

// Open tells whether somebody answers now.
func (h Hours) Open(now time.Time) bool {
	return slices.ContainsFunc(h.openings(now), func(o opening) bool { return o.holds(now) })
}

// NextOpening is when somebody answers next, for a moment at which nobody does;
// false when no hours are known.
func (h Hours) NextOpening(now time.Time) (time.Time, bool) {
	var next time.Time
	for _, o := range h.openings(now) {
		if o.from.After(now) && (next.IsZero() || o.from.Before(next)) {
			next = o.from
		}
	}
	return next, !next.IsZero()
}

// opening is one shift on one day.
type opening struct{ from, to time.Time }

func (o opening) holds(at time.Time) bool { return !at.Before(o.from) && at.Before(o.to) }

// openings lists the shifts of today and the seven days after on the carrier's
// clock. The same weekday a week from now is left out, but for what is over today.
func (h Hours) openings(now time.Time) (found []opening) {
	zone := h.Location()
	today := now.In(zone)
	for _, s := range h.Shifts {
		for n := range 8 {
			day := time.Date(today.Year(), today.Month(), today.Day()+n, 0, 0, 0, 0, zone)
			o := opening{from: clockOn(day, s.From), to: clockOn(day, s.To)}
			first := n < 7 && o.to.After(now)
			again := n == 7 && !clockOn(today, s.To).After(now)
			if slices.Contains(s.Days, day.Weekday()) && (first || again) {
				found = append(found, o)
			}
		}
	}
	return found
}

// clockOn is a time of day on the date of day, both on its clock.
func clockOn(day time.Time, minutes int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, day.Location())
}

// addSpan lays an opening beside those that the zone's clock shows alike.
func addSpan(spans []Span, o opening, zone *time.Location) []Span {
	from, to := o.from.In(zone), o.to.In(zone)
	s := Span{From: from.Format("15:04"), To: to.Format("15:04"), NextDay: to.YearDay() != from.YearDay()}
	if s.To == "00:00" {
		s.To, s.NextDay = "24:00", false
	}
	for i, other := range spans {
		if other.From == s.From && other.To == s.To && other.NextDay == s.NextDay {
			spans[i].Days = append(other.Days, from.Weekday())
			return spans
		}
	}
	s.Days = []time.Weekday{from.Weekday()}
	return append(spans, s)
}

// fromMonday is a day's place in a week that begins with Monday.
func fromMonday(d time.Weekday) int { return (int(d) + 6) % 7 }

func workdays() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
}
