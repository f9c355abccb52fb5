package document

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
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
		bytes = shape.planes
		if shape.progressive {
			bytes *= 5 // each coefficient is kept until the last scan
		}
	case kindPNG:
		c, err = png.DecodeConfig(r)
		bytes = perPixel(c.ColorModel)
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

// perPixel is what a pixel of a PNG takes once it is unpacked.
func perPixel(m color.Model) int64 {
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, indexed := m.(color.Palette); indexed {
		return 1
	}
	return 4
}

// mostScans is more than any camera or program makes; each takes a pass over the
// whole picture.
const mostScans = 32

type jpegShape struct {
	progressive bool
	scans       int
	planes      int64 // bytes a pixel once unpacked, rounded up
}

// scanJPEG walks over the segments of a JPEG without unpacking any.
func scanJPEG(data []byte) (s jpegShape) {
	for i := 2; i+4 <= len(data); {
		if data[i] != 0xff {
			i++ // inside a scan's data
			continue
		}
		switch marker := data[i+1]; {
		case marker == 0 || marker == 0xff || marker >= 0xd0 && marker <= 0xd8 || marker == 1:
			i += 1 + min(1, int(0xff-marker)) // stuffed or bare
		case marker == 0xd9:
			return s
		default:
			if marker >= 0xc0 && marker <= 0xc2 {
				s.progressive, s.planes = marker == 0xc2, planes(data[i+4:])
			}
			if marker == 0xda {
				s.scans++
			}
			i += 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		}
	}
	return s
}

// planes is how many bytes a pixel takes, from the frame's sampling factors.
func planes(frame []byte) int64 {
	if len(frame) < 6 || len(frame) < 6+3*int(frame[5]) {
		return 4
	}
	var all, largest int64
	for c := range int(frame[5]) {
		factors := frame[6+3*c+1]
		samples := int64(factors>>4) * int64(factors&15)
		all += samples
		largest = max(largest, samples)
	}
	if largest == 0 {
		return 4
	}
	return (all + largest - 1) / largest
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
