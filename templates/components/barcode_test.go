package components_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
	"ecms/portal/templates/golden"
)

// read parses a component as a browser does.
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

// symbols gives the widths of bars and gaps that a number is drawn with, six a symbol.
func symbols(t *testing.T, number string) []string {
	t.Helper()
	path := read(t, golden.Render(t, components.Barcode(number), locale.English)).Find(".barcode path")
	widths := strings.ReplaceAll(path.AttrOr("stroke-dasharray", ""), " ", "")
	if len(widths)%6 != 1 {
		t.Fatalf("%s: %d bars and gaps, want a multiple of 6 and one more", number, len(widths))
	}
	list := make([]string, 0, len(widths)/6)
	for i := 0; i+6 <= len(widths); i += 6 {
		list = append(list, widths[i:i+6])
	}
	return list
}

// alphabet learns the pattern of each character from numbers drawn alone.
func alphabet(t *testing.T) (all string, pattern map[byte]string) {
	t.Helper()
	all, pattern = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-._/", map[byte]string{}
	for i := range len(all) {
		pattern[all[i]] = symbols(t, all[i:i+1])[1]
	}
	return all, pattern
}

// Any number that can be drawn reads back as itself, and its check symbol is
// the weighted sum of the standard.
func TestBarsReadBackAsTheNumber(t *testing.T) {
	t.Parallel()
	all, pattern := alphabet(t)
	back := map[string]byte{}
	for c, p := range pattern {
		if other, twice := back[p]; twice {
			t.Fatalf("%c and %c are drawn alike", c, other)
		}
		back[p] = c
	}
	r := rand.New(rand.NewPCG(3, 5))
	for range 200 {
		number := make([]byte, 1+r.IntN(40))
		sum := 104
		for i := range number {
			number[i] = all[r.IntN(len(all))]
			sum += (i + 1) * int(number[i]-' ')
		}
		drawn := symbols(t, string(number))
		if len(drawn) != len(number)+3 {
			t.Fatalf("%s: %d symbols, want start, %d characters, check and stop", number, len(drawn), len(number))
		}
		for i := range number {
			if got := back[drawn[i+1]]; got != number[i] {
				t.Fatalf("%s: character %d reads %c", number, i, got)
			}
		}
		// The check symbol is drawn as the character of the same value, where there is one in our alphabet.
		if p, ok := pattern[byte(sum%103)+' ']; ok && drawn[len(drawn)-2] != p {
			t.Errorf("%s: check symbol %s, want %s", number, drawn[len(drawn)-2], p)
		}
		if start, stop := drawn[0], drawn[len(drawn)-1]; start != "211214" || stop != "233111" {
			t.Errorf("%s: starts with %s and stops with %s", number, start, stop)
		}
	}
}

// Each symbol is eleven modules wide, the stop thirteen: the picture's width is their sum.
func TestBarsFillTheirPicture(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 40; n++ {
		doc := read(t, golden.Render(t, components.Barcode(strings.Repeat("7", n)), locale.English))
		want := "0 0 " + strconv.Itoa(11*(n+2)+13) + " 30"
		if got, _ := doc.Find("svg").Attr("viewbox"); got != want && doc.Find("svg").AttrOr("viewBox", "") != want {
			t.Errorf("%d characters: view box %q, want %q", n, got, want)
		}
	}
}

// The label's picture shows a number as it is printed, and the drawing is hidden
// from readers, who have the words below it.
func TestLabelPictureIsExplainedInWords(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		doc := read(t, golden.Render(t, components.LabelPicture(), lang))
		if got, want := words(doc.Find("figcaption")), locale.For(lang).T("home.label"); got != want {
			t.Errorf("%s: caption %q, want %q", lang, got, want)
		}
		if got := doc.Find("svg").AttrOr("aria-hidden", ""); got != "true" {
			t.Errorf("%s: the drawing is read out", lang)
		}
		if got := words(doc.Find("svg text")); got != "EC 7K3M 9QTR 2XW5" {
			t.Errorf("%s: label shows %q", lang, got)
		}
	}
}
