package customs

import (
	"slices"

	"ecms/portal/internal/fault"
)

// The names of the form's fields, as pages and problems call them.
const (
	FieldNameLocal   = "name_local"
	FieldNameLatin   = "name_latin"
	FieldNationality = "nationality"
	FieldPhone       = "phone"
	FieldPostcode    = "postcode"
	FieldNameConsent = "name_consent"
	FieldDocType     = "doc_type"
	FieldDocNumber   = "doc_number"
	FieldExpiryDay   = "expiry_day"
	FieldExpiryMonth = "expiry_month"
	FieldExpiryYear  = "expiry_year"
	FieldIssuer      = "issuing_country"
	FieldZone        = "mrz"
	FieldEZWay       = "ezway_registered"
	FieldCustoms     = "consent_customs"
	FieldKeep        = "consent_keep"
	FieldTransfer    = "consent_transfer"
)

// The flaws of fields, beside those of numbers and zones.
const (
	FlawLong    Flaw = "long"    // more characters than any name or number has
	FlawDigits  Flaw = "digits"  // a digit in a name
	FlawCompany Flaw = "company" // a company's name for a person's parcel
	FlawTitle   Flaw = "title"   // Mr, 先生, 님 and the like beside a name
	FlawScript  Flaw = "script"  // a name in a script that customs there does not take
	FlawDiffers Flaw = "differs" // not what stands on the parcel, or in the other field
	FlawPlace   Flaw = "place"   // of another country
	FlawMobile  Flaw = "mobile"  // a phone that takes no text messages
	FlawOld     Flaw = "old"     // a form that is no longer in use
	FlawPast    Flaw = "past"    // expired
	FlawSoon    Flaw = "soon"    // expires within 30 days
	FlawFar     Flaw = "far"     // further away than any document is valid
	FlawWho     Flaw = "who"     // a document that serves other people
	FlawUnused  Flaw = "unused"  // a picture that nobody asks for
	FlawExpiry  Flaw = "expiry"  // another day than the field for it says
	FlawNumber  Flaw = "number"  // another number than the field for it says
	FlawIssuer  Flaw = "issuer"  // another state than the field for it says
	FlawName    Flaw = "name"    // another name than the field for it says
	FlawSame    Flaw = "same"    // the same picture twice
	FlawUnusual Flaw = "unusual" // not how that state usually writes its numbers
)

// Warnings are what is odd about a form and blocks nothing.
type Warnings []fault.Problem

// problems gathers what is wrong and what is odd, in the form's order.
type problems struct {
	wrong fault.Invalid
	odd   Warnings
}

// key is the message key of a field's flaw. The three boxes of a date are one
// field to the reader.
func key(field string, flaw Flaw) string {
	if field == FieldExpiryDay || field == FieldExpiryMonth || field == FieldExpiryYear {
		field = "expiry"
	}
	return "id." + field + "." + string(flaw)
}

func (p *problems) refuse(field string, flaw Flaw, args ...string) {
	p.wrong = append(p.wrong, fault.Problem{Field: field, Key: key(field, flaw), Args: args})
}

func (p *problems) warn(field string, flaw Flaw, args ...string) {
	p.odd = append(p.odd, fault.Problem{Field: field, Key: key(field, flaw), Args: args})
}

// err is nil when nothing is wrong.
func (p *problems) err() error {
	if len(p.wrong) == 0 {
		return nil
	}
	return p.wrong
}

// Keys lists every message key that a check of these forms can end in, refusals
// and warnings, so that the catalogue can be held to it.
func Keys() []string {
	name := []Flaw{FlawEmpty, FlawLong, FlawDigits, FlawCompany, FlawTitle, FlawScript, FlawForm, FlawDiffers}
	picture := []Flaw{FlawEmpty, FlawSame, FlawUnused, "big", "kind", "heic", "pdf", "pixels", "heavy", "small", "broken", "blurred", "shape", "dark"}
	flaws := map[string][]Flaw{
		FieldNameLocal: name, FieldNameLatin: name,
		FieldNationality: {FlawEmpty, FlawForm},
		FieldPhone:       {FlawEmpty, FlawForm, FlawPlace, FlawMobile, FlawDiffers},
		FieldPostcode:    {FlawEmpty, FlawForm, FlawOld, FlawDiffers},
		FieldDocType:     {FlawEmpty, FlawWho},
		FieldDocNumber: {FlawEmpty, FlawLength, FlawForm, FlawCheck, FlawDate, FlawFuture, FlawRegion, FlawOldFifteen, FlawOldPermit,
			FlawUnsureCheck, FlawSerial, FlawUnusual},
		FieldExpiryDay: {FlawEmpty, FlawDate, FlawPast, FlawSoon, FlawFar},
		FieldIssuer:    {FlawEmpty, FlawForm},
		FieldZone: {FlawLines, FlawCharacters, FlawKind, FlawForm, FlawDate, FlawNumberCheck, FlawBirthCheck, FlawExpiryCheck, FlawPersonalCheck,
			FlawWholeCheck, FlawNumber, FlawExpiry, FlawIssuer, FlawName},
		FieldEZWay:    {FlawEmpty},
		string(Front): picture, string(Back): picture, string(Permit): picture,
		FieldCustoms: {FlawEmpty}, FieldTransfer: {FlawEmpty},
	}
	for _, f := range guarded() {
		flaws[f] = append(slices.Clone(flaws[f]), FlawResidentNumber)
	}
	var keys []string
	for field, list := range flaws {
		for _, flaw := range list {
			keys = append(keys, key(field, flaw))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
