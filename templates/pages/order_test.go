package pages_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

// read parses a page as a browser does.
func read(t *testing.T, html string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// words is the text of a selection with single blanks.
func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// trackStates are the states of a parcel's page.
func trackStates(lang locale.Language) []components.State {
	var list []components.State
	for _, s := range pages.States(locale.For(lang)) {
		if strings.HasPrefix(s.Name, "track ") {
			list = append(list, s)
		}
	}
	return list
}

// answer is the order in which a parcel's page answers, each part by its selector.
var answer = []struct{ part, selector string }{
	{"status sentence", "h1"},
	{"what is needed", ".needed-from-you"},
	{"expected delivery", ".expected"},
	{"progress", ".steps"},
	{"timeline", ".history"},
	{"local carrier and pieces", "aside > .facts"},
	{"details or the way to them", "#details, .unlock"},
}

// Phones and screen readers meet the parts as they stand in the document.
func TestPageAnswersInOrder(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		for _, s := range trackStates(lang) {
			html := golden.Render(t, s.Body, lang)
			doc := read(t, html)
			at, before := -1, "the start"
			all := doc.Find("main *")
			for _, a := range answer {
				found := doc.Find("main").Find(a.selector).First()
				if found.Length() == 0 {
					continue
				}
				here := all.IndexOfSelection(found)
				if here < at {
					t.Errorf("%s %s: %s stands before %s", lang, s.Name, a.part, before)
				}
				at, before = here, a.part
			}
		}
	}
}

func TestEveryParcelHasSentenceNeedProgressAndTimeline(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		for _, s := range trackStates(lang) {
			doc := read(t, golden.Render(t, s.Body, lang))
			for _, selector := range []string{"h1", ".needed-from-you h2", ".needed-from-you p", ".steps li", ".history h2", ".route"} {
				if words(doc.Find("main "+selector).First()) == "" {
					t.Errorf("%s %s: %s says nothing", lang, s.Name, selector)
				}
			}
			if n := doc.Find("main .needed").Length(); n > 1 {
				t.Errorf("%s %s: %d panels ask at once, at most 1", lang, s.Name, n)
			}
		}
	}
}

// One heading level follows another, so that a reader can go from part to part.
func TestHeadingsSkipNoLevel(t *testing.T) {
	t.Parallel()
	for _, s := range pages.States(locale.For(locale.Korean)) {
		level := 0
		read(t, golden.Render(t, s.Body, locale.Korean)).Find("main h1, main h2, main h3, main h4").Each(func(_ int, h *goquery.Selection) {
			now := int(goquery.NodeName(h)[1] - '0')
			if inErrors := h.ParentsFiltered(".errors").Length() > 0; inErrors {
				return // the summary stands above the page's own heading
			}
			if now > level+1 {
				t.Errorf("%s: %q is h%d after h%d", s.Name, words(h), now, level)
			}
			level = now
		})
	}
}

func TestTextTwinKeepsTheOrderOfThePage(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		p := manyEvents(9)
		p.Parcel.LastMileCarrier, p.Parcel.LastMileNumber = "SF Express", "SF1390024817745"
		p.Parcel.Piece, p.Parcel.Pieces = 2, 3
		text, at := pages.TrackText(l, &p), -1
		for _, part := range []string{
			"EC 7K3M 9QTR 2XW5", pages.Sentence(l, &p.Parcel), l.T("needed.title"), l.T("needed.nothing"), l.T("expected.title"),
			l.Range("2026-03-09", "2026-03-12"), l.T("timeline.title"), l.T("lastmile.title"), "SF1390024817745",
			l.T("pieces.title"), l.T("pieces.of", "n", "2", "of", "3"),
		} {
			here := strings.Index(text, part)
			if here < 0 || here < at {
				t.Errorf("%s: %q at %d, after something at %d, in\n%s", lang, part, here, at, text)
			}
			at = max(at, here)
		}
		if strings.Contains(text, "<") || strings.Contains(text, "&#") {
			t.Errorf("%s: markup in the text twin:\n%s", lang, text)
		}
	}
}
