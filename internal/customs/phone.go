package customs

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
)

// ReadPhone reads a phone number as people in a country write it, or with the
// country's prefix, and gives it in E.164. Customs in China, Korea and Taiwan
// reach the consignee by text message: there, a fixed line is refused.
func ReadPhone(country, typed string) (e164 string, flaw Flaw) {
	text := strings.TrimSpace(norm.NFKC.String(typed))
	switch {
	case text == "":
		return "", FlawEmpty
	case len(text) > 30 || strings.ContainsFunc(text, notOfPhone):
		return "", FlawForm
	}
	n, err := phonenumbers.Parse(text, country)
	if err != nil {
		return "", FlawForm
	}
	if !phonenumbers.IsValidNumberForRegion(n, country) {
		if phonenumbers.IsValidNumber(n) && int(n.GetCountryCode()) != phonenumbers.GetCountryCodeForRegion(country) {
			return "", FlawPlace
		}
		return "", FlawForm
	}
	kind := phonenumbers.GetNumberType(n)
	texts := kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE_OR_MOBILE
	if !texts && (country == "CN" || country == "KR" || country == "TW") {
		return "", FlawMobile
	}
	return phonenumbers.Format(n, phonenumbers.E164), ""
}

// notOfPhone finds letters, which the library would read as keys.
func notOfPhone(r rune) bool {
	return (r < '0' || r > '9') && !unicode.IsSpace(r) && !unicode.Is(unicode.Pd, r) && !unicode.Is(unicode.Cf, r) && !strings.ContainsRune("+().", r)
}
