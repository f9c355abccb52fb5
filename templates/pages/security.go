package pages

import (
	"strconv"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// ProfileForm is what POST /account/security takes.
type ProfileForm struct {
	Name     string `form:"name"`
	Language string `form:"language"`
}

// PasswordForm is what POST /account/security/password takes.
type PasswordForm struct {
	OldPassword string `form:"old_password"`
	Password    string `form:"password"`
}

// SecurityPage shows who may get into an account, and changes it.
type SecurityPage struct {
	// Owner is the session that the page is shown in, Sessions are all of its
	// account, Events what happened lately.
	Owner    account.Session
	Sessions []account.Session
	Events   []account.Event
	// Zone is the clock that times are shown by, Now the present.
	Zone *time.Location
	Now  time.Time
	// Profile is what was typed into the form of that name.
	Profile  ProfileForm
	Problems fault.Invalid
	// Wait is how long no password is taken; Busy says that too many people sign
	// in just now.
	Wait time.Duration
	Busy bool
}

func (p SecurityPage) halt(l *locale.Locale) halt { return passwordHalt(l, p.Wait, p.Busy) }

func passwordHalt(l *locale.Locale, wait time.Duration, busy bool) halt {
	switch {
	case busy:
		return halt{Text: l.T("door.busy")}
	case wait > 0:
		return halt{Text: l.T("door.wait", "wait", l.Wait(wait))}
	}
	return halt{}
}

func (p SecurityPage) failed() bool { return len(p.Problems) > 0 || p.Wait > 0 || p.Busy }

// others counts the sessions beside this one.
func (p SecurityPage) others() int {
	n := 0
	for _, s := range p.Sessions {
		if s.ID != p.Owner.ID {
			n++
		}
	}
	return n
}

// mustProve tells that a first password waits for a fresh sign-in.
func (p SecurityPage) mustProve() bool { return !p.Owner.Account.HasPassword && !p.Owner.Fresh(p.Now) }

func (p SecurityPage) passwordFields(l *locale.Locale) []components.Field {
	fresh := newPassword(l, "door.new_password", "door.new_password.hint", p.Problems)
	if !p.Owner.Account.HasPassword {
		return []components.Field{fresh}
	}
	old := components.Field{
		Name: "old_password", Label: l.T("door.old_password"), Type: "password",
		Autocomplete: "current-password", Error: problemText(l, p.Problems, "old_password"),
	}
	return []components.Field{old, fresh}
}

func (p SecurityPage) languages(l *locale.Locale) components.Choice {
	c := components.Choice{Name: "language", Label: l.T("door.language"), Chosen: p.Profile.Language, Error: problemText(l, p.Problems, "language")}
	for _, lang := range locale.Languages() {
		c.Options = append(c.Options, components.Option{Value: string(lang), Words: lang.Name(), Lang: string(lang)})
	}
	return c
}

// when is an instant by the page's clock, which it names.
func (p SecurityPage) when(l *locale.Locale, t time.Time) string {
	local := t.In(p.Zone)
	_, offset := local.Zone()
	return l.DateTime(local) + " (" + l.Offset(offset/60) + ")"
}

// agent names a browser.
func agent(l *locale.Locale, name string) string {
	if name == "" {
		return l.T("security.sessions.unknown")
	}
	return name
}

func endPath(id account.SessionID) string {
	return "/account/security/sessions/" + strconv.FormatInt(int64(id), 10) + "/end"
}

// ChangePage asks for a new e-mail address.
type ChangePage struct {
	// Owner is who asks, Email what was typed.
	Owner    account.Session
	Email    string
	Now      time.Time
	Problems fault.Invalid
	// Wait is how long no password or letter is taken; Busy says that too many
	// people sign in just now.
	Wait time.Duration
	Busy bool
}

func (p ChangePage) failed() bool { return len(p.Problems) > 0 || p.Wait > 0 || p.Busy }

// mustProve tells that the form waits for a fresh sign-in, since there is no
// password to ask for.
func (p ChangePage) mustProve() bool { return !p.Owner.Account.HasPassword && !p.Owner.Fresh(p.Now) }

func (p ChangePage) fields(l *locale.Locale) []components.Field {
	fresh := emailField(l, p.Email, "email", p.Problems)
	fresh.Label = l.T("change.new_email")
	list := []components.Field{fresh}
	if p.Owner.Account.HasPassword && !p.Owner.Fresh(p.Now) {
		list = append(list, components.Field{
			Name: "password", Label: l.T("door.old_password"), Type: "password",
			Autocomplete: "current-password", Error: problemText(l, p.Problems, "password"),
		})
	}
	return list
}
