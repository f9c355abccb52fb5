package document_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"sync"
	"testing"

	"ecms/portal/internal/document"
	"ecms/portal/internal/locale"
)

func unpack(t testing.TB, data []byte) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func light(c color.Color) int { return int(color.GrayModel.Convert(c).(color.Gray).Y) }

// TestWatermarkCoversNothing holds every pixel of a picture to what it was: the
// strip is below, and letters are in it.
func TestWatermarkCoversNothing(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{1400, 900}, {600, 601}, {899, 1233}} {
		kept := keptOf(t, asJPEG(t, card(size.X, size.Y, 7)))
		marked, err := document.Watermark(kept, locale.SimplifiedChinese, "仅限运单 W123 清关使用", "For customs clearance of W123 only")
		if err != nil {
			t.Fatal(err)
		}
		before, after := unpack(t, kept), unpack(t, marked)
		b := before.Bounds()
		if after.Bounds().Dx() != b.Dx() || after.Bounds().Dy() < b.Dy()+30 {
			t.Fatalf("%v becomes %v", b, after.Bounds())
		}
		worst, sum := 0, 0
		for y := range b.Dy() {
			for x := range b.Dx() {
				off := light(before.At(x, y)) - light(after.At(x, y))
				worst, sum = max(worst, off, -off), sum+max(off, -off)
			}
		}
		if mean := float64(sum) / float64(b.Dx()*b.Dy()); worst > 48 || mean > 1 {
			t.Errorf("%v: a pixel is off by %d of 255, all by %.2f", size, worst, mean)
		}
		dark := 0
		for y := b.Dy() + 16 + 8; y < after.Bounds().Dy(); y++ {
			for x := range b.Dx() {
				if light(after.At(x, y)) < 100 {
					dark++
				}
			}
		}
		if dark < b.Dx()/2 {
			t.Errorf("%v: %d dark pixels in the strip: no letters", size, dark)
		}
	}
}

func keptOf(t testing.TB, data []byte) []byte {
	t.Helper()
	p, _, flaw, err := document.NewStudio(1).Develop(t.Context(), data)
	if flaw != "" || err != nil {
		t.Fatal(flaw, err)
	}
	return p.JPEG
}

// TestWatermarkDiffers says another thing for another parcel and language, and
// the same for the same.
func TestWatermarkDiffers(t *testing.T) {
	t.Parallel()
	kept := keptOf(t, asJPEG(t, card(700, 600, 3)))
	var all [][]byte
	for _, l := range locale.Languages() {
		for _, text := range []string{"清关 통관 W1", "清关 통관 W2"} {
			marked, err := document.Watermark(kept, l, text)
			if err != nil {
				t.Fatal(err)
			}
			again, err := document.Watermark(kept, l, text)
			if err != nil || !bytes.Equal(marked, again) {
				t.Errorf("%s: twice the same differs, %v", text, err)
			}
			all = append(all, marked)
		}
	}
	for i := 0; i < len(all); i += 2 {
		if bytes.Equal(all[i], all[i+1]) {
			t.Error("two parcels' strips are the same")
		}
	}
}

// TestWatermarkOfManyAtOnce and of pictures that are packed in other ways.
func TestWatermarkOfManyAtOnce(t *testing.T) {
	t.Parallel()
	gray := image.NewGray(image.Rect(0, 0, 640, 480))
	for i := range gray.Pix {
		gray.Pix[i] = byte(i % 640 / 3)
	}
	kept := asJPEG(t, gray)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			marked, err := document.Watermark(kept, locale.English, "For customs clearance only")
			if err != nil {
				t.Error(err)
				return
			}
			if got, want := light(unpack(t, marked).At(600, 300)), light(gray.At(600, 300)); got-want > 8 || want-got > 8 {
				t.Errorf("a grey of %d becomes %d", want, got)
			}
		})
	}
	all.Wait()
	for _, no := range [][]byte{nil, []byte("text"), kept[:len(kept)/3]} {
		if marked, err := document.Watermark(no, locale.English, "x"); err == nil || slices.Equal(marked, no) && len(no) > 0 {
			t.Errorf("%d bytes that are no picture get a strip", len(no))
		}
	}
}
