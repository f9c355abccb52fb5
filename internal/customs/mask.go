package customs

import "strings"

// shown is how many characters of a number stay readable at either end. Each
// document has one scheme everywhere: two would complete each other.
func shown(doc DocType) (first, last int) {
	switch doc {
	case CNID, CNHMTResidence:
		return 3, 4
	case CNPermanent, CNResidence, CNHMPermit, CNTWPermit, Passport:
		return 1, 2
	case KRCode:
		return 5, 0
	case TWID, TWResident:
		return 6, 0
	}
	return 0, 0
}

// Mask hides a number but for what its document's scheme shows. A number too
// short to hide anything, or of no known document, is hidden whole.
func Mask(doc DocType, number string) string {
	first, last := shown(doc)
	hidden := len(number) - first - last
	if hidden < 3 {
		return strings.Repeat("*", len(number))
	}
	return number[:first] + strings.Repeat("*", hidden) + number[len(number)-last:]
}

// MaskPhone hides digits of a phone number in E.164: the last four of a Korean
// one, as Korean authorities show them, the middle four of others.
func MaskPhone(e164 string) string {
	const hidden = 4
	switch n := len(e164); {
	case n < 9:
		return strings.Repeat("*", n)
	case strings.HasPrefix(e164, "+82"):
		return e164[:n-hidden] + strings.Repeat("*", hidden)
	default:
		return e164[:n-2*hidden] + strings.Repeat("*", hidden) + e164[n-hidden:]
	}
}
