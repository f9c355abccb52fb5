package document

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// kind is what a file is by its first bytes, whatever its name says.
type kind string

const (
	kindJPEG kind = "jpeg"
	kindPNG  kind = "png"
	kindWebP kind = "webp"
)

// sniff knows a file by its content.
func sniff(data []byte) (kind, Flaw) {
	switch {
	case len(data) == 0:
		return "", FlawEmpty
	case len(data) > LargestFile:
		return "", FlawBig
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return kindJPEG, ""
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return kindPNG, ""
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return kindWebP, ""
	case isHEIC(data):
		return "", FlawHEIC
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return "", FlawPDF
	}
	return "", FlawKind
}

// isHEIC knows the brands of the High Efficiency Image File Format, which
// phones save by default and few others read.
func isHEIC(data []byte) bool {
	if len(data) < 12 || string(data[4:8]) != "ftyp" {
		return false
	}
	switch string(data[8:12]) {
	case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis":
		return true
	}
	return false
}

// plan is what unpacking a picture takes.
type plan struct {
	width, height int
	bytes         int64
}

// measure reads the header alone and refuses what would take too much to unpack,
// before anything is unpacked. A decoder believes the header; this does not let it.
func measure(k kind, data []byte) (plan, Flaw) {
	var (
		c     image.Config
		err   error
		bytes int64 // a pixel
		r     = &reader{data: data}
	)
	switch k {
	case kindJPEG:
		c, err = jpeg.DecodeConfig(r)
		shape := scanJPEG(data)
		if err == nil && shape.scans > mostScans {
			return plan{}, FlawHeavy
		}
		bytes = shape.perPixel()
	case kindPNG:
		c, err = png.DecodeConfig(r)
		bytes = perPixel(c.ColorModel, scanPNG(data))
	default:
		c, err = webp.DecodeConfig(r)
		bytes = 8
	}
	if err != nil {
		return plan{}, FlawBroken
	}
	pixels := int64(c.Width) * int64(c.Height)
	p := plan{c.Width, c.Height, pixels * bytes}
	switch {
	case c.Width <= 0 || c.Height <= 0:
		return plan{}, FlawBroken
	case pixels > MostPixels:
		return plan{}, FlawPixels
	case min(c.Width, c.Height) < ShortestSide:
		return plan{}, FlawSmall
	case p.bytes > heaviest:
		return plan{}, FlawHeavy
	}
	return p, ""
}

// reader gives a decoder of headers the bytes without a copy.
type reader struct {
	data []byte
	at   int
}

func (r *reader) Read(b []byte) (int, error) {
	n := copy(b, r.data[r.at:])
	r.at += n
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
