package customs_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/customs"
)

func TestCheckDigits(t *testing.T) {
	t.Parallel()
	for _, r := range rows(t, "check_digits.csv") {
		if got := customs.CheckDigit(r[1]) == r[2][0]; got != (r[0] == "valid") {
			t.Errorf("%s with %s: fits %v, want it %s", r[1], r[2], got, r[0])
		}
	}
}

// zones are the verdict and the lines of each vector.
func zones(t testing.TB) [][2]string {
	t.Helper()
	text, err := os.ReadFile("testdata/zones.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all [][2]string
	for part := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n\n") {
		verdict, lines, _ := strings.Cut(part, "\n")
		all = append(all, [2]string{verdict, lines})
	}
	return all
}

func TestZones(t *testing.T) {
	t.Parallel()
	for _, v := range zones(t) {
		z, flaw := customs.ReadZone(v[1], today)
		if v[0] == "valid" {
			if flaw != "" || z.Number == "" || z.Surname == "" || z.Expiry == "" {
				t.Errorf("%s\n: flaw %q, %+v", v[1], flaw, z)
			}
			continue
		}
		if string(flaw) != v[0] || z != (customs.Zone{}) {
			t.Errorf("%s\n: flaw %q, want %q; %+v", v[1], flaw, v[0], z)
		}
	}
}

func TestZoneSaysWhatIsNeeded(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want customs.Zone
	}{
		{
			"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\r\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
			customs.Zone{State: "UTO", Number: "L898902C3", Surname: "ERIKSSON", Given: "ANNA MARIA", Nationality: "UTO", Birth: "1974-08-12", Expiry: "2012-04-15", Sex: "F"},
		},
		{
			"I<UTOD23145890<7349<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
			customs.Zone{State: "UTO", Number: "D23145890734", Surname: "ERIKSSON", Given: "ANNA MARIA", Nationality: "UTO", Birth: "1974-08-12", Expiry: "2012-04-15", Sex: "F"},
		},
		{ // fillers for the hyphens of a number
			"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nAB<1234<<7UTO7408122F3411159<<<<<<<<<<<<<<<2",
			customs.Zone{State: "UTO", Number: "AB1234", Surname: "ERIKSSON", Given: "ANNA MARIA", Nationality: "UTO", Birth: "1974-08-12", Expiry: "2034-11-15", Sex: "F"},
		},
		{
			"I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
			customs.Zone{State: "UTO", Number: "D23145890", Surname: "ERIKSSON", Given: "ANNA MARIA", Nationality: "UTO", Birth: "1974-08-12", Expiry: "2012-04-15", Sex: "F"},
		},
	} {
		got, flaw := customs.ReadZone(tc.text, today)
		if flaw != "" {
			t.Errorf("%s: flaw %q", tc.text, flaw)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.text, diff)
		}
	}
}

// An empty personal number may be guarded by a zero or by the filler.
func TestEmptyPersonalNumber(t *testing.T) {
	t.Parallel()
	const upper = "P<KORYAMADA<<TARO<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
	for lower, want := range map[string]customs.Flaw{
		"T3C9C69N90KOR5103076F3112205<<<<<<<<<<<<<<<6": "",
		"T3C9C69N90KOR5103076F3112205<<<<<<<<<<<<<<06": "",
		"T3C9C69N90KOR5103076F3112205<<<<<<<<<<<<<<16": customs.FlawPersonalCheck,
	} {
		if _, flaw := customs.ReadZone(upper+lower, today); flaw != want {
			t.Errorf("%s: flaw %q, want %q", lower, flaw, want)
		}
	}
}
