package pages

import (
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
)

// ResetForm is what POST /password/reset/{t} takes.
type ResetForm struct {
	Password string `form:"password"`
}

// ResetPage chooses a new password by a mailed link.
type ResetPage struct {
	// Email is whose password it will be.
	Email    string
	Problems fault.Invalid
	// Busy says that too many people sign in just now.
	Busy bool
}

func (p ResetPage) head(l *locale.Locale) doorHead {
	d := doorHead{Title: l.T("reset.title"), Lead: l.T("reset.lead", "email", p.Email), Problems: p.Problems}
	if p.Busy {
		d.Halt.Text = l.T("door.busy")
	}
	return d
}
