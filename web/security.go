package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/pages"
)

// eventsShown is how much of an account's log its owner sees.
const eventsShown = 20

// showSecurity shows who may get into the account.
func (p *Portal) showSecurity(c echo.Context) error {
	return p.renderSecurity(c, http.StatusOK, pages.SecurityPage{})
}

// renderSecurity fills the page up with what every state of it shows.
func (p *Portal) renderSecurity(c echo.Context, status int, page pages.SecurityPage) error {
	v, ctx, owner := visitOf(c), c.Request().Context(), p.sessionOf(c)
	v.path = "/account/security"
	var err error
	if page.Sessions, err = p.Accounts.Sessions(ctx, owner.Account.ID); err != nil {
		return err
	}
	if page.Events, err = p.Accounts.Events(ctx, owner.Account.ID, eventsShown); err != nil {
		return err
	}
	page.Owner, page.Now, page.Zone = owner, v.began, v.zone
	if page.Zone == nil {
		page.Zone = time.UTC
	}
	if len(page.Problems) == 0 || page.Profile == (pages.ProfileForm{}) {
		page.Profile = pages.ProfileForm{Name: owner.Account.Name, Language: string(owner.Account.Language)}
	}
	return p.render(c, status, pages.Security(page))
}

// saveProfile keeps how the owner is greeted, and in which language.
func (p *Portal) saveProfile(c echo.Context) error {
	form := pages.ProfileForm{Name: field(c, "name"), Language: field(c, "language")}
	var invalid fault.Invalid
	lang, ok := locale.Parse(form.Language)
	if !ok || lang == locale.Pseudo {
		invalid = fault.Invalid{{Field: "language", Key: "language.wrong"}}
	} else if err := p.Accounts.SetProfile(c.Request().Context(), p.sessionOf(c).Account.ID, form.Name, lang); err != nil && !errors.As(err, &invalid) {
		return err
	}
	if len(invalid) > 0 {
		return p.renderSecurity(c, http.StatusUnprocessableEntity, pages.SecurityPage{Profile: form, Problems: invalid})
	}
	tell(c, "flash.profile_saved")
	return seeOther(c, "/account/security")
}

// changePassword sets a new password, or the first one, and signs all other
// browsers out.
func (p *Portal) changePassword(c echo.Context) error {
	owner := p.sessionOf(c)
	begun, token, err := p.Accounts.ChangePassword(c.Request().Context(), owner, secret(c, "old_password"), secret(c, "password"), visitorOf(c))
	if err == nil {
		return p.goIn(c, begun, token, "/account/security", "flash.password_changed")
	}
	var page pages.SecurityPage
	switch {
	case errors.As(err, &page.Problems):
	case errors.Is(err, account.ErrWrongPassword):
		page.Problems = fault.Invalid{{Field: "old_password", Key: "password.wrong"}}
	case errors.Is(err, account.ErrStale): // the page tells how to show who they are
		return seeOther(c, "/account/security")
	default:
		status, wait, busy, ok := held(c, err)
		if !ok {
			return err
		}
		page.Wait, page.Busy = wait, busy
		return p.renderSecurity(c, status, page)
	}
	return p.renderSecurity(c, http.StatusUnprocessableEntity, page)
}

// endSession signs one other browser of the owner's out. Ending the present one
// is signing out.
func (p *Portal) endSession(c echo.Context) error {
	owner := p.sessionOf(c)
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return fault.ErrNotFound
	}
	if account.SessionID(id) == owner.ID {
		return p.signOut(c)
	}
	if err := p.Accounts.End(c.Request().Context(), owner.Account.ID, account.SessionID(id)); err != nil {
		return err
	}
	tell(c, "flash.session_ended")
	return seeOther(c, "/account/security")
}

// endOtherSessions signs all other browsers of the owner's out.
func (p *Portal) endOtherSessions(c echo.Context) error {
	if _, err := p.Accounts.EndOthers(c.Request().Context(), p.sessionOf(c)); err != nil {
		return err
	}
	tell(c, "flash.sessions_ended")
	return seeOther(c, "/account/security")
}
