// Package specimen makes pictures for tests: cards that could be somebody's, and
// files that nobody means well with. All are made when they are asked for, so that
// none has to be kept; none shows a real document.
package specimen

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
)

// Card draws something that looks like a printed card: lines of dark marks on a
// light ground. Cards of different seeds show different things.
func Card(w, h int, seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // any marks will do
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	fill(img, img.Rect, color.RGBA{230, 225, 210, 255})
	for range w * h / 900 {
		x, y := r.IntN(w-8), r.IntN(h-8)/12*12
		fill(img, image.Rect(x, y, x+5, y+6), color.RGBA{30, 30, 40, 255})
	}
	for range 3 { // a portrait and fields, so that the whole differs as well
		x, y := r.IntN(w/2), r.IntN(h/2)
		fill(img, image.Rect(x, y, x+w/4, y+h/3), color.RGBA{120, 130, 150, 255})
	}
	return img
}

func fill(img *image.RGBA, in image.Rectangle, c color.RGBA) {
	in = in.Intersect(img.Rect)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for i := img.PixOffset(in.Min.X, y); i < img.PixOffset(in.Max.X, y); i += 4 {
			img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = c.R, c.G, c.B, c.A
		}
	}
}

// JPEG is a picture as a camera would save it.
func JPEG(img image.Image) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}) // a buffer takes all
	return b.Bytes()
}

// PNG is a picture as a screenshot is saved.
func PNG(img image.Image) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, img) // a buffer takes all
	return b.Bytes()
}

// Marked puts segments before the picture of a JPEG: a comment, and what a camera
// notes of the place.
func Marked(data []byte, comment, place string) []byte {
	out := slices.Clone(data[:2])
	out = append(out, segment(0xe1, append([]byte("Exif\x00\x00"), gps(place)...))...)
	out = append(out, segment(0xfe, []byte(comment))...)
	return append(out, data[2:]...)
}

func segment(marker byte, body []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...) //nolint:gosec // short
}

// gps is a TIFF block with a GPS folder whose processing method is a text.
func gps(place string) []byte {
	text := append([]byte("ASCII\x00\x00\x00"), place...)
	be := binary.BigEndian
	out := []byte{'M', 'M', 0, '*', 0, 0, 0, 8}
	out = be.AppendUint16(out, 1)      // the folder: one entry, where the GPS folder is
	out = be.AppendUint16(out, 0x8825) // GPSInfo
	out = be.AppendUint16(out, 4)
	out = be.AppendUint32(out, 1)
	out = be.AppendUint32(out, 26)
	out = be.AppendUint32(out, 0)
	out = be.AppendUint16(out, 1)    // the GPS folder
	out = be.AppendUint16(out, 0x1b) // GPSProcessingMethod
	out = be.AppendUint16(out, 7)
	out = be.AppendUint32(out, uint32(len(text))) //nolint:gosec // short
	out = be.AppendUint32(out, 44)
	out = be.AppendUint32(out, 0)
	return append(out, text...)
}
