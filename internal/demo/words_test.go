package demo_test

import (
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// TestEveryStatusHasWordsInEveryLanguage stands here since this package knows
// both the trade's codes and the languages.
func TestEveryStatusHasWordsInEveryLanguage(t *testing.T) {
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		unknown := l.Status("")
		for _, tag := range shipment.Tags() {
			if l.Tag(string(tag)) == unknown {
				t.Errorf("%s: no word for %s", lang, tag)
			}
		}
		for _, subtag := range shipment.Subtags() {
			if !l.Has("status.subtag." + string(subtag)) {
				t.Errorf("%s: no words for %s", lang, subtag)
			}
			if s := l.StatusSentence(string(subtag), "US", "KR"); s == l.StatusSentence("", "", "KR") || strings.Contains(s, "{") {
				t.Errorf("%s: the sentence for %s is %q", lang, subtag, s)
			}
		}
		for _, state := range shipment.CustomsStates() {
			short, sentence := l.Customs(string(state)), l.CustomsSentence(string(state), "PH")
			if short == "" || sentence == "" || strings.Contains(sentence, "{") || !strings.Contains(sentence, l.InCountry("PH")) {
				t.Errorf("%s: %s is %q, %q", lang, state, short, sentence)
			}
		}
	}
}

func TestEveryPlaceHasWordsInEveryLanguage(t *testing.T) {
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		clocks := l.Zones()
		for _, r := range demo.Shipments(march) {
			for _, p := range []shipment.Place{r.Origin, r.Destination} {
				if l.Country(p.Country) == p.Country {
					t.Errorf("%s: no name for %s", lang, p.Country)
				}
				if !slices.ContainsFunc(clocks, func(z locale.Zone) bool { return z.Name == p.Zone }) {
					t.Errorf("%s: the clock of %s can't be chosen", lang, p.Zone)
				}
			}
		}
	}
}
