//go:build browser

package browsertest_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestEveryPage looks at every page in every language, on a phone and a wide
// screen, in light and dark. SHOTS=name,name (or all) keeps pictures of them.
// Without the build tag matrix it looks once at each page, in English on a phone,
// and leaves out the gallery's states of pages that are opened by themselves.
func TestEveryPage(t *testing.T) {
	for _, v := range views(t) {
		for _, language := range languages {
			if !full && (language != "en" || strings.HasPrefix(v.name, "gallery-page-")) {
				continue
			}
			t.Run(v.name+"/"+language, func(t *testing.T) {
				t.Parallel()
				lookAround(t, v, language)
			})
		}
	}
}

func lookAround(t *testing.T, v view, language string) {
	b := openTab(t, look{width: 360, address: address()})
	status := v.open(b, language)
	report(t, look{}, b.complaints(status))
	for _, l := range []look{{width: 360}, {width: 360, dark: true}, {width: 1280}, {width: 1280, dark: true}} {
		if !full && l != (look{width: 360}) {
			break
		}
		b.look(l)
		report(t, l, b.wide())
		if full {
			report(t, l, b.axe(v.repeats, l.dark))
		}
		if v.walked(language, l) {
			report(t, l, b.keyboard())
		}
		if shots := os.Getenv("SHOTS"); shots == "all" || slices.Contains(splitComma(shots), v.name) {
			if _, err := b.picture(v.name + "-" + language + "-" + l.String()); err != nil {
				t.Error(err)
			}
		}
	}
	b.look(look{width: 320})
	report(t, look{width: 320}, b.wide())
	report(t, look{}, b.complaints(status))
}

// walked tells whether the keyboard walks the page in this look: in the matrix
// always on phones, on wide screens in English, whose order of stops is that of
// all; without it where the page is opened and nothing is sent.
func (v view) walked(language string, l look) bool {
	if !full {
		return v.then == nil
	}
	return !l.dark && (language == "en" || l.width == 360)
}

func report(t *testing.T, l look, faults []string) {
	t.Helper()
	for _, f := range faults {
		if l.width > 0 {
			f = l.String() + ": " + f
		}
		t.Error(f)
	}
}
