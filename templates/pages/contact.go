package pages

import (
	"slices"
	"time"

	"ecms/portal/internal/contact"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// ContactPage is who can be reached, how and when.
type ContactPage struct {
	Card contact.Card
	// Now decides which clock change counts, and whether somebody answers.
	Now time.Time
	// Zone is the second clock that the visitor chose; nil shows the destinations'.
	Zone *time.Location
}

// wide are the channels that reach somebody from anywhere.
func (p ContactPage) wide() []contact.Channel { return p.channels(false) }

// near are the carrier's own people in a country.
func (p ContactPage) near() []contact.Channel { return p.channels(true) }

func (p ContactPage) channels(local bool) (found []contact.Channel) {
	for _, c := range p.Card.Channels {
		if (c.Kind == contact.Local) == local {
			found = append(found, c)
		}
	}
	return found
}

// clock is the hours as one clock shows them.
type clock struct {
	Name, Zone string
	Spans      []string
}

// clocks are the hours on the carrier's clock, and on the visitor's when that is another.
func (p ContactPage) clocks(l *locale.Locale) []clock {
	own := p.Card.Hours.Location()
	all := []clock{p.clockOf(l, l.T("contact.hours.carrier"), own)}
	if p.Zone != nil && p.Zone.String() != own.String() {
		all = append(all, p.clockOf(l, l.T("contact.hours.second"), p.Zone))
	}
	return all
}

// atDestinations are the hours on the clocks of all destinations, those that show
// the same in one.
func (p ContactPage) atDestinations(l *locale.Locale) (all []clock) {
	for _, d := range shipment.Destinations() {
		zone, err := time.LoadLocation(d.Zone)
		if err != nil {
			continue
		}
		c := p.clockOf(l, l.Country(d.Country), zone)
		c.Zone = offset(l, p.Now.In(zone))
		same := slices.IndexFunc(all, func(other clock) bool { return other.Zone == c.Zone && slices.Equal(other.Spans, c.Spans) })
		if same >= 0 {
			all[same].Name = l.T("list.more", "row", all[same].Name, "next", c.Name)
			continue
		}
		all = append(all, c)
	}
	return all
}

func (p ContactPage) clockOf(l *locale.Locale, name string, zone *time.Location) clock {
	c := clock{Name: name, Zone: l.T("contact.hours.zone", "city", l.Zone(zone.String()), "offset", offset(l, p.Now.In(zone)))}
	for _, s := range p.Card.Hours.In(zone, p.Now) {
		key := "contact.hours.span"
		if s.NextDay {
			key = "contact.hours.overnight"
		}
		c.Spans = append(c.Spans, l.T(key, "days", dayRow(l, s.Days), "from", s.From, "to", s.To))
	}
	return c
}

// again is when somebody answers next, on the visitor's clock if there is one.
func (p ContactPage) again(l *locale.Locale) string {
	next, ok := p.Card.Hours.NextOpening(p.Now)
	if !ok {
		return ""
	}
	zone := p.Card.Hours.Location()
	if p.Zone != nil {
		zone = p.Zone
	}
	return l.T("contact.hours.next", "when", l.DateTime(next.In(zone)), "city", l.Zone(zone.String()))
}

func offset(l *locale.Locale, at time.Time) string {
	_, seconds := at.Zone()
	return l.Offset(seconds / 60)
}

// dayRow names weekdays in a row, three and more that follow one another by their
// ends: "Monday to Friday", over the week's end as well: "Sunday to Thursday".
func dayRow(l *locale.Locale, days []time.Weekday) string {
	has := func(d int) bool { return slices.Contains(days, time.Weekday((d+7)%7)) }
	if len(days) == 7 {
		return l.T("weekday.range", "from", dayName(l, 1), "to", dayName(l, 0))
	}
	row := ""
	for d := 1; d <= 7; d++ { // from Monday
		if !has(d) || has(d-1) {
			continue
		}
		last := d
		for has(last + 1) {
			last++
		}
		parts := []string{l.T("weekday.range", "from", dayName(l, d), "to", dayName(l, last))}
		if last-d < 2 {
			parts = parts[:0]
			for n := d; n <= last; n++ {
				parts = append(parts, dayName(l, n))
			}
		}
		for _, part := range parts {
			if row != "" {
				part = l.T("list.more", "row", row, "next", part)
			}
			row = part
		}
	}
	return row
}

func dayName(l *locale.Locale, d int) string { return l.T("weekday." + string(rune('0'+d%7))) }
