package shipment_test

import (
	"crypto/rand"
	"errors"
	mathrand "math/rand/v2"
	"strings"
	"testing"

	"ecms/portal/internal/shipment"
)

const ownAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXY"

// checkedBy writes the check character of eleven others, the first weighing so much.
func checkedBy(random string, first int) string {
	sum := 0
	for i := range len(random) {
		sum += (i + first) * strings.IndexByte(ownAlphabet, random[i])
	}
	return string(ownAlphabet[sum%31])
}

// someRandom is eleven characters of our alphabet.
func someRandom(r *mathrand.Rand) string {
	b := make([]byte, 11)
	for i := range b {
		b[i] = ownAlphabet[r.IntN(len(ownAlphabet))]
	}
	return string(b)
}

// TestBothReadingsOfTheCheckRule accepts the check character by weights from 1
// and from 2, and no other of the 31.
func TestBothReadingsOfTheCheckRule(t *testing.T) {
	t.Parallel()
	r := mathrand.New(mathrand.NewPCG(31, 32))
	for range 300 {
		random := someRandom(r)
		one, two := checkedBy(random, 1), checkedBy(random, 2)
		for _, check := range strings.Split(ownAlphabet, "") {
			typed := "EC" + random + check
			w, err := shipment.Parse(typed)
			if check == one || check == two {
				if err != nil || string(w) != typed || !w.Ours() {
					t.Fatalf("%s, checks %s and %s: %q, %v", typed, one, two, w, err)
				}
			} else if !shipment.IsMistyped(err) || shipment.Waybill(typed).Ours() {
				t.Fatalf("%s, checks %s and %s: %q, %v, want that it is mistyped", typed, one, two, w, err)
			}
		}
	}
}

// TestNewWaybillsFitBothReadings, so that any reader of the rule takes them.
func TestNewWaybillsFitBothReadings(t *testing.T) {
	t.Parallel()
	seen := make(map[byte]bool)
	for range 2000 {
		w := string(shipment.NewWaybill(rand.Reader))
		if random, check := w[2:13], w[13:]; check != checkedBy(random, 1) || check != checkedBy(random, 2) {
			t.Fatalf("%s: the checks are %s and %s", w, checkedBy(random, 1), checkedBy(random, 2))
		}
		for i := 2; i < len(w); i++ {
			seen[w[i]] = true
		}
	}
	if len(seen) != len(ownAlphabet) {
		t.Errorf("new numbers use %d of %d characters", len(seen), len(ownAlphabet))
	}
}

// TestEveryWayOfTyping types the same number as people and phones do.
func TestEveryWayOfTyping(t *testing.T) {
	t.Parallel()
	wide := func(s string) string {
		return strings.Map(func(r rune) rune { return r + 0xfee0 }, s)
	}
	joined := func(by string) func(string) string {
		return func(s string) string { return strings.Join(strings.Split(s, ""), by) }
	}
	ways := map[string]func(string) string{
		"as printed":             func(s string) string { return s },
		"grouped":                func(s string) string { return shipment.Waybill(s).Grouped() },
		"lower case":             strings.ToLower,
		"mixed case":             func(s string) string { return strings.ToLower(s[:7]) + s[7:] },
		"full-width":             wide,
		"full-width, lower case": func(s string) string { return wide(strings.ToLower(s)) },
		"half of it full-width":  func(s string) string { return wide(s[:5]) + s[5:] },
		"O for 0":                strings.NewReplacer("0", "O").Replace,
		"o for 0, I for 1":       strings.NewReplacer("0", "o", "1", "I").Replace,
		"l for 1":                strings.NewReplacer("1", "l").Replace,
		"Z for 2, U for V":       strings.NewReplacer("2", "Z", "V", "U").Replace,
		"full-width lookalikes": func(s string) string {
			return wide(strings.NewReplacer("0", "o", "1", "l", "2", "z", "V", "u").Replace(s))
		},
		"spaces everywhere":        joined(" "),
		"ideographic spaces":       joined("\u3000"),
		"no-break spaces":          joined("\u00a0"),
		"hyphens":                  joined("-"),
		"soft hyphens":             joined("\u00ad"),
		"en dashes":                joined("\u2013"),
		"full-width hyphens":       joined("\uff0d"),
		"minus signs":              joined("\u2212"),
		"line ends":                joined("\r\n"),
		"marks of direction":       joined("\u200e"),
		"a byte order mark before": func(s string) string { return "\ufeff" + s },
		"tabs around":              func(s string) string { return "\t" + s + "\t\n" },
	}
	for range 20 {
		w := shipment.NewWaybill(rand.Reader)
		for name, write := range ways {
			typed := write(string(w))
			if name == "O for 0" || strings.Contains(name, "lookalikes") || strings.Contains(name, " for ") {
				typed = string(w[:2]) + write(string(w[2:]))
			}
			if got, err := shipment.Parse(typed); got != w || err != nil {
				t.Errorf("%s: %q reads as %q, %v, want %s", name, typed, got, err, w)
			}
		}
	}
}

// TestForgivenessEndsAtOurForm reads no other carrier's letters as digits.
func TestForgivenessEndsAtOurForm(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]shipment.Waybill{
		"OIL-ZU":             "OIL-ZU",
		"EC00000000001CO":    "EC00000000001CO", // a character too many
		"EC0000000000":       "EC0000000000",
		"1Z999AA10123456784": "1Z999AA10123456784",
		"LO022786941ZU":      "LO022786941ZU",
		"AC00000000001C":     "AC00000000001C",
	} {
		if got, err := shipment.Parse(typed); got != want || err != nil {
			t.Errorf("%q reads as %q, %v, want %s", typed, got, err, want)
		}
	}
	for _, typed := range []string{"E<00000000001C", "EC0000000000!C", "EC0000000000ÄC", "EC0000000000\x00C", "\xff\xfe\xfd\xfc"} {
		if got, err := shipment.Parse(typed); !errors.Is(err, shipment.ErrMalformed) {
			t.Errorf("%q reads as %q, %v, want that it is malformed", typed, got, err)
		}
	}
}

// TestLengthsCountAfterTidying lets nobody smuggle a long number in by width.
func TestLengthsCountAfterTidying(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		typed string
		ok    bool
	}{
		"100 full-width":             {strings.Repeat("７", 100), true},
		"101 full-width":             {strings.Repeat("７", 101), false},
		"100 among spaces":           {strings.Repeat("7 ", 100), true},
		"3 among spaces":             {" 7 7 7 ", false},
		"4 among spaces":             {" 7 7 7 7 ", true},
		"one sign that becomes many": {strings.Repeat("\ufdfa", 30), false},
		"1000 bytes":                 {strings.Repeat(" ", 990) + "1234567890", true},
		"1001 bytes":                 {strings.Repeat(" ", 991) + "1234567890", false},
	} {
		if w, err := shipment.Parse(c.typed); (err == nil) != c.ok {
			t.Errorf("%s: %q, %v, want accepted %v", name, w, err, c.ok)
		}
	}
}
