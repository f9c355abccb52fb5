package pages_test

import (
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

// content is what stands in main; the shell has a golden file of its own.
func content(t *testing.T, html string) string {
	t.Helper()
	_, rest, ok := strings.Cut(html, "<main")
	body, _, closed := strings.Cut(rest, "</main>")
	if !ok || !closed {
		t.Fatalf("no main in %s", html)
	}
	return "<main" + body + "</main>"
}

func TestPagesLookAsAgreed(t *testing.T) {
	for _, s := range pages.States(locale.For(locale.English)) {
		t.Run(s.Name, func(t *testing.T) {
			golden.Compare(t, s.Name, content(t, golden.Render(t, s.Body, locale.English)))
		})
	}
}

func TestPagesHoldInEveryLanguage(t *testing.T) {
	for _, lang := range locale.Languages() {
		for _, s := range pages.States(locale.For(lang)) {
			html, name := golden.Render(t, s.Body, lang), string(lang)+" "+s.Name
			golden.Check(t, name, html)
			if n := golden.Headings(html); n != 1 {
				t.Errorf("%s: %d h1, want 1", name, n)
			}
			if want := `<html lang="` + string(lang) + `">`; !strings.Contains(html, want) {
				t.Errorf("%s: want %s", name, want)
			}
		}
	}
}

func TestGalleryShowsEveryState(t *testing.T) {
	ctx := golden.Context(locale.English)
	for _, name := range pages.GalleryNames() {
		page, ok := pages.GalleryPage(ctx, name)
		if !ok {
			t.Errorf("gallery has no page %q", name)
			continue
		}
		html := golden.Render(t, page, locale.English)
		golden.Check(t, "gallery "+name, html)
	}
	if _, ok := pages.GalleryPage(ctx, "nothing"); ok {
		t.Error("gallery has a page for a component that is none")
	}
}

// forAnybody are the pages, beside the first, that search engines may know.
var forAnybody = []string{
	"faq", "answer", "answer in another language",
	"contact open", "contact closed, second clock", "contact nothing set", "packing", "who side", "accessibility",
	"legal terms", "legal privacy", "legal cookies", // older versions stay out
}

func TestParcelsStayOutOfSearchEngines(t *testing.T) {
	for _, s := range pages.States(locale.For(locale.English)) {
		html := golden.Render(t, s.Body, locale.English)
		hidden := strings.Contains(html, `<meta name="robots" content="noindex">`)
		if want := !strings.HasPrefix(s.Name, "home") && !slices.Contains(forAnybody, s.Name); hidden != want {
			t.Errorf("%s: noindex is %v, want %v", s.Name, hidden, want)
		}
	}
}
