package locale_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/locale"
)

// ends are how a whole sentence ends in each language.
var ends = map[locale.Language]string{
	locale.English: ".", locale.SimplifiedChinese: "。", locale.TraditionalChinese: "。", locale.Korean: ".",
}

func TestHeadlinesAreOneSentence(t *testing.T) {
	for lang, end := range ends {
		for _, key := range locale.Keys(lang) {
			if !strings.HasPrefix(key, "status.sentence.") {
				continue
			}
			text, _ := locale.Source(lang, key)
			if !strings.HasSuffix(text, end) || strings.Count(text, end) != 1 {
				t.Errorf("%s %s: %q is not one whole sentence", lang, key, text)
			}
		}
	}
}

func TestShortWordsAreNoSentences(t *testing.T) {
	for lang, end := range ends {
		for _, key := range locale.Keys(lang) {
			text, _ := locale.Source(lang, key)
			short := strings.HasPrefix(key, "status.tag.") || strings.HasPrefix(key, "status.subtag.") || strings.HasPrefix(key, "status.customs.")
			if short && (strings.HasSuffix(text, end) || len([]rune(text)) > 50) {
				t.Errorf("%s %s: %q is a sentence or too long for a line", lang, key, text)
			}
		}
	}
}

func TestNeedsSayTaskReasonAndWhatHappensOtherwise(t *testing.T) {
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, kind := range []string{"invoice", "id", "duty"} {
			seen := map[string]bool{}
			for _, part := range []string{"task", "why", "missed"} {
				text := l.T("need." + kind + "." + part)
				if text == "" || seen[text] || strings.Contains(text, "{") {
					t.Errorf("%s need.%s.%s = %q: it is empty, said before or needs a value", lang, kind, part, text)
				}
				seen[text] = true
			}
		}
	}
}

// particles are Korean endings that depend on the sound before them, which a
// placeholder does not tell.
var particles = []string{"은 ", "는 ", "이 ", "가 ", "을 ", "를 ", "로 ", "으로 ", "과 ", "와 "}

func TestKoreanPlaceholdersTakeNoParticleThatVaries(t *testing.T) {
	for _, key := range locale.Keys(locale.Korean) {
		text, names := locale.Source(locale.Korean, key)
		for _, name := range names {
			_, after, _ := strings.Cut(text, "{"+name+"}")
			for _, p := range particles {
				if strings.HasPrefix(after, p) {
					t.Errorf("%s: %q: %q after {%s} is wrong after half of all values", key, text, strings.TrimSpace(p), name)
				}
			}
		}
	}
}
