package typeface_test

import (
	"image"
	"image/color"
	"math"
	"slices"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/typeface"
)

// hanzi is written in another way in each language that has it.
const hanzi = '骨'

func TestLettersOfEachLanguage(t *testing.T) {
	t.Parallel()
	for _, l := range locale.Languages() {
		for _, w := range []typeface.Weight{typeface.Regular, typeface.Bold} {
			f := typeface.For(l, w)
			if !f.CJK() {
				t.Fatalf("%s: the machine has no Noto Sans CJK: make test installs fonts-noto-cjk", l)
			}
			for _, r := range "Aa0 ·*（清關통관龘" {
				g, err := f.Glyph(r)
				if err != nil || !f.Has(r) || g.Advance < 100 || g.Advance > 1000 || len(g.Path) == 0 && r != ' ' {
					t.Errorf("%s: %c: %v, advance %v, %d steps", l, r, err, g.Advance, len(g.Path))
				}
			}
		}
	}
	if f := typeface.For(locale.English, typeface.Regular); f.Has('\U0010fffd') {
		t.Error("a letter that nobody has is there")
	} else if g, err := f.Glyph('\U0010fffd'); err != nil || len(g.Path) == 0 {
		t.Errorf("no sign for a missing letter: %v", err)
	}
}

// TestFormsDiffer between the languages that write one character in two ways.
func TestFormsDiffer(t *testing.T) {
	t.Parallel()
	path := func(l locale.Language) []typeface.Step {
		g, err := typeface.For(l, typeface.Regular).Glyph(hanzi)
		if err != nil {
			t.Fatal(err)
		}
		return g.Path
	}
	if slices.Equal(path(locale.SimplifiedChinese), path(locale.TraditionalChinese)) {
		t.Errorf("%c is drawn alike in zh-Hans and zh-Hant", hanzi)
	}
	if !slices.Equal(path(locale.English), path(locale.SimplifiedChinese)) {
		t.Errorf("%c has no form in English", hanzi)
	}
	for _, l := range []locale.Language{locale.English, locale.Korean} {
		if wide := typeface.For(l, typeface.Bold).Width("’", 100); wide > 40 {
			t.Errorf("%s: an apostrophe of 100 is %v wide", l, wide)
		}
	}
}

// TestLatinAlone is what a machine without the fonts has.
func TestLatinAlone(t *testing.T) {
	t.Parallel()
	face, language := typeface.Load([]string{t.TempDir(), "/nowhere"})
	for _, l := range locale.Languages() {
		if got := language(l); got != locale.English {
			t.Errorf("%s is written as %s", l, got)
		}
		if got := typeface.Language(l); got != l {
			t.Errorf("%s is written as %s on this machine", l, got)
		}
		f := face(l, typeface.Bold)
		if f.CJK() || f.Has('清') || !f.Has('A') {
			t.Errorf("%s: Chinese %v, Latin %v", l, f.Has('清'), f.Has('A'))
		}
		if g, err := f.Glyph('A'); err != nil || len(g.Path) == 0 {
			t.Errorf("%s: %v", l, err)
		}
	}
}

func TestWidthAndDrawing(t *testing.T) {
	t.Parallel()
	f := typeface.For(locale.Korean, typeface.Regular)
	if got := f.Width("통관", 50); math.Abs(got-92) > 8 {
		t.Errorf("two Korean letters of 50 are %v wide", got)
	}
	if f.Width("", 50) != 0 || f.Width("WW", 20) <= f.Width("ii", 20) {
		t.Error("widths are not those of the letters")
	}
	img := image.NewGray(image.Rect(0, 0, 200, 100))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	if err := f.Draw(img, 100, 80, 60, "통", color.Gray{}); err != nil {
		t.Fatal(err)
	}
	var left, letter int
	for y := range 100 {
		for x := range 200 {
			switch {
			case img.GrayAt(x, y).Y > 128:
			case x < 99 || x > 162 || y < 20 || y > 92:
				left++
			default:
				letter++
			}
		}
	}
	if left > 0 || letter < 400 {
		t.Errorf("%d dark pixels outside of the letter, %d inside", left, letter)
	}
}
