package pages

import (
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// atPlace gives an instant as the clock at its place showed it.
func atPlace(at time.Time, offset int) time.Time {
	return at.UTC().Add(time.Duration(offset) * time.Minute)
}

// history sets the events of a parcel for print: the public ones, or all that
// unlocking adds.
func history(l *locale.Locale, p *TrackPage) components.Timeline {
	city := l.Zone(p.ZoneName)
	t := components.Timeline{Clocks: l.T("timeline.clocks.destination", "city", city)}
	if p.ZoneChosen {
		t.Clocks = l.T("timeline.clocks.chosen", "city", city)
	}
	w := eventWriter{l: l, zone: p.Zone, city: city + " "}
	if p.Private != nil {
		t.Events = make([]components.Event, len(p.Private.Checkpoints))
		for i, c := range p.Private.Checkpoints {
			subtag, customs, _ := shipment.Translate(c.Source, c.Code)
			w.write(&t.Events[i], shipment.PublicCheckpoint{
				At: c.At, OffsetMinutes: c.OffsetMinutes, Country: c.Country, Place: c.Place, Subtag: subtag, Customs: customs,
			})
			if p.Private.Scope == "docs" {
				t.Events[i].Raw = raw(c)
			}
		}
		t.Earlier = earlier(l, len(t.Events))
		return t
	}
	t.Events = make([]components.Event, len(p.Parcel.Checkpoints))
	for i, c := range p.Parcel.Checkpoints {
		w.write(&t.Events[i], c)
	}
	t.Earlier = earlier(l, len(t.Events))
	return t
}

// earlier leads to the events beyond the first few; empty while that would hide
// hardly any.
func earlier(l *locale.Locale, events int) string {
	hidden := events - components.Shown
	if hidden < components.Shown {
		return ""
	}
	return l.N("timeline.earlier", hidden)
}

func raw(c shipment.Checkpoint) string {
	if c.Text == "" {
		return c.Code
	}
	return c.Code + " " + c.Text
}

// eventWriter sets events one after another and remembers the last day and
// instant text, which neighbours mostly share.
type eventWriter struct {
	l    *locale.Locale
	zone *time.Location
	city string
	y    int
	m    time.Month
	d    int
	buf  [64]byte
}

func (w *eventWriter) write(e *components.Event, c shipment.PublicCheckpoint) {
	at := atPlace(c.At, c.OffsetMinutes)
	y, m, d := at.Date()
	if y != w.y || m != w.m || d != w.d {
		w.y, w.m, w.d = y, m, d
		e.Day = w.l.Date(y, m, d)
	}
	e.Instant = w.instant(at, c.OffsetMinutes)
	b := append(w.buf[:0], e.Instant[11:16]...)
	e.Time = string(w.l.AppendOffset(append(b, ' '), c.OffsetMinutes))
	other := c.At.In(w.zone)
	switch sign(other.YearDay()-at.YearDay(), other.Year()-y) {
	case 1:
		e.Other = w.city + w.l.T("timeline.next_day", "time", w.l.Time(other))
	case -1:
		e.Other = w.city + w.l.T("timeline.day_before", "time", w.l.Time(other))
	default:
		e.Other = string(w.l.AppendTime(append(w.buf[:0], w.city...), other))
	}
	e.What = w.l.Status(string(c.Subtag))
	if c.Customs != "" {
		e.What = w.l.Customs(string(c.Customs))
	}
	switch {
	case c.Place == "" && c.Country != "":
		e.Where = w.l.Country(c.Country)
	case c.Country == "":
		e.Where = c.Place
	default:
		e.Where = w.l.T("timeline.where", "place", c.Place, "country", w.l.Country(c.Country))
	}
}

// sign tells whether a date is after (1), before (-1) or the same as another, by
// the difference of their years and days of the year. No two clocks on earth
// are more than 26 hours apart, so it is the next day or the day before.
func sign(days, years int) int {
	if years != 0 {
		days = years
	}
	return max(-1, min(1, days))
}

// instant writes RFC 3339 to the minute with the place's offset, on the day that
// w has come to.
func (w *eventWriter) instant(at time.Time, offset int) string {
	b := append(pair(pair(w.buf[:0], w.y/100), w.y%100), '-')
	b = append(pair(b, int(w.m)), '-')
	b = append(pair(b, w.d), 'T')
	h, m, _ := at.Clock()
	b = pair(append(pair(b, h), ':'), m)
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return string(pair(append(pair(append(b, sign), offset/60), ':'), offset%60))
}

// pair writes a number below 100 as two digits.
func pair(b []byte, n int) []byte {
	const digits = "0123456789"
	return append(b, digits[n/10%10], digits[n%10])
}
