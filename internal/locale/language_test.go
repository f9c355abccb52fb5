package locale_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/locale"
)

func TestMatch(t *testing.T) {
	for _, tc := range []struct {
		cookie, accept string
		want           locale.Language
	}{
		{"", "", locale.English},
		{"", "en-US,en;q=0.9", locale.English},
		{"", "zh", locale.SimplifiedChinese},
		{"", "zh-CN,zh;q=0.9,en;q=0.8", locale.SimplifiedChinese},
		{"", "zh-SG", locale.SimplifiedChinese},
		{"", "zh-TW,zh;q=0.9,en-US;q=0.8", locale.TraditionalChinese},
		{"", "zh-HK", locale.TraditionalChinese},
		{"", "zh-MO", locale.TraditionalChinese},
		{"", "zh-Hant-MO;q=0.5", locale.TraditionalChinese},
		{"", "zh-Hans-HK", locale.SimplifiedChinese},
		{"", "ko-KR,ko;q=0.9", locale.Korean},
		{"", "ko-KP", locale.Korean},
		{"", "en;q=0.5,ko;q=0.9", locale.Korean},
		{"", "fr-FR,fr;q=0.9,ko;q=0.5", locale.Korean},
		{"", "fr-FR", locale.English},
		{"", "*", locale.English},
		{"", "zh-tw", locale.TraditionalChinese},
		{"", ";;;,,q=", locale.English},
		{"", "\x00\xff", locale.English},
		{"", strings.Repeat("fr;q=0.1,", 5000) + "ko", locale.English},
		{"", strings.Repeat("x", 5000), locale.English},
		{"ko", "zh-CN", locale.Korean},
		{"zh-Hant", "", locale.TraditionalChinese},
		{"zh-TW", "ko", locale.Korean}, // not a value we set: the browser's own wish counts
		{"en-x-pseudo", "ko", locale.Korean},
	} {
		if got := locale.Match(tc.cookie, tc.accept); got != tc.want {
			t.Errorf("Match(%q, %.40q) = %s, want %s", tc.cookie, tc.accept, got, tc.want)
		}
	}
}

func TestParseTakesOnlyThePortalsLanguages(t *testing.T) {
	for _, lang := range append(locale.Languages(), locale.Pseudo) {
		if got, ok := locale.Parse(string(lang)); !ok || got != lang {
			t.Errorf("Parse(%q) = %q, %v", lang, got, ok)
		}
		if lang.Name() == "" {
			t.Errorf("%s has no name", lang)
		}
	}
	for _, other := range []string{"", "zh", "zh-hans", "EN", "ja", "track"} {
		if got, ok := locale.Parse(other); ok {
			t.Errorf("Parse(%q) = %q, want none", other, got)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("", "zh-TW,zh;q=0.9")
	f.Add("ko", "*;q=0")
	f.Fuzz(func(t *testing.T, cookie, accept string) {
		if got := locale.Match(cookie, accept); locale.For(got).Language() != got {
			t.Errorf("Match(%q, %q) = %q, which the portal does not speak", cookie, accept, got)
		}
	})
}
