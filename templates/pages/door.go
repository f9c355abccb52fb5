package pages

import (
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// doorHead is what each page for signing in and registering begins with.
type doorHead struct {
	Title, Lead string
	Problems    fault.Invalid
	Halt        halt
}

// halt says that the form can't be taken now, and what helps.
type halt struct{ Text, Next, Path string }

// failed tells whether the page is heard as an error.
func (d doorHead) failed() bool { return len(d.Problems) > 0 || d.Halt.Text != "" }

// AskPage asks for an e-mail address, to which a letter goes.
type AskPage struct {
	// Email is what was typed, Next where the visitor wanted to go; empty for home.
	Email, Next string
	Problems    fault.Invalid
	// Wait is how long no letter is sent, since too many were.
	Wait time.Duration
}

func (p AskPage) head(l *locale.Locale, page string) doorHead {
	d := doorHead{Title: l.T(page + ".title"), Lead: l.T(page + ".lead"), Problems: p.Problems}
	if p.Wait > 0 {
		d.Halt.Text = l.T("door.letters.wait", "wait", l.Wait(p.Wait))
	}
	return d
}

// emailField asks for the address; autocomplete is "username" where it is signed
// in with, "email" elsewhere.
func emailField(l *locale.Locale, typed, autocomplete string, problems fault.Invalid) components.Field {
	return components.Field{
		Name: "email", Label: l.T("door.email"), Type: "email", Value: typed,
		InputMode: "email", Autocomplete: autocomplete, Error: problemText(l, problems, "email"),
	}
}

// ownEmail shows the address that a form is about, so that password managers
// keep the password under it.
func ownEmail(l *locale.Locale, email string) components.Field {
	return components.Field{
		Name: "email", Label: l.T("door.email"), Type: "email", Value: email,
		Autocomplete: "username", ReadOnly: true,
	}
}

// newPassword asks for a password to be; its rules stand before anything is typed.
func newPassword(l *locale.Locale, label, hint string, problems fault.Invalid) components.Field {
	return components.Field{
		Name: "password", Label: l.T(label), Hint: l.T(hint), Type: "password",
		Autocomplete: "new-password", Error: problemText(l, problems, "password"),
	}
}

// withNext keeps where the visitor wants to go in a link between the doors.
func withNext(path, next string) string {
	if next == "" {
		return path
	}
	return path + "?next=" + queryEscape(next)
}
