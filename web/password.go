package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/templates/pages"
)

// showForgot asks where the letter for a new password goes.
func (p *Portal) showForgot(c echo.Context) error {
	return p.renderDoor(c, http.StatusOK, "", pages.PasswordForgot(pages.AskPage{}))
}

// askReset sends the letter. Whether the address has an account is told in the
// mail alone.
func (p *Portal) askReset(c echo.Context) error {
	page, _, err := p.ask(c, account.Reset)
	if err != nil {
		return p.askedWrong(c, page, err, pages.PasswordForgot)
	}
	return seeOther(c, "/password/sent")
}

func (p *Portal) showResetSent(c echo.Context) error {
	return p.renderDoor(c, http.StatusOK, "", pages.Sent(account.Reset))
}

// showReset asks for the new password.
func (p *Portal) showReset(c echo.Context) error {
	letter, err := p.Accounts.Letter(c.Request().Context(), c.Param("t"), account.Reset)
	if err != nil {
		return p.letterFailed(c, account.Reset, err)
	}
	return p.renderDoor(c, http.StatusOK, "", pages.PasswordReset(pages.ResetPage{Email: letter.Email}))
}

// resetPassword sets the new password, ends all other sessions and goes in.
func (p *Portal) resetPassword(c echo.Context) error {
	ctx, link := c.Request().Context(), c.Param("t")
	letter, err := p.Accounts.Letter(ctx, link, account.Reset)
	if err != nil {
		return p.letterFailed(c, account.Reset, err)
	}
	begun, token, err := p.Accounts.Open(ctx, link, account.Opening{Password: secret(c, "password")}, visitorOf(c))
	if err == nil {
		return p.goIn(c, begun, token, "/account/security", "flash.password_changed")
	}
	page := pages.ResetPage{Email: letter.Email}
	if errors.As(err, &page.Problems) {
		return p.renderDoor(c, http.StatusUnprocessableEntity, "", pages.PasswordReset(page))
	}
	status, _, busy, ok := held(c, err)
	if !ok {
		return p.letterFailed(c, account.Reset, err)
	}
	page.Busy = busy
	return p.renderDoor(c, status, "", pages.PasswordReset(page))
}
