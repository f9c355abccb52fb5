package document

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"sync"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/typeface"
)

// The strip's measures: shares of the picture's width, but for its place.
const (
	margin   = 0.03
	firstInk = 1.0 / 25 // height of the first line's letters
	nextInk  = 0.8      // of those below, as a share of the first
	leading  = 1.5
	thinnest = 14 // pixels; smaller letters cannot be read
	block    = 16 // pixels that JPEG packs together: the strip shares none with the picture
)

// errNoPicture says that a strip was asked for beside something else.
var errNoPicture = errors.New("document: no picture that was kept")

// presses bounds how many strips are put on at once: each holds two pictures unpacked.
var presses = sync.OnceValue(func() chan struct{} { return make(chan struct{}, 2) })

// Watermark gives a kept picture with a strip below it that says what it may be
// used for, such as "for customs clearance of W only", in the language of its
// first line. Not a pixel of the picture is covered. The kept one stays without:
// a strip is put on when a picture is shown or handed over.
func Watermark(kept []byte, l locale.Language, lines ...string) ([]byte, error) {
	presses() <- struct{}{}
	defer func() { <-presses() }()
	img, err := jpeg.Decode(bytes.NewReader(kept))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoPicture, err)
	}
	above := img.Bounds()
	strip, err := stripOf(above.Dx(), l, lines)
	if err != nil {
		return nil, fmt.Errorf("document: draw the strip: %w", err)
	}
	top := (above.Dy() + block - 1) / block * block
	whole := blank(above.Dx(), top+strip.Rect.Dy())
	if from, ok := img.(*image.YCbCr); ok && from.SubsampleRatio == whole.SubsampleRatio && from.Rect.Min == (image.Point{}) {
		copyPlanes(whole, from)
	} else {
		drawOn(whole, img)
	}
	for y := range strip.Rect.Dy() {
		copy(whole.Y[(top+y)*whole.YStride:][:strip.Rect.Dx()], strip.Pix[y*strip.Stride:])
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, whole, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("document: pack the picture: %w", err)
	}
	return out.Bytes(), nil
}

// stripOf draws the lines in dark grey on white below a rule, as large as fits.
func stripOf(width int, l locale.Language, lines []string) (*image.Gray, error) {
	face := typeface.For(l, typeface.Regular)
	edge := margin * float64(width)
	sizes, tall := make([]float64, len(lines)), edge/2
	for i, text := range lines {
		sizes[i] = firstInk * float64(width)
		if i > 0 {
			sizes[i] *= nextInk
		}
		if wide := face.Width(text, sizes[i]); wide > float64(width)-2*edge {
			sizes[i] = max(thinnest, sizes[i]*(float64(width)-2*edge)/wide)
		}
		tall += sizes[i] * leading
	}
	strip := image.NewGray(image.Rect(0, 0, width, int(tall+edge/2)))
	draw.Draw(strip, strip.Rect, image.White, image.Point{}, draw.Src)
	rule := image.Rect(0, 0, width, max(2, width/400))
	draw.Draw(strip, rule, image.NewUniform(color.Gray{Y: 0x30}), image.Point{}, draw.Src)
	y := edge / 2
	for i, text := range lines {
		y += sizes[i] * leading
		if err := face.Draw(strip, edge, y-sizes[i]*0.35, sizes[i], text, color.Gray{Y: 0x20}); err != nil {
			return nil, err
		}
	}
	return strip, nil
}

// blank is a white picture, packed as kept ones are.
func blank(width, height int) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	for _, plane := range []struct {
		to    []byte
		white byte
	}{{img.Y, 0xff}, {img.Cb, 0x80}, {img.Cr, 0x80}} {
		for i := range plane.to {
			plane.to[i] = plane.white
		}
	}
	return img
}

// copyPlanes puts a picture into the upper part of another without a change of colour.
func copyPlanes(to, from *image.YCbCr) {
	w, h := from.Rect.Dx(), from.Rect.Dy()
	for y := range h {
		copy(to.Y[y*to.YStride:][:w], from.Y[y*from.YStride:])
	}
	for y := range (h + 1) / 2 {
		copy(to.Cb[y*to.CStride:][:(w+1)/2], from.Cb[y*from.CStride:])
		copy(to.Cr[y*to.CStride:][:(w+1)/2], from.Cr[y*from.CStride:])
	}
}

// drawOn is copyPlanes for pictures that are packed in another way.
func drawOn(to *image.YCbCr, from image.Image) {
	b := from.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			c, ok := color.YCbCrModel.Convert(from.At(b.Min.X+x, b.Min.Y+y)).(color.YCbCr)
			if !ok {
				continue
			}
			to.Y[to.YOffset(x, y)] = c.Y
			to.Cb[to.COffset(x, y)], to.Cr[to.COffset(x, y)] = c.Cb, c.Cr
		}
	}
}
