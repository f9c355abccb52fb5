package pages

import (
	"slices"
	"strings"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// CaseForm is what POST /staff/ids/{id}/decision takes.
type CaseForm struct {
	Decision string `form:"decision"` // accept or refuse
	Reason   string `form:"reason_code"`
	Note     string `form:"note"` // for the staff alone
	// Again are the parts to be given again, each a tick "part_<name>"; none means
	// those that the reason usually asks.
	Again []string
}

// ViewForm is what POST /staff/ids/{id}/view takes.
type ViewForm struct {
	Reason string `form:"reason"`
}

// StaffIDPage is one case: document, declared data and checks side by side.
type StaffIDPage struct {
	Case IdentityCase
	// Papers is the consignee as the parcel names them.
	Papers shipment.Party
	// Given is what is known of the document; all of what the person gave, with the
	// whole number in Clear, only until ClearUntil, after the reader stated a reason.
	Given      Given
	Clear      string
	Pictures   []KeptPicture
	ClearUntil time.Time
	Warnings   customs.Warnings
	// Askable are the parts that a refusal may ask again.
	Askable []string
	// Others are what else was handed in for the parcel, Notes what the staff wrote.
	Others   []IdentityCase
	Notes    []customs.Note
	Looks    []IdentityLook
	Form     CaseForm
	View     ViewForm
	Problems fault.Invalid
	// Lost says that it was too late: "taken" by somebody else, "decided", or "gone".
	Lost string
}

// ViewReasons are the codes under which the staff may ask for clear data.
func ViewReasons() []string { return []string{"review", "customs", "owner", "fraud"} }

func (p StaffIDPage) path(rest string) string { return staffIDPath(p.Case.ID, rest) }

// open tells whether the reader sees the document as it is.
func (p StaffIDPage) open() bool { return !p.ClearUntil.IsZero() }

// viewable tells whether the reader may ask to see it.
func (p StaffIDPage) viewable() bool {
	return p.Case.Mine && p.Case.State == customs.Review || p.Case.State == customs.Accepted || p.Case.State == customs.Refused
}

// notable tells whether a note can be written apart from a decision.
func (p StaffIDPage) notable() bool {
	return !(p.Case.Mine && p.Case.State == customs.Review) && p.Case.ErasedAt.IsZero()
}

func (p StaffIDPage) lost(l *locale.Locale) string {
	switch p.Lost {
	case "taken":
		return l.T("staff.ids.conflict")
	case "":
		return ""
	}
	return l.T("staff.ids.lost." + p.Lost)
}

func (p StaffIDPage) view(l *locale.Locale) components.Choice {
	reasons := ViewReasons()
	if p.Case.State != customs.Review { // it has been reviewed
		reasons = reasons[1:]
	}
	return p.choice(l, "reason", "staff.ids.view.reason", "id.view.", p.View.Reason, reasons)
}

func (p StaffIDPage) reason(l *locale.Locale) components.Choice {
	var codes []string
	for code := range customs.Reasons() {
		codes = append(codes, string(code))
	}
	slices.Sort(codes)
	return p.choice(l, "reason_code", "staff.ids.reason", "staff.ids.reason.", p.Form.Reason, codes)
}

func (p StaffIDPage) choice(l *locale.Locale, name, label, prefix, chosen string, values []string) components.Choice {
	c := components.Choice{Name: name, Label: l.T(label), Chosen: chosen, Error: problemText(l, p.Problems, name)}
	c.Options = append(c.Options, components.Option{Words: l.T("id.choose")})
	for _, v := range values {
		c.Options = append(c.Options, components.Option{Value: v, Words: l.T(prefix + v)})
	}
	return c
}

// parts are the boxes of what the person gives again.
func (p StaffIDPage) parts(l *locale.Locale) []components.Tick {
	list := make([]components.Tick, len(p.Askable))
	for i, part := range p.Askable {
		list[i] = components.Tick{Name: "part_" + part, Label: p.part(l, part), Ticked: slices.Contains(p.Form.Again, part)}
	}
	return list
}

// part names a field or picture of the form.
func (p StaffIDPage) part(l *locale.Locale, field string) string {
	switch field {
	case customs.FieldDocType:
		return l.T("id.document")
	case customs.FieldDocNumber:
		return l.T("id.number")
	case customs.FieldExpiryDay:
		return l.T("id.expiry")
	case string(customs.Front), string(customs.Back), string(customs.Permit):
		return pictureName(l, p.Given.Doc, customs.Slot(field))
	}
	return l.T("id." + field)
}

// odd words a warning for the staff: what it is about, and what is odd.
func (p StaffIDPage) odd(l *locale.Locale, w fault.Problem) string {
	key := "staff.ids.flaw." + w.Key[strings.LastIndexByte(w.Key, '.')+1:]
	if !l.Has(key) {
		return flawText(l, w, string(p.Given.Doc))
	}
	return l.T("id.picture.line", "picture", p.part(l, w.Field), "text", l.T(key))
}

func (p StaffIDPage) note(l *locale.Locale) components.Field {
	return components.Field{
		Name: "note", Label: l.T("staff.ids.note"), Hint: l.T("staff.ids.note.hint"), Value: p.Form.Note, Rows: 2, Max: 500,
		Error: problemText(l, p.Problems, "note"),
	}
}

func (p StaffIDPage) erase(l *locale.Locale) components.Tick {
	return components.Tick{Name: "erase_asked", Label: l.T("staff.ids.erase.asked"), Error: problemText(l, p.Problems, "erase_asked")}
}

// facts are the document as it was given, the number whole while it is open.
func (p StaffIDPage) facts(l *locale.Locale) []components.Fact {
	var facts factList
	number := p.Given.Number
	if p.open() && p.Clear != "" {
		number = p.Clear
	}
	if number != "" {
		facts = append(facts, components.Fact{Name: l.T("id.number"), Value: number, Code: true})
	}
	facts.add(l.T("id.expiry"), validity(l, p.Given))
	if p.Given.Issuer != "" {
		facts.add(l.T("id.issuing_country"), l.Country(p.Given.Issuer))
	}
	if p.Given.EZWay {
		facts.add(l.T("staff.ids.given"), l.T("staff.ids.ezway"))
	}
	facts.add(l.T("staff.ids.reference"), p.Case.Reference)
	return facts
}

// side is a picture with whose eyes are on it.
func (p StaffIDPage) side(l *locale.Locale, k KeptPicture) components.Picture {
	name := pictureName(l, p.Given.Doc, k.Slot)
	return components.Picture{URL: k.URL, Words: name, Note: name, Width: k.Width, Height: k.Height}
}

// declaredRow is what the parcel's papers say beside what was given.
type declaredRow struct {
	name, papers, given string
	// fits and differs tell what is known of both; neither where nobody can tell.
	fits, differs bool
}

// declared sets the papers beside the person's own data. While the case is shut,
// the papers are masked and of the person nothing is known but what the checks said.
func (p StaffIDPage) declared(l *locale.Locale) []declaredRow {
	var rows []declaredRow
	put := func(field, papers, masked, given string, same bool) {
		row := declaredRow{name: l.T("id." + field), papers: papers, given: given, fits: p.open() && same}
		row.differs = !row.fits && slices.ContainsFunc(p.Warnings, func(w fault.Problem) bool {
			return w.Field == field && strings.HasSuffix(w.Key, "."+string(customs.FlawDiffers))
		})
		if !p.open() {
			row.papers, row.given = masked, ""
		}
		if row.papers != "" || row.given != "" {
			rows = append(rows, row)
		}
	}
	a, b := p.Papers, p.Given
	put(customs.FieldNameLocal, a.Name, maskName(a.Name), b.Name, sameNames(a.Name, b.Name))
	put(customs.FieldNameLatin, a.NameLatin, maskName(a.NameLatin), b.NameLatin, sameNames(a.NameLatin, b.NameLatin))
	if b.Nationality != "" {
		put(customs.FieldNationality, "", "", l.Country(b.Nationality), false)
	}
	phone, _ := customs.ReadPhone(p.Case.Country, a.Phone)
	put(customs.FieldPhone, a.Phone, maskPhone(a.Phone, p.Case.Country), b.Phone, phone != "" && phone == b.Phone)
	code, _ := customs.ReadPostcode(p.Case.Country, a.Postcode)
	put(customs.FieldPostcode, a.Postcode, a.Postcode, b.Postcode, code != "" && code == b.Postcode)
	return rows
}

func sameNames(a, b string) bool { return a != "" && b != "" && customs.SameName(a, b) }

// casePapers leads to everything that is known of the parcel.
func casePapers(s layouts.Shell, c IdentityCase) string { return staffAddress(s, c.Waybill) }
