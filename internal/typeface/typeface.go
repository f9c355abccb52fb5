// Package typeface gives the outlines of letters to what is drawn and not shown
// by a browser: strips beside pictures, and papers. Chinese and Korean come from
// the Noto Sans CJK fonts of the machine; without them there is Latin alone.
package typeface

import (
	"fmt"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"ecms/portal/internal/locale"
)

// Weight is how heavy letters are.
type Weight int

// The weights.
const (
	Regular Weight = iota
	Bold
)

// Face gives the letters of one weight as they are written in one language.
// Safe for many at once.
type Face struct {
	fonts []*sfnt.Font // the first that has a letter draws it
	han   *sfnt.Font   // for Chinese characters before them; may be nil
	cjk   bool
	bufs  sync.Pool // *sfnt.Buffer
}

// For finds the face of a language. Chinese in either script and Korean write
// many characters alike and some differently: each has a font of its own.
func For(l locale.Language, w Weight) *Face {
	faces := installed()
	if f, ok := faces[style{l, w}]; ok {
		return f
	}
	return faces[style{locale.English, w}]
}

// Language is the language in which something can be written for readers of
// another: English on a machine without the letters of their own.
func Language(l locale.Language) locale.Language { return writable(installed(), l) }

func writable(faces map[style]*Face, l locale.Language) locale.Language {
	if f, ok := faces[style{l, Regular}]; ok && f.cjk {
		return l
	}
	return locale.English
}

// CJK tells whether the face has Chinese and Korean letters.
func (f *Face) CJK() bool { return f.cjk }

// unit is the size at which outlines are read: one em.
const unit = 1000

// Glyph is the outline of one letter. Its numbers are thousandths of an em, y
// grows downwards from the line that the letters stand on.
type Glyph struct {
	Advance float64
	Path    []Step
}

// Step is one step of an outline: to a point, straight or in a curve.
type Step struct {
	Kind Kind
	// To are the points of the step: one, two for a quadratic curve, three for a cubic.
	To [3]Point
}

// Point is a place in an outline.
type Point struct{ X, Y float64 }

// Kind is how a step goes.
type Kind uint32

// The kinds of steps.
const (
	Move Kind = iota
	Line
	Quad
	Cube
)

// Has tells whether the face can draw a letter.
func (f *Face) Has(r rune) bool {
	_, _, ok := f.find(r)
	return ok
}

// Glyph gives the outline of a letter; the sign for a missing one when the face
// does not have it.
func (f *Face) Glyph(r rune) (Glyph, error) {
	from, index, _ := f.find(r)
	buf := f.buffer()
	defer f.bufs.Put(buf)
	segments, err := from.LoadGlyph(buf, index, fixed.I(unit), nil)
	if err != nil {
		return Glyph{}, fmt.Errorf("outline of %U: %w", r, err)
	}
	g := Glyph{Path: make([]Step, len(segments))}
	for i, s := range segments {
		g.Path[i] = Step{Kind: Kind(s.Op)}
		for n := range s.Args {
			g.Path[i].To[n] = Point{float64(s.Args[n].X) / 64, float64(s.Args[n].Y) / 64}
		}
	}
	advance, err := from.GlyphAdvance(buf, index, fixed.I(unit), font.HintingNone)
	if err != nil {
		return Glyph{}, fmt.Errorf("width of %U: %w", r, err)
	}
	g.Advance = float64(advance) / 64
	return g, nil
}

// Width is how wide a text is at a size, in the size's unit.
func (f *Face) Width(text string, size float64) (wide float64) {
	buf := f.buffer()
	defer f.bufs.Put(buf)
	for _, r := range text {
		from, index, _ := f.find(r)
		if advance, err := from.GlyphAdvance(buf, index, fixed.I(unit), font.HintingNone); err == nil {
			wide += float64(advance) / 64 / unit * size
		}
	}
	return wide
}

// find gives the font that draws a letter, and the letter's place in it.
func (f *Face) find(r rune) (*sfnt.Font, sfnt.GlyphIndex, bool) {
	buf := f.buffer()
	defer f.bufs.Put(buf)
	if f.han != nil && unicode.Is(unicode.Han, r) {
		if index, err := f.han.GlyphIndex(buf, r); err == nil && index != 0 {
			return f.han, index, true
		}
	}
	for _, from := range f.fonts {
		if index, err := from.GlyphIndex(buf, r); err == nil && index != 0 {
			return from, index, true
		}
	}
	return f.fonts[0], 0, false
}

func (f *Face) buffer() *sfnt.Buffer {
	if buf, ok := f.bufs.Get().(*sfnt.Buffer); ok {
		return buf
	}
	return new(sfnt.Buffer)
}
