package customs

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/shipment"
)

// FlawResidentNumber says that a Korean resident number was typed. The law lets
// no carrier collect it (Personal Information Protection Act, article 24-2): it is
// refused before anything keeps or repeats it.
const FlawResidentNumber Flaw = "resident"

// checkKRCode holds a clearance code to its form: P and twelve digits. No rule
// for its last digit is public, and customs alone knows whether it is in force.
func checkKRCode(n string) Flaw {
	rest, found := strings.CutPrefix(n, "P")
	if !found {
		return FlawForm
	}
	return count(rest, 12)
}

// residentNumber is a day of birth without century, anything that people put in
// between, and seven digits that begin as those of citizens do.
var residentNumber = regexp.MustCompile(`(?:^|[^0-9])([0-9]{6})[\s\p{Pd}\p{Po}\p{Cf}_]*([012349])[0-9]{6}(?:[^0-9]|$)`)

// IsResidentNumber tells whether a text holds, or spelled out is, what looks
// like a Korean resident number. Its check digit says nothing: numbers since
// October 2020 have none. Ask it of every field of a Korean form, never of
// waybills, which may look alike.
func IsResidentNumber(text string) bool {
	plain := norm.NFKC.String(text)
	for _, m := range residentNumber.FindAllStringSubmatch(plain, -1) {
		if citizenBorn(m[1], m[2][0]) {
			return true
		}
	}
	spelled := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, plain)
	bare := !strings.ContainsFunc(plain, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' })
	return bare && len(spelled) == 13 && citizenBorn(spelled[:6], spelled[6])
}

// citizenBorn tells whether a day of birth exists in the century that a
// citizen's seventh digit stands for.
func citizenBorn(yymmdd string, seventh byte) bool {
	switch seventh {
	case '9', '0':
		return day("18" + yymmdd)
	case '1', '2':
		return day("19" + yymmdd)
	case '3', '4':
		return day("20" + yymmdd)
	}
	return false
}

// ReadAlienNumber holds a Korean alien registration number to its form and its
// day of birth; its old check digit is no longer reliable. Staff alone take it,
// with separate consent, for people who have no clearance code.
func ReadAlienNumber(typed string, today shipment.Date) Flaw {
	n := canonical(typed)
	if flaw := count(n, 13); flaw != "" {
		return flaw
	}
	switch n[6] {
	case '5', '6':
		return birth("19"+n[:6], today)
	case '7', '8':
		return birth("20"+n[:6], today)
	}
	return FlawResidentNumber
}

// ReadKoreanBusiness holds a Korean business registration number, of a company
// that receives a parcel, to its ten digits and weighted sum.
func ReadKoreanBusiness(typed string) Flaw {
	n := canonical(typed)
	if flaw := count(n, 10); flaw != "" {
		return flaw
	}
	if n[:3] < "101" {
		return FlawRegion
	}
	sum := int(n[8]-'0') * 5 / 10
	for i, weight := range []int{1, 3, 7, 1, 3, 7, 1, 3, 5} {
		sum += int(n[i]-'0') * weight
	}
	if (10-sum%10)%10 != int(n[9]-'0') {
		return FlawCheck
	}
	return ""
}
