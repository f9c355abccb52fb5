package pages

import (
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// RecallPage proves the address of who has no account, by the code that was sent
// there: to find the people saved under it, or to save somebody there.
type RecallPage struct {
	Parcel IdentityParcel
	// Sent tells that a code is on its way; else an address is asked.
	Sent bool
	// Keep tells that an identity was sent and shall be kept under the address.
	Keep     bool
	Form     RecallForm
	Problems fault.Invalid
	// None tells that nobody is saved under the proved address for the parcel's
	// country, Spent that the code opens nothing any more.
	None, Spent bool
	// Wait is for how long no more codes are sent.
	Wait time.Duration
}

// RecallForm is what POST /parcels/{n}/id/recall takes: an address, or a code.
type RecallForm struct {
	Email string `form:"email"`
	Code  string `form:"code"`
}

func (p RecallPage) head(l *locale.Locale) identityHead {
	h := stepHead(p.Parcel, 1, p.Problems, func(one fault.Problem) string { return flawText(l, one, "") })
	h.Title, h.Lead = l.T("id.recall.title"), l.T("id.recall.lead")
	if p.Sent {
		h.Lead = l.T("id.recall.sent")
	}
	if p.Keep { // the steps are done
		h.Step, h.Title, h.Lead = 0, l.T("id.recall.keep.title"), l.T("id.recall.keep.lead")
	}
	switch {
	case p.Wait > 0:
		h.Halt.Text = l.T("door.letters.wait", "wait", l.Wait(p.Wait))
	case p.Spent:
		h.Halt.Text = l.T("id.recall.spent")
	case p.None:
		h.Halt.Text = l.T("id.recall.none", "country", l.Country(p.Parcel.Country))
	}
	return h
}

func (p RecallPage) field(l *locale.Locale) components.Field {
	if !p.Sent {
		return emailField(l, p.Form.Email, "email", p.Problems)
	}
	return components.Field{
		Name: "code", Label: l.T("code.code"), Hint: l.T("code.code.hint"), Value: p.Form.Code, InputMode: "numeric",
		Autocomplete: "one-time-code", Max: 20, Short: true, Error: problemText(l, p.Problems, "code"),
	}
}

// button says what the form does.
func (p RecallPage) button(l *locale.Locale) string {
	switch {
	case !p.Sent:
		return l.T("id.recall.send")
	case p.Keep:
		return l.T("id.recall.keep.open")
	}
	return l.T("id.recall.open")
}

// ways lead on from here: to another address, and past it all.
func (p RecallPage) ways(l *locale.Locale) (list []string) {
	if p.Sent {
		list = append(list, l.T("id.recall.other"), p.Parcel.path("/id/recall?again=yes"))
	}
	if p.Keep {
		return append(list, l.T("id.recall.keep.back"), p.Parcel.path("/id?sent=yes"))
	}
	return append(list, l.T("id.recall.back"), p.Parcel.path("/id/person"))
}
