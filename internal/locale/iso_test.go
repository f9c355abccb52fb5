package locale_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/locale"

	"golang.org/x/text/language"
)

func TestEveryISOCountryHasAName(t *testing.T) {
	count := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err != nil || !region.IsCountry() || region.Canonicalize() != region || region.String() != code {
				continue
			}
			count++
			for _, lang := range locale.Languages() {
				if locale.For(lang).Country(code) == code && !withoutName[code] {
					t.Errorf("%s: no name for %s", lang, code)
				}
			}
		}
	}
	if count < 240 {
		t.Errorf("only %d countries tried", count)
	}
}

// withoutName are codes that the library knows beside ISO 3166-1: withdrawn
// ones, those reserved for posts or unions, and codes for private use.
var withoutName = map[string]bool{
	"AC": true, "AN": true, "CP": true, "CQ": true, "CS": true, "DG": true, "EA": true, "EZ": true, "FQ": true, "IC": true,
	"NT": true, "PC": true, "SU": true, "TA": true, "UN": true, "XK": true, "YU": true, "ZZ": true,
}

func TestNamesInSentencesBelongToKnownCountries(t *testing.T) {
	for _, lang := range locale.Languages() {
		for _, key := range locale.Keys(lang) {
			code, ok := strings.CutPrefix(key, "country_in.")
			if !ok {
				continue
			}
			l := locale.For(lang)
			if !strings.HasSuffix(l.InCountry(code), l.Country(code)) {
				t.Errorf("%s: %s is %q alone and %q in a sentence", lang, code, l.Country(code), l.InCountry(code))
			}
		}
	}
}

func TestNoTwoCountriesShareAName(t *testing.T) {
	for _, lang := range locale.Languages() {
		seen := map[string]string{}
		for _, key := range locale.Keys(lang) {
			if code, ok := strings.CutPrefix(key, "country."); ok {
				name := locale.For(lang).Country(code)
				if other := seen[name]; other != "" {
					t.Errorf("%s: %s and %s are both %q", lang, other, code, name)
				}
				seen[name] = code
			}
		}
	}
}
