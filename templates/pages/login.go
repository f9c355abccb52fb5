package pages

import (
	"net/url"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// LoginForm is what POST /login takes.
type LoginForm struct {
	Email    string `form:"email"`
	Password string `form:"password"`
	Next     string `form:"next"`
}

// LoginPage is the way in with a password.
type LoginPage struct {
	// Email is what was typed, Next where the visitor wanted to go; empty for home.
	Email, Next string
	Problems    fault.Invalid
	// Wait is how long passwords for this address are refused.
	Wait time.Duration
}

func (p LoginPage) head(l *locale.Locale) doorHead {
	d := doorHead{Title: l.T("login.title"), Lead: l.T("login.lead"), Problems: p.Problems}
	if p.Wait > 0 {
		d.Halt = halt{l.T("door.wait", "wait", l.Wait(p.Wait)), l.T("login.locked.next"), withNext("/login/link", p.Next)}
	}
	return d
}

func (p LoginPage) password(l *locale.Locale) components.Field {
	return components.Field{
		Name: "password", Label: l.T("door.password"), Type: "password",
		Autocomplete: "current-password", Error: problemText(l, p.Problems, "password"),
	}
}

// CodePage asks for the code of a sign-in letter.
type CodePage struct {
	// Code is what was typed, Next where the visitor wanted to go; empty for home.
	Code, Next string
	Problems   fault.Invalid
}

func (p CodePage) head(l *locale.Locale) doorHead {
	return doorHead{Title: l.T("code.title"), Lead: l.T("code.lead"), Problems: p.Problems}
}

func (p CodePage) code(l *locale.Locale) components.Field {
	return components.Field{
		Name: "code", Label: l.T("code.code"), Hint: l.T("code.code.hint"), Value: p.Code, Short: true, Max: 20,
		InputMode: "numeric", Autocomplete: "one-time-code", Error: problemText(l, p.Problems, "code"),
	}
}

// LinkPage asks to press a button before a mailed link does anything, so that
// programs that open the links of mails change nothing.
type LinkPage struct {
	// Email is whose account, or which address, the link is about.
	Email string
}

// askedAt is where a new letter for the purpose is asked for.
func askedAt(purpose account.Purpose) string {
	switch purpose {
	case account.Register:
		return "/register"
	case account.Reset:
		return "/password/forgot"
	case account.ChangeEmail:
		return "/account/security/email"
	case account.SignIn, account.PasswordChanged, account.EmailChanged:
	}
	return "/login/link"
}

func queryEscape(text string) string { return url.QueryEscape(text) }
