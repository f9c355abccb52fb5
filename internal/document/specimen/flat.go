package specimen

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
)

// FlatPNG is a large picture of one colour in few bytes, whole from end to end.
type FlatPNG struct {
	Width, Height uint32
	// Colour and Depth as PNG counts them: 0 gray, 2 colours, 6 colours and alpha; 8 or 16 bits.
	Colour, Depth byte
	// Interlaced comes in seven passes, Transparent names a colour that is none.
	Interlaced, Transparent bool
	// Claimed leaves out all but the first bytes of what the header promises.
	Claimed bool
	// Text is unpacked length of a compressed comment before the picture.
	Text int64
}

// Bytes makes the file.
func (p FlatPNG) Bytes() []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, p.Width), p.Height)
	head = append(head, p.Depth, p.Colour, 0, 0, 0)
	if p.Interlaced {
		head[12] = 1
	}
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", head)...)
	if p.Text > 0 {
		out = append(out, chunk("zTXt", append([]byte("Comment\x00\x00"), zeros(p.Text)...))...)
	}
	if p.Transparent {
		out = append(out, chunk("tRNS", make([]byte, map[byte]int{0: 2, 2: 6}[p.Colour]))...)
	}
	length := p.unpacked()
	if p.Claimed {
		length = 1 << 16
	}
	return append(append(out, chunk("IDAT", zeros(length))...), chunk("IEND", nil)...)
}

// unpacked is how many bytes the rows have, each with its filter's byte.
func (p FlatPNG) unpacked() int64 {
	pixel := int64(p.Depth) / 8 * map[byte]int64{0: 1, 2: 3, 6: 4}[p.Colour]
	if !p.Interlaced {
		return int64(p.Height) * (1 + int64(p.Width)*pixel)
	}
	var all int64
	for _, pass := range [7][4]int64{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} {
		w := (int64(p.Width) - pass[0] + pass[2] - 1) / pass[2]
		h := (int64(p.Height) - pass[1] + pass[3] - 1) / pass[3]
		if w > 0 { // else the pass is not there
			all += h * (1 + w*pixel)
		}
	}
	return all
}

// zeros is so many of them, packed: packing one megabyte behind another always gives
// the same bytes, so that a gigabyte takes no longer than three.
func zeros(n int64) []byte {
	var b bytes.Buffer
	b.Write([]byte{0x78, 0x9c})
	z, _ := flate.NewWriter(&b, flate.DefaultCompression) // a level that there is
	block, ends := make([]byte, 1<<20), [3]int{}
	left := n
	for i := 0; i < len(ends) && left >= int64(len(block)); i++ {
		_, _ = z.Write(block) // a buffer takes all
		_ = z.Flush()
		left -= int64(len(block))
		ends[i] = b.Len()
	}
	if again := b.Bytes()[ends[1]:]; ends[2] > 0 {
		again = bytes.Repeat(again, int(left/int64(len(block))))
		left %= int64(len(block))
		b.Write(again)
	}
	_, _ = z.Write(block[:min(left, int64(len(block)))])
	_ = z.Close()
	return binary.BigEndian.AppendUint32(b.Bytes(), uint32(n%65521)<<16|1) //nolint:gosec // Adler-32 of zeros
}

func chunk(name string, data []byte) []byte {
	named := append([]byte(name), data...)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data))) //nolint:gosec // few MB
	return binary.BigEndian.AppendUint32(append(out, named...), crc32.ChecksumIEEE(named))
}

// FlatJPEG is a large gray JPEG in few bytes: two bits for each block of 64 pixels.
type FlatJPEG struct {
	Width, Height uint16
	// Kind is "" for what cameras save at full resolution of colours, "rgb" or "cmyk"
	// for what printers want.
	Kind string
	// Claimed leaves out the picture itself.
	Claimed bool
}

// Bytes makes the file.
func (p FlatJPEG) Bytes() []byte {
	names := []byte{1, 2, 3}
	out := []byte{0xff, 0xd8}
	switch p.Kind {
	case "rgb":
		names = []byte("RGB")
	case "cmyk":
		names = []byte{1, 2, 3, 4}
		out = append(out, segment(0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00"))...)
	}
	frame := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16([]byte{8}, p.Height), p.Width)
	frame = append(frame, byte(len(names))) //nolint:gosec // four at most
	scan := []byte{byte(len(names))}        //nolint:gosec // four at most
	for _, c := range names {
		frame = append(frame, c, 0x11, 0)
		scan = append(scan, c, 0)
	}
	out = append(out, segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...))...)
	out = append(out, segment(0xc0, frame)...)
	for _, class := range []byte{0x00, 0x10} { // one code, "0": no change, and the end of the block
		out = append(out, segment(0xc4, append([]byte{class, 1}, make([]byte, 16)...))...)
	}
	out = append(out, segment(0xda, append(scan, 0, 63, 0))...)
	if !p.Claimed {
		blocks := (int(p.Width) + 7) / 8 * ((int(p.Height) + 7) / 8) * len(names)
		out = append(out, make([]byte, (2*blocks+7)/8)...)
	}
	return append(out, 0xff, 0xd9)
}
