// Package customs holds what customs must know of a consignee: which document
// each country asks of whom, how its number is checked, and what became of it.
package customs

import (
	"log/slog"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/shipment"
)

// DocType is a kind of document, or a registration that stands for one.
type DocType string

// The documents that consignees in China, Korea and Taiwan are known by.
const (
	CNID           DocType = "cn_id"            // resident identity card, 居民身份证
	CNPermanent    DocType = "cn_pr"            // permanent resident's card of a foreigner
	CNResidence    DocType = "cn_residence"     // residence permit in a foreign passport
	CNHMTResidence DocType = "cn_hmt_residence" // residence permit for Hong Kong, Macau and Taiwan residents
	CNHMPermit     DocType = "cn_hm_permit"     // mainland travel permit for Hong Kong and Macau residents
	CNTWPermit     DocType = "cn_tw_permit"     // mainland travel permit for Taiwan residents
	Passport       DocType = "passport"
	KRCode         DocType = "kr_pccc"  // personal customs clearance code, 개인통관고유부호
	TWEZWay        DocType = "tw_ezway" // registered in EZ WAY, 易利委: no number
	TWID           DocType = "tw_id"    // national identity card
	TWResident     DocType = "tw_arc"   // resident certificate, old and new numbers
)

// Flaw says why a number is refused, or what is odd about it. It is the end of a
// message key and never holds what was typed.
type Flaw string

// The flaws that numbers of several documents share.
const (
	FlawEmpty  Flaw = "empty"
	FlawLength Flaw = "length" // too few or too many characters
	FlawForm   Flaw = "form"   // a letter or digit where the other is due
	FlawCheck  Flaw = "check"  // the check character does not fit: a typing error
	FlawDate   Flaw = "date"   // a day that does not exist
	FlawFuture Flaw = "future" // a day of birth that is yet to come
	FlawRegion Flaw = "region" // begins with a place that is none
)

// Number is a document's number in its one canonical spelling. It shows itself
// masked wherever it is printed, logged or encoded; Clear gives all of it.
type Number struct {
	doc   DocType
	value string
}

// Read checks what somebody typed as the number of a document. The flaw is empty
// for a number that may stand; warnings never block. Today decides which days of
// birth are still to come: a local date at the destination.
func Read(doc DocType, typed string, today shipment.Date) (n Number, warnings []Flaw, flaw Flaw) {
	value := canonical(typed)
	if value == "" {
		return Number{}, nil, FlawEmpty
	}
	if doc == KRCode && IsResidentNumber(typed) {
		return Number{}, nil, FlawResidentNumber
	}
	if warnings, flaw = check(doc, value, today); flaw != "" {
		return Number{}, nil, flaw
	}
	return Number{doc, value}, warnings, ""
}

// check holds a canonical number to its document's rule.
func check(doc DocType, n string, today shipment.Date) (warnings []Flaw, flaw Flaw) {
	switch doc {
	case CNID:
		return nil, checkCNID(n, today)
	case CNPermanent:
		return checkCNPermanent(n, today)
	case CNHMTResidence:
		return nil, checkCNHMTResidence(n, today)
	case CNHMPermit:
		return checkCNHMPermit(n)
	case CNTWPermit:
		return nil, count(n, 8) // as on the card now in use
	case Passport, CNResidence: // the permit is a page of the passport
		return nil, checkPassport(n)
	case KRCode:
		return nil, checkKRCode(n)
	case TWID:
		return nil, checkTWID(n)
	case TWResident:
		return nil, checkTWResident(n)
	}
	return nil, FlawForm
}

// canonical is how a number is kept: letters of full width and small ones made
// plain capitals, without spaces, dashes and what cannot be seen.
func canonical(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFKC.String(typed))
}

// Doc is the document that the number is of.
func (n Number) Doc() DocType { return n.doc }

// Clear is the whole number, for sealing and for the broker alone.
func (n Number) Clear() string { return n.value }

// String masks the number as Mask does.
func (n Number) String() string { return Mask(n.doc, n.value) }

// GoString masks the number for %#v too.
func (n Number) GoString() string { return "customs.Number(" + n.String() + ")" }

// LogValue masks the number in logs.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.String()) }

// MarshalText masks the number in JSON and other encodings.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }
