package pages

import (
	"net/url"
	"slices"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// IdentityCase is one identity in the queue of the staff.
type IdentityCase struct {
	ID      string
	Waybill shipment.Waybill
	Country string
	Doc     customs.DocType
	State   customs.State
	// SubmittedAt is when it came; Due the last day at the destination, Days how many are left.
	SubmittedAt time.Time
	Due         shipment.Date
	Days        int
	// TakenBy names who works on it, empty for nobody; Mine that it is the reader.
	TakenBy string
	Mine    bool
	// Again counts earlier refusals of the same parcel; Warnings what the checks found odd.
	Again, Warnings int
}

// StaffIDsPage is the queue, oldest due first.
type StaffIDsPage struct {
	Cases []IdentityCase
	// Waiting counts all, which may be more than are shown.
	Waiting int
	// Country is the filter, empty for all.
	Country string
}

// Declared is a row of what the parcel's papers say beside what was given.
type Declared struct {
	// Field is the form's name of it; Papers stands on the parcel, Given was typed.
	Field, Papers, Given string
	// Fits tells that both say the same; it means nothing where one is empty.
	Fits bool
}

// CaseForm is what POST /staff/ids/{id}/decision takes.
type CaseForm struct {
	Decision string `form:"decision"` // accept or refuse
	Reason   string `form:"reason_code"`
	Note     string `form:"note"` // for the staff alone
}

// ViewForm is what POST /staff/ids/{id}/view takes.
type ViewForm struct {
	Reason string `form:"reason"`
}

// StaffIDPage is one case: document, declared data and checks side by side.
type StaffIDPage struct {
	Case     IdentityCase
	Declared []Declared
	Given    Given
	Warnings customs.Warnings
	// Clear is the whole number and Pictures are the sides; both are there only
	// until ClearUntil, after the reader stated a reason.
	Clear      string
	Pictures   []KeptPicture
	ClearUntil time.Time
	Looks      []IdentityLook
	Form       CaseForm
	View       ViewForm
	Problems   fault.Invalid
	// Lost says that somebody else took the case first, or decided it.
	Lost bool
}

// ViewReasons are the codes under which the staff may ask for clear data.
func ViewReasons() []string { return []string{"review", "customs", "owner", "fraud"} }

func (p StaffIDPage) path(rest string) string { return staffIDPath(p.Case.ID, rest) }

func staffIDPath(id, rest string) string { return "/staff/ids/" + url.PathEscape(id) + rest }

// open tells whether the reader sees the document as it is.
func (p StaffIDPage) open() bool { return !p.ClearUntil.IsZero() }

func (p StaffIDPage) view(l *locale.Locale) components.Choice {
	return p.choice(l, "reason", "staff.ids.view.reason", "id.view.", p.View.Reason, ViewReasons())
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

func (p StaffIDPage) note(l *locale.Locale) components.Field {
	return components.Field{Name: "note", Label: l.T("staff.ids.note"), Hint: l.T("staff.ids.note.hint"), Value: p.Form.Note, Rows: 2, Max: 500}
}

// facts are the document as it was given, the number whole while it is open.
func (p StaffIDPage) facts(l *locale.Locale) []components.Fact {
	number := p.Given.Number
	if p.open() && p.Clear != "" {
		number = p.Clear
	}
	var facts []components.Fact
	if number != "" {
		facts = append(facts, components.Fact{Name: l.T("id.number"), Value: number, Code: true})
	}
	if words := validity(l, p.Given); words != "" {
		facts = append(facts, components.Fact{Name: l.T("id.expiry"), Value: words})
	}
	if p.Given.Issuer != "" {
		facts = append(facts, components.Fact{Name: l.T("id.issuing_country"), Value: l.Country(p.Given.Issuer)})
	}
	if p.Given.EZWay {
		facts = append(facts, components.Fact{Name: l.T("staff.ids.given"), Value: l.T("staff.ids.ezway")})
	}
	return facts
}

// side is a picture with whose eyes are on it.
func (p StaffIDPage) side(l *locale.Locale, k KeptPicture) components.Picture {
	name := pictureName(l, p.Given.Doc, k.Slot)
	return components.Picture{URL: k.URL, Words: name, Note: name, Width: k.Width, Height: k.Height}
}

// taken says who works on a case.
func taken(l *locale.Locale, c IdentityCase) string {
	switch {
	case c.Mine:
		return l.T("staff.ids.mine")
	case c.TakenBy != "":
		return l.T("staff.ids.taken", "who", c.TakenBy)
	}
	return l.T("staff.ids.free")
}

// countries are the filters of the queue: all, then each country with a rule.
func (p StaffIDsPage) countries(l *locale.Locale) []queueFilter {
	list := []queueFilter{{l.T("staff.ids.all"), "/staff/ids", p.Country == ""}}
	for _, r := range customs.Rules() {
		list = append(list, queueFilter{l.Country(r.Country), "/staff/ids?country=" + r.Country, p.Country == r.Country})
	}
	return list
}

type queueFilter struct {
	words, path string
	here        bool
}

// casePapers leads to everything that is known of the parcel.
func casePapers(s layouts.Shell, c IdentityCase) string { return staffAddress(s, c.Waybill) }
