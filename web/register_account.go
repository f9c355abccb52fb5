package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/legal"
	"ecms/portal/templates/pages"
)

// showRegister asks for the address of an account to be. Who has one and is in
// goes on.
func (p *Portal) showRegister(c echo.Context) error {
	page := pages.AskPage{Next: nextOf(c.QueryParam("next"))}
	session, in, err := p.signedIn(c)
	if err != nil {
		return err
	}
	if in {
		return seeOther(c, homeOf(session, page.Next))
	}
	return p.renderDoor(c, http.StatusOK, page.Next, pages.Register(page))
}

// askRegister sends a link to the address. Whether it has an account already is
// told in the mail alone.
func (p *Portal) askRegister(c echo.Context) error {
	page, _, err := p.ask(c, account.Register)
	if err != nil {
		return p.askedWrong(c, page, err, pages.Register)
	}
	return seeOther(c, "/register/sent")
}

func (p *Portal) showRegisterSent(c echo.Context) error {
	return p.renderDoor(c, http.StatusOK, "", pages.Sent(account.Register))
}

// showRegisterConfirm asks for what an account needs beside its address.
func (p *Portal) showRegisterConfirm(c echo.Context) error {
	letter, err := p.Accounts.Letter(c.Request().Context(), c.Param("t"), account.Register)
	if err != nil {
		return p.letterFailed(c, account.Register, err)
	}
	return p.renderDoor(c, http.StatusOK, "", pages.RegisterConfirm(pages.ConfirmPage{Email: letter.Email, Terms: legal.CurrentTerms()}))
}

// confirmRegister makes the account and signs in.
func (p *Portal) confirmRegister(c echo.Context) error {
	letter, err := p.Accounts.Letter(c.Request().Context(), c.Param("t"), account.Register)
	if err != nil {
		return p.letterFailed(c, account.Register, err)
	}
	page := pages.ConfirmPage{Email: letter.Email, Name: strings.TrimSpace(field(c, "name")), Agreed: field(c, "terms") != "", Terms: legal.CurrentTerms()}
	o := account.Opening{Name: page.Name, Password: secret(c, "password"), Language: tongueOf(c)}
	if page.Agreed {
		o.Terms = page.Terms
	}
	begun, token, err := p.Accounts.Open(c.Request().Context(), c.Param("t"), o, visitorOf(c))
	if err == nil {
		return p.goIn(c, begun, token, letter.Next, "flash.registered")
	}
	if errors.As(err, &page.Problems) {
		return p.renderDoor(c, http.StatusUnprocessableEntity, "", pages.RegisterConfirm(page))
	}
	status, _, busy, ok := held(c, err)
	if !ok {
		return p.letterFailed(c, account.Register, err)
	}
	page.Busy = busy
	return p.renderDoor(c, status, "", pages.RegisterConfirm(page))
}
