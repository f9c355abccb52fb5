package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

// showLoginLink shows the way in by mail. Who is in may use it too, to show once
// more who they are.
func (p *Portal) showLoginLink(c echo.Context) error {
	page := pages.AskPage{Next: nextOf(c.QueryParam("next"))}
	return p.renderDoor(c, http.StatusOK, page.Next, pages.LoginLink(page))
}

// askLoginLink sends a link and a code to an address.
func (p *Portal) askLoginLink(c echo.Context) error {
	page, ref, err := p.ask(c, account.SignIn)
	if err != nil {
		return p.askedWrong(c, page, err, pages.LoginLink)
	}
	setCookie(c, cookieLetter, ref, letterAge)
	return seeOther(c, withNext("/login/code", page.Next))
}

// ask reads the form that asks for a letter, and owes one to the address. All
// that is looked at here is the same for addresses with and without an account.
func (p *Portal) ask(c echo.Context, purpose account.Purpose) (pages.AskPage, string, error) {
	page := pages.AskPage{Email: strings.TrimSpace(field(c, "email")), Next: nextOf(field(c, "next"))}
	ref, err := p.Accounts.Ask(c.Request().Context(), purpose, page.Email, tongueOf(c), page.Next, visitorOf(c))
	return page, ref, err
}

// askedWrong shows the form for a letter again, with what to mend or how long to wait.
func (p *Portal) askedWrong(c echo.Context, page pages.AskPage, err error, show func(pages.AskPage) templ.Component) error {
	status := http.StatusUnprocessableEntity
	if !errors.As(err, &page.Problems) {
		var ok bool
		if status, page.Wait, _, ok = held(c, err); !ok {
			return err
		}
	}
	return p.renderDoor(c, status, page.Next, show(page))
}

// showLoginCode takes the code in the browser that asked for the letter; others
// are led to asking.
func (p *Portal) showLoginCode(c echo.Context) error {
	next := nextOf(c.QueryParam("next"))
	if cookie(c.Request(), cookieLetter) == "" {
		return seeOther(c, withNext("/login/link", next))
	}
	return p.renderDoor(c, http.StatusOK, next, pages.LoginCode(pages.CodePage{Next: next}))
}

// openLoginCode signs in by the code of the letter that this browser asked for.
func (p *Portal) openLoginCode(c echo.Context) error {
	page := pages.CodePage{Code: strings.TrimSpace(field(c, "code")), Next: nextOf(field(c, "next"))}
	if page.Code == "" {
		page.Problems = fault.Invalid{{Field: "code", Key: "login.code.empty"}}
		return p.renderDoor(c, http.StatusUnprocessableEntity, page.Next, pages.LoginCode(page))
	}
	begun, token, err := p.Accounts.OpenCode(c.Request().Context(), cookie(c.Request(), cookieLetter), page.Code, visitorOf(c))
	switch {
	case errors.As(err, &page.Problems):
		return p.renderDoor(c, http.StatusUnprocessableEntity, page.Next, pages.LoginCode(page))
	case errors.Is(err, account.ErrSpent):
		setCookie(c, cookieLetter, "", forget)
		return p.spent(c, account.SignIn)
	case err != nil:
		return err
	}
	setCookie(c, cookieLetter, "", forget)
	return p.goIn(c, begun, token, page.Next, "")
}

// showLoginEnter shows a button: programs that follow the links of mails sign
// nobody in.
func (p *Portal) showLoginEnter(c echo.Context) error {
	letter, err := p.Accounts.Letter(c.Request().Context(), c.Param("t"), account.SignIn)
	if err != nil {
		return p.letterFailed(c, account.SignIn, err)
	}
	return p.renderDoor(c, http.StatusOK, "", pages.LoginEnter(pages.LinkPage{Email: letter.Email}))
}

// openLoginEnter signs in by the link, once.
func (p *Portal) openLoginEnter(c echo.Context) error {
	ctx, link := c.Request().Context(), c.Param("t")
	letter, err := p.Accounts.Letter(ctx, link, account.SignIn)
	if err != nil {
		return p.letterFailed(c, account.SignIn, err)
	}
	begun, token, err := p.Accounts.Open(ctx, link, account.Opening{}, visitorOf(c))
	if err != nil {
		return p.letterFailed(c, account.SignIn, err)
	}
	setCookie(c, cookieLetter, "", forget)
	return p.goIn(c, begun, token, letter.Next, "")
}

// letterFailed answers for a link that opens nothing. Who pressed the button
// twice is in by the first press, and goes on.
func (p *Portal) letterFailed(c echo.Context, purpose account.Purpose, err error) error {
	if !errors.Is(err, account.ErrSpent) {
		return err
	}
	if c.Request().Method == http.MethodPost {
		session, in, err := p.signedIn(c)
		if err != nil {
			return err
		}
		if in {
			return seeOther(c, homeOf(session, ""))
		}
	}
	return p.spent(c, purpose)
}

// spent is the one answer to links that are used, too old or made up.
func (p *Portal) spent(c echo.Context, purpose account.Purpose) error {
	return p.renderDoor(c, http.StatusNotFound, "", pages.Spent(purpose))
}
