package document

import (
	"encoding/binary"
	"image/color"
)

// pngShape is what a PNG says before its picture that changes what unpacking takes.
type pngShape struct{ passes, transparent bool }

// scanPNG walks over the chunks before the picture without unpacking any.
func scanPNG(data []byte) (s pngShape) {
	const head = 8 + 8 + 13 // signature, the first chunk's head, and that chunk
	s.passes = len(data) >= head && data[head-1] != 0
	for i := head + 4; i+8 <= len(data); {
		switch string(data[i+4 : i+8]) {
		case "tRNS":
			s.transparent = true
		case "IDAT":
			return s
		}
		i += 12 + int(binary.BigEndian.Uint32(data[i:]))
	}
	return s
}

// perPixel is what a pixel of a PNG takes once it is unpacked: a colour that counts
// as transparent makes four channels of any, and passes are unpacked beside the whole.
func perPixel(m color.Model, s pngShape) int64 {
	bytes := int64(4)
	_, indexed := m.(color.Palette)
	switch {
	case m == color.RGBA64Model, m == color.NRGBA64Model, m == color.Gray16Model && s.transparent:
		bytes = 8
	case m == color.Gray16Model:
		bytes = 2
	case indexed, m == color.GrayModel && !s.transparent:
		bytes = 1
	}
	if s.passes {
		bytes *= 2
	}
	return bytes
}

// mostScans is more than any camera or program makes; each takes a pass over the
// whole picture.
const mostScans = 32

type jpegShape struct {
	progressive bool
	scans       int
	planes      int64 // bytes a pixel once unpacked, rounded up
	mixed       bool  // for printers or in plain colours: unpacked once more
}

// perPixel is what a pixel takes at most while it is unpacked.
func (s jpegShape) perPixel() int64 {
	bytes := s.planes
	if s.progressive {
		bytes *= 5 // each coefficient is kept until the last scan
	}
	if s.mixed {
		bytes += 4
	}
	return bytes
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
				s.mixed = s.mixed || mixed(data[i+4:])
			}
			s.mixed = s.mixed || marker == 0xee && plain(data[i+4:])
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

// mixed tells frames of four colours, and of plain red, green and blue.
func mixed(frame []byte) bool {
	if len(frame) < 6 || len(frame) < 6+3*int(frame[5]) {
		return true
	}
	return frame[5] == 4 || frame[5] == 3 && frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B'
}

// plain tells Adobe's segment by which three colours are red, green and blue.
func plain(segment []byte) bool {
	return len(segment) >= 12 && string(segment[:5]) == "Adobe" && segment[11] == 0
}
