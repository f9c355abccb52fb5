//go:build browser

package browsertest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// everyWay runs a flow with scripts on and off; in the full matrix in every
// language, on the narrowest phone and on a wide screen.
func everyWay(t *testing.T, flow func(t *testing.T, b *tab)) {
	t.Helper()
	for _, language := range languages {
		for _, width := range []int64{320, 1280} {
			for _, off := range []bool{false, true} {
				if !full && (language != "en" || width != 320) {
					continue
				}
				l := look{width: width, noScript: off}
				t.Run(language+"/"+l.String(), func(t *testing.T) {
					t.Parallel()
					l.address = address()
					b := openTab(t, l)
					b.language, b.mute = language, off
					flow(t, b)
				})
			}
		}
	}
}

// turn opens a page in the tab's language.
func (b *tab) turn(path string) {
	b.t.Helper()
	b.visit(site.url+"/"+b.language+path, 200)
	b.sound()
}

// fill types a field anew.
func (b *tab) fill(name, text string) {
	b.t.Helper()
	ask[any](b, fmt.Sprintf(`document.getElementById(%q).value = "", 0`, name))
	b.write("#"+name, text)
}

// submit sends the form that stands at an address, or the page's only one when
// the path is empty.
func (b *tab) submit(path string) {
	b.t.Helper()
	form := "main form:not([action])"
	if path != "" {
		form = `form[action$="` + path + `"]`
	}
	b.press(form + " button[type=submit]")
	b.sound()
}

// at wants the page below the language prefix.
func (b *tab) at(path string) {
	b.t.Helper()
	got := strings.TrimPrefix(b.location(), "/"+b.language)
	if got != path && !(strings.HasSuffix(path, "/") && strings.HasPrefix(got, path)) {
		b.fail("the page shown is %s, want %s", b.location(), path)
	}
	if lang := ask[string](b, "document.documentElement.lang"); lang != b.language {
		b.fail("%s is in %q, want %q", got, lang, b.language)
	}
}

// told wants a message about what was just done.
func (b *tab) told() {
	b.t.Helper()
	if b.text(".flash") == "" {
		b.fail("%s does not say what was done", b.location())
	}
}

// refused wants the page with an error summary that leads to the field, which
// keeps what was typed.
func (b *tab) refused(field, kept string) {
	b.t.Helper()
	if got := b.status(); got != 422 {
		b.fail("%s: got status %d, want 422", b.location(), got)
	}
	b.do(chromedp.Click(chromedp.CSS(`.errors a[href="#` + field + `"]`)))
	if id := ask[string](b, "document.activeElement.id"); id != field {
		b.fail("the error summary leads to %q, want %q", id, field)
	}
	if got := ask[string](b, "document.activeElement.value"); got != kept {
		b.fail("after an error %s holds %q, want %q", field, got, kept)
	}
}

// status is that of the page shown.
func (b *tab) status() int64 {
	b.t.Helper()
	return ask[int64](b, `performance.getEntriesByType("navigation")[0].responseStatus`)
}

// sound holds the page shown against what every page must be.
func (b *tab) sound() {
	b.t.Helper()
	faults := append(b.complaints(b.status()), b.wide()...)
	if full && !b.mute {
		faults = append(faults, b.axe(false, false)...)
	}
	for _, f := range faults {
		b.t.Errorf("%s: %s", b.location(), f)
	}
}
