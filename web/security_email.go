package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

// showEmailChange asks for a new e-mail address.
func (p *Portal) showEmailChange(c echo.Context) error {
	return p.render(c, http.StatusOK, pages.EmailChange(pages.ChangePage{Owner: p.sessionOf(c), Now: visitOf(c).began}))
}

// askEmailChange sends a link to the new address. Who signed in a while ago shows
// first, by the password, who they are.
func (p *Portal) askEmailChange(c echo.Context) error {
	v, owner := visitOf(c), p.sessionOf(c)
	page := pages.ChangePage{Owner: owner, Email: strings.TrimSpace(field(c, "email")), Now: v.began}
	ask := func(owner account.Session) error {
		return p.Accounts.AskChange(c.Request().Context(), owner, page.Email, tongueOf(c), visitorOf(c))
	}
	err := ask(owner)
	if errors.Is(err, account.ErrStale) && owner.Account.HasPassword {
		if owner, err = p.proveAgain(c, owner); err == nil {
			page.Owner = owner
			err = ask(owner)
		}
	}
	if err != nil {
		return p.changeAgain(c, page, err)
	}
	tell(c, "flash.email_asked")
	return seeOther(c, "/account/security")
}

// proveAgain takes the password as a proof of who is there, and gives the browser
// a new token for it.
func (p *Portal) proveAgain(c echo.Context, owner account.Session) (account.Session, error) {
	password := secret(c, "password")
	if password == "" {
		return owner, fault.Invalid{{Field: "password", Key: "login.password.empty"}}
	}
	begun, token, err := p.Accounts.Prove(c.Request().Context(), owner, password, visitorOf(c))
	if err != nil {
		return owner, err
	}
	return begun, p.enter(c, begun, token)
}

// changeAgain shows the form with what was typed, and says what to mend.
func (p *Portal) changeAgain(c echo.Context, page pages.ChangePage, err error) error {
	switch {
	case errors.As(err, &page.Problems):
	case errors.Is(err, account.ErrWrongPassword):
		page.Problems = fault.Invalid{{Field: "password", Key: "password.wrong"}}
	case errors.Is(err, account.ErrStale): // the page tells how to show who they are
		return seeOther(c, "/account/security/email")
	default:
		status, wait, busy, ok := held(c, err)
		if !ok {
			return err
		}
		page.Wait, page.Busy = wait, busy
		return p.render(c, status, pages.EmailChange(page))
	}
	return p.render(c, http.StatusUnprocessableEntity, pages.EmailChange(page))
}

// showEmailConfirm shows a button that puts the new address in force.
func (p *Portal) showEmailConfirm(c echo.Context) error {
	letter, err := p.Accounts.Letter(c.Request().Context(), c.Param("t"), account.ChangeEmail)
	if errors.Is(err, account.ErrSpent) {
		return p.spent(c, account.ChangeEmail)
	} else if err != nil {
		return err
	}
	return p.render(c, http.StatusOK, pages.EmailConfirm(pages.LinkPage{Email: letter.Email}))
}

// confirmEmail puts the new address in force and signs all other browsers out.
func (p *Portal) confirmEmail(c echo.Context) error {
	begun, token, err := p.Accounts.ConfirmChange(c.Request().Context(), p.sessionOf(c), c.Param("t"), visitorOf(c))
	if errors.Is(err, account.ErrSpent) {
		return p.spent(c, account.ChangeEmail)
	} else if err != nil {
		return err
	}
	return p.goIn(c, begun, token, "/account/security", "flash.email_changed")
}
