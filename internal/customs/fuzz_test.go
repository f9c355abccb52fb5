package customs_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/customs"
)

// checked are the documents whose last character guards the others: each single
// wrong digit shows.
var checked = map[customs.DocType]bool{customs.CNID: true, customs.CNHMTResidence: true, customs.TWID: true, customs.TWResident: true}

func FuzzRead(f *testing.F) {
	for _, r := range rows(f, "numbers.csv")[1:] {
		f.Add(r[0], r[2])
	}
	f.Fuzz(func(t *testing.T, name, typed string) {
		doc := customs.DocType(name)
		n, warnings, flaw := customs.Read(doc, typed, today)
		if flaw != "" {
			if n.Clear() != "" || warnings != nil {
				t.Fatalf("%s %q is refused (%s) and kept", doc, typed, flaw)
			}
			return
		}
		again, _, flaw := customs.Read(doc, n.Clear(), today)
		if flaw != "" || again.Clear() != n.Clear() {
			t.Fatalf("%s %q reads as %q, and that as %q (%s)", doc, typed, n.Clear(), again.Clear(), flaw)
		}
		if strings.Contains(n.String(), n.Clear()) {
			t.Fatalf("%s shows itself as %s", doc, n)
		}
		if checked[doc] || doc == customs.CNPermanent && len(n.Clear()) == 18 {
			slips(t, doc, n.Clear())
		}
	})
}

// slips makes each mistake of one digit, and each swap of neighbours, that the
// document's scheme can see.
func slips(t *testing.T, doc customs.DocType, number string) {
	t.Helper()
	for i := range number {
		for d := byte('0'); d <= '9' && digit(number[i]); d++ {
			if d != number[i] && seesDigit(doc, i, int(d)-int(number[i])) {
				refused(t, doc, number, number[:i]+string(rune(d))+number[i+1:])
			}
		}
		if i > 0 && number[i] != number[i-1] && seesSwap(doc, i) {
			refused(t, doc, number, number[:i-1]+string(rune(number[i]))+string(rune(number[i-1]))+number[i+1:])
		}
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// seesDigit tells whether a digit that is off by so much must be seen. MOD 11-2
// sees all; a sum to ten with weights 8 to 1 overlooks multiples of ten.
func seesDigit(doc customs.DocType, i, off int) bool {
	if doc != customs.TWID && doc != customs.TWResident {
		return true
	}
	return off*max(1, 9-i)%10 != 0
}

// seesSwap tells the same of neighbours: the last two digits of a Taiwanese number
// weigh alike.
func seesSwap(doc customs.DocType, i int) bool {
	if doc != customs.TWID && doc != customs.TWResident {
		return true
	}
	return i >= 2 && i <= 8
}

func refused(t *testing.T, doc customs.DocType, right, wrong string) {
	t.Helper()
	if n, _, flaw := customs.Read(doc, wrong, today); flaw == "" && n.Clear() != right {
		t.Fatalf("%s %s passes for %s", doc, wrong, right)
	}
}

func FuzzReadZone(f *testing.F) {
	for _, v := range zones(f) {
		f.Add(v[1])
	}
	f.Fuzz(func(t *testing.T, text string) {
		z, flaw := customs.ReadZone(text, today)
		if flaw != "" {
			if z != (customs.Zone{}) {
				t.Fatalf("%q is refused (%s) and kept", text, flaw)
			}
			return
		}
		if len(z.Expiry) != 10 || len(z.Birth) != 10 || z.Number == "" || z.State == "" ||
			strings.Contains(z.Number+z.Surname+z.Given+z.State+z.Nationality, "<") || strings.ContainsAny(z.State+z.Nationality, "0123456789") {
			t.Fatalf("%q: %+v", text, z)
		}
	})
}

func FuzzIsResidentNumber(f *testing.F) {
	for _, r := range rows(f, "kr_resident.csv") {
		f.Add(r[1])
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !customs.IsResidentNumber(text) {
			return
		}
		if _, _, flaw := customs.Read(customs.KRCode, text, today); flaw == "" {
			t.Fatalf("%q looks like a resident number and is taken for a clearance code", text)
		}
	})
}
