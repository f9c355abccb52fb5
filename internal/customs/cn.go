package customs

import (
	"strings"
	"time"

	"ecms/portal/internal/shipment"
)

// The flaws that Chinese documents add.
const (
	FlawOldFifteen  Flaw = "old15"  // a first-generation number, not valid since 2013
	FlawOldPermit   Flaw = "old11"  // a permit from before 2013, expired by now
	FlawUnsureCheck Flaw = "unsure" // the last character reads oddly; nobody has published its rule
)

const (
	cnIDLength        = 18
	cnPermanentLength = 15 // of the card of 2017
)

// checkCNID holds a mainland citizen's number to GB 11643-1999: province, day of
// birth, and a check character by ISO 7064 MOD 11-2. Counties are not looked at:
// abolished ones stay on people's cards.
func checkCNID(n string, today shipment.Date) Flaw {
	switch {
	case len(n) == 15 && digits(n):
		return FlawOldFifteen
	case len(n) != cnIDLength:
		return FlawLength
	case !eighteen(n):
		return FlawForm
	case !mainland(n[:2]):
		return FlawRegion
	}
	if flaw := birth(n[6:14], today); flaw != "" {
		return flaw
	}
	return mod11(n)
}

// checkCNHMTResidence is the permit's own beginning, then as a citizen's number.
func checkCNHMTResidence(n string, today shipment.Date) Flaw {
	switch {
	case len(n) != cnIDLength:
		return FlawLength
	case !eighteen(n):
		return FlawForm
	case n[:6] != "810000" && n[:6] != "820000" && n[:6] != "830000":
		return FlawRegion
	}
	if flaw := birth(n[6:14], today); flaw != "" {
		return flaw
	}
	return mod11(n)
}

// checkCNPermanent knows the card since December 2023 (18 characters) and the one
// of 2017 (15), which is good until its own expiry.
func checkCNPermanent(n string, today shipment.Date) ([]Flaw, Flaw) {
	switch {
	case len(n) == cnPermanentLength && !digits(n[:1]):
		return checkCNPermanent2017(n)
	case len(n) != cnIDLength:
		return nil, FlawLength
	case !eighteen(n):
		return nil, FlawForm
	case n[0] != '9' || !mainland(n[1:3]):
		return nil, FlawRegion
	}
	if flaw := birth(n[6:14], today); flaw != "" {
		return nil, flaw
	}
	return nil, mod11(n)
}

// checkCNPermanent2017 reads nationality, place, day of birth without century,
// and two digits more. The last fits the passport's check digit on the only card
// ever published: a misfit is odd, not wrong.
func checkCNPermanent2017(n string) ([]Flaw, Flaw) {
	if !letters(n[:3]) || !digits(n[3:]) {
		return nil, FlawForm
	}
	if !day("20"+n[7:13]) && !day("19"+n[7:13]) {
		return nil, FlawDate
	}
	if checkDigit(n[:14]) != n[14] {
		return []Flaw{FlawUnsureCheck}, ""
	}
	return nil, ""
}

// checkCNHMPermit knows the permits that are in force: H or M with eight digits,
// and since July 2024 HA or MA with seven for those who are not Chinese. Those
// from before 2013 bear two digits more; they have expired, which the person
// should hear, but it is the date on the card that decides.
func checkCNHMPermit(n string) ([]Flaw, Flaw) {
	if n[0] != 'H' && n[0] != 'M' {
		return nil, FlawForm
	}
	rest := n[1:]
	if seven, foreigner := strings.CutPrefix(rest, "A"); foreigner {
		return nil, count(seven, 7)
	}
	if len(rest) == 10 && digits(rest) {
		return []Flaw{FlawOldPermit}, ""
	}
	return nil, count(rest, 8)
}

// eighteen tells whether a number is seventeen digits and a digit or X.
func eighteen(n string) bool { return digits(n[:17]) && (digits(n[17:]) || n[17] == 'X') }

// count holds a text to so many digits.
func count(s string, want int) Flaw {
	switch {
	case !digits(s):
		return FlawForm
	case len(s) != want:
		return FlawLength
	}
	return ""
}

// mainland tells whether two digits are a province, region or city of the
// mainland in GB/T 2260.
func mainland(province string) bool {
	return strings.Contains(" 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 ", " "+province+" ")
}

// mod11 compares the check character by ISO 7064 MOD 11-2.
func mod11(n string) Flaw {
	p := 0
	for _, d := range []byte(n[:len(n)-1]) {
		p = (p + int(d-'0')) * 2 % 11
	}
	if "0123456789X"[(12-p)%11] != n[len(n)-1] {
		return FlawCheck
	}
	return ""
}

// birth holds YYYYMMDD to a day that was, from 1900 on.
func birth(text string, today shipment.Date) Flaw {
	t, err := time.Parse("20060102", text)
	switch {
	case err != nil || t.Year() < 1900:
		return FlawDate
	case t.Format(time.DateOnly) > string(today):
		return FlawFuture
	}
	return ""
}

func day(text string) bool {
	_, err := time.Parse("20060102", text)
	return err == nil
}

func digits(s string) bool  { return s != "" && strings.Trim(s, "0123456789") == "" }
func letters(s string) bool { return s != "" && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" }
