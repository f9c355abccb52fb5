package locale

import "strings"

// Country is the name of a country (ISO 3166-1 alpha-2) as it stands alone; the
// code itself where the portal doesn't know it.
func (l *Locale) Country(alpha2 string) string {
	if name, ok := l.countries[alpha2]; ok {
		return name
	}
	return alpha2
}

// InCountry is the name as it stands inside a sentence, which is what {country}
// in a message takes: "the Philippines" in English.
func (l *Locale) InCountry(alpha2 string) string {
	if name, ok := l.inCountry[alpha2]; ok {
		return name
	}
	return l.Country(alpha2)
}

// Zone is one clock that a visitor can choose.
type Zone struct {
	// Name is the IANA name, the value of the choice.
	Name string
	// City is the zone in words.
	City string
}

// Zones lists the clocks a visitor can choose, by region, in the visitor's
// words: destinations first, then origins, then the rest of the world.
func (l *Locale) Zones() []Zone {
	zones := make([]Zone, len(zoneNames))
	for i, name := range zoneNames {
		zones[i] = Zone{name, l.Zone(name)}
	}
	return zones
}

// Zone is the city that a zone is named for, in words; for a zone beyond Zones
// the city in its IANA name.
func (l *Locale) Zone(iana string) string {
	if city, ok := l.zones[iana]; ok {
		return city
	}
	return strings.ReplaceAll(iana[strings.LastIndexByte(iana, '/')+1:], "_", " ")
}

var zoneNames = [...]string{
	"Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Seoul", "Asia/Tokyo",
	"Asia/Singapore", "Asia/Kuala_Lumpur", "Asia/Bangkok", "Asia/Manila",
	"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
	"America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
	"America/Toronto", "America/Vancouver", "America/Mexico_City", "America/Sao_Paulo",
	"Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Madrid", "Europe/Rome", "Europe/Moscow",
	"Asia/Dubai", "Asia/Kolkata", "Asia/Jakarta", "Asia/Ho_Chi_Minh",
	"Australia/Perth", "Australia/Sydney", "Pacific/Auckland", "Africa/Johannesburg",
	"UTC",
}
