package paper

import (
	"bytes"
	"fmt"
	"unicode/utf16"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/typeface"
)

// letters are the letters that a paper uses, of one weight. They go into the file
// as outlines with their meaning, so that they look alike everywhere, take few
// bytes, and can still be searched and copied.
type letters struct {
	face  *typeface.Face
	name  string // of the fonts in the file, without their number
	used  []rune
	place map[rune]int
	wide  map[rune]float64 // of letters of size 1
}

// perFont is how many letters one font of the file can hold.
const perFont = 255

func lettersOf(l locale.Language, w typeface.Weight, name string) *letters {
	return &letters{face: typeface.For(l, w), name: name, place: map[rune]int{}, wide: map[rune]float64{}}
}

// width is how wide a text is at a size, in points.
func (s *letters) width(text string, size float64) (wide float64) {
	for _, r := range text {
		w, known := s.wide[r]
		if !known {
			w = s.face.Width(string(r), 1)
			s.wide[r] = w
		}
		wide += w * size
	}
	return wide
}

// code gives a letter's font in the file and its number there.
func (s *letters) code(r rune) (font int, code byte) {
	at, known := s.place[r]
	if !known {
		at = len(s.used)
		s.place[r], s.used = at, append(s.used, r)
	}
	return at / perFont, byte(at%perFont) + 1
}

// show appends the operators that write a text, which begins where the text
// matrix stands.
func (s *letters) show(out []byte, text string, size float64) []byte {
	now := -1
	for _, r := range text {
		font, code := s.code(r)
		if font != now {
			if now >= 0 {
				out = append(out, "> Tj\n"...)
			}
			out = fmt.Appendf(out, "/%s%d %g Tf <", s.name, font, size)
			now = font
		}
		out = fmt.Appendf(out, "%02X", code)
	}
	if now >= 0 {
		out = append(out, "> Tj\n"...)
	}
	return out
}

// embed writes the fonts with the letters that were shown, and gives their part
// of the resources: "/R0 12 0 R /R1 31 0 R ".
func (s *letters) embed(f *file) (resources string, err error) {
	for n := 0; n*perFont < len(s.used); n++ {
		part := s.used[n*perFont : min(len(s.used), (n+1)*perFont)]
		var procs, differences, widths bytes.Buffer
		for i, r := range part {
			g, err := s.face.Glyph(r)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&procs, "/g%d %d 0 R ", i+1, f.stream(outline(g)))
			fmt.Fprintf(&differences, "/g%d ", i+1)
			fmt.Fprintf(&widths, "%s ", number(nil, g.Advance))
		}
		font := f.add("<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0]"+
			" /CharProcs << %s>> /Encoding << /Type /Encoding /Differences [1 %s] >> /FirstChar 1 /LastChar %d /Widths [%s] /Resources << >> /ToUnicode %d 0 R >>",
			procs.Bytes(), differences.Bytes(), len(part), widths.Bytes(), f.stream(meaning(part)))
		resources += fmt.Sprintf("/%s%d %d 0 R ", s.name, n, font)
	}
	return resources, nil
}

// outline draws a letter; PDF's y grows upwards and it knows no quadratic curves.
func outline(g typeface.Glyph) []byte {
	out := numbers(nil, "d0", g.Advance, 0)
	var at typeface.Point
	for _, s := range g.Path {
		a, b, c := s.To[0], s.To[1], s.To[2]
		switch s.Kind {
		case typeface.Move:
			out, at = numbers(out, "m", a.X, -a.Y), a
		case typeface.Line:
			out, at = numbers(out, "l", a.X, -a.Y), a
		case typeface.Quad:
			out = numbers(out, "c", at.X+(a.X-at.X)*2/3, -(at.Y + (a.Y-at.Y)*2/3), b.X+(a.X-b.X)*2/3, -(b.Y + (a.Y-b.Y)*2/3), b.X, -b.Y)
			at = b
		case typeface.Cube:
			out, at = numbers(out, "c", a.X, -a.Y, b.X, -b.Y, c.X, -c.Y), c
		}
	}
	return append(out, "f\n"...)
}

// meaning tells which letter each number stands for, in parts of a hundred as PDF wants it.
func meaning(part []rune) []byte {
	out := []byte("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def /CMapType 2 def\n" +
		"1 begincodespacerange <00> <FF> endcodespacerange\n")
	for from := 0; from < len(part); from += 100 {
		to := min(len(part), from+100)
		out = fmt.Appendf(out, "%d beginbfchar\n", to-from)
		for i := from; i < to; i++ {
			out = fmt.Appendf(out, "<%02X> <", i+1)
			for _, unit := range utf16.Encode([]rune{part[i]}) {
				out = fmt.Appendf(out, "%04X", unit)
			}
			out = append(out, ">\n"...)
		}
		out = append(out, "endbfchar\n"...)
	}
	return append(out, "endcmap CMapName currentdict /CMap defineresource pop end end\n"...)
}
