package typeface

import (
	"image"
	"image/color"

	"golang.org/x/image/vector"
)

// Draw draws a text in one colour. It begins at x and stands on the line y, both
// in pixels, as is its size.
func (f *Face) Draw(dst *image.Gray, x, y, size float64, text string, ink color.Gray) error {
	b := dst.Bounds()
	r := vector.NewRasterizer(b.Dx(), b.Dy())
	for _, letter := range text {
		g, err := f.Glyph(letter)
		if err != nil {
			return err
		}
		trace(r, g, x-float64(b.Min.X), y-float64(b.Min.Y), size/unit)
		x += g.Advance * size / unit
	}
	r.Draw(dst, b, image.NewUniform(ink), image.Point{})
	return nil
}

// trace adds an outline to what is drawn.
func trace(r *vector.Rasterizer, g Glyph, x, y, scale float64) {
	at := func(p Point) (float32, float32) { return float32(x + p.X*scale), float32(y + p.Y*scale) }
	open := false
	for _, s := range g.Path {
		x1, y1 := at(s.To[0])
		x2, y2 := at(s.To[1])
		x3, y3 := at(s.To[2])
		switch s.Kind {
		case Move:
			if open {
				r.ClosePath()
			}
			r.MoveTo(x1, y1)
			open = true
		case Line:
			r.LineTo(x1, y1)
		case Quad:
			r.QuadTo(x1, y1, x2, y2)
		case Cube:
			r.CubeTo(x1, y1, x2, y2, x3, y3)
		}
	}
	if open {
		r.ClosePath()
	}
}
