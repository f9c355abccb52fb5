package pages

import (
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// IdentityLinkPage asks for the second fact behind the link of a parcel.
type IdentityLinkPage struct {
	Waybill shipment.Waybill
	Country string
	// PhoneLast4 is what was typed; the form posts to its own address.
	PhoneLast4 string
	Problems   fault.Invalid
	// LockedFor is how long it stays shut after too many wrong tries.
	LockedFor time.Duration
}

// IdentityLinkForm is what POST /p/{key} takes.
type IdentityLinkForm struct {
	PhoneLast4 string `form:"phone_last4"`
}

func (p IdentityLinkPage) head(l *locale.Locale) identityHead {
	h := stepHead(IdentityParcel{}, 0, p.Problems, func(one fault.Problem) string { return flawText(l, one, "") })
	h.Title, h.Lead = l.T("id.link.title"), l.T("id.link.lead", "country", l.Country(p.Country))
	if p.LockedFor > 0 {
		h.Halt.Text = l.T("unlock.locked", "wait", l.Wait(p.LockedFor))
	}
	return h
}

func (p IdentityLinkPage) field(l *locale.Locale) components.Field {
	return components.Field{
		Name: "phone_last4", Label: l.T("unlock.phone_last4"), Hint: l.T("unlock.phone_last4.hint"), Value: p.PhoneLast4,
		InputMode: "numeric", Autocomplete: "off", Max: 12, Short: true, Error: problemText(l, p.Problems, "phone_last4"),
	}
}

// IdentityShut tells why a parcel's identity can't be given here.
type IdentityShut string

// The reasons.
const (
	ShutSpent    IdentityShut = "spent"     // the link expired, was revoked or never was
	ShutNoRight  IdentityShut = "no_right"  // neither link, second fact nor account opens the parcel
	ShutNotAsked IdentityShut = "not_asked" // customs there asks for no identity, or the parcel is through
)
