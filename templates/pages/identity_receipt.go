package pages

import (
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// GivenConsent is a consent on a receipt.
type GivenConsent struct {
	Kind    string // customs, keep or transfer
	Version string
	At      time.Time
	// WithdrawnAt is zero while it stands.
	WithdrawnAt time.Time
}

// ReceiptPage is the paper that shows what was given, masked.
type ReceiptPage struct {
	Parcel   IdentityParcel
	Identity Identity
	Given    Given
	// Pictures counts them; they are not shown again.
	Pictures int
	Consents []GivenConsent
}

func (p ReceiptPage) facts(l *locale.Locale) []components.Fact {
	page := IdentityPage{Parcel: p.Parcel, Identity: p.Identity}
	facts := page.facts(l)
	for _, a := range (CheckPage{Parcel: p.Parcel, Given: p.Given}).answers(l) {
		facts = append(facts, components.Fact{Name: a.name, Value: a.value})
	}
	if p.Pictures > 0 {
		facts = append(facts, components.Fact{Name: l.T("id.check.pictures"), Value: l.N("id.receipt.pictures", p.Pictures)})
	}
	return facts
}
