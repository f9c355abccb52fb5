package legal_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/legal"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
)

func everything() []legal.Name { return append(legal.Names(), legal.Accessibility) }

func find(t *testing.T, n legal.Name, version string, lang locale.Language) legal.Document {
	t.Helper()
	d, err := legal.Find(n, version, lang)
	if err != nil {
		t.Fatalf("%s %s %s: %v", n, version, lang, err)
	}
	return d
}

// each calls f for every version of every document in every language but English.
func each(t *testing.T, f func(name string, english, d legal.Document)) {
	t.Helper()
	for _, n := range everything() {
		for _, v := range legal.Versions(n) {
			for _, lang := range locale.Languages() {
				f(string(n)+" "+v+" "+string(lang), find(t, n, v, locale.English), find(t, n, v, lang))
			}
		}
	}
}

func TestVersionsAreDaysNewestFirst(t *testing.T) {
	t.Parallel()
	for _, n := range everything() {
		all := legal.Versions(n)
		if len(all) == 0 {
			t.Fatalf("%s has no version", n)
		}
		for i, v := range all {
			if _, err := time.Parse(time.DateOnly, v); err != nil || i > 0 && v >= all[i-1] {
				t.Errorf("%s: version %q is no day, or stands in a wrong place of %q", n, v, all)
			}
			want := ""
			if i+1 < len(all) {
				want = all[i+1]
			}
			if got := legal.Before(n, v); got != want {
				t.Errorf("%s: before %s came %q, want %q", n, v, got, want)
			}
		}
		if got := find(t, n, "", locale.Korean).Version; got != all[0] {
			t.Errorf("%s: in force is %s, want %s", n, got, all[0])
		}
	}
	if got, want := legal.CurrentTerms(), legal.Versions(legal.Terms)[0]; got != want {
		t.Errorf("new customers agree to %s, in force is %s", got, want)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    legal.Name
		version string
	}{{"imprint", ""}, {legal.Terms, "2020-01-01"}, {legal.Terms, "../terms"}, {"", ""}} {
		if _, err := legal.Find(c.name, c.version, locale.English); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("%q %q: %v, want not found", c.name, c.version, err)
		}
	}
	if got := legal.Before(legal.Terms, "2020-01-01"); got != "" {
		t.Errorf("before a version that never was came %s", got)
	}
	if got := find(t, legal.Terms, "", locale.Pseudo).Title; got == "" {
		t.Error("testers' language has no terms at all")
	}
}

func TestLanguagesSayTheSame(t *testing.T) {
	t.Parallel()
	shape := func(d legal.Document) (s []string) {
		for _, b := range d.Blocks {
			s = append(s, string(b.Kind)+strings.Repeat(".", len(b.Items)))
		}
		return s
	}
	each(t, func(name string, english, d legal.Document) {
		if d.Title == "" || len(d.Changes) != len(english.Changes) {
			t.Errorf("%s: title %q, %d changes, want %d", name, d.Title, len(d.Changes), len(english.Changes))
		}
		for _, diff := range []string{
			cmp.Diff(shape(english), shape(d)), cmp.Diff(prose.Names(english.Blocks), prose.Names(d.Blocks)), cmp.Diff(prose.Links(english.Blocks), prose.Links(d.Blocks)),
		} {
			if diff != "" {
				t.Errorf("%s differs from English (-en +):\n%s", name, diff)
			}
		}
	})
}

// figure is a number that a rule may change: texts hold only placeholders for it.
var figure = regexp.MustCompile(`[0-9]+`)

// fixed are digits that no rule changes: numbers of headings, the day from which
// is counted, names.
var fixed = regexp.MustCompile(`(?m)^[0-9]+\. |Day 0|第 0 [天日]|0일로|제3자|argon2id`)

func TestTextsHoldNoFigureOfARule(t *testing.T) {
	t.Parallel()
	each(t, func(name string, _, d legal.Document) {
		text := fixed.ReplaceAllString(prose.Text(d.Blocks), "")
		if got := figure.FindString(text); got != "" {
			t.Errorf("%s holds the figure %s: name the rule instead", name, got)
		}
	})
}

func TestEnglishIsShort(t *testing.T) {
	t.Parallel()
	sentence := regexp.MustCompile(`[.!?:](\s|$)|\n`)
	for _, n := range everything() {
		for _, v := range legal.Versions(n) {
			for _, s := range sentence.Split(prose.Text(find(t, n, v, locale.English).Blocks), -1) {
				if words := len(strings.Fields(s)); words > 24 {
					t.Errorf("%s %s: a sentence of %d words: %q", n, v, words, s)
				}
			}
		}
	}
}

func TestTextsKeepToTheirScript(t *testing.T) {
	t.Parallel()
	const simplified, traditional = "这个们时间发现处门进还应该国际运单号码联系电话关税费递邮编务从过无错误问题请输选择网页语显详细买卖证图东车边头", "這個們時間發現處門進還應該國際運單號碼聯繫電話關稅費遞郵編務從過無錯誤問題請輸選擇網頁語顯詳細買賣證圖東車邊頭"
	han, hangul := regexp.MustCompile(`\p{Han}`), regexp.MustCompile(`\p{Hangul}`)
	for _, n := range everything() {
		for _, v := range legal.Versions(n) {
			for lang, foreign := range map[locale.Language]func(string) bool{
				locale.English:            func(s string) bool { return han.MatchString(s) || hangul.MatchString(s) },
				locale.SimplifiedChinese:  func(s string) bool { return hangul.MatchString(s) || strings.ContainsAny(s, traditional) },
				locale.TraditionalChinese: func(s string) bool { return hangul.MatchString(s) || strings.ContainsAny(s, simplified) },
				locale.Korean:             han.MatchString,
			} {
				d := find(t, n, v, lang)
				for _, line := range append(strings.Split(prose.Text(d.Blocks), "\n"), append(d.Changes, d.Title)...) {
					if foreign(line) {
						t.Errorf("%s %s %s: a character of another script in %q", n, v, lang, line)
					}
				}
			}
		}
	}
}

func TestBrokenTextsAreRefused(t *testing.T) {
	t.Parallel()
	whole := func(text string) fstest.MapFS {
		fsys := fstest.MapFS{}
		for _, n := range everything() {
			for _, lang := range locale.Languages() {
				fsys["text/"+string(n)+"/2026-01-01/"+string(lang)+".md"] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		return fsys
	}
	if err := legal.ReadError(whole("title: T\n---\nText.\n")); err != nil {
		t.Errorf("a whole one: %v", err)
	}
	for text, says := range map[string]string{
		"title: T\nText.\n":             "no line ---",
		"titel: T\n---\nText.\n":        `a head of "titel: T"`,
		"title: T\n---\n[x](ftp://y)\n": "no link",
	} {
		if err := legal.ReadError(whole(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
	lacking := whole("title: T\n---\nText.\n")
	delete(lacking, "text/terms/2026-01-01/ko.md")
	if err := legal.ReadError(lacking); err == nil {
		t.Error("a version without its Korean text is taken")
	}
	if err := legal.ReadError(fstest.MapFS{}); err == nil {
		t.Error("no texts at all are taken")
	}
}
