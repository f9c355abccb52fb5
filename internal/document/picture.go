// Package document takes in what customers upload: pictures are known by their
// content, measured before they are unpacked, made upright, stripped of all that
// a camera adds, and judged for what a customs officer could read on them. It is
// never told whose they are.
package document

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"runtime/debug"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// The measures of a picture.
const (
	// LargestFile is how many bytes a picture may have.
	LargestFile = 10 << 20
	// MostPixels is how many pixels it may have.
	MostPixels = 40_000_000
	// ShortestSide is how many pixels it must have both ways, to be readable.
	ShortestSide = 600

	longestKept = 2800             // pixels; more tells nobody more
	heaviest    = 160 << 20        // bytes that unpacking may take
	slowest     = 10 * time.Second // by the clock: an honest picture takes half a second, on a busy machine far longer
	quality     = 88
)

// Flaw says why a picture is refused, or what is odd about it: the end of a
// message key.
type Flaw string

// The flaws that refuse a picture.
const (
	FlawEmpty  Flaw = "empty"  // no bytes
	FlawBig    Flaw = "big"    // more than LargestFile
	FlawKind   Flaw = "kind"   // no picture that we read: a text, a drawing, a film
	FlawHEIC   Flaw = "heic"   // an iPhone's own kind
	FlawPDF    Flaw = "pdf"    // a document
	FlawPixels Flaw = "pixels" // more than MostPixels
	FlawHeavy  Flaw = "heavy"  // saved in a way that takes too much to unpack
	FlawSmall  Flaw = "small"  // a side shorter than ShortestSide
	FlawBroken Flaw = "broken" // cut short or damaged
)

// The flaws that only warn.
const (
	FlawBlurred Flaw = "blurred" // hardly an edge in it
	FlawShape   Flaw = "shape"   // far longer than a card or a page: a part may be cut off
	FlawDark    Flaw = "dark"    // hardly any light in it
)

// Picture is an upload as it is kept: upright, in plain JPEG, with nothing else in it.
type Picture struct {
	JPEG          []byte
	Width, Height int // pixels, as kept
	// Sum tells equal pictures, Look those that look alike.
	Sum  [sha256.Size]byte
	Look Look
}

// Studio takes pictures in, a few at a time: unpacking one is heavy.
type Studio struct {
	slots   chan struct{}
	slowest time.Duration
}

// NewStudio lets so many pictures be unpacked at once.
func NewStudio(atOnce int) *Studio { return &Studio{make(chan struct{}, max(1, atOnce)), slowest} }

// Within gives the same studio another measure of what is too slow to unpack, for
// machines that are far slower than those of the portal.
func (s *Studio) Within(each time.Duration) *Studio { return &Studio{s.slots, each} }

// ErrBusy says that the studio stayed full until the context ended.
var ErrBusy = errors.New("document: too many pictures at once")

// Develop reads an upload. The flaw is empty for a picture that is kept;
// warnings never refuse. The error is ErrBusy or the context's.
func (s *Studio) Develop(ctx context.Context, data []byte) (p Picture, warnings []Flaw, flaw Flaw, err error) {
	kind, flaw := sniff(data)
	if flaw != "" {
		return Picture{}, nil, flaw, nil
	}
	plan, flaw := measure(kind, data)
	if flaw != "" {
		return Picture{}, nil, flaw, nil
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return Picture{}, nil, "", errors.Join(ErrBusy, context.Cause(ctx))
	}
	if plan.bytes > 32<<20 {
		debug.FreeOSMemory()       // what others have left behind makes room
		defer debug.FreeOSMemory() // the next one may be as large
	}
	p, warnings, flaw = develop(kind, data, s.slowest)
	return p, warnings, flaw, nil
}

func develop(kind kind, data []byte, slowest time.Duration) (Picture, []Flaw, Flaw) {
	img, err := kind.decode(&hasty{r: bytes.NewReader(data), until: time.Now().Add(slowest)})
	if err != nil {
		if errors.Is(err, errSlow) {
			return Picture{}, nil, FlawHeavy
		}
		return Picture{}, nil, FlawBroken
	}
	kept := upright(shrink(img), orientation(kind, data))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, kept, &jpeg.Options{Quality: quality}); err != nil {
		return Picture{}, nil, FlawBroken
	}
	b := kept.Bounds()
	gray := grayOf(kept)
	p := Picture{JPEG: out.Bytes(), Width: b.Dx(), Height: b.Dy(), Sum: sha256.Sum256(out.Bytes()), Look: lookOf(gray)}
	return p, judge(gray, b.Dx(), b.Dy()), ""
}

// decode unpacks a picture whose measures have been looked at.
func (k kind) decode(r io.Reader) (image.Image, error) {
	switch k {
	case kindJPEG:
		return jpeg.Decode(r)
	case kindPNG:
		return png.Decode(r)
	default:
		return webp.Decode(r)
	}
}

// errSlow says that unpacking took longer than any honest picture does.
var errSlow = errors.New("document: too slow to unpack")

// hasty is a reader that ends when the time is up, and the decoder with it.
type hasty struct {
	r     io.Reader
	until time.Time
}

func (h *hasty) Read(b []byte) (int, error) {
	if time.Now().After(h.until) {
		return 0, errSlow
	}
	return h.r.Read(b[:min(len(b), 4096)])
}

// shrink draws a picture on white, no longer than is kept.
func shrink(img image.Image) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > longestKept {
		w, h = max(1, w*longestKept/long), max(1, h*longestKept/long)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, b, draw.Over, nil)
	return out
}
