package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

// showLogin shows the way in with a password. Who is in already goes on.
func (p *Portal) showLogin(c echo.Context) error {
	next := nextOf(c.QueryParam("next"))
	session, in, err := p.signedIn(c)
	if err != nil {
		return err
	}
	if in {
		return seeOther(c, homeOf(session, next))
	}
	return p.renderDoor(c, http.StatusOK, next, pages.Login(pages.LoginPage{Next: next}))
}

// signIn begins a session for whoever knows the password.
func (p *Portal) signIn(c echo.Context) error {
	page := pages.LoginPage{Email: strings.TrimSpace(field(c, "email")), Next: nextOf(field(c, "next"))}
	password := secret(c, "password")
	if page.Email == "" {
		page.Problems = append(page.Problems, fault.Problem{Field: "email", Key: "email.empty"})
	}
	if password == "" {
		page.Problems = append(page.Problems, fault.Problem{Field: "password", Key: "login.password.empty"})
	}
	if len(page.Problems) > 0 {
		return p.renderDoor(c, http.StatusUnprocessableEntity, page.Next, pages.Login(page))
	}
	begun, token, err := p.Accounts.SignIn(c.Request().Context(), page.Email, password, visitorOf(c))
	if err != nil {
		return p.signInAgain(c, page, err)
	}
	return p.goIn(c, begun, token, page.Next, "")
}

// signInAgain shows the page with what was typed, and says what to mend or how
// long to wait.
func (p *Portal) signInAgain(c echo.Context, page pages.LoginPage, err error) error {
	if errors.Is(err, account.ErrWrongPassword) {
		page.Problems = fault.Invalid{{Field: "password", Key: "login.wrong"}}
		return p.renderDoor(c, http.StatusUnprocessableEntity, page.Next, pages.Login(page))
	}
	status, wait, busy, ok := held(c, err)
	if !ok {
		return err
	}
	if busy {
		return p.sendBusy(c, page)
	}
	page.Wait = wait
	return p.renderDoor(c, status, page.Next, pages.Login(page))
}

// held tells what a limit on passwords or letters says to the visitor: how long
// to wait, or that too many sign in just now. Not ok means that it was none.
func held(c echo.Context, err error) (status int, wait time.Duration, busy, ok bool) {
	var tooMany fault.TooMany
	if !errors.As(err, &tooMany) {
		return 0, 0, false, false
	}
	c.Response().Header()["Retry-After"] = []string{seconds(tooMany.RetryAfter)}
	if tooMany.Limit == "hash" {
		return http.StatusServiceUnavailable, 0, true, true
	}
	return http.StatusTooManyRequests, tooMany.RetryAfter, false, true
}

// signOut ends the browser's session, and lets it forget what it has seen.
func (p *Portal) signOut(c echo.Context) error {
	kept, err := p.session(c)
	if err != nil {
		return err
	}
	kept.Options.MaxAge = -1
	if err := kept.Save(c.Request(), c.Response()); err != nil {
		return err
	}
	setCookie(c, cookieGrant, "", forget) // a shared computer shows the next person no unlocked parcel
	forgetRecalls(c)
	c.Response().Header()["Clear-Site-Data"] = []string{`"cache"`}
	tell(c, "flash.signed_out")
	return seeOther(c, "/login")
}

// leadToPassword is the address by which password managers find the form.
func (p *Portal) leadToPassword(c echo.Context) error {
	return seeOther(c, "/account/security#password")
}

// signedIn gives who is signed in, on pages that are open to strangers as well.
func (p *Portal) signedIn(c echo.Context) (account.Session, bool, error) {
	kept, err := p.session(c)
	if err != nil {
		return account.Session{}, false, err
	}
	session, in := kept.Values[signedIn{}].(account.Session)
	return session, in, nil
}

// goIn gives the browser its new session and leads to where the visitor wanted
// to go, with a message there unless its key is empty.
func (p *Portal) goIn(c echo.Context, begun account.Session, token, next, flash string) error {
	if err := p.enter(c, begun, token); err != nil {
		return err
	}
	if flash != "" {
		tell(c, flash)
	}
	return seeOther(c, homeOf(begun, next))
}

// homeOf is where somebody who has signed in goes.
func homeOf(s account.Session, next string) string {
	switch {
	case next != "":
		return next
	case s.Account.Role == account.Staff:
		return "/staff"
	}
	return "/account"
}

// renderDoor answers with a page for signing in or registering; its links to
// other languages keep where the visitor wants to go.
func (p *Portal) renderDoor(c echo.Context, status int, next string, page templ.Component) error {
	v := visitOf(c)
	v.flashes = true
	if next != "" {
		v.query = "next=" + url.QueryEscape(next)
	}
	return p.render(c, status, page)
}

// secret gives what was typed into a password field, byte for byte.
func secret(c echo.Context, name string) string { return c.Request().PostForm.Get(name) }
