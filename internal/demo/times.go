package demo

import (
	"math/rand/v2"
	"time"
)

// shift is what makes one parcel's clock differ from the next one's.
type shift struct {
	minutes []int // a step's minutes beyond its usual hours
	idle    time.Duration
}

// draw rolls the dice once, so that a date never changes what they say.
func draw(r *rand.Rand, s story) shift {
	d := shift{minutes: make([]int, len(s.way))}
	for i, step := range s.way {
		d.minutes[i] = r.IntN(13*max(step.hours, 1)) + 3 // up to a fifth more
	}
	d.idle = time.Duration(s.idle) * time.Hour
	if s.spread > 0 {
		d.idle += time.Duration(r.IntN(s.spread*60)) * time.Minute
	}
	return d
}

// times are the instants of a way's events: whole days are moved until the last
// one lies at least the idle time before the end, so that local hours stay
// those at which people work.
func (t trip) times(d shift, until time.Time) []time.Time {
	if len(t.story.way) == 0 {
		return nil
	}
	last := until.Add(-d.idle)
	start := last.AddDate(0, 0, -1).Truncate(day * time.Hour)
	for {
		at := t.walk(d, start)
		end := at[len(at)-1]
		if !end.After(last) {
			return at
		}
		start = start.AddDate(0, 0, -max(1, int(end.Sub(last)/(day*time.Hour))))
	}
}

// walk goes the way once, from the shipper's morning on.
func (t trip) walk(d shift, start time.Time) []time.Time {
	at := make([]time.Time, len(t.story.way))
	now := start.Add(15 * time.Hour)
	for i, s := range t.story.way {
		now = now.Add(time.Duration(s.hours)*time.Hour + time.Duration(d.minutes[i])*time.Minute)
		now = t.atWork(s, now)
		at[i] = now
	}
	return at
}

// atWork puts an event that needs people into their day: pick-ups and
// deliveries between 9 and 20, couriers leave between 7 and 11.
func (t trip) atWork(s step, at time.Time) time.Time {
	from, to := 0, 24
	switch {
	case s.code == "EDG":
		from, to = 7, 11
	case s.spot == shop || s.spot == door || s.spot == point:
		from, to = 9, 20
	}
	local := at.In(t.at(s.spot).zone)
	switch h := local.Hour(); {
	case h < from:
		return at.Add(time.Duration(from-h) * time.Hour)
	case h >= to:
		return at.Add(time.Duration(24-h+from) * time.Hour)
	}
	return at
}

// offsetAt is a zone's distance from UTC at an instant, in minutes.
func offsetAt(zone *time.Location, at time.Time) int {
	_, seconds := at.In(zone).Zone()
	return seconds / 60
}
