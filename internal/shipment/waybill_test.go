package shipment_test

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

func TestParse(t *testing.T) {
	own := string(shipment.NewWaybill(rand.Reader))
	for name, c := range map[string]struct {
		typed string
		want  shipment.Waybill
		err   error
	}{
		"own":                      {own, shipment.Waybill(own), nil},
		"lower case":               {strings.ToLower(own), shipment.Waybill(own), nil},
		"grouped":                  {shipment.Waybill(own).Grouped(), shipment.Waybill(own), nil},
		"dashed":                   {own[:2] + "-" + own[2:6] + "–" + own[6:], shipment.Waybill(own), nil},
		"spaces around":            {"\t " + own + "\u3000\n", shipment.Waybill(own), nil},
		"full-width":               {"ＥＥ０２２７８６９４１ＵＳ", "EE022786941US", nil},
		"S10 with spaces":          {"EE 0227 8694 1 US", "EE022786941US", nil},
		"S10 with dashes":          {"EE-022786941-US", "EE022786941US", nil},
		"S10 with a wrong check":   {"EE022786943US", "EE022786943US", nil},
		"another with dashes":      {"1z-99-abc", "1Z-99-ABC", nil},
		"another with all signs":   {"a.b_c/1-2", "A.B_C/1-2", nil},
		"zero width":               {"AB\u200b12\u200d34", "AB1234", nil},
		"shortest":                 {"1234", "1234", nil},
		"too short":                {"123", "", shipment.ErrMalformed},
		"longest":                  {strings.Repeat("7", 100), shipment.Waybill(strings.Repeat("7", 100)), nil},
		"too long":                 {strings.Repeat("7", 101), "", shipment.ErrMalformed},
		"much too long":            {strings.Repeat(" ", 5000), "", shipment.ErrMalformed},
		"letters of other scripts": {"运单12345", "", shipment.ErrMalformed},
		"a question mark":          {"12345?", "", shipment.ErrMalformed},
		"nothing":                  {"", "", shipment.ErrEmpty},
		"only spaces":              {" \u3000\t", "", shipment.ErrEmpty},
	} {
		got, err := shipment.Parse(c.typed)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: Parse(%q) = %q, %v, want %q, %v", name, c.typed, got, err, c.want, c.err)
		}
		if err != nil && !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("%s: %v is no kind of not found", name, err)
		}
	}
}

// TestCheckCharacterByHand sums as the rule's formula says, sum of (i+1) x value(i), i = 1..11,
// modulo 31, and as its example number does, with weights from 1.
func TestCheckCharacterByHand(t *testing.T) {
	for typed, want := range map[string]shipment.Waybill{
		"EC000000000000": "EC000000000000",
		"EC7K3M9QTR2XW5": "EC7K3M9QTR2XW5", // the example: weights from 1
		"EC7K3M9QTR2XW9": "EC7K3M9QTR2XW9", // the formula: weights from 2
		"EC7K3M9QTR2XW6": "",
		"EC100000000002": "EC100000000002", // 2 x 1
		"EC00000000001C": "EC00000000001C", // 12 x 1 = 12, the 12th from 0 is C
		"EC00000000001c": "EC00000000001C",
		"ECooooooooooil": "", // reads as 0000000000 1 1: the check would be C
		"ECoooooooooolc": "EC00000000001C",
		"ECooooooooozuR": "", // 2 x 11, V (27) x 12 = 346, 346 mod 31 = 5
		"ECooooooooozu5": "EC00000000" + "02V5",
	} {
		got, err := shipment.Parse(typed)
		if want == "" && !errors.Is(err, shipment.ErrCheckCharacter) || want != "" && (got != want || err != nil) {
			t.Errorf("Parse(%q) = %q, %v, want %q", typed, got, err, want)
		}
	}
}

// TestEveryTypoShows changes one character and swaps two neighbours, everywhere.
func TestEveryTypoShows(t *testing.T) {
	const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXY"
	own := []byte(shipment.NewWaybill(rand.Reader))
	for i := 2; i < len(own); i++ {
		for _, c := range []byte(alphabet) {
			typo := append([]byte(nil), own...)
			typo[i] = c
			if _, err := shipment.Parse(string(typo)); c != own[i] && !shipment.IsMistyped(err) {
				t.Errorf("%s for %s was not noticed: %v", typo, own, err)
			}
		}
		if i+2 < len(own) && own[i] != own[i+1] { // the check character itself has no weight
			typo := append([]byte(nil), own...)
			typo[i], typo[i+1] = own[i+1], own[i]
			if _, err := shipment.Parse(string(typo)); !shipment.IsMistyped(err) {
				t.Errorf("%s for %s was not noticed: %v", typo, own, err)
			}
		}
	}
}

func TestNewWaybill(t *testing.T) {
	seen := make(map[shipment.Waybill]bool)
	for range 1000 {
		w := shipment.NewWaybill(rand.Reader)
		if got, err := shipment.Parse(string(w)); err != nil || got != w || !w.Ours() || seen[w] {
			t.Fatalf("%q reads as %q, %v; seen before: %v", w, got, err, seen[w])
		}
		seen[w] = true
	}
	if w := shipment.NewWaybill(strings.NewReader("dry")); w != "" {
		t.Errorf("a dry source gives %q", w)
	}
}

func TestGrouped(t *testing.T) {
	for w, want := range map[shipment.Waybill]string{
		"EC00000000001C": "EC 0000 0000 001C",
		"EC00000000001D": "EC00000000001D", // no waybill of ours
		"EE022786941US":  "EE022786941US",
		"":               "",
	} {
		if got := w.Grouped(); got != want {
			t.Errorf("%q is shown as %q, want %q", w, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("EC 7K3M 9QTR 2XW5")
	f.Add("ＥＥ０２２７８６９４１ＵＳ")
	f.Fuzz(func(t *testing.T, typed string) {
		w, err := shipment.Parse(typed)
		if err != nil {
			return
		}
		if again, err := shipment.Parse(string(w)); err != nil || again != w {
			t.Errorf("%q reads as %q, that as %q, %v", typed, w, again, err)
		}
		if got, err := shipment.Parse(w.Grouped()); err != nil || got != w {
			t.Errorf("%q is shown as %q, that reads as %q, %v", w, w.Grouped(), got, err)
		}
	})
}
