package pages

import (
	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// ConsentVersion names the wording of the three consents; it is kept with each.
// Whoever changes a word of them gives it a new one: a test holds both together.
const ConsentVersion = "2026-11-22"

// ConsentForm is what POST /parcels/{n}/id/submit takes. Nothing is ticked
// beforehand; a tick is "yes".
type ConsentForm struct {
	Customs  string `form:"consent_customs"`
	Keep     string `form:"consent_keep"`
	Transfer string `form:"consent_transfer"`
	// Email is where who has no account gets the code that opens what was kept.
	Email string `form:"email"`
	// FormID is the form's own number, so that sending twice does nothing twice.
	FormID string `form:"form_id"`
}

// Given are the person's answers as they may be shown again.
type Given struct {
	Name, NameLatin string
	// Nationality and Issuer are ISO 3166-1 alpha-2, empty where nobody asked.
	Nationality, Issuer string
	// Phone and Number are masked.
	Phone, Number string
	Postcode      string
	Doc           customs.DocType
	ValidTo       shipment.Date
	LongTerm      bool
	EZWay         bool
}

// CheckPage is the third step: look at everything once more, agree and send.
type CheckPage struct {
	Parcel   IdentityParcel
	Given    Given
	Pictures []KeptPicture // as they go to customs: watermarked
	Warnings customs.Warnings
	Form     ConsentForm
	Problems fault.Invalid
	// Transfer asks for the consent to send data abroad; Keep offers to keep them,
	// which a saved person already is; Email asks for an address to keep them under.
	Transfer, Keep, Email bool
	Busy                  bool
}

func (p CheckPage) words(l *locale.Locale) func(fault.Problem) string {
	return func(one fault.Problem) string { return flawText(l, one, "") }
}

func (p CheckPage) head(l *locale.Locale) identityHead {
	h := stepHead(p.Parcel, identitySteps, p.Problems, p.words(l))
	h.Title, h.Lead, h.Halt = l.T("id.check.title"), l.T("id.check.lead"), busyHalt(l, p.Busy)
	return h
}

// givenRow is one row of what was given, and the step where it can be changed.
type givenRow struct{ name, value, step string }

// answers are the rows in the form's order.
func (p CheckPage) answers(l *locale.Locale) []givenRow {
	g := p.Given
	var rows []givenRow
	put := func(step, key, value string) {
		if value != "" {
			rows = append(rows, givenRow{l.T(key), value, step})
		}
	}
	person, document := "/id/person", "/id/document"
	put(person, "id.name_local", g.Name)
	put(person, "id.name_latin", g.NameLatin)
	if g.Nationality != "" && g.Nationality != p.Parcel.Country {
		put(person, "id.nationality", l.Country(g.Nationality))
	}
	put(person, "id.phone", g.Phone)
	put(person, "id.postcode", g.Postcode)
	put(document, "id.document", docName(l, g.Doc))
	put(document, "id.number", g.Number)
	if g.Issuer != "" {
		put(document, "id.issuing_country", l.Country(g.Issuer))
	}
	put(document, "id.expiry", validity(l, g))
	return rows
}

// validity is how long the document is good for, in words.
func validity(l *locale.Locale, g Given) string {
	if g.LongTerm {
		return l.T("id.expiry.long")
	}
	if g.ValidTo == "" {
		return ""
	}
	return l.Day(string(g.ValidTo))
}

// odd words a warning, with its field's name in front where that is a picture.
func (p CheckPage) odd(l *locale.Locale, w fault.Problem) string {
	for _, k := range p.Pictures {
		if string(k.Slot) == w.Field {
			return l.T("id.picture.line", "picture", pictureName(l, p.Given.Doc, k.Slot), "text", flawText(l, w, ""))
		}
	}
	return flawText(l, w, string(p.Given.Doc))
}

// consent is one of the three, with why it is asked.
type consent struct {
	tick components.Tick
	why  string
}

func (p CheckPage) consents(l *locale.Locale) []consent {
	country := l.Country(p.Parcel.Country)
	one := func(name, key, ticked string) consent {
		return consent{
			components.Tick{
				Name: name, Label: l.T("id."+key, "country", country), Ticked: ticked != "",
				Error: flawOf(l, p.Problems, "", name),
			},
			l.T("id."+key+".why", "country", country),
		}
	}
	list := []consent{one(customs.FieldCustoms, "consent.customs", p.Form.Customs)}
	if p.Transfer {
		list = append(list, one(customs.FieldTransfer, "consent.transfer", p.Form.Transfer))
	}
	if p.Keep {
		list = append(list, one(customs.FieldKeep, "consent.keep", p.Form.Keep))
	}
	return list
}

func (p CheckPage) email(l *locale.Locale) components.Field {
	f := emailField(l, p.Form.Email, "email", p.Problems)
	f.Label, f.Hint = l.T("id.keep.email"), l.T("id.keep.email.hint")
	return f
}

// preview is a picture as it goes to customs.
func (p CheckPage) preview(l *locale.Locale, k KeptPicture) components.Picture {
	name := pictureName(l, p.Given.Doc, k.Slot)
	return components.Picture{URL: k.URL, Words: name, Note: name, Width: k.Width, Height: k.Height}
}
