package pages

import (
	"sync"
	"time"

	"ecms/portal/internal/locale"
)

// expected words the days on which delivery is expected and what they rest on;
// false when there is nothing to expect any more, or no promise.
func expected(l *locale.Locale, p *TrackPage) (title, days, basis string, ok bool) {
	e, ok := Expected(&p.Parcel)
	if !ok {
		return "", "", "", false
	}
	title, basis = "expected.title", "expected.basis."+e.Basis
	if p.today().Format(time.DateOnly) > string(e.To) {
		title, basis = "expected.title.passed", "expected.basis.passed"
	}
	return l.T(title), l.Range(string(e.From), string(e.To)), l.T(basis), true
}

// today is the moment of asking by the destination's clock, whose days count.
func (p *TrackPage) today() time.Time {
	if p.ZoneName == p.Parcel.DestZone {
		return p.Now.In(p.Zone)
	}
	zone, ok := zones()[p.Parcel.DestZone]
	if !ok {
		var err error
		if zone, err = time.LoadLocation(p.Parcel.DestZone); err != nil {
			zone = time.UTC
		}
	}
	return p.Now.In(zone)
}

// zones are the clocks that people can choose, which hold all our destinations'.
// Loading one reads a file, so it is not done on each request.
var zones = sync.OnceValue(func() map[string]*time.Location {
	table := map[string]*time.Location{}
	for _, z := range locale.For(locale.English).Zones() {
		if zone, err := time.LoadLocation(z.Name); err == nil {
			table[z.Name] = zone
		}
	}
	return table
})
