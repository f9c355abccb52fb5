package document_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/document"
)

// card draws something that looks like a printed card: lines of dark marks.
func card(w, h int, seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{230, 225, 210, 255})
		}
	}
	for range w * h / 900 {
		x, y := r.IntN(w-8), r.IntN(h-8)/12*12
		for dy := range 6 {
			for dx := range 5 {
				img.Set(x+dx, y+dy, color.RGBA{30, 30, 40, 255})
			}
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func develop(t testing.TB, data []byte) (document.Picture, []document.Flaw, document.Flaw) {
	t.Helper()
	p, warnings, flaw, err := document.NewStudio(1).Develop(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return p, warnings, flaw
}

func TestHonestPicturesPass(t *testing.T) {
	t.Parallel()
	img := card(1200, 800, 1)
	for name, data := range map[string][]byte{"jpeg": asJPEG(t, img), "png": asPNG(t, img)} {
		p, warnings, flaw := develop(t, data)
		if flaw != "" || len(warnings) > 0 || p.Width != 1200 || p.Height != 800 {
			t.Errorf("%s: %dx%d, %v, flaw %q", name, p.Width, p.Height, warnings, flaw)
		}
		if _, err := jpeg.Decode(bytes.NewReader(p.JPEG)); err != nil {
			t.Errorf("%s: what is kept is no JPEG: %v", name, err)
		}
	}
}

// A lossless WebP of 700 x 700 pixels, all of one colour.
const webp700 = "UklGRjAAAABXRUJQVlA4TCMAAAAvu8KuAAdQkP8BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="

func TestNastyFilesEachGetTheirOwnFlaw(t *testing.T) {
	t.Parallel()
	good := asJPEG(t, card(1200, 800, 1))
	for _, tc := range []struct {
		name string
		data []byte
		want document.Flaw
	}{
		{"nothing", nil, document.FlawEmpty},
		{"11 MB", append(slices.Clone(good), make([]byte, 11<<20)...), document.FlawBig},
		{"a drawing", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>`), document.FlawKind},
		{"a page named .jpg", []byte("<!doctype html><script>alert(1)</script>"), document.FlawKind},
		{"GIF", []byte("GIF89a\x00\x10\x00\x10"), document.FlawKind},
		{"a film", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"), document.FlawKind},
		{"an iPhone's", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), document.FlawHEIC},
		{"AVIF", []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00"), document.FlawHEIC},
		{"PDF", []byte("%PDF-1.7\n"), document.FlawPDF},
		{"half a JPEG", good[:len(good)/2], document.FlawBroken},
		{"the head of a JPEG", good[:4], document.FlawBroken},
		{"half a PNG", asPNG(t, card(900, 700, 1))[:3000], document.FlawBroken},
		{"too small", asJPEG(t, card(1200, 599, 1)), document.FlawSmall},
		{"41 megapixels", pngClaiming(t, 8200, 5001, 2), document.FlawPixels},
		{"17 GB once unpacked", pngClaiming(t, 65000, 65000, 6), document.FlawPixels},
		{"no width", pngClaiming(t, 0, 900, 2), document.FlawBroken},
		{"32 million pixels of 64 bits", pngClaiming(t, 8000, 4000, 6, 16), document.FlawHeavy},
		{"a thousand scans", manyScans(t), document.FlawHeavy},
		{"broken WebP", []byte("RIFF\x20\x00\x00\x00WEBPVP8L\x10\x00\x00\x00"), document.FlawBroken},
	} {
		p, _, flaw := develop(t, tc.data)
		if flaw != tc.want || p.JPEG != nil {
			t.Errorf("%s: flaw %q, want %q; %d bytes kept", tc.name, flaw, tc.want, len(p.JPEG))
		}
	}
}

// pngClaiming makes a PNG whose header promises more than it holds: colour type
// and depth as PNG counts them.
func pngClaiming(t testing.TB, w, h uint32, kind byte, depth ...byte) []byte {
	t.Helper()
	d := byte(8)
	if len(depth) > 0 {
		d = depth[0]
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	head = append(head, d, kind, 0, 0, 0)
	var body bytes.Buffer
	z := zlib.NewWriter(&body)
	if _, err := z.Write(make([]byte, 1<<16)); err != nil {
		t.Fatal(err)
	}
	_ = z.Close()
	out := []byte("\x89PNG\r\n\x1a\n")
	for _, c := range []struct {
		name string
		data []byte
	}{{"IHDR", head}, {"IDAT", body.Bytes()}, {"IEND", nil}} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(c.data)))
		named := append([]byte(c.name), c.data...)
		out = binary.BigEndian.AppendUint32(append(out, named...), crc32.ChecksumIEEE(named))
	}
	return out
}

// manyScans repeats the one scan of a JPEG, as if it came a little clearer each time.
func manyScans(t testing.TB) []byte {
	t.Helper()
	data := asJPEG(t, card(800, 700, 1))
	at := bytes.LastIndex(data, []byte{0xff, 0xda})
	scan := data[at : at+2+int(binary.BigEndian.Uint16(data[at+2:]))]
	return append(slices.Clone(data[:len(data)-2]), append(bytes.Repeat(scan, 1000), 0xff, 0xd9)...)
}

func TestNothingOfTheCameraIsKept(t *testing.T) {
	t.Parallel()
	const place = "GPS 31.2304N 121.4737E"
	good := asJPEG(t, card(1200, 800, 1))
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00"), place...)
	comment := []byte("PK\x03\x04<script>alert(1)</script>")
	data := slices.Clone(good[:2])
	for marker, body := range map[byte][]byte{0xe1: exif, 0xfe: comment} {
		data = append(data, 0xff, marker, 0, byte(len(body)+2))
		data = append(data, body...)
	}
	data = append(append(data, good[2:]...), "PK\x03\x04 a zip behind the picture"...)
	p, _, flaw := develop(t, data)
	if flaw != "" {
		t.Fatalf("flaw %q", flaw)
	}
	for _, secret := range []string{place, "Exif", "script", "PK\x03\x04"} {
		if bytes.Contains(p.JPEG, []byte(secret)) {
			t.Errorf("%q is still there", secret)
		}
	}
}

// turned puts an orientation before a picture, in either byte order.
func turned(data []byte, turn byte, little bool) []byte {
	tiff := []byte{'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0}
	if little {
		tiff = []byte{'I', 'I', '*', 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0}
	}
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := append(slices.Clone(data[:2]), 0xff, 0xe1, 0, byte(len(body)+2))
	return append(append(out, body...), data[2:]...)
}

func TestPicturesAreMadeUpright(t *testing.T) {
	t.Parallel()
	img := card(900, 600, 1)
	for x := range 200 { // a dark corner at the top left
		for y := range 200 {
			img.Set(x, y, color.Black)
		}
	}
	data := asJPEG(t, img)
	corners := map[byte][2]int{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}}
	for turn, corner := range corners {
		for _, little := range []bool{false, true} {
			p, _, flaw := develop(t, turned(data, turn, little))
			if flaw != "" {
				t.Fatalf("turn %d: flaw %q", turn, flaw)
			}
			if tall := p.Height > p.Width; tall != (turn >= 5) {
				t.Errorf("turn %d: %dx%d", turn, p.Width, p.Height)
			}
			kept, err := jpeg.Decode(bytes.NewReader(p.JPEG))
			if err != nil {
				t.Fatal(err)
			}
			x, y := 100+corner[0]*(p.Width-200), 100+corner[1]*(p.Height-200)
			if r, _, _, _ := kept.At(x, y).RGBA(); r > 0x4000 {
				t.Errorf("turn %d: the dark corner is not at %v", turn, corner)
			}
		}
	}
	for _, odd := range []byte{0, 9, 200} {
		if p, _, flaw := develop(t, turned(data, odd, true)); flaw != "" || p.Width != 900 {
			t.Errorf("turn %d: %dx%d, flaw %q", odd, p.Width, p.Height, flaw)
		}
	}
}

func TestPicturesAreJudged(t *testing.T) {
	t.Parallel()
	plain := image.NewRGBA(image.Rect(0, 0, 900, 700))
	for i := range plain.Pix {
		plain.Pix[i] = 200
	}
	dark := image.NewRGBA(image.Rect(0, 0, 900, 700))
	for i := range dark.Pix {
		dark.Pix[i] = byte(5 + i%3)
		if i%4 == 3 {
			dark.Pix[i] = 255
		}
	}
	for _, tc := range []struct {
		name string
		img  image.Image
		want []document.Flaw
	}{
		{"a card", card(1200, 760, 1), nil},
		{"out of focus", plain, []document.Flaw{document.FlawBlurred}},
		{"in the dark", dark, []document.Flaw{document.FlawDark, document.FlawBlurred}},
		{"a strip", card(2000, 700, 1), []document.Flaw{document.FlawShape}},
		{"a phone's screen", card(1080, 2340, 1), nil},
	} {
		if _, got, flaw := develop(t, asPNG(t, tc.img)); flaw != "" || !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, flaw %q; want %v", tc.name, got, flaw, tc.want)
		}
	}
}

func TestEqualPicturesAreKnown(t *testing.T) {
	t.Parallel()
	front, back := card(1200, 760, 1), card(1200, 760, 2)
	a, _, _ := develop(t, asJPEG(t, front))
	again, _, _ := develop(t, asPNG(t, front))
	b, _, _ := develop(t, asJPEG(t, back))
	if !a.Look.Alike(again.Look) {
		t.Errorf("the same picture saved in two ways: %x and %x", a.Look, again.Look)
	}
	if a.Look.Alike(b.Look) || a.Sum == b.Sum {
		t.Errorf("two pictures count as one: %x and %x", a.Look, b.Look)
	}
}

func TestLargePicturesAreShrunkWithinMemory(t *testing.T) {
	var before, after runtime.MemStats
	data := asJPEG(t, image.NewGray(image.Rect(0, 0, 8000, 5000)))
	runtime.GC()
	runtime.ReadMemStats(&before)
	p, _, flaw := develop(t, data)
	runtime.ReadMemStats(&after)
	if flaw != "" || p.Width != 2800 || p.Height != 1750 {
		t.Errorf("%dx%d, flaw %q", p.Width, p.Height, flaw)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 160<<20 {
		t.Errorf("%d MiB were taken", used>>20)
	}
}

func TestFullStudioRefusesAtTheEnd(t *testing.T) {
	t.Parallel()
	s := document.NewStudio(0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	data := asJPEG(t, card(700, 700, 1))
	var busy int
	for range 20 {
		if _, _, _, err := s.Develop(ctx, data); errors.Is(err, document.ErrBusy) && errors.Is(err, context.Canceled) {
			busy++
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if busy == 0 { // a place is free, so that either may win
		t.Error("nobody who had gone was sent away")
	}
}

func FuzzDevelop(f *testing.F) {
	f.Add(asJPEG(f, card(610, 600, 1)))
	f.Add(asPNG(f, card(600, 610, 1)))
	if data, err := base64.StdEncoding.DecodeString(webp700); err == nil {
		f.Add(data)
	}
	f.Add(turned(asJPEG(f, card(610, 600, 1)), 6, true))
	f.Add([]byte(strings.Repeat("\xff\xd8\xff\xe1\x00", 9)))
	studio := document.NewStudio(4)
	f.Fuzz(func(t *testing.T, data []byte) {
		p, _, flaw, err := studio.Develop(t.Context(), data)
		if err != nil {
			t.Fatal(err)
		}
		if (flaw == "") != (len(p.JPEG) > 0) {
			t.Fatalf("flaw %q and %d bytes kept", flaw, len(p.JPEG))
		}
	})
}
