package locale_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"ecms/portal/internal/locale"

	"github.com/google/go-cmp/cmp"
)

func TestLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	english := locale.Keys(locale.English)
	for _, lang := range locale.Languages()[1:] {
		want := make([]string, 0, len(english))
		for _, key := range english {
			if !strings.HasSuffix(key, ".one") { // only English counts one apart
				want = append(want, key)
			}
		}
		if diff := cmp.Diff(want, locale.Keys(lang)); diff != "" {
			t.Errorf("%s: keys (-en +%s):\n%s", lang, lang, diff)
			continue
		}
		for _, key := range want {
			_, wantNames := locale.Source(locale.English, key)
			_, gotNames := locale.Source(lang, key)
			if diff := cmp.Diff(wantNames, gotNames); diff != "" {
				t.Errorf("%s %s: placeholders (-en +%s):\n%s", lang, key, lang, diff)
			}
		}
	}
	for _, key := range english {
		if one, isOne := strings.CutSuffix(key, ".one"); isOne && !locale.For(locale.English).Has(one+".other") {
			t.Errorf("%s has no .other", key)
		}
	}
}

func TestNoTextIsEmptyOrUntidy(t *testing.T) {
	for _, lang := range locale.Languages() {
		for _, key := range locale.Keys(lang) {
			text, _ := locale.Source(lang, key)
			if text == "" || text != strings.TrimSpace(text) || strings.Contains(text, "  ") {
				t.Errorf("%s %s: %q is empty or has loose spaces", lang, key, text)
			}
		}
	}
}

// latinNames are the Latin words that Chinese and Korean texts use as they are.
var latinNames = regexp.MustCompile(`\b(ECMS|EC|UTC|lb|kg|in|cm|JSON|TXT|ID|IP|QR|PDF|EZ WAY|S10|WeChat|QQ|Cookie|A|R|B|App|HEIC|JPG|PNG|MB|P|X)\b`)

var (
	placeholder = regexp.MustCompile(`\{[a-z0-9_]+\}`)
	latinWord   = regexp.MustCompile(`[A-Za-z]+`)
)

func TestAsianTextsHoldNoEnglish(t *testing.T) {
	for _, lang := range locale.Languages()[1:] {
		for _, key := range locale.Keys(lang) {
			text, _ := locale.Source(lang, key)
			bare := latinNames.ReplaceAllString(placeholder.ReplaceAllString(text, ""), "")
			if word := latinWord.FindString(bare); word != "" {
				t.Errorf("%s %s: %q holds %q", lang, key, text, word)
			}
		}
	}
}

// Characters of one Chinese script that the other never writes.
const (
	onlySimplified  = "这个们时间发现处门进还应该国际运单号码联系电话关税费递邮编务从过无错误问题请输选择网页语显详细买卖证图东车边头"
	onlyTraditional = "這個們時間發現處門進還應該國際運單號碼聯繫電話關稅費遞郵編務從過無錯誤問題請輸選擇網頁語顯詳細買賣證圖東車邊頭"
)

func TestEachLanguageKeepsToItsScript(t *testing.T) {
	foreign := map[locale.Language]func(r rune) bool{
		locale.English: func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hangul) },
		locale.SimplifiedChinese: func(r rune) bool {
			return unicode.Is(unicode.Hangul, r) || strings.ContainsRune(onlyTraditional, r)
		},
		locale.TraditionalChinese: func(r rune) bool {
			return unicode.Is(unicode.Hangul, r) || strings.ContainsRune(onlySimplified, r)
		},
		locale.Korean: func(r rune) bool { return unicode.Is(unicode.Han, r) },
	}
	for lang, isForeign := range foreign {
		for _, key := range locale.Keys(lang) {
			text, _ := locale.Source(lang, key)
			if at := strings.IndexFunc(text, isForeign); at >= 0 {
				t.Errorf("%s %s: %q has a character of another script at %q", lang, key, text, text[at:])
			}
		}
	}
}

// longestSentence is what a reader of twelve takes in at once.
const longestSentence = 22

func TestEnglishSentencesAreShort(t *testing.T) {
	sentence := regexp.MustCompile(`[.!?:](\s|$)`)
	for _, key := range locale.Keys(locale.English) {
		text, _ := locale.Source(locale.English, key)
		for _, s := range sentence.Split(text, -1) {
			if n := len(strings.Fields(s)); n > longestSentence {
				t.Errorf("%s: a sentence of %d words, at most %d: %q", key, n, longestSentence, s)
			}
		}
	}
}

func TestReadingRefusesBrokenCatalogues(t *testing.T) {
	for name, tc := range map[string]struct{ first, second, want string }{
		"a key twice in one file": {`{"a":"1","a":"2"}`, `{}`, "a: the key comes twice"},
		"a key in two files":      {`{"a":"1"}`, `{"a":"1"}`, "a: the key comes twice"},
		"a nested object":         {`{"a":{"b":"1"}}`, `{}`, "not a text"},
		"a number":                {`{"a":1}`, `{}`, "not a text"},
		"a list":                  {`["a"]`, `{}`, "not an object"},
		"an open placeholder":     {`{"a":"x {n"}`, `{}`, "placeholder"},
		"a strange placeholder":   {`{"a":"x {N n}"}`, `{}`, "placeholder"},
		"a loose brace":           {`{"a":"x } y"}`, `{}`, "without its {"},
		"a second object":         {`{"a":"1"}{}`, `{}`, "something follows"},
		"a cut file":              {`{"a":"1"`, `{}`, "EOF"},
		"nothing":                 {`{}`, `{}`, "no messages"},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{"m/xx/1.json": {Data: []byte(tc.first)}, "m/xx/2.json": {Data: []byte(tc.second)}}
			err := locale.ReadError(fsys, "m/xx")
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("reading %s and %s: %v, want %q", tc.first, tc.second, err, tc.want)
			}
		})
	}
}
