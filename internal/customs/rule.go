package customs

import (
	"slices"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// Ask says whether a form asks for something.
type Ask int

// How a form may ask.
const (
	Never Ask = iota
	May       // may be given
	Must
)

// Who is a kind of person that a document serves.
type Who string

// The people whom the rules tell apart.
const (
	Citizen   Who = "citizen"   // of the country that the parcel goes to
	HMT       Who = "hmt"       // resident of Hong Kong, Macau or Taiwan
	Foreigner Who = "foreigner" // everybody else, and its permanent residents
)

// Slot names one picture of a document.
type Slot string

// The pictures. Front is the side with the portrait, or a passport's data page.
const (
	Front  Slot = "front"
	Back   Slot = "back"
	Permit Slot = "permit" // the page of a passport with the permit in it
)

// DocumentRule is what is asked of one kind of document.
type DocumentRule struct {
	Doc DocType
	// Who may show it.
	Who []Who
	// Number, Expiry, Zone (the machine-readable one) and Issuer (the country that
	// issued it) say what is typed.
	Number, Expiry, Zone, Issuer Ask
	// Pictures are all needed, but where the person is registered in EZ WAY.
	Pictures []Slot
}

// Field is one thing that the person's own page asks for, by its name in the form.
type Field struct {
	Name string
	Ask  Ask
}

// Retention is how long what a person gave is kept.
type Retention struct {
	// Draft is for how long a form that is not sent waits.
	Draft time.Duration
	// Released is counted in days from the parcel's release by customs, or its end.
	Released int
	// Unused is after how many days without a parcel a saved person is erased.
	Unused int
	// Looks is for how many days each look at clear data stays on record.
	Looks int
}

// Rule is what one country's customs must know of a consignee.
type Rule struct {
	Country string // ISO 3166-1 alpha-2
	// Language is what mails are written in when nobody has said another.
	Language locale.Language
	// Since is the first day that the rule is used; the latest that has begun counts.
	Since shipment.Date
	// Source names the law or notice; CheckedOn is when it was last looked at.
	Source    string
	CheckedOn shipment.Date
	// Basis is the key of the text that tells the person the legal basis.
	Basis     string
	Fields    []Field
	Documents []DocumentRule
	// ReturnAfter is how many days the parcel waits for an identity until its
	// return is announced; Remind lists how many days before that reminders go.
	// Whoever was refused has Mend days from then on before it is, however late.
	ReturnAfter int
	Remind      []int
	Mend        int
	Retention   Retention
	// Transfer says that the data leaves for a broker abroad, which takes a consent of its own.
	Transfer bool
}

// standard is the clock of a parcel's identity in every country so far. The days
// are the carrier's; two years of looks are what Korea's security standard asks
// where unique identifiers are handled.
func standard() Retention {
	return Retention{Draft: 24 * time.Hour, Released: 30, Unused: 365, Looks: 730}
}

// Rules lists all rules, newest first within a country.
func Rules() []Rule { return []Rule{cnRule(), krRule(), twRule()} }

// RuleFor finds the rule of a country on a local day there. False: customs there
// asks for no identity.
func RuleFor(country string, day shipment.Date) (Rule, bool) {
	for _, r := range Rules() {
		if r.Country == country && r.Since <= day {
			return r, true
		}
	}
	return Rule{}, false
}

// Document is the rule of one kind of document.
func (r Rule) Document(doc DocType) (DocumentRule, bool) {
	for _, d := range r.Documents {
		if d.Doc == doc {
			return d, true
		}
	}
	return DocumentRule{}, false
}

// DocumentsFor lists what somebody of a nationality may show, the usual one first.
func (r Rule) DocumentsFor(nationality string) []DocumentRule {
	whos := r.whos(nationality)
	var fit []DocumentRule
	for _, d := range r.Documents {
		if slices.ContainsFunc(d.Who, func(w Who) bool { return slices.Contains(whos, w) }) {
			fit = append(fit, d)
		}
	}
	return fit
}

// whos tells what a nationality lets somebody be. Residents of Hong Kong, Macau
// and Taiwan say "CN" or their own place; in their permits that makes no difference.
func (r Rule) whos(nationality string) []Who {
	around := nationality == "HK" || nationality == "MO" || nationality == "TW"
	switch {
	case r.Country == "CN" && nationality == "CN":
		return []Who{Citizen, HMT}
	case r.Country == "CN" && around:
		return []Who{HMT}
	case nationality == r.Country:
		return []Who{Citizen}
	}
	return []Who{Foreigner}
}

// Asks tells whether and how the person's page asks for a field.
func (r Rule) Asks(field string) Ask {
	for _, f := range r.Fields {
		if f.Name == field {
			return f.Ask
		}
	}
	return Never
}

// Due is the last day for an identity that customs has waited for since a local
// day: the return is announced on the day after.
func (r Rule) Due(asked shipment.Date) shipment.Date { return asked.AddDays(r.ReturnAfter) }

// Spans are days that a text may promise for all countries at once.
type Spans struct {
	// Wait is for how many days a parcel waits for an identity at least. Kept is how
	// many days after a release an identity is erased at the latest, Unused after how
	// many without a parcel a saved person is.
	Wait, Kept, Unused int
}

// RuleSpans are the spans that hold under every rule.
func RuleSpans() (s Spans) {
	for i, r := range Rules() {
		if i == 0 {
			s.Wait = r.ReturnAfter
		}
		s.Wait, s.Kept, s.Unused = min(s.Wait, r.ReturnAfter), max(s.Kept, r.Retention.Released), max(s.Unused, r.Retention.Unused)
	}
	return s
}
