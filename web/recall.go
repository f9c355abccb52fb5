package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

// recallRoutes are the way to saved people for who has no account.
func (p *Portal) recallRoutes() []Route {
	return []Route{
		{get, "/parcels/{n}/id/recall", Grant, Page, p.forConsignee(p.showRecall)},
		{post, "/parcels/{n}/id/recall", Grant, Unlock, p.forConsignee(p.recall)},
	}
}

// holderOf is whose saved people a visitor may use: those of the account, else those
// behind the address that a code has proved in this browser. Zero: nobody's.
func (p *Portal) holderOf(c echo.Context, signedIn account.ID) customs.Holder {
	if signedIn != 0 {
		return customs.Holder{Account: signedIn}
	}
	proved, ok := p.Accounts.ReadRecalled(cookie(c.Request(), cookieProof))
	if !ok {
		return customs.Holder{}
	}
	return behind(proved)
}

// behind is who keeps people under an address: its account, as whoever reads the
// address's mail could sign in as well.
func behind(proved account.Recalled) customs.Holder {
	if proved.Account != 0 {
		return customs.Holder{Account: proved.Account}
	}
	return customs.Holder{EmailKey: proved.EmailKey}
}

// showRecall asks for an address, or for the code that went there. Whose address is
// proved already goes on to the people saved under it.
func (p *Portal) showRecall(c echo.Context, who consignee) error {
	page := pages.RecallPage{Parcel: who.page()}
	letter, err := p.recallLetter(c)
	if err != nil {
		return err
	}
	about, err := p.about(c, who, letter)
	if err != nil {
		return err
	}
	page.Sent, page.Keep = letter.Ref != "", keeps(about, who)
	if c.QueryParam("again") != "" {
		page.Sent = false
		return p.render(c, http.StatusOK, pages.Recall(page))
	}
	holder := p.holderOf(c, who.by.Account)
	if !page.Sent && !page.Keep && holder != (customs.Holder{}) {
		saved, err := p.Customs.People(c.Request().Context(), holder, who.rule.Country)
		if err != nil {
			return err
		}
		if len(saved) > 0 || who.by.Account != 0 {
			return toIdentity(c, who.parcel.Waybill, "/id/person")
		}
		page.None = true
	}
	return p.render(c, http.StatusOK, pages.Recall(page))
}

// recallLetter is the letter that this browser asked for, while its code opens
// something; else one without a number.
func (p *Portal) recallLetter(c echo.Context) (account.Letter, error) {
	letter, err := p.Accounts.Letter(c.Request().Context(), cookie(c.Request(), cookieRecall), account.Recall)
	if errors.Is(err, account.ErrSpent) {
		return account.Letter{}, nil
	}
	return letter, err
}

// recall takes the address, or the code.
func (p *Portal) recall(c echo.Context, who consignee) error {
	form := pages.RecallForm{Email: strings.TrimSpace(field(c, "email")), Code: strings.TrimSpace(field(c, "code"))}
	for _, typed := range []*string{&form.Email, &form.Code} {
		if who.rule.Country == "KR" && customs.IsResidentNumber(*typed) {
			*typed = ""
		}
	}
	letter, err := p.recallLetter(c)
	if err != nil {
		return err
	}
	about, err := p.about(c, who, letter)
	if err != nil {
		return err
	}
	page := pages.RecallPage{Parcel: who.page(), Form: form, Keep: keeps(about, who)}
	if c.Request().PostForm.Has("code") {
		return p.openRecall(c, who, page)
	}
	return p.askRecall(c, who, page, about)
}

// askRecall sends a code to an address. Nothing here tells whether anything is kept
// under it.
func (p *Portal) askRecall(c echo.Context, who consignee, page pages.RecallPage, about string) error {
	ticket, err := p.Accounts.AskRecall(c.Request().Context(), page.Form.Email, tongueOf(c), about, visitorOf(c))
	if err == nil {
		setCookie(c, cookieRecall, ticket, letterAge)
		return toIdentity(c, who.parcel.Waybill, "/id/recall")
	}
	status := http.StatusUnprocessableEntity
	if !errors.As(err, &page.Problems) {
		var ok bool
		if status, page.Wait, _, ok = held(c, err); !ok {
			return err
		}
	}
	return p.render(c, status, pages.Recall(page))
}

// openRecall proves the address by its code, once, in the browser that asked.
func (p *Portal) openRecall(c echo.Context, who consignee, page pages.RecallPage) error {
	page.Sent = true
	if page.Form.Code == "" {
		page.Problems = fault.Invalid{{Field: "code", Key: "login.code.empty"}}
		return p.render(c, http.StatusUnprocessableEntity, pages.Recall(page))
	}
	proved, err := p.Accounts.OpenRecall(c.Request().Context(), cookie(c.Request(), cookieRecall), page.Form.Code)
	switch {
	case errors.As(err, &page.Problems):
		return p.render(c, http.StatusUnprocessableEntity, pages.Recall(page))
	case errors.Is(err, account.ErrSpent):
		page.Sent, page.Spent = false, true
		return p.render(c, http.StatusUnprocessableEntity, pages.Recall(page))
	case err != nil:
		return err
	}
	setCookie(c, cookieRecall, "", forget)
	setCookie(c, cookieProof, proved.Token, proved.ExpiresAt.Sub(p.Now()))
	if err := p.keepProved(c, who, proved); err != nil {
		return err
	}
	if keeps(proved.About, who) {
		return toIdentity(c, who.parcel.Waybill, "/id?sent=yes")
	}
	return toIdentity(c, who.parcel.Waybill, "/id/recall")
}
