package layouts_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/locale"
	"ecms/portal/static"
	"ecms/portal/templates/layouts"
)

func read(t *testing.T, html string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func shell(lang locale.Language) layouts.Shell {
	return layouts.Shell{Lang: lang, Prefix: "/" + string(lang), Path: "/track/EC7K3M9QTR2XW5"}
}

// What the page loads is the portal's own and carries its content in its name.
func TestPageLoadsOnlyItsOwnFiles(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		html := page(t, shell(lang), layouts.Head{Title: "T"})
		for _, never := range []string{"http://", "https://", "//cdn", "<style", "style=\"", "onclick", "<iframe"} {
			if strings.Contains(html, never) {
				t.Errorf("%s: page holds %q", lang, never)
			}
		}
		read(t, html).Find("link[href], script[src]").Each(func(_ int, e *goquery.Selection) {
			at := e.AttrOr("href", e.AttrOr("src", ""))
			if at == "/manifest.webmanifest" {
				return
			}
			if _, ok := static.Find(at); !ok {
				t.Errorf("%s: nothing stands at %q", lang, at)
			}
		})
	}
}

// The edge compresses what stands between these marks once for all visitors.
func TestPageKeepsItsMarksInOrder(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		html, at := page(t, shell(lang), layouts.Head{Title: "T", Hidden: true}), 0
		for _, mark := range []string{"<title>", `<meta name="viewport"`, `<main `, `<select class="control" id="zone"`, "</html>"} {
			next := strings.Index(html[at:], mark)
			if next < 0 || strings.Count(html, mark) != 1 {
				t.Errorf("%s: %q stands %d times, at %d after %d", lang, mark, strings.Count(html, mark), next, at)
			}
			at += max(next, 0)
		}
	}
}

// All pages of a language share the stretches between the marks to the byte,
// whatever their title or number; only the choice of a clock differs.
func TestSharedStretchesAreTheSameOnAllPages(t *testing.T) {
	t.Parallel()
	stretch := func(html, from, to string) string {
		_, rest, _ := strings.Cut(html, from)
		part, _, _ := strings.Cut(rest, to)
		return part
	}
	one, other := shell(locale.Korean), shell(locale.Korean)
	other.Path, other.RequestID = "/track/RB123456785SG", "k3x9mq2w"
	a, b := page(t, one, layouts.Head{Title: "A", Hidden: true}), page(t, other, layouts.Head{Title: "B & C", Hidden: true, Failed: true})
	for _, m := range [][2]string{{`<meta name="viewport"`, "<main "}, {`<select class="control" id="zone"`, "</html>"}} {
		x, y := stretch(a, m[0], m[1]), stretch(b, m[0], m[1])
		if x == "" || x != y {
			t.Errorf("from %s: pages differ:\n%s\n%s", m[0], x, y)
		}
	}
}

func TestEveryPageHelpsInItsLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l, doc := locale.For(lang), read(t, page(t, shell(lang), layouts.Head{}))
		if got := words(doc.Find(".help h2")); got != l.T("help.title") {
			t.Errorf("%s: help is titled %q", lang, got)
		}
		for i, kind := range []string{"hotline", "qq", "wechat"} {
			if got := words(doc.Find(".help dt").Eq(i)); got != l.T("help."+kind) {
				t.Errorf("%s: channel %d is %q", lang, i, got)
			}
			if words(doc.Find(".help dd").Eq(i)) == "" {
				t.Errorf("%s: channel %s has no address", lang, kind)
			}
		}
		if got := doc.Find(".help a").AttrOr("href", ""); got != "tel:+864000861756" {
			t.Errorf("%s: hotline is dialled as %q", lang, got)
		}
		for selector, key := range map[string]string{
			".skip": "shell.skip", ".top nav a:nth-child(1)": "shell.track", ".top nav a:nth-child(2)": "shell.help", ".top nav a:nth-child(3)": "shell.account",
			".bottom nav:last-child li:first-child": "shell.contact", ".bottom nav:last-child li:last-child": "shell.accessibility", `label[for="zone"]`: "shell.clock", ".clock button": "shell.clock.set", "#zone option:first-child": "shell.clock.destination",
		} {
			if got := words(doc.Find(selector)); got != l.T(key) {
				t.Errorf("%s: %s says %q, want %q", lang, selector, got, l.T(key))
			}
		}
	}
}

// Each clock of the list can be chosen, is then marked alone, and none stands twice.
func TestEveryClockCanBeChosen(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, z := range append(l.Zones(), locale.Zone{Name: "Asia/Pyongyang"}, locale.Zone{Name: "Etc/GMT+5"}) {
			s := shell(lang)
			s.Zone = z.Name
			doc := read(t, page(t, s, layouts.Head{}))
			chosen := doc.Find("#zone option[selected]")
			if chosen.Length() != 1 || chosen.AttrOr("value", "") != z.Name || words(chosen) != l.Zone(z.Name) {
				t.Errorf("%s %s: %d marked, %q named %q", lang, z.Name, chosen.Length(), chosen.AttrOr("value", ""), words(chosen))
			}
			seen := map[string]bool{}
			doc.Find("#zone option").Each(func(_ int, o *goquery.Selection) {
				value := o.AttrOr("value", "?")
				if seen[value] || words(o) == "" {
					t.Errorf("%s %s: option %q stands twice or is empty", lang, z.Name, value)
				}
				seen[value] = true
			})
		}
	}
}

func TestHostileAddressesStayInTheirPlace(t *testing.T) {
	t.Parallel()
	for _, path := range []string{`/"><script>alert(1)</script>`, "/track/%22%3E", `/' onmouseover='x`, "//evil.example", "/track/javascript:x"} {
		for _, lang := range locale.Languages() {
			s := layouts.Shell{Lang: lang, Path: path, Flash: path, RequestID: path}
			doc := read(t, page(t, s, layouts.Head{Title: path}))
			if n := doc.Find("body script, [onmouseover]").Length(); n != 0 {
				t.Errorf("%s: %d elements came through", path, n)
			}
			for _, other := range locale.Languages() {
				if got := doc.Find(`.languages a[hreflang="`+string(other)+`"]`).AttrOr("href", ""); got != "/"+string(other)+path {
					t.Errorf("%s: %s leads to %q", path, other, got)
				}
			}
			if got := doc.Find(`input[name="next"]`).AttrOr("value", ""); got != path {
				t.Errorf("%s: the clock leads back to %q", path, got)
			}
		}
	}
}

// Parts that are rendered once are rendered for the right visitor, however many ask at once.
func TestPagesInAllLanguagesAtOnce(t *testing.T) {
	t.Parallel()
	want := map[locale.Language]string{}
	for _, lang := range locale.Languages() {
		want[lang] = page(t, shell(lang), layouts.Head{Title: "T"})
	}
	var all sync.WaitGroup
	for i := range 40 {
		lang := locale.Languages()[i%len(locale.Languages())]
		all.Go(func() {
			if got := page(t, shell(lang), layouts.Head{Title: "T"}); got != want[lang] {
				t.Errorf("%s: page differs when many ask at once", lang)
			}
		})
	}
	all.Wait()
}
