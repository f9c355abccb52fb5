package pages

import (
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// ConfirmForm is what POST /register/confirm/{t} takes.
type ConfirmForm struct {
	Name     string `form:"name"`
	Password string `form:"password"`
	Terms    string `form:"terms"`
}

// ConfirmPage finishes an account whose address is shown to be its owner's.
type ConfirmPage struct {
	// Email is the address, Name what was typed.
	Email, Name string
	// Agreed says that the box was ticked; Terms is the day of the version agreed to.
	Agreed bool
	Terms  string

	Problems fault.Invalid
	// Busy says that too many people sign in just now.
	Busy bool
}

func (p ConfirmPage) head(l *locale.Locale) doorHead {
	d := doorHead{Title: l.T("confirm.title"), Lead: l.T("confirm.lead", "email", p.Email), Problems: p.Problems}
	if p.Busy {
		d.Halt.Text = l.T("door.busy")
	}
	return d
}

func (p ConfirmPage) fields(l *locale.Locale) []components.Field {
	return []components.Field{
		ownEmail(l, p.Email),
		nameField(l, p.Name, p.Problems),
		newPassword(l, "confirm.password", "confirm.password.hint", p.Problems),
	}
}

func (p ConfirmPage) tick(l *locale.Locale) components.Tick {
	return components.Tick{Name: "terms", Label: l.T("confirm.terms"), Error: problemText(l, p.Problems, "terms"), Ticked: p.Agreed}
}

func nameField(l *locale.Locale, typed string, problems fault.Invalid) components.Field {
	return components.Field{
		Name: "name", Label: l.T("door.name"), Hint: l.T("door.name.hint"), Value: typed,
		Autocomplete: "name", Error: problemText(l, problems, "name"),
	}
}
