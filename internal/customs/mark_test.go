package customs_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
)

// photo is a JPEG of a card, packed as pictures are kept.
func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	img, r := image.NewRGBA(image.Rect(0, 0, w, h)), rand.New(rand.NewPCG(uint64(w), uint64(h)))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(150 + 60*x/w), uint8(190 - 40*y/h), uint8(160 + r.IntN(12)), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 88}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestMarked puts a strip below the picture of each country's consignee, wider
// than nothing and no part of what was above it. With PICTURES a folder keeps them.
func TestMarked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		country string
		w       shipment.Waybill
		wide    int
		high    int
	}{
		{"CN", "EC7K3M9QTR2XW5", 1400, 900},
		{"TW", "RB123456785SG", 1200, 1600},
		{"KR", "EC7K3M9QTR2XW5", 600, 901},
		{"SG", "EC7K3M9QTR2XW5", 2800, 1800},
		{"CN", "A1234567890123456789012345678901234567890", 1000, 700},
	} {
		kept := photo(t, c.wide, c.high)
		marked, err := customs.Marked(kept, c.country, c.w)
		if err != nil {
			t.Fatal(c.country, err)
		}
		img, err := jpeg.DecodeConfig(bytes.NewReader(marked))
		if err != nil || img.Width != c.wide || img.Height < c.high+c.wide/40 || img.Height > c.high+c.wide/5 {
			t.Errorf("%s: %d x %d, %v", c.country, img.Width, img.Height, err)
		}
		if dir := os.Getenv("PICTURES"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, c.country+"-"+string(c.w)+".jpg"), marked, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := customs.Marked([]byte("jpeg front"), "CN", "W1"); err == nil {
		t.Error("what is no picture gets a strip")
	}
}
