package customs

import (
	"strings"

	"golang.org/x/text/language"

	"ecms/portal/internal/shipment"
)

// PersonEntry is the person's page as it was typed.
type PersonEntry struct {
	NameLocal, NameLatin, Nationality, Phone, Postcode string
	// NameConsent is the person's word that name and phone are registered as theirs.
	NameConsent bool
}

// Person is who receives the parcel, as customs gets it: sealed wherever it is kept.
type Person struct {
	NameLocal   string `json:"name_local,omitempty"`
	NameLatin   string `json:"name_latin,omitempty"`
	Nationality string `json:"nationality,omitempty"` // ISO 3166-1 alpha-2
	Phone       string `json:"phone"`                 // E.164
	Postcode    string `json:"postcode,omitempty"`
	NameConsent bool   `json:"name_consent,omitempty"`
}

// texts are the entry's own fields by their names, to be looked through.
func (e *PersonEntry) texts() []text {
	return []text{
		{FieldNameLocal, &e.NameLocal}, {FieldNameLatin, &e.NameLatin}, {FieldNationality, &e.Nationality},
		{FieldPhone, &e.Phone}, {FieldPostcode, &e.Postcode},
	}
}

// Echo is the entry as it may be shown again: a Korean resident number is gone.
func (e PersonEntry) Echo(r Rule) PersonEntry {
	r.guard(e.texts(), nil)
	return e
}

// CheckPerson holds what was typed of a person to the country's rule, and to the
// consignee on the parcel. The error is fault.Invalid with all problems at once;
// warnings come with a person who may stand.
func (r Rule) CheckPerson(e PersonEntry, parcel shipment.Party) (Person, Warnings, error) {
	var p problems
	refused := r.guard(e.texts(), &p)
	c := personCheck{r, &p, refused, parcel}
	who := Person{NameConsent: e.NameConsent}
	who.Nationality = c.nationality(e.Nationality)
	who.NameLocal, who.NameLatin = c.names(e, who.Nationality)
	who.Phone = c.phone(e.Phone)
	who.Postcode = c.postcode(e.Postcode)
	if err := p.err(); err != nil {
		return Person{}, p.odd, err
	}
	return who, p.odd, nil
}

// personCheck is one person's check under way.
type personCheck struct {
	rule    Rule
	p       *problems
	refused map[string]bool // fields that the guard has spoken of
	parcel  shipment.Party
}

// nationality is a country's code; the destination's own where it is not asked.
func (c personCheck) nationality(typed string) string {
	code := strings.ToUpper(strings.TrimSpace(typed))
	ask := c.rule.Asks(FieldNationality)
	switch {
	case c.refused[FieldNationality], ask == Never:
		return ""
	case code == "" && ask == Must:
		c.p.refuse(FieldNationality, FlawEmpty)
	case code == "":
		return c.rule.Country
	case !isCountry(code):
		c.p.refuse(FieldNationality, FlawForm)
	}
	return code
}

// isCountry tells whether a code is one of ISO 3166-1 alpha-2.
func isCountry(code string) bool {
	if len(code) != 2 || !letters(code) {
		return false
	}
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && region.String() == code
}

// names reads both names. Which one is needed, and in which script, is a matter
// of what the person's document prints.
func (c personCheck) names(e PersonEntry, nationality string) (local, latinName string) {
	local, latinName = tidy(e.NameLocal), tidy(e.NameLatin)
	needLocal, needLatin := c.rule.namesOf(nationality)
	c.name(FieldNameLocal, local, needLocal, nameFlaw, func(s script) bool { return c.rule.takes(s, nationality) })
	if c.rule.Asks(FieldNameLatin) == Never {
		latinName = ""
	}
	c.name(FieldNameLatin, latinName, needLatin, latinFlaw, func(s script) bool { return s == latin })
	if len(c.p.wrong) == 0 {
		c.compare(local, latinName)
	}
	return local, latinName
}

func (c personCheck) name(field, name string, need bool, check func(string) Flaw, takes func(script) bool) {
	if c.refused[field] || name == "" && !need {
		return
	}
	flaw := check(name)
	if flaw == "" && !takes(scriptOf(name)) {
		flaw = FlawScript
	}
	if flaw != "" {
		c.p.refuse(field, flaw)
	}
}

// namesOf tells which names a person of a nationality must give.
func (r Rule) namesOf(nationality string) (local, latinName bool) {
	if r.Country == "CN" && !chinese(nationality) {
		return false, true
	}
	return true, false
}

func chinese(nationality string) bool {
	return nationality == "CN" || nationality == "HK" || nationality == "MO" || nationality == "TW"
}

// takes tells in which scripts a country's customs takes a local name: Korea's
// register holds the Korean or the English name; in Taiwan foreigners' names are
// as in their passport.
func (r Rule) takes(s script, nationality string) bool {
	switch r.Country {
	case "KR":
		return s == hangul || s == latin
	case "TW":
		return s == han || s == latin && nationality != "TW"
	}
	return s == han || !chinese(nationality)
}

// compare sets the names beside the consignee's on the parcel, each with one in
// its own script; where there is none, nobody can tell.
func (c personCheck) compare(local, latinName string) {
	for _, own := range []struct{ field, name string }{{FieldNameLocal, local}, {FieldNameLatin, latinName}} {
		known, same := false, false
		for _, theirs := range []string{c.parcel.Name, c.parcel.NameLatin} {
			if own.name == "" || theirs == "" || scriptOf(tidy(theirs)) != scriptOf(own.name) {
				continue
			}
			known = true
			same = same || SameName(own.name, theirs)
		}
		if known && !same {
			c.p.warn(own.field, FlawDiffers)
		}
	}
}

func (c personCheck) phone(typed string) string {
	if c.refused[FieldPhone] {
		return ""
	}
	e164, flaw := ReadPhone(c.rule.Country, typed)
	if flaw != "" {
		c.p.refuse(FieldPhone, flaw)
		return ""
	}
	if theirs, flaw := ReadPhone(c.rule.Country, c.parcel.Phone); flaw == "" && theirs != e164 {
		c.p.warn(FieldPhone, FlawDiffers)
	}
	return e164
}

func (c personCheck) postcode(typed string) string {
	ask := c.rule.Asks(FieldPostcode)
	if c.refused[FieldPostcode] || ask == Never || ask == May && strings.TrimSpace(typed) == "" {
		return ""
	}
	code, flaw := ReadPostcode(c.rule.Country, typed)
	if flaw != "" {
		c.p.refuse(FieldPostcode, flaw)
		return ""
	}
	if theirs, flaw := ReadPostcode(c.rule.Country, c.parcel.Postcode); flaw == "" && theirs != code {
		c.p.warn(FieldPostcode, FlawDiffers)
	}
	return code
}
