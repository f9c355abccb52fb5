package document

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how a camera held the picture, 1 to 8 as EXIF counts: 1 is
// upright, also where nothing is said.
func orientation(k kind, data []byte) int {
	if k != kindJPEG {
		return 1
	}
	for i := 2; i+4 <= len(data) && data[i] == 0xff && data[i+1] != 0xda; {
		length := int(binary.BigEndian.Uint16(data[i+2:]))
		end := i + 2 + length
		if length < 2 || end > len(data) {
			return 1
		}
		if body, found := bytes.CutPrefix(data[i+4:end], []byte("Exif\x00\x00")); found && data[i+1] == 0xe1 {
			return turnOf(body)
		}
		i = end
	}
	return 1
}

// turnOf reads tag 0x0112 of the first directory of an EXIF block.
func turnOf(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	entries := int(order.Uint16(tiff[at:]))
	for e := at + 2; entries > 0 && e+12 <= len(tiff); e, entries = e+12, entries-1 {
		if order.Uint16(tiff[e:]) != 0x0112 {
			continue
		}
		if turn := int(order.Uint16(tiff[e+8:])); turn >= 1 && turn <= 8 {
			return turn
		}
		return 1
	}
	return 1
}

// upright turns and mirrors a picture as its orientation asks.
func upright(img *image.RGBA, turn int) *image.RGBA {
	if turn <= 1 || turn > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	outW, outH := w, h
	if turn >= 5 {
		outW, outH = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, outW, outH))
	for y := range outH {
		for x := range outW {
			fromX, fromY := source(turn, x, y, w, h)
			copy(out.Pix[out.PixOffset(x, y):][:4], img.Pix[img.PixOffset(fromX, fromY):][:4])
		}
	}
	return out
}

// source is where the pixel that belongs at x, y stands in a picture of w x h.
func source(turn, x, y, w, h int) (int, int) {
	switch turn {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}
