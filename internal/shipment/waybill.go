package shipment

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/fault"
)

// Waybill is the number of one parcel in its normal form: our own
// ("EC7K3M9QTR2XW5") or any other carrier number of 4-100 characters out of
// A-Z 0-9 - . _ /.
type Waybill string

// What can be wrong with a typed number.
var (
	// ErrEmpty says that nothing was typed.
	ErrEmpty = fmt.Errorf("waybill empty: %w", fault.ErrNotFound)
	// ErrCheckCharacter says that a number of our form does not fit its check
	// character: it was mistyped, which is not the same as unknown.
	ErrCheckCharacter = fmt.Errorf("waybill check character does not fit: %w", fault.ErrNotFound)
	// ErrMalformed says that no carrier would print such a number.
	ErrMalformed = fmt.Errorf("waybill malformed: %w", fault.ErrNotFound)
)

const (
	// alphabet leaves out I, L, O, U and Z, which are misread for others.
	alphabet    = "0123456789ABCDEFGHJKMNPQRSTVWXY"
	ownPrefix   = "EC"
	ownLength   = 14
	shortest    = 4
	longest     = 100
	longestText = 1000 // bytes that may be typed for one number, spaces included
)

// Parse reads a number as people type it: full-width, in lower case, with
// spaces and dashes. Dashes stay only in numbers of other carriers.
func Parse(typed string) (Waybill, error) {
	if len(typed) > longestText {
		return "", ErrMalformed
	}
	s := tidy(typed)
	if s == "" {
		return "", ErrEmpty
	}
	bare := strings.ReplaceAll(s, "-", "")
	if isOwnForm(bare) {
		own := forgive(bare)
		if !fits(own) {
			return "", ErrCheckCharacter
		}
		return Waybill(own), nil
	}
	if isS10Form(bare) {
		return Waybill(bare), nil
	}
	if len(s) < shortest || len(s) > longest || !printable(s) {
		return "", ErrMalformed
	}
	return Waybill(s), nil
}

// NewWaybill makes a number of our form out of a source of randomness, one that
// fits both readings of the check rule; it is empty when the source has run dry.
func NewWaybill(random io.Reader) Waybill {
	for {
		s := []byte(ownPrefix)
		for b := make([]byte, 1); len(s) < ownLength-1; {
			if _, err := io.ReadFull(random, b); err != nil {
				return ""
			}
			if int(b[0]) < 256/len(alphabet)*len(alphabet) { // no character more likely than another
				s = append(s, alphabet[int(b[0])%len(alphabet)])
			}
		}
		from1, from2 := checkCharacters(string(s[len(ownPrefix):]))
		if from1 == from2 {
			return Waybill(append(s, from1))
		}
	}
}

// Ours tells whether the number has our form and a fitting check character.
func (w Waybill) Ours() bool {
	return isOwnForm(string(w)) && forgive(string(w)) == string(w) && fits(string(w))
}

// Grouped is the number as it is shown: ours in groups of four, others as they are.
func (w Waybill) Grouped() string {
	if !w.Ours() {
		return string(w)
	}
	return string(w[:2] + " " + w[2:6] + " " + w[6:10] + " " + w[10:])
}

// IsMistyped tells the mistyped number from the impossible one.
func IsMistyped(err error) bool { return errors.Is(err, ErrCheckCharacter) }

// tidy folds widths and cases and drops what people put between characters.
func tidy(typed string) string {
	plain := true
	for i := 0; i < len(typed); i++ {
		c := typed[i]
		plain = plain && c > ' ' && c < 0x7f && (c < 'a' || c > 'z')
	}
	if plain {
		return typed
	}
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Pd, r), r == '\u2212':
			return '-'
		}
		return r
	}, norm.NFKC.String(typed)))
}

func isOwnForm(s string) bool {
	return len(s) == ownLength && s[:2] == ownPrefix && alphanumeric(s)
}

// forgive reads the letters that our numbers never hold as what they look like.
func forgive(own string) string {
	if !strings.ContainsAny(own[2:], "OILZU") {
		return own
	}
	b := []byte(own)
	for i := 2; i < len(b); i++ {
		b[i] = lookalike(b[i])
	}
	return string(b)
}

func lookalike(c byte) byte {
	switch c {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	case 'Z':
		return '2'
	case 'U':
		return 'V'
	}
	return c
}

func fits(own string) bool {
	last := len(own) - 1
	from1, from2 := checkCharacters(own[2:last])
	return own[last] == from1 || own[last] == from2
}

// checkCharacters weighs each character's value by its place, modulo 31, a
// prime: any one wrong character and any swap of two shows. The carrier's rule
// can be read with weights from 1, as its example number EC 7K3M 9QTR 2XW5 has
// it, or from 2, as its formula has it; a number may fit either.
func checkCharacters(random string) (from1, from2 byte) {
	weighed, plain := 0, 0
	for i := 0; i < len(random); i++ {
		value := valueOf(random[i])
		weighed += (i + 1) * value
		plain += value
	}
	return alphabet[weighed%len(alphabet)], alphabet[(weighed+plain)%len(alphabet)]
}

// valueOf is a character's place in the alphabet.
func valueOf(c byte) int {
	if c <= '9' {
		return int(c - '0')
	}
	n := int(c-'A') + 10
	for _, left := range []byte("ILO") {
		if c > left {
			n--
		}
	}
	if c > 'U' {
		n--
	}
	return n
}

func alphanumeric(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !digit(c) && !letter(c) {
			return false
		}
	}
	return true
}

func printable(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !digit(c) && !letter(c) && c != '-' && c != '.' && c != '_' && c != '/' {
			return false
		}
	}
	return true
}

func digit(c byte) bool  { return c >= '0' && c <= '9' }
func letter(c byte) bool { return c >= 'A' && c <= 'Z' }
