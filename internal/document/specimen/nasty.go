package specimen

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"slices"
)

// File is an upload that a test tries.
type File struct {
	// What it is, and the name under which it comes.
	What, Name string
	Data       []byte
	// Flaw is the end of the message key that refuses it; empty: it is taken in, and
	// nothing of what is hidden in it.
	Flaw string
}

// Hidden is what honest pictures with more in them hide; no byte of it may stay.
const (
	HiddenPlace  = "31.230416N 121.473701E FINDME"
	HiddenScript = "<script>findMe()</script>"
	HiddenFile   = "hidden/find-me.txt"
)

// megabyte is one.
const megabyte = 1 << 20

// Nasty lists files that are refused, in an order that never changes.
func Nasty() []File {
	good, shot := JPEG(Card(1200, 800, 1)), PNG(Card(900, 700, 1))
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><script>alert(1)</script></svg>`
	list := []File{
		{"no byte at all", "front.jpg", nil, "empty"},
		{"11 MB", "front.jpg", append(slices.Clone(good), make([]byte, 11*megabyte)...), "big"},
		{"a drawing", "front.svg", []byte(svg), "kind"},
		{"a drawing named a picture", "front.png", []byte("<?xml version=\"1.0\"?>\n" + svg), "kind"},
		{"a page named a picture", "front.jpg", []byte("<!doctype html><script>alert(1)</script>"), "kind"},
		{"a script that is an animation", "front.gif", []byte("GIF89a=1;alert(1);//"), "kind"},
		{"a film", "front.jpg", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), "kind"},
		{"an archive with a picture in it", "front.jpg", archive("front.jpg", good), "kind"},
		{"a program", "front.jpg", append([]byte("MZ\x90\x00"), good...), "kind"},
		{"an iPhone's own kind", "front.jpg", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "heic"},
		{"a document with a picture behind it", "front.jpg", append([]byte("%PDF-1.7\n"), good...), "pdf"},
		{"half a JPEG", "front.jpg", good[:len(good)/2], "broken"},
		{"the head of a JPEG", "front.jpg", good[:4], "broken"},
		{"half a PNG", "front.png", shot[:len(shot)/2], "broken"},
		{"a WebP without a picture", "front.webp", []byte("RIFF\x20\x00\x00\x00WEBPVP8L\x10\x00\x00\x00"), "broken"},
		{"too small", "front.jpg", JPEG(Card(1200, 599, 1)), "small"},
	}
	return append(list, Bombs()...)
}

// Bombs lists files of a few kilobytes up to some megabytes that would take
// hundreds of megabytes, or minutes, to unpack.
func Bombs() []File {
	return []File{
		{"41 megapixels", "front.jpg", FlatJPEG{Width: 8200, Height: 5001}.Bytes(), "pixels"},
		{"a PNG of 17 GB", "front.png", FlatPNG{Width: 65000, Height: 65000, Colour: 6, Depth: 8, Claimed: true}.Bytes(), "pixels"},
		{"a whole PNG of 300 MB", "front.png", FlatPNG{Width: 10000, Height: 10000, Colour: 2, Depth: 8}.Bytes(), "pixels"},
		{"a JPEG of 13 GB", "front.jpg", FlatJPEG{Width: 65500, Height: 65500, Claimed: true}.Bytes(), "pixels"},
		{"a WebP of 1 GB", "front.webp", flatWebP(16383, 16383), "pixels"},
		{"a WebP larger than it says", "front.webp", wrapped(700, 700, 16383, 16383), "broken"},
		{"64 bits a pixel", "front.png", FlatPNG{Width: 8000, Height: 4900, Colour: 6, Depth: 16}.Bytes(), "heavy"},
		{"16 bits that become 64", "front.png", FlatPNG{Width: 8000, Height: 4900, Colour: 0, Depth: 16, Transparent: true}.Bytes(), "heavy"},
		{"seven passes", "front.png", FlatPNG{Width: 8000, Height: 4900, Colour: 6, Depth: 8, Interlaced: true}.Bytes(), "heavy"},
		{"colours for a printer", "front.jpg", FlatJPEG{Width: 8000, Height: 4900, Kind: "cmyk"}.Bytes(), "heavy"},
		{"colours for a screen, unpacked twice", "front.jpg", FlatJPEG{Width: 8000, Height: 4900, Kind: "rgb"}.Bytes(), "heavy"},
		{"a thousand scans", "front.jpg", scans(1000), "heavy"},
	}
}

// Laden lists honest pictures with more in them than a picture: they are taken in
// without it.
func Laden() []File {
	good := JPEG(Card(1200, 800, 1))
	return []File{
		{"a JPEG that tells where it was taken", "front.jpg", Marked(good, "", HiddenPlace), ""},
		{"a JPEG with a page in it", "front.jpg", Marked(good, HiddenScript, ""), ""},
		{"a JPEG with an archive behind it", "front.jpg", append(slices.Clone(good), archive(HiddenFile, []byte(HiddenPlace))...), ""},
		{"a PNG with a page behind it", "front.png", append(PNG(Card(900, 700, 2)), HiddenScript...), ""},
		{"a JPEG named otherwise", "front.png", good, ""},
		{"a PNG named a document", "front.pdf", PNG(Card(900, 700, 3)), ""},
		{"a PNG with a comment of 1 GB", "front.png", FlatPNG{Width: 900, Height: 700, Colour: 2, Depth: 8, Text: 1 << 30}.Bytes(), ""},
	}
}

// Largest lists the heaviest honest pictures that are taken in.
func Largest() []File {
	return []File{
		{"a PNG of 39 megapixels", "front.png", FlatPNG{Width: 7800, Height: 5000, Colour: 6, Depth: 8}.Bytes(), ""},
		{"a JPEG of 39 megapixels", "front.jpg", FlatJPEG{Width: 7800, Height: 5000}.Bytes(), ""},
		{"a JPEG of 10 MB", "front.jpg", padded(JPEG(Card(3000, 2000, 4)), 10*megabyte), ""},
	}
}

func padded(data []byte, length int) []byte { return append(data, make([]byte, length-len(data))...) }

func archive(name string, data []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if w, err := z.Create(name); err == nil {
		_, _ = w.Write(data) // a buffer takes all
	}
	_ = z.Close()
	return b.Bytes()
}

// scans repeats the one scan of a JPEG, as if it came a little clearer each time.
func scans(n int) []byte {
	data := JPEG(Card(800, 700, 1))
	at := bytes.LastIndex(data, []byte{0xff, 0xda})
	scan := data[at : at+2+int(binary.BigEndian.Uint16(data[at+2:]))]
	return append(slices.Clone(data[:len(data)-2]), append(bytes.Repeat(scan, n), 0xff, 0xd9)...)
}

// flatWebP is a lossless WebP of one colour, whatever its size.
func flatWebP(w, h uint32) []byte { return riff(vp8l(w, h)) }

// wrapped is a WebP whose outer head tells other measures than the picture.
func wrapped(w, h, realW, realH uint32) []byte {
	head := make([]byte, 10)
	for i, side := range []uint32{w - 1, h - 1} {
		head[4+3*i], head[5+3*i], head[6+3*i] = byte(side), byte(side>>8), byte(side>>16) //nolint:gosec // byte by byte
	}
	return riff(append(piece("VP8X", head), vp8l(realW, realH)...))
}

// vp8l is a picture of one colour: no transform, no cache, and five trees of one symbol.
func vp8l(w, h uint32) []byte {
	bits := (w - 1) | (h-1)<<14
	body := binary.LittleEndian.AppendUint32([]byte{0x2f}, bits)
	// what webp's own encoder says of 700 by 700 pixels of one colour
	return piece("VP8L", append(body, 0x07, 0x50, 0x90, 0xff, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}

func piece(name string, data []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data))) //nolint:gosec // short
	out = append(out, data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func riff(body []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4)) //nolint:gosec // short
	return append(append(out, "WEBP"...), body...)
}
