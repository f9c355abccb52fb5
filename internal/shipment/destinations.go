package shipment

import (
	"slices"
	"time"
)

// IdentityKind names what customs of a country wants to know of a consignee.
type IdentityKind string

// The kinds. None is the zero value: nothing is asked for.
const (
	ResidentID    IdentityKind = "cn_id"    // resident ID card or another document, with its pictures
	ClearanceCode IdentityKind = "kr_pccc"  // personal customs clearance code, no picture
	RealNameApp   IdentityKind = "tw_ezway" // registered in EZ WAY; the ID only without it
)

// Rule is the rule behind a fact: since when it holds, who says so, and when that
// was last read.
type Rule struct {
	Since     Date // empty: nobody names a day
	Source    string
	CheckedOn Date
}

// Destination is a country that the carrier delivers to. The list of them is the
// one that texts, forms and prices are drawn from: no text counts them by itself.
type Destination struct {
	// Country is ISO 3166-1 alpha-2.
	Country string
	// Zone is the IANA zone of the country's biggest port of entry.
	Zone string
	// Lane is the rule that the carrier goes there.
	Lane Rule
	// Identity is what customs needs of each consignee; empty: nothing.
	Identity IdentityKind
	// IdentityRule is the rule behind Identity.
	IdentityRule Rule
}

// checked is when the list was last held against its sources.
const checked Date = "2026-11-21"

// Destinations lists the countries that the carrier delivers to, most parcels first.
func Destinations() []Destination {
	named := Rule{Source: "the carrier's FAQ, 1.2, and its lanes", CheckedOn: checked}
	return []Destination{
		{"CN", "Asia/Shanghai", named, ResidentID, Rule{"2016-06-01", "GACC announcement 19 of 2016; express supervision measures, art. 22", checked}},
		{"HK", "Asia/Hong_Kong", named, "", Rule{}},
		{"TW", "Asia/Taipei", named, RealNameApp, Rule{"2026-03-01", "Taiwan Customs, regulations amended 2026-02-23", checked}},
		{"KR", "Asia/Seoul", named, ClearanceCode, Rule{"2020-12-01", "Korea Customs Service, list clearance notice", checked}},
		{"JP", "Asia/Tokyo", named, "", Rule{}},
		{"SG", "Asia/Singapore", named, "", Rule{}},
		{"TH", "Asia/Bangkok", named, "", Rule{}},
		{"PH", "Asia/Manila", named, "", Rule{}},
		{"MY", "Asia/Kuala_Lumpur", named, "", Rule{}},
	}
}

// FindDestination gives the destination of a country; false when the carrier does
// not go there.
func FindDestination(country string) (Destination, bool) {
	all := Destinations()
	at := slices.IndexFunc(all, func(d Destination) bool { return d.Country == country })
	if at < 0 {
		return Destination{}, false
	}
	return all[at], true
}

// IdentityCountries lists the destinations whose customs asks who the consignee is.
func IdentityCountries() (asking []Destination) {
	for _, d := range Destinations() {
		if d.Identity != "" {
			asking = append(asking, d)
		}
	}
	return asking
}

// DayIn is the date of an instant in a zone, an IANA name; empty for the zero time.
// An unknown zone counts as UTC.
func DayIn(at time.Time, zone string) Date { return dayIn(at, zone) }
