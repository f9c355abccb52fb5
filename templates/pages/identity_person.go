package pages

import (
	"slices"
	"strings"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// PersonForm is what POST /parcels/{n}/id/person takes: a saved person, or the
// rest.
type PersonForm struct {
	PersonID    string `form:"person_id"`
	NameLocal   string `form:"name_local"`
	NameLatin   string `form:"name_latin"`
	Nationality string `form:"nationality"`
	Phone       string `form:"phone"`
	Postcode    string `form:"postcode"`
	NameConsent string `form:"name_consent"` // "yes" when ticked
}

// SavedPerson is somebody whose identity was given before and kept.
type SavedPerson struct {
	// ID is what addresses and forms call the person.
	ID string
	// Name as its owner may see it: whole in the own account, masked on a link's page.
	Name    string
	Country string
	Doc     customs.DocType
	// Masked is the number; empty for those who gave none.
	Masked string
	// ValidTo is the document's last day, empty when it has none; Expired tells that it has passed.
	ValidTo shipment.Date
	Expired bool
	// LastUsed is the day of the last parcel, KeepUntil when the person is erased unless used or extended.
	LastUsed, KeepUntil shipment.Date
}

// PersonPage is the first step: who receives the parcel.
type PersonPage struct {
	Parcel IdentityParcel
	Rule   customs.Rule
	// People are the saved ones, those that serve this country alone.
	People   []SavedPerson
	Form     PersonForm
	Problems fault.Invalid
	// Reason is the code under which the last answer was refused, empty when none
	// was; Only names the fields that are asked again, nil for all.
	Reason customs.Reason
	Only   []string
	// Recall offers to look for saved people by e-mail, for who is not signed in.
	Recall bool
}

func (p PersonPage) words(l *locale.Locale) func(fault.Problem) string {
	return func(one fault.Problem) string { return flawText(l, one, p.Parcel.lower()) }
}

func (p PersonPage) head(l *locale.Locale) identityHead {
	h := stepHead(p.Parcel, 1, p.Problems, p.words(l))
	h.Title = l.T("id.person.title")
	if p.Only == nil { // else the refusal says what to do
		h.Lead = l.T("id.person.lead." + p.Parcel.lower())
	}
	return h
}

// asks tells whether the page shows a field.
func (p PersonPage) asks(field string) bool {
	return p.Rule.Asks(field) != customs.Never && (p.Only == nil || slices.Contains(p.Only, field))
}

// shows picks those fields of a list that the page asks for.
func (p PersonPage) shows(l *locale.Locale, fields ...components.Field) (shown []components.Field) {
	for _, f := range fields {
		if !p.asks(f.Name) {
			continue
		}
		f.Error = flawOf(l, p.Problems, p.Parcel.lower(), f.Name)
		shown = append(shown, f)
	}
	return shown
}

// fields are what everybody is asked.
func (p PersonPage) fields(l *locale.Locale) []components.Field {
	cc := p.Parcel.lower()
	name := components.Field{
		Name: customs.FieldNameLocal, Label: l.T("id.name_local"), Hint: l.T("id.name_local.hint." + cc),
		Value: p.Form.NameLocal, Autocomplete: "name", Max: 200,
	}
	phone := components.Field{
		Name: customs.FieldPhone, Label: l.T("id.phone"), Hint: l.T("id.phone.hint." + cc), Value: p.Form.Phone,
		Type: "tel", InputMode: "tel", Autocomplete: "tel", Max: 40,
	}
	postcode := components.Field{
		Name: customs.FieldPostcode, Label: l.T("id.postcode"), Hint: l.T("id.postcode.hint"), Value: p.Form.Postcode,
		InputMode: "numeric", Autocomplete: "postal-code", Max: 20, Short: true,
	}
	return p.shows(l, name, phone, postcode)
}

// latin is the name that foreigners give.
func (p PersonPage) latin(l *locale.Locale) []components.Field {
	return p.shows(l, components.Field{
		Name: customs.FieldNameLatin, Label: l.T("id.name_latin"), Hint: l.T("id.name_latin.hint." + p.Parcel.lower()),
		Value: p.Form.NameLatin, Autocomplete: "off", Max: 200,
	})
}

// nationality is asked with the country's own people chosen.
func (p PersonPage) nationality(l *locale.Locale) components.Choice {
	chosen := p.Form.Nationality
	if chosen == "" {
		chosen = p.Parcel.Country
	}
	return components.Choice{
		Name: customs.FieldNationality, Label: l.T("id.nationality"), Hint: l.T("id.nationality.hint." + p.Parcel.lower()), Chosen: chosen,
		Options: nations(l, p.Parcel.Country), Error: flawOf(l, p.Problems, "", customs.FieldNationality),
	}
}

// foreign tells whether the questions for other people stand open.
func (p PersonPage) foreign() bool {
	_, latin := p.Problems.For(customs.FieldNameLatin)
	_, nation := p.Problems.For(customs.FieldNationality)
	return latin || nation || p.Form.NameLatin != "" || p.Only != nil ||
		p.Form.Nationality != "" && p.Form.Nationality != p.Parcel.Country
}

func (p PersonPage) own(l *locale.Locale) components.Tick {
	return components.Tick{
		Name: customs.FieldNameConsent, Label: l.T("id.name_consent." + p.Parcel.lower()), Ticked: p.Form.NameConsent != "",
		Error: flawOf(l, p.Problems, "", customs.FieldNameConsent),
	}
}

// nations are all countries: the destination and its neighbours first, the rest by name.
func nations(l *locale.Locale, first string) []components.Option {
	front := []string{"CN", "HK", "MO", "TW", "KR", "US"}
	front = slices.Insert(slices.DeleteFunc(front, func(c string) bool { return c == first }), 0, first)
	var rest []components.Option
	for code := range countryCodes() {
		if name := l.Country(code); name != code && !slices.Contains(front, code) {
			rest = append(rest, components.Option{Value: code, Words: name})
		}
	}
	slices.SortFunc(rest, func(a, b components.Option) int { return strings.Compare(a.Words, b.Words) })
	all := make([]components.Option, 0, len(front)+len(rest))
	for _, code := range front {
		all = append(all, components.Option{Value: code, Words: l.Country(code)})
	}
	return append(all, rest...)
}

// countryCodes gives every pair of letters; those without a name are no country.
func countryCodes() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				if !yield(string([]rune{a, b})) {
					return
				}
			}
		}
	}
}
