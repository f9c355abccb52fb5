package pages

import (
	"slices"

	"github.com/a-h/templ"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// DocumentForm is what POST /parcels/{n}/id/document takes beside the pictures
// (files front, back and permit).
type DocumentForm struct {
	DocType        string `form:"doc_type"`
	DocNumber      string `form:"doc_number"`
	ExpiryDay      string `form:"expiry_day"`
	ExpiryMonth    string `form:"expiry_month"`
	ExpiryYear     string `form:"expiry_year"`
	LongTerm       string `form:"expiry_long_term"` // "yes" when ticked
	IssuingCountry string `form:"issuing_country"`
	MRZ            string `form:"mrz"`
	EZWay          string `form:"ezway_registered"` // "yes" when ticked
}

// KeptPicture is a picture that was accepted, as its owner sees it.
type KeptPicture struct {
	Slot customs.Slot
	// URL leads to a small copy, watermarked where it is a preview.
	URL           string
	Width, Height int
}

// DocumentPage is the second step: the document, or what stands for one.
type DocumentPage struct {
	Parcel IdentityParcel
	// Document is what is asked now, Choices all that would serve the person.
	Document customs.DocumentRule
	Choices  []customs.DocumentRule
	Form     DocumentForm
	Kept     []KeptPicture
	Problems fault.Invalid
	// Reason and Only are as in PersonPage; pictures are named by their slots.
	Reason customs.Reason
	Only   []string
	// Busy says that too many pictures are being looked at just now.
	Busy bool
}

func (p DocumentPage) doc() string { return string(p.Document.Doc) }

// words puts the side in front of what is wrong with a picture, since the same
// may be wrong with two.
func (p DocumentPage) words(l *locale.Locale) func(fault.Problem) string {
	return func(one fault.Problem) string {
		text := flawText(l, one, p.doc())
		if p.Document.Takes(customs.Slot(one.Field)) {
			return l.T("id.picture.line", "picture", p.pictureName(l, customs.Slot(one.Field)), "text", text)
		}
		return text
	}
}

func (p DocumentPage) head(l *locale.Locale) identityHead {
	h := stepHead(p.Parcel, 2, p.Problems, p.words(l))
	h.Title, h.Halt = docName(l, p.Document.Doc), busyHalt(l, p.Busy)
	if p.Only == nil { // else the refusal says what to do
		h.Lead = l.T(p.lead(l))
	}
	return h
}

func (p DocumentPage) lead(l *locale.Locale) string {
	if key := "id.document.lead." + p.doc(); l.Has(key) {
		return key
	}
	return "id.document.lead"
}

// asks tells whether the page shows a field that the rule asks so for.
func (p DocumentPage) asks(ask customs.Ask, field string) bool {
	whole := p.Only == nil || slices.Contains(p.Only, customs.FieldDocType)
	return ask != customs.Never && (whole || slices.Contains(p.Only, field))
}

func (p DocumentPage) number(l *locale.Locale) components.Field {
	f := components.Field{
		Name: customs.FieldDocNumber, Label: l.T("id.number"), Value: p.Form.DocNumber, Autocomplete: "off", Max: 60,
		Hint: l.T("id.number.hint", "example", customs.Example(p.Document.Doc)), Error: flawOf(l, p.Problems, p.doc(), customs.FieldDocNumber),
	}
	if key := "id.number." + p.doc(); l.Has(key) {
		f.Label = l.T(key)
	}
	if key := "id.number.hint." + p.doc(); l.Has(key) {
		f.Hint = l.T(key, "example", customs.Example(p.Document.Doc))
	}
	return f
}

// expiry asks for the last day in the order in which the language writes days.
func (p DocumentPage) expiry(l *locale.Locale) components.Group {
	g := components.Group{
		Name: "expiry", Legend: l.T("id.expiry"), Hint: l.T("id.expiry.hint"),
		Error: flawOf(l, p.Problems, p.doc(), customs.FieldExpiryDay, customs.FieldExpiryMonth, customs.FieldExpiryYear),
	}
	if key := "id.expiry.hint." + p.doc(); l.Has(key) {
		g.Hint = l.T(key)
	}
	part := func(name, label, value string, most int) components.Field {
		return components.Field{Name: name, Label: l.T(label), Value: value, InputMode: "numeric", Autocomplete: "off", Max: most, Invalid: g.Error != ""}
	}
	g.Parts = []components.Field{
		part(customs.FieldExpiryYear, "id.expiry.year", p.Form.ExpiryYear, 4),
		part(customs.FieldExpiryMonth, "id.expiry.month", p.Form.ExpiryMonth, 2),
		part(customs.FieldExpiryDay, "id.expiry.day", p.Form.ExpiryDay, 2),
	}
	if l.Language() == locale.English {
		slices.Reverse(g.Parts)
	}
	return g
}

func (p DocumentPage) longTerm(l *locale.Locale) components.Tick {
	return components.Tick{Name: "expiry_long_term", Label: l.T("id.expiry.long"), Ticked: p.Form.LongTerm != ""}
}

func (p DocumentPage) zone(l *locale.Locale) components.Field {
	return components.Field{
		Name: customs.FieldZone, Label: l.T("id.mrz"), Hint: l.T("id.mrz.hint"), Value: p.Form.MRZ, Rows: 3,
		Autocomplete: "off", Error: flawOf(l, p.Problems, p.doc(), customs.FieldZone), Max: 400,
	}
}

func (p DocumentPage) issuer(l *locale.Locale) components.Choice {
	return components.Choice{
		Name: customs.FieldIssuer, Label: l.T("id.issuing_country"), Chosen: p.Form.IssuingCountry,
		Options: append([]components.Option{{Value: "", Words: l.T("id.choose")}}, nations(l, "US")...),
		Error:   flawOf(l, p.Problems, "", customs.FieldIssuer),
	}
}

func (p DocumentPage) ezway(l *locale.Locale) components.Tick {
	return components.Tick{
		Name: customs.FieldEZWay, Label: l.T("id.ezway_registered"), Ticked: p.Form.EZWay != "",
		Error: flawOf(l, p.Problems, "", customs.FieldEZWay),
	}
}

// pictures are the questions for each side, one control each.
func (p DocumentPage) pictures(l *locale.Locale) (all []components.Upload) {
	for _, slot := range p.Document.Pictures {
		if !p.asks(customs.Must, string(slot)) {
			continue
		}
		u := components.Upload{
			Name: string(slot), Label: p.pictureName(l, slot), Hint: l.T("id.picture.hint"), Drawing: p.drawing(slot),
			Error: flawOf(l, p.Problems, p.doc(), string(slot)), Replace: l.T("id.picture.replace"),
		}
		if i := slices.IndexFunc(p.Kept, func(k KeptPicture) bool { return k.Slot == slot }); i >= 0 {
			k := p.Kept[i]
			u.Hint = ""
			u.Kept = components.Picture{URL: k.URL, Words: u.Label, Note: l.T("id.picture.kept"), Width: k.Width, Height: k.Height}
		}
		all = append(all, u)
	}
	return all
}

func (p DocumentPage) pictureName(l *locale.Locale, slot customs.Slot) string {
	return pictureName(l, p.Document.Doc, slot)
}

// pictureName is what a picture shows: "Resident ID card, portrait side".
func pictureName(l *locale.Locale, doc customs.DocType, slot customs.Slot) string {
	key := "id.picture." + string(slot)
	if own := "id.picture." + string(doc) + "." + string(slot); l.Has(own) {
		key = own
	}
	return l.T(key)
}

// drawing shows what a good picture of a side holds.
func (p DocumentPage) drawing(slot customs.Slot) templ.Component {
	book := p.Document.Doc == customs.Passport || p.Document.Doc == customs.CNResidence
	switch {
	case slot == customs.Permit:
		return drawPermit()
	case book:
		return drawPassport()
	case p.Document.Doc == customs.CNID && slot == customs.Back:
		return drawEmblem()
	case p.Document.Doc == customs.CNID:
		return drawPortrait()
	case slot == customs.Back:
		return drawBack()
	}
	return drawFront()
}
