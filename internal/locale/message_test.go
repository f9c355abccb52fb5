package locale_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/locale"
)

func TestRender(t *testing.T) {
	for _, tc := range []struct {
		text string
		args []string
		want string
	}{
		{"plain", nil, "plain"},
		{"{a}", []string{"a", "1"}, "1"},
		{"{a}{b}", []string{"b", "2", "a", "1"}, "12"},
		{"x {a} y {a} z", []string{"a", "1"}, "x 1 y 1 z"},
		{"x {a}", nil, "x {a}"},
		{"x {a}", []string{"a"}, "x {a}"},
		{"x {a}", []string{"a", "{b}", "b", "2"}, "x {b}"}, // values are never read again
		{"您的{n}件", []string{"n", "3"}, "您的3件"},
	} {
		got, err := locale.Render(tc.text, tc.args...)
		if err != nil || got != tc.want {
			t.Errorf("Render(%q, %q) = %q, %v; want %q", tc.text, tc.args, got, err, tc.want)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("x {name} y", "{name}")
	f.Add("{a", "v")
	f.Add("}", "")
	f.Fuzz(func(t *testing.T, text, value string) {
		got, err := locale.Render(text, "name", value)
		if err != nil {
			return
		}
		if want := strings.ReplaceAll(text, "{name}", value); got != want {
			t.Errorf("Render(%q, name %q) = %q, want %q", text, value, got, want)
		}
	})
}

func TestPluralsFollowTheLanguage(t *testing.T) {
	for _, tc := range []struct {
		lang locale.Language
		n    int
		want string
	}{
		{locale.English, 0, "0 hours"},
		{locale.English, 1, "1 hour"},
		{locale.English, 2, "2 hours"},
		{locale.English, 1000, "1,000 hours"},
		{locale.SimplifiedChinese, 1, "1 小时"},
		{locale.Korean, 1, "1시간"},
		{locale.TraditionalChinese, 12, "12 小時"},
	} {
		if got := locale.For(tc.lang).N("format.hours", tc.n); got != tc.want {
			t.Errorf("%s N(%d) = %q, want %q", tc.lang, tc.n, got, tc.want)
		}
	}
}

func TestRenderingAllocatesOnlyItsResult(t *testing.T) {
	l := locale.For(locale.SimplifiedChinese)
	buf := make([]byte, 0, 64)
	for name, tc := range map[string]struct {
		most float64
		run  func()
	}{
		"T without values": {0, func() { l.T("track.numbers.empty") }},
		"T with a value":   {1, func() { l.T("track.numbers.too_many", "max", "40") }},
		"Status":           {0, func() { l.Status("InTransit_006") }},
		"Country":          {0, func() { l.Country("KR") }},
		"AppendDate":       {0, func() { buf = l.AppendDate(buf[:0], 2026, 3, 3) }},
		"Day":              {1, func() { l.Day("2026-03-03") }},
		"Offset":           {1, func() { l.Offset(480) }},
		"Match":            {0, func() { locale.Match("", "zh-CN,zh;q=0.9,en;q=0.8") }},
	} {
		if got := testing.AllocsPerRun(100, tc.run); got > tc.most {
			t.Errorf("%s allocates %v times, at most %v", name, got, tc.most)
		}
	}
}
