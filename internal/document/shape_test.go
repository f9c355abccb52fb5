package document_test

import (
	"testing"

	"ecms/portal/internal/document"
	"ecms/portal/internal/document/specimen"
)

// TestMeasuredAsUnpacked holds what is refused as too heavy to what decoders really
// take, on either side of the line.
func TestMeasuredAsUnpacked(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		data []byte
		want document.Flaw
	}{
		{"gray of 16 bits", specimen.FlatPNG{Width: 7000, Height: 5600, Depth: 16, Claimed: true}.Bytes(), document.FlawBroken},
		{"with a transparent one: 64 bits", specimen.FlatPNG{Width: 7000, Height: 5600, Depth: 16, Transparent: true, Claimed: true}.Bytes(), document.FlawHeavy},
		{"gray of 8 bits with a transparent one", specimen.FlatPNG{Width: 7000, Height: 5600, Depth: 8, Transparent: true, Claimed: true}.Bytes(), document.FlawBroken},
		{"the same in passes", specimen.FlatPNG{Width: 7000, Height: 5600, Depth: 8, Transparent: true, Interlaced: true, Claimed: true}.Bytes(), document.FlawHeavy},
		{"half of it in passes", specimen.FlatPNG{Width: 5000, Height: 4000, Colour: 6, Depth: 8, Interlaced: true, Claimed: true}.Bytes(), document.FlawBroken},
		{"colours for a printer", specimen.FlatJPEG{Width: 7000, Height: 5600, Kind: "cmyk", Claimed: true}.Bytes(), document.FlawHeavy},
		{"half of them", specimen.FlatJPEG{Width: 5000, Height: 4000, Kind: "cmyk", Claimed: true}.Bytes(), document.FlawBroken},
		{"red, green and blue", specimen.FlatJPEG{Width: 7000, Height: 5600, Kind: "rgb", Claimed: true}.Bytes(), document.FlawHeavy},
		{"a camera's colours", specimen.FlatJPEG{Width: 7000, Height: 5600, Claimed: true}.Bytes(), document.FlawBroken},
	} {
		if _, _, flaw := develop(t, tc.data); flaw != tc.want {
			t.Errorf("%s: flaw %q, want %q", tc.name, flaw, tc.want)
		}
	}
}

// TestUnusualColoursPass where they are small enough.
func TestUnusualColoursPass(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"passes":  specimen.FlatPNG{Width: 900, Height: 700, Colour: 2, Depth: 8, Interlaced: true}.Bytes(),
		"16 bits": specimen.FlatPNG{Width: 900, Height: 700, Depth: 16, Transparent: true}.Bytes(),
		"CMYK":    specimen.FlatJPEG{Width: 900, Height: 700, Kind: "cmyk"}.Bytes(),
		"RGB":     specimen.FlatJPEG{Width: 900, Height: 700, Kind: "rgb"}.Bytes(),
	} {
		if _, _, flaw := develop(t, data); flaw != "" {
			t.Errorf("%s: flaw %q", name, flaw)
		}
	}
}
