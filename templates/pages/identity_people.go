package pages

import (
	"net/url"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// PeoplePage lists the saved people of an account.
type PeoplePage struct{ People []SavedPerson }

// PersonUse is one parcel that a saved person was used for.
type PersonUse struct {
	Waybill shipment.Waybill
	Country string
	// At is when it was sent, HandedAt when the country's broker got it; zero while
	// nobody did.
	At, HandedAt time.Time
}

// IdentityLook is one time that somebody saw or handled an identity.
type IdentityLook struct {
	At   time.Time
	Role customs.Role
	// Name is whose look it was; only the staff's own pages show it.
	Name string
	// What was done: customs.WhatView ... or a state; Reason is why, a code or as typed.
	What, Reason string
	Waybill      shipment.Waybill
}

// SavedPersonPage is one saved person: what is kept, who used and who saw it.
type SavedPersonPage struct {
	Person SavedPerson
	Uses   []PersonUse
	Looks  []IdentityLook
	// Consent is the one to keep the data.
	Consent GivenConsent
	// Blocked are the parcels whose own copy of the data customs still needs: it
	// stays when all else is erased.
	Blocked []shipment.Waybill
	// Zone is the clock that moments are shown by; nil is UTC.
	Zone *time.Location
}

func (p SavedPersonPage) when(l *locale.Locale, at time.Time) string {
	return (Identity{Zone: p.Zone}).when(l, at)
}

// personPath is where a saved person stands in the account.
func personPath(id, rest string) string { return "/account/people/" + url.PathEscape(id) + rest }

func (p SavedPersonPage) facts(l *locale.Locale) []components.Fact {
	one := p.Person
	facts := []components.Fact{{Name: l.T("id.parcel.to"), Value: l.Country(one.Country)}, {Name: l.T("id.document"), Value: docName(l, one.Doc)}}
	put := func(key, value string, code bool) {
		if value != "" {
			facts = append(facts, components.Fact{Name: l.T(key), Value: value, Code: code})
		}
	}
	put("id.number", one.Masked, true)
	if one.ValidTo != "" {
		put("id.expiry", l.Day(string(one.ValidTo)), false)
	}
	if one.LastUsed != "" {
		put("id.used", l.Day(string(one.LastUsed)), false)
	}
	put("id.keep.until", l.Day(string(one.KeepUntil)), false)
	put("id.consent.short", l.T("id.consent.given", "when", p.when(l, p.Consent.At), "version", p.Consent.Version), false)
	return facts
}

// lookWords tells a look in a line: what was done, and why where that was asked.
func lookWords(l *locale.Locale, look IdentityLook) string {
	what := l.T("id.look." + look.What)
	reason, key := look.Reason, "id.view."+look.Reason
	switch {
	case reason == "" || look.Role == customs.Portal || look.What == reason:
		return what
	case l.Has(key):
		reason = l.T(key)
	case look.Role != customs.Staff: // a word of our own, of which the deed says enough
		return what
	}
	return l.T("id.look.reason", "what", what, "reason", reason)
}

// clockWords words a moment by a page's clock.
type clockWords = func(l *locale.Locale, at time.Time) string
