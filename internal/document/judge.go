package document

import (
	"image"
	"math/bits"

	"golang.org/x/image/draw"
)

// What a picture is judged by, on a copy of its long side's judged pixels.
const (
	judged   = 1000
	sharp    = 12.0 // variance of the edges; a card in focus has hundreds
	bright   = 28.0 // mean light of 255
	longest  = 2.4  // sides of a card, a page or a phone's screen stay within it
	lookSide = 8
)

// Look is a rough print of a picture: those of one thing differ in few bits.
type Look uint64

// Alike tells whether two pictures show the same, however they were saved.
func (l Look) Alike(other Look) bool { return bits.OnesCount64(uint64(l^other)) <= 4 }

// grayOf is the picture's light, small enough to be judged quickly.
func grayOf(img *image.RGBA) *image.Gray {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if long := max(w, h); long > judged {
		w, h = max(1, w*judged/long), max(1, h*judged/long)
	}
	out := image.NewGray(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(out, out.Rect, img, img.Rect, draw.Src, nil)
	return out
}

// judge tells what a person at a desk would say at the first look.
func judge(g *image.Gray, width, height int) (warnings []Flaw) {
	if float64(max(width, height)) > longest*float64(min(width, height)) {
		warnings = append(warnings, FlawShape)
	}
	if light(g) < bright {
		warnings = append(warnings, FlawDark)
	}
	if edges(g) < sharp {
		warnings = append(warnings, FlawBlurred)
	}
	return warnings
}

func light(g *image.Gray) float64 {
	var sum int
	for _, v := range g.Pix {
		sum += int(v)
	}
	return float64(sum) / float64(len(g.Pix))
}

// edges is the variance of the Laplacian: print and pattern in focus make it
// large, a picture out of focus hardly has any.
func edges(g *image.Gray) float64 {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	var sum, squares float64
	n := 0
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			i := y*g.Stride + x
			l := float64(4*int(g.Pix[i]) - int(g.Pix[i-1]) - int(g.Pix[i+1]) - int(g.Pix[i-g.Stride]) - int(g.Pix[i+g.Stride]))
			sum += l
			squares += l * l
			n++
		}
	}
	if n == 0 {
		return 0
	}
	mean := sum / float64(n)
	return squares/float64(n) - mean*mean
}

// lookOf notes for each of 64 fields whether it is lighter than its right neighbour.
func lookOf(g *image.Gray) (l Look) {
	small := image.NewGray(image.Rect(0, 0, lookSide+1, lookSide))
	draw.BiLinear.Scale(small, small.Rect, g, g.Rect, draw.Src, nil)
	for y := range lookSide {
		for x := range lookSide {
			l <<= 1
			if small.GrayAt(x, y).Y > small.GrayAt(x+1, y).Y {
				l |= 1
			}
		}
	}
	return l
}
