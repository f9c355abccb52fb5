package customs

import (
	"strconv"
	"strings"
	"time"

	"ecms/portal/internal/shipment"
)

// The flaws of a machine-readable zone. A check digit that does not fit names the
// part that it guards, so that the person knows where to look.
const (
	FlawLines         Flaw = "lines"          // not the two or three lines of one document
	FlawCharacters    Flaw = "characters"     // others than A-Z, 0-9 and the filler
	FlawKind          Flaw = "kind"           // of a visa or another document
	FlawNumberCheck   Flaw = "number_check"   // the document number's
	FlawBirthCheck    Flaw = "birth_check"    // the day of birth's
	FlawExpiryCheck   Flaw = "expiry_check"   // the day of expiry's
	FlawPersonalCheck Flaw = "personal_check" // the personal number's
	FlawWholeCheck    Flaw = "whole_check"    // that of the whole zone
)

// Zone is what the portal takes from a machine-readable zone (ICAO Doc 9303).
// The zone itself is not kept: passports of Taiwan and old ones of Korea hold a
// national number in a part that nobody here needs.
type Zone struct {
	// State issued the document: three letters, or Germany's one.
	State string
	// Number is the document's, without fillers, which stand for its hyphens and blanks.
	Number string
	// Surname and Given are as printed in the zone: plain Latin capitals.
	Surname, Given string
	Nationality    string
	// Birth is YYYY-MM-DD with zeros for what the document leaves open; Expiry is a whole day.
	Birth, Expiry shipment.Date
	Sex           string // "M", "F" or empty
}

const filler = "<"

// ReadZone reads the two lines of a passport (TD3), the three of a card (TD1), or
// the two of a middle-sized document (TD2), and holds them to their check digits.
// An expired document is well-formed; today only tells the century of birth.
func ReadZone(text string, today shipment.Date) (Zone, Flaw) {
	lines := strings.Fields(strings.ReplaceAll(text, "\r", "\n"))
	if strings.Trim(strings.Join(lines, ""), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<") != "" {
		return Zone{}, FlawCharacters
	}
	switch {
	case sized(lines, 2, 44):
		return readBook(lines[0], lines[1], 'P', today)
	case sized(lines, 2, 36):
		return readBook(lines[0], lines[1], 0, today)
	case sized(lines, 3, 30):
		return readCard(lines[0], lines[1], lines[2], today)
	}
	return Zone{}, FlawLines
}

func sized(lines []string, count, length int) bool {
	if len(lines) != count {
		return false
	}
	for _, l := range lines {
		if len(l) != length {
			return false
		}
	}
	return true
}

// readBook reads TD3 and TD2: names above, all else below. The last character of
// the lower line guards the whole; in TD3 the one before it guards the personal number.
func readBook(upper, lower string, kind byte, today shipment.Date) (Zone, Flaw) {
	switch {
	case kind != 0 && upper[0] != kind, kind == 0 && !strings.Contains("ACI", upper[:1]):
		return Zone{}, FlawKind
	case !fits(lower[:9], lower[9]):
		return Zone{}, FlawNumberCheck
	}
	end := len(lower) - 1
	if kind == 'P' {
		personal, check := lower[28:42], lower[42]
		empty := strings.Trim(personal, filler) == ""
		if !fits(personal, check) && (!empty || check != '<') {
			return Zone{}, FlawPersonalCheck
		}
	}
	z := Zone{State: bare(upper[2:5]), Number: tight(lower[:9]), Nationality: bare(lower[10:13])}
	if flaw := z.dates(lower[13:19], lower[19], lower[21:27], lower[27], today); flaw != "" {
		return Zone{}, flaw
	}
	if !fits(lower[:10]+lower[13:20]+lower[21:end], lower[end]) {
		return Zone{}, FlawWholeCheck
	}
	return z.named(upper[5:], lower[20])
}

// readCard reads TD1. A number of more than nine characters goes on after its
// place, with the check digit at its end.
func readCard(first, second, third string, today shipment.Date) (Zone, Flaw) {
	if !strings.Contains("ACI", first[:1]) {
		return Zone{}, FlawKind
	}
	number, check := first[5:14], first[14]
	if check == '<' {
		rest, _, _ := strings.Cut(first[15:], filler)
		if rest == "" {
			return Zone{}, FlawNumberCheck
		}
		number, check = number+rest[:len(rest)-1], rest[len(rest)-1]
	}
	if !fits(number, check) {
		return Zone{}, FlawNumberCheck
	}
	z := Zone{State: bare(first[2:5]), Number: tight(number), Nationality: bare(second[15:18])}
	if flaw := z.dates(second[:6], second[6], second[8:14], second[14], today); flaw != "" {
		return Zone{}, flaw
	}
	if !fits(first[5:]+second[:7]+second[8:15]+second[18:29], second[29]) {
		return Zone{}, FlawWholeCheck
	}
	return z.named(third, second[7])
}

func fits(s string, check byte) bool { return checkDigit(s) == check }

func bare(s string) string { return strings.TrimRight(s, filler) }

func tight(s string) string { return strings.ReplaceAll(s, filler, "") }

// dates reads both days. A birth is in the latest century that is past; a document
// expires in this one.
func (z *Zone) dates(birth string, birthCheck byte, expiry string, expiryCheck byte, today shipment.Date) Flaw {
	switch {
	case !fits(birth, birthCheck):
		return FlawBirthCheck
	case !fits(expiry, expiryCheck):
		return FlawExpiryCheck
	case !digits(expiry) || !day("20"+expiry):
		return FlawDate
	}
	z.Expiry = shipment.Date("20" + expiry[:2] + "-" + expiry[2:4] + "-" + expiry[4:])
	known := strings.ReplaceAll(birth, filler, "0")
	for _, century := range []string{"20", "19"} {
		z.Birth = shipment.Date(century + known[:2] + "-" + known[2:4] + "-" + known[4:])
		if z.Birth <= today {
			break
		}
	}
	if !digits(known) || !possible(string(z.Birth)) {
		return FlawDate
	}
	return ""
}

// possible tells whether a day exists, where an unknown month or day is 00.
func possible(d string) bool {
	month, errM := strconv.Atoi(d[5:7])
	dayOf, errD := strconv.Atoi(d[8:])
	if errM != nil || errD != nil || month > 12 || dayOf > 31 || month == 0 && dayOf != 0 {
		return false
	}
	if month == 0 || dayOf == 0 {
		return true
	}
	_, err := time.Parse(time.DateOnly, d)
	return err == nil
}

// named reads the name's line, "SURNAME<<GIVEN<NAMES", and the sex beside the
// dates; check digits can't tell that a state is one, or that a number is there.
func (z Zone) named(line string, sex byte) (Zone, Flaw) {
	if z.Number == "" || z.State == "" || strings.ContainsAny(z.State+z.Nationality, "0123456789"+filler) {
		return Zone{}, FlawForm
	}
	if strings.ContainsAny(line, "0123456789") || strings.Trim(line, filler) == "" {
		return Zone{}, FlawCharacters
	}
	surname, given, _ := strings.Cut(line, "<<")
	z.Surname, z.Given = spaced(surname), spaced(given)
	switch sex {
	case 'M', 'F':
		z.Sex = string(rune(sex))
	case '<', 'X':
	default:
		return Zone{}, FlawForm
	}
	return z, ""
}

// spaced turns fillers into single spaces.
func spaced(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '<' }), " ")
}
