package customs

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// postcodeLengths are how many digits a country's postcodes have; Taiwan's grew
// from three over five to six, and all are in use.
func postcodeLengths(country string) []int {
	switch country {
	case "CN", "SG":
		return []int{6}
	case "KR", "TH", "MY":
		return []int{5}
	case "JP":
		return []int{7}
	case "PH":
		return []int{4}
	case "TW":
		return []int{3, 5, 6}
	}
	return nil
}

// ReadPostcode reads a postcode and gives its digits alone. Hong Kong has none,
// nor do countries that the carrier does not go to: theirs are empty.
func ReadPostcode(country, typed string) (code string, flaw Flaw) {
	lengths := postcodeLengths(country)
	if lengths == nil {
		return "", ""
	}
	code = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) || r == '〒' {
			return -1
		}
		return r
	}, norm.NFKC.String(typed))
	if code == "" {
		return "", FlawEmpty
	}
	if !digits(code) {
		return "", FlawForm
	}
	for _, n := range lengths {
		if len(code) == n {
			return code, ""
		}
	}
	if country == "KR" && len(code) == 6 { // 123-456, until 2015-07-31
		return "", FlawOld
	}
	return "", FlawForm
}
