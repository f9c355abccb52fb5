package specimen_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/webp"

	"ecms/portal/internal/document"
	"ecms/portal/internal/document/specimen"
)

// TestFlatPicturesAreWhole, so that a test that refuses them does not refuse rubbish.
func TestFlatPicturesAreWhole(t *testing.T) {
	t.Parallel()
	for _, p := range []specimen.FlatPNG{
		{Width: 611, Height: 37, Colour: 0, Depth: 16, Transparent: true}, {Width: 61, Height: 307, Colour: 2, Depth: 8, Interlaced: true},
		{Width: 3001, Height: 2003, Colour: 2, Depth: 8}, {Width: 7, Height: 3, Colour: 6, Depth: 16}, {Width: 1, Height: 1, Colour: 6, Depth: 8, Interlaced: true}, {Width: 9, Height: 9, Colour: 2, Depth: 8, Text: 7 << 20},
	} {
		img, err := png.Decode(bytes.NewReader(p.Bytes()))
		if err != nil || img.Bounds().Dx() != int(p.Width) || img.Bounds().Dy() != int(p.Height) {
			t.Errorf("%+v: %v", p, err)
		}
	}
	kinds := map[string]image.Image{"": &image.YCbCr{}, "rgb": &image.RGBA{}, "cmyk": &image.CMYK{}}
	for kind := range kinds {
		img, err := jpeg.Decode(bytes.NewReader(specimen.FlatJPEG{Width: 617, Height: 33, Kind: kind}.Bytes()))
		if err != nil || img.Bounds().Dx() != 617 || img.Bounds().Dy() != 33 {
			t.Errorf("JPEG %q: %v", kind, err)
			continue
		}
		if r, _, _, _ := img.At(300, 20).RGBA(); kind != "cmyk" && (r < 0x7000 || r > 0x9000) {
			t.Errorf("JPEG %q is not gray: %x", kind, r)
		}
	}
}

// TestNothingNastyPasses, each for its own reason and within memory.
func TestNothingNastyPasses(t *testing.T) {
	studio := document.NewStudio(1)
	for _, f := range append(specimen.Nasty(), specimen.Laden()...) {
		if len(f.Data) > 12<<20 {
			t.Errorf("%s has %d bytes", f.What, len(f.Data))
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p, _, flaw, err := studio.Develop(t.Context(), f.Data)
		runtime.ReadMemStats(&after)
		if err != nil || string(flaw) != f.Flaw {
			t.Errorf("%s: flaw %q, want %q; %v", f.What, flaw, f.Flaw, err)
		}
		if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 60 {
			t.Errorf("%s took %d MiB", f.What, taken)
		}
		for _, hidden := range []string{specimen.HiddenPlace, specimen.HiddenScript, specimen.HiddenFile, "PK\x03\x04", "Exif"} {
			if strings.Contains(string(p.JPEG), hidden) {
				t.Errorf("%s: %q is still in it", f.What, hidden)
			}
		}
	}
}

// TestLargestPassWithinMemory: what is taken in at most needs far less than the
// portal may have.
func TestLargestPassWithinMemory(t *testing.T) {
	studio := document.NewStudio(1).Within(5 * time.Minute) // the race detector takes its time
	for _, f := range specimen.Largest() {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, flaw, err := studio.Develop(t.Context(), f.Data)
		runtime.ReadMemStats(&after)
		if err != nil || flaw != "" {
			t.Errorf("%s: flaw %q, %v", f.What, flaw, err)
		}
		if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 240 {
			t.Errorf("%s took %d MiB", f.What, taken)
		}
	}
}

func TestHiddenIsInThere(t *testing.T) {
	t.Parallel()
	for _, f := range specimen.Laden()[:4] {
		found := false
		for _, hidden := range []string{specimen.HiddenPlace, specimen.HiddenScript, specimen.HiddenFile} {
			found = found || bytes.Contains(f.Data, []byte(hidden))
		}
		if !found {
			t.Errorf("%s hides nothing", f.What)
		}
	}
	if _, err := webp.DecodeConfig(bytes.NewReader(specimen.Bombs()[4].Data)); err != nil {
		t.Errorf("the WebP bomb's head: %v", err)
	}
}

func TestCardsDiffer(t *testing.T) {
	t.Parallel()
	studio := document.NewStudio(2)
	a, odd, flaw, err := studio.Develop(t.Context(), specimen.JPEG(specimen.Card(1000, 640, 7)))
	if err != nil || flaw != "" || len(odd) > 0 {
		t.Fatal(odd, flaw, err)
	}
	for seed := range uint64(5) {
		b, _, _, err := studio.Develop(t.Context(), specimen.JPEG(specimen.Card(1000, 640, 100+seed)))
		if err != nil || a.Look.Alike(b.Look) {
			t.Errorf("seed %d: %v looks like 7", seed, err)
		}
	}
}
