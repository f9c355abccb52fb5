package shipment

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/fault"
)

// SecondFact is what a holder of a parcel knows beside its number. Exactly one
// is tried: the first that is filled.
type SecondFact struct{ PhoneLast4, Postcode, OrderNo string }

// ErrWrongFact says that the second fact does not belong to the number.
var ErrWrongFact = fmt.Errorf("wrong second fact: %w", fault.ErrForbidden)

// facts are a parcel's own, to compare a second fact with.
type facts struct {
	Waybill  Waybill `db:"waybill"`
	Phone    string  `db:"consignee_phone"`
	Postcode string  `db:"consignee_postcode"`
	OrderNo  string  `db:"order_no"`
}

// Empty tells that no fact was typed at all.
func (f SecondFact) Empty() bool { return f.typed() == (SecondFact{}) }

// typed is the one fact to try, as it is compared.
func (f SecondFact) typed() SecondFact {
	if s := digitsOf(f.PhoneLast4); s != "" {
		return SecondFact{PhoneLast4: s}
	}
	if s := postcodeOf(f.Postcode); s != "" {
		return SecondFact{Postcode: s}
	}
	return SecondFact{OrderNo: orderOf(f.OrderNo)}
}

// fits compares one fact in the same time whether it is right or wrong.
func (f SecondFact) fits(p facts) bool {
	t := f.typed()
	switch {
	case t.PhoneLast4 != "":
		phone := digitsOf(p.Phone)
		return len(phone) >= 4 && len(t.PhoneLast4) == 4 && same(phone[len(phone)-4:], t.PhoneLast4)
	case t.Postcode != "":
		return same(postcodeOf(p.Postcode), t.Postcode)
	case t.OrderNo != "":
		return same(orderOf(p.OrderNo), t.OrderNo)
	}
	return false
}

func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// digitsOf reads digits of any width, whatever stands between them.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

func postcodeOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || isDash(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFKC.String(s))
}

func orderOf(s string) string { return strings.TrimSpace(norm.NFKC.String(s)) }
