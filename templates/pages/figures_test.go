package pages_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/locale"
)

// figures are the numbers that texts may name, each with what makes it true.
// Any other number would be a promise that nobody gave.
var figures = map[string][]string{
	"home.numbers.hint":              {"40"},       // most numbers of one lookup
	"failure.413.next":               {"40"},       // the same
	"need.duty.rule":                 {"30"},       // days to pay duty
	"unlock.phone_last4":             {"4"},        // digits of the second fact
	"unlock.phone_last4.form":        {"4"},        // the same
	"unlock.why":                     {},           // the hours of an unlocked page, in words or as 2
	"unlock.order_no.form":           {"100"},      // longest order number
	"unknown.malformed.lead":         {"4", "100"}, // shortest and longest number
	"track.numbers.malformed":        {"4", "100"}, // the same
	"status.subtag.Expired_001":      {"30"},       // days of silence
	"status.sentence.subtag.Expired": {"30"},       // the same
	"failure.503.next":               {},           // reload "in a minute", which Korean writes as 1
	"unknown.misfit.lead":            nil,          // characters that look alike
}

// messages are the texts of a language by key, without the countries.
func messages(t *testing.T, lang locale.Language) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, file := range []string{"pages", "status", "problem"} {
		text, err := os.ReadFile("../../internal/locale/messages/" + string(lang) + "/" + file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if err = json.Unmarshal(text, &all); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestTextsNameOnlyKnownFigures(t *testing.T) {
	t.Parallel()
	number := regexp.MustCompile(`\d+`)
	for _, lang := range locale.Languages() {
		for key, text := range messages(t, lang) {
			found := number.FindAllString(text, -1)
			want, named := figures[key]
			if len(found) == 0 && len(want) == 0 || named && want == nil {
				continue
			}
			small := !slices.ContainsFunc(found, func(n string) bool { return n != "1" && n != "2" })
			if named && len(want) == 0 && small {
				continue
			}
			slices.Sort(found)
			sorted := slices.Sorted(slices.Values(want))
			if !slices.Equal(found, sorted) {
				t.Errorf("%s %s: names %v, known are %v: %q", lang, key, found, want, text)
			}
		}
	}
}

// How long a parcel takes, and when it will be seen, nobody knows beforehand.
func TestNoTextInventsDays(t *testing.T) {
	t.Parallel()
	invented := map[locale.Language][]string{
		locale.English:            {"two days", "a few days", "within a day", "24 hours", "soon as we", "working day", "business day", "usually takes"},
		locale.SimplifiedChinese:  {"两天", "几天", "工作日", "24 小时", "24小时", "通常需要"},
		locale.TraditionalChinese: {"兩天", "幾天", "工作天", "工作日", "24 小時", "24小時", "通常需要"},
		locale.Korean:             {"이틀", "며칠", "영업일", "24시간", "하루"},
	}
	for lang, list := range invented {
		for key, text := range messages(t, lang) {
			for _, word := range list {
				if strings.Contains(strings.ToLower(text), word) {
					t.Errorf("%s %s: %q promises %q", lang, key, text, word)
				}
			}
		}
	}
}

// Waybills, tags, codes and keys are ours; people read words.
func TestTextsHoldNoCodes(t *testing.T) {
	t.Parallel()
	code := regexp.MustCompile(`[a-z]+_[a-z]+|[A-Z][a-z]+_\d+|\b[45]\d\d\b|\b(null|undefined|HTTP|JSON|API|DDP|DAP)\b`)
	for _, lang := range locale.Languages() {
		for key, text := range messages(t, lang) {
			if key == "gallery.lead" {
				continue
			}
			plain := regexp.MustCompile(`\{[a-z_]+\}`).ReplaceAllString(text, "")
			if found := code.FindString(plain); found != "" {
				t.Errorf("%s %s: %q shows the code %q", lang, key, text, found)
			}
		}
	}
}

// Every language says each thing once, in its own full stop and without blanks at the ends.
func TestTextsAreTidy(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		chinese := lang == locale.SimplifiedChinese || lang == locale.TraditionalChinese
		for key, text := range messages(t, lang) {
			if strings.TrimSpace(text) != text || strings.Contains(text, "  ") || strings.Contains(text, "..") {
				t.Errorf("%s %s: %q has loose blanks or stops", lang, key, text)
			}
			if strings.ContainsAny(text, `"`) || strings.Contains(text, " '") {
				t.Errorf("%s %s: %q has typewriter quotes", lang, key, text)
			}
			if chinese && regexp.MustCompile(`\p{Han}[,.;:!?]|[,.;:!?]\p{Han}`).MatchString(text) {
				t.Errorf("%s %s: %q mixes in half-width stops", lang, key, text)
			}
			if !chinese && strings.ContainsAny(text, "，。；：！？（）") {
				t.Errorf("%s %s: %q mixes in full-width stops", lang, key, text)
			}
		}
	}
}
