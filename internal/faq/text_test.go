package faq_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"ecms/portal/internal/faq"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"

	"github.com/google/go-cmp/cmp"
)

func TestTheCarriersQuestionsAreThere(t *testing.T) {
	t.Parallel()
	var want []string
	for _, g := range []struct {
		group string
		n     int
	}{{"1", 8}, {"2", 8}, {"3", 6}, {"4", 14}} {
		for i := range g.n {
			want = append(want, g.group+"."+locale.For(locale.English).Number(int64(i+1)))
		}
		if n := len(faq.Load(locale.English).InGroup(g.group)); n != g.n {
			t.Errorf("group %s has %d questions, want %d", g.group, n, g.n)
		}
	}
	for _, lang := range locale.Languages() {
		var got []string
		for _, q := range faq.Load(lang).Questions() {
			got = append(got, q.ID)
			if q.Language != lang {
				t.Errorf("%s %s is not translated", lang, q.ID)
			}
			if len(q.Words) < 4 {
				t.Errorf("%s %s has %d search words, want some", lang, q.ID, len(q.Words))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: questions (-want +got):\n%s", lang, diff)
		}
	}
}

func TestLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages()[1:] {
		for i, q := range faq.Load(lang).Questions() {
			en := faq.Load(locale.English).Questions()[i]
			if diff := cmp.Diff(prose.Names(en.Answer), prose.Names(q.Answer)); diff != "" {
				t.Errorf("%s %s: placeholders (-en +%s):\n%s", lang, q.ID, lang, diff)
			}
			if diff := cmp.Diff(prose.Links(en.Answer), prose.Links(q.Answer)); diff != "" {
				t.Errorf("%s %s: links (-en +%s):\n%s", lang, q.ID, lang, diff)
			}
		}
	}
}

// byHand are figures of rules as people write them in words; digits are refused anyway.
var byHand = map[locale.Language]*regexp.Regexp{
	locale.English:            regexp.MustCompile(`(?i)\b(nine|thirty|forty|fifty|fifty-nine|forty-four|twenty|hundred|two hours)\b`),
	locale.SimplifiedChinese:  regexp.MustCompile(`九|三十|四十|五十|二十|一百|两小时|一个月`),
	locale.TraditionalChinese: regexp.MustCompile(`九|三十|四十|五十|二十|一百|兩小時|一個月`),
	locale.Korean:             regexp.MustCompile(`아홉|삼십|사십|오십|이십|백오십|두 시간|한 달`),
}

// TestFiguresComeFromTheRules lets no text state a figure by itself.
func TestFiguresComeFromTheRules(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		for _, q := range faq.Load(lang).Questions() {
			text := q.Title + "\n" + prose.Text(q.Answer)
			if at := strings.IndexFunc(text, unicode.IsNumber); at >= 0 {
				t.Errorf("%s %s: a digit at %q", lang, q.ID, text[at:min(len(text), at+30)])
			}
			if found := byHand[q.Language].FindString(text); found != "" {
				t.Errorf("%s %s: %q is written by hand", lang, q.ID, found)
			}
		}
	}
}

// TestThePlaceholdersAreKnown tries every answer with facts that stand nowhere else.
func TestThePlaceholdersAreKnown(t *testing.T) {
	t.Parallel()
	f := odd()
	for _, lang := range locale.Languages() {
		used := map[string]bool{}
		for _, q := range faq.Load(lang).Questions() {
			for _, name := range prose.Names(q.Answer) {
				used[name] = true
				want, ok := f.Value(locale.For(q.Language), name)
				if !ok || want == "" {
					t.Errorf("%s %s: {%s} is no fact", lang, q.ID, name)
				}
				if text := prose.Text(q.Filled(f)); !strings.Contains(text, want) {
					t.Errorf("%s %s: %q does not say %q", lang, q.ID, text, want)
				}
			}
			if strings.ContainsAny(prose.Text(q.Filled(f)), "{}") {
				t.Errorf("%s %s: a placeholder stays open", lang, q.ID)
			}
		}
		for _, name := range faq.Names() {
			if !used[name] {
				t.Errorf("%s: no answer speaks of {%s}", lang, name)
			}
		}
	}
	if _, ok := f.Value(locale.For(locale.English), "nothing"); ok {
		t.Error("an unknown placeholder has a value")
	}
}

func TestCountriesStandInARow(t *testing.T) {
	t.Parallel()
	for lang, want := range map[locale.Language][3]string{
		locale.English:            {"China", "China and the Philippines", "China, the Philippines and Japan"},
		locale.SimplifiedChinese:  {"中国", "中国和菲律宾", "中国、菲律宾和日本"},
		locale.TraditionalChinese: {"中國", "中國和菲律賓", "中國、菲律賓和日本"},
		locale.Korean:             {"중국", "중국, 필리핀", "중국, 필리핀, 일본"},
	} {
		for i, expected := range want {
			f := faq.Facts{Destinations: []string{"CN", "PH", "JP"}[:i+1]}
			if got, _ := f.Value(locale.For(lang), "destinations"); got != expected {
				t.Errorf("%s: %q, want %q", lang, got, expected)
			}
		}
	}
}

const longest = 22 // words that a reader of twelve takes in at once

func TestAnswersAreEasyToRead(t *testing.T) {
	t.Parallel()
	ends := regexp.MustCompile(`[.!?:;](\s|$)|\n`)
	for _, q := range faq.Load(locale.English).Questions() {
		for _, s := range ends.Split(q.Title+"\n"+prose.Text(q.Answer), -1) {
			if n := len(strings.Fields(s)); n > longest {
				t.Errorf("%s: a sentence of %d words, at most %d: %q", q.ID, n, longest, s)
			}
		}
	}
}

func TestAnswersKeepToTheirScript(t *testing.T) {
	t.Parallel()
	latin := regexp.MustCompile(`[A-Za-z]+`)
	names := strings.Fields("ECMS EC USPS EZ WAY GDPR WeChat QQ ID DDP DAP lb kg in cm PDF App APP MRZ")
	for _, lang := range locale.Languages()[1:] {
		for _, q := range faq.Load(lang).Questions() {
			if q.Language != lang {
				continue
			}
			text := q.Title + "\n" + prose.Text(q.Answer)
			for _, word := range latin.FindAllString(regexp.MustCompile(`\{[a-z_]+\}`).ReplaceAllString(text, ""), -1) {
				if !slices.Contains(names, word) {
					t.Errorf("%s %s holds %q", lang, q.ID, word)
				}
			}
			foreign := unicode.Han
			if lang != locale.Korean {
				foreign = unicode.Hangul
			}
			if at := strings.IndexFunc(text, func(r rune) bool { return unicode.Is(foreign, r) }); at >= 0 {
				t.Errorf("%s %s: another script at %q", lang, q.ID, text[at:min(len(text), at+30)])
			}
		}
	}
}

func TestReadingRefusesBrokenTexts(t *testing.T) {
	t.Parallel()
	const fine = "title: A?\nwords: b\n---\nC."
	for name, tc := range map[string]struct{ index, text, want string }{
		"no head":         {"1.1,,2026-01-02", "A?\n\nB.", "no line ---"},
		"a strange head":  {"1.1,,2026-01-02", "titel: A?\n---\nB.", "titel"},
		"no title":        {"1.1,,2026-01-02", "words: a\n---\nB.", "no title"},
		"no answer":       {"1.1,,2026-01-02", "title: A?\n---\n\n", "no title or no answer"},
		"a broken answer": {"1.1,,2026-01-02", "title: A?\n---\n**B.", "strong"},
		"no text":         {"1.2,,2026-01-02", fine, "not exist"},
		"twice":           {"1.1,,2026-01-02\n1.1,,2026-01-02", fine, "twice"},
		"a wrong day":     {"1.1,,2026-13-02", fine, "1.1"},
		"a lost relation": {"1.1,9.9,2026-01-02", fine, "related to 9.9"},
		"itself":          {"1.1,1.1,2026-01-02", fine, "related to 1.1"},
		"an empty list":   {"", fine, "index.csv"},
	} {
		err := faq.ReadError(fstest.MapFS{
			"text/index.csv": {Data: []byte("id,related,checked\n" + tc.index + "\n")}, "text/en/1.1.md": {Data: []byte(tc.text)},
		})
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
}

func TestAMissingTextIsLentByEnglish(t *testing.T) {
	t.Parallel()
	languages, err := faq.ReadLanguages(fstest.MapFS{
		"text/index.csv": {Data: []byte("id,related,checked\n1.1,,2026-01-02\n")}, "text/en/1.1.md": {Data: []byte("title: A?\n---\nB.")},
		"text/ko/1.1.md": {Data: []byte("title: 가?\r\n---\r\n나.")},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[locale.Language]locale.Language{"en": "en", "zh-Hans": "en", "zh-Hant": "en", "ko": "ko"}
	if diff := cmp.Diff(want, languages); diff != "" {
		t.Errorf("languages of the texts (-want +got):\n%s", diff)
	}
	if faq.Load("fr") != faq.Load(locale.English) {
		t.Error("an unknown language has no English answers")
	}
}

// odd are facts with figures that no text and no rule holds.
func odd() faq.Facts {
	return faq.Facts{
		MaxWeightLb: "7001", MaxWeightKg: "7002", MaxSideIn: "7003", MaxSideCm: "7004", ClaimDays: 7005, DutyDays: 7006,
		SilentDays: 7007, UnlockHours: 7008, NumbersMax: 7009, Destinations: []string{"FR", "DE"}, IDCountries: []string{"IT", "ES"},
		IDDays: 7010, IDKeptDays: 7011, IDUnusedDays: 7012,
	}
}
