package customs

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// zone reads a machine-readable zone that was pasted or typed, where the document
// has one; it is held to its check digits and not kept.
func (c paperCheck) zone(typed string) (Zone, bool) {
	lines := zoneText(typed)
	if c.refused[FieldZone] || c.rule.Zone == Never || lines == "" {
		return Zone{}, false
	}
	z, flaw := ReadZone(lines, c.today)
	if flaw != "" {
		c.p.refuse(FieldZone, flaw)
		return Zone{}, false
	}
	return z, true
}

// zoneText mends what copying does to a zone: spaces in its lines, small letters,
// wide characters, or all lines in one.
func zoneText(typed string) string {
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(norm.NFKC.String(typed), "\r", "\n")) {
		line = strings.ToUpper(strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, line))
		if line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) != 1 {
		return strings.Join(lines, "\n")
	}
	one := lines[0]
	switch len(one) {
	case 2 * 44, 2 * 36:
		return one[:len(one)/2] + "\n" + one[len(one)/2:]
	case 3 * 30:
		return one[:30] + "\n" + one[30:60] + "\n" + one[60:]
	}
	return one
}

// filled takes from a passport's zone what was left empty beside it.
func (e DocumentEntry) filled(z Zone) DocumentEntry {
	if canonical(e.Number) == "" {
		e.Number = z.Number
	}
	if strings.TrimSpace(e.ExpiryDay+e.ExpiryMonth+e.ExpiryYear) == "" {
		e.ExpiryYear, e.ExpiryMonth, e.ExpiryDay = string(z.Expiry[:4]), string(z.Expiry[5:7]), string(z.Expiry[8:])
	}
	if strings.TrimSpace(e.Issuer) == "" {
		e.Issuer = alpha2(z.State)
	}
	return e
}

// agree sets the zone beside what was typed. A passport's zone says the same or
// one of the two is wrong; what other cards write there is not published, so that
// a difference is only odd. A name in the zone may be cut.
func (c paperCheck) agree(z Zone, d Document, who Person) {
	say := c.p.warn
	if c.rule.book() {
		say = c.p.refuse
		if z.Number != d.Number {
			say(FieldZone, FlawNumber)
		}
		if state := alpha2(z.State); state != d.Issuer && (state != "CN" || d.Issuer != "HK" && d.Issuer != "MO") {
			say(FieldZone, FlawIssuer)
		}
	}
	if d.Expiry != "" && z.Expiry != d.Expiry {
		say(FieldZone, FlawExpiry)
	}
	if who.NameLatin != "" && !SameName(z.Surname+" "+z.Given, who.NameLatin) {
		c.p.warn(FieldZone, FlawName)
	}
}

// alpha2 is the two-letter code of a state as a zone writes it; empty for those
// that are none, such as the United Nations.
func alpha2(state string) string {
	if state == "D" {
		return "DE"
	}
	region, err := language.ParseRegion(state)
	if err != nil || !isCountry(region.String()) {
		return ""
	}
	return region.String()
}

// usualForms is how states usually write passport numbers: a hint, never a bar.
func usualForms() map[string]string {
	return map[string]string{
		"CN": `[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[PSD]E\d{7}`, "HK": `[HK]\d{8}|[HK][A-J]\d{7}`, "MO": `M[AB]\d{7}`, "TW": `\d{9}`,
		"KR": `[MSRGD]\d{8}|M\d{3}[A-Z]\d{4}`, "JP": `[A-Z]{2}\d{7}`, "SG": `[A-Z]\d{7}[A-Z]`, "MY": `[AHK]\d{8}`,
		"US": `\d{9}|[A-Z]\d{8}`, "CA": `[A-Z]{2}\d{6}|[A-Z]\d{6}[A-Z]{2}`, "GB": `\d{9}`, "AU": `[A-Z]{1,2}\d{7}`,
		"IN": `[A-Z]\d{7}`, "PH": `[A-Z]\d{7}[A-Z]`, "TH": `[A-Z]{1,2}\d{6,7}`,
	}
}

func unusual(issuer, number string) bool {
	form, known := usualForms()[issuer]
	return known && !regexp.MustCompile(`^(?:`+form+`)$`).MatchString(number)
}
