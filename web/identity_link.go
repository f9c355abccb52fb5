package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// showLink asks whoever opens a parcel's link for the second fact, unless a grant or
// their account has the right already. Looking opens nothing, since scanners of
// mail look too.
func (p *Portal) showLink(c echo.Context) error {
	ctx := c.Request().Context()
	w, err := p.Customs.Link(ctx, c.Param("key"))
	if err != nil {
		return p.linkFailed(c, w, pages.IdentityLinkPage{}, err)
	}
	session, _, err := p.signedIn(c)
	if err != nil {
		return err
	}
	if _, _, err := p.right(c, w, session); err == nil {
		return toIdentity(c, w, "/id")
	} else if !errors.Is(err, fault.ErrNotFound) {
		return err
	}
	return p.writeLink(c, w, pages.IdentityLinkPage{}, http.StatusOK)
}

// openLink opens the parcel's form to whoever knows the last digits of the
// consignee's phone.
func (p *Portal) openLink(c echo.Context) error {
	ctx, typed := c.Request().Context(), field(c, "phone_last4")
	w, err := p.Customs.Link(ctx, c.Param("key"))
	if err == nil {
		var grant shipment.Grant
		grant, err = p.Customs.OpenLink(ctx, c.Param("key"), typed, network(visitOf(c).address).String(), cookie(c.Request(), cookieGrant))
		if err == nil {
			p.rememberGrant(c, grant)
			return toIdentity(c, w, "/id")
		}
	}
	if customs.IsResidentNumber(typed) {
		typed = ""
	}
	return p.linkFailed(c, w, pages.IdentityLinkPage{PhoneLast4: typed}, err)
}

// linkFailed tells what to mend, how long to wait, or that the link is no more.
func (p *Portal) linkFailed(c echo.Context, w shipment.Waybill, page pages.IdentityLinkPage, err error) error {
	var (
		invalid fault.Invalid
		tooMany fault.TooMany
	)
	switch {
	case errors.Is(err, customs.ErrSpentLink):
		return p.render(c, http.StatusNotFound, pages.IdentityClosed(pages.ShutSpent))
	case errors.Is(err, shipment.ErrWrongFact):
		page.Problems = fault.Invalid{{Field: "phone_last4", Key: "unlock.fact.wrong"}}
	case errors.As(err, &invalid):
		page.Problems = invalid
	case errors.As(err, &tooMany):
		page.LockedFor = max(tooMany.RetryAfter, time.Second)
		c.Response().Header()["Retry-After"] = []string{seconds(page.LockedFor)}
		return p.writeLink(c, w, page, http.StatusTooManyRequests)
	default:
		return err
	}
	return p.writeLink(c, w, page, http.StatusUnprocessableEntity)
}

func (p *Portal) writeLink(c echo.Context, w shipment.Waybill, page pages.IdentityLinkPage, status int) error {
	parcel, err := p.Shipments.Lookup(c.Request().Context(), w)
	if err != nil {
		return err
	}
	page.Waybill, page.Country = w, parcel.DestCountry
	return p.render(c, status, pages.IdentityLink(page))
}
