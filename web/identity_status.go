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

// showIdentity tells what became of an identity, or leads to what is to be done.
func (p *Portal) showIdentity(c echo.Context, who consignee) error {
	i, err := p.Customs.Current(c.Request().Context(), who.parcel.Waybill)
	missing := errors.Is(err, fault.ErrNotFound)
	switch {
	case err != nil && !missing:
		return err
	case who.released() && (missing || i.State == customs.Draft):
		return shut{why: pages.ShutNotAsked}
	case missing:
		return toIdentity(c, who.parcel.Waybill, "/id/person")
	case i.State == customs.Draft:
		return toIdentity(c, who.parcel.Waybill, nextStep(i))
	}
	return p.writeIdentity(c, who, i, http.StatusOK, false)
}

func (p *Portal) writeIdentity(c echo.Context, who consignee, i customs.Identity, status int, blocked bool) error {
	looks, err := p.looksAt(c, who)
	if err != nil {
		return err
	}
	just := i.State == customs.Review && c.QueryParam("sent") != ""
	return p.render(c, status, pages.IdentityStatus(pages.IdentityPage{
		Parcel: who.page(), Identity: who.identity(i), Just: just, Kept: just && i.SavedPerson != 0, Open: !who.released(), Looks: looks, Blocked: blocked,
	}))
}

// identity is what the pages tell of an identity.
func (who consignee) identity(i customs.Identity) pages.Identity {
	told := pages.Identity{
		State: i.State, Reference: i.Reference, SubmittedAt: i.SubmittedAt, DecidedAt: i.DecidedAt, Zone: who.zone, Reason: i.Refusal,
	}
	if i.State == customs.Refused {
		told.Fix = fixOf(i)
	}
	if !i.KeepUntil.IsZero() {
		told.KeepUntil = shipment.Date(i.KeepUntil.In(who.zone).Format(time.DateOnly))
	}
	return told
}

// looksAt are the looks at what was given, newest first. Names of the staff are
// not the visitor's business; that somebody looked, and why, is.
func (p *Portal) looksAt(c echo.Context, who consignee) (list []pages.IdentityLook, err error) {
	looks, err := p.Customs.Looks(c.Request().Context(), who.parcel.Waybill)
	for _, l := range looks {
		list = append(list, pages.IdentityLook{At: l.At, Role: l.Role, What: l.What, Reason: l.Reason, Waybill: l.Waybill})
	}
	return list, err
}

// withdraw takes back what was given, as long as customs has not got it.
func (p *Portal) withdraw(c echo.Context, who consignee) error {
	ctx, w := c.Request().Context(), who.parcel.Waybill
	err := p.Customs.Withdraw(ctx, w, who.by)
	if errors.Is(err, customs.ErrNeeded) {
		i, err := p.Customs.Current(ctx, w)
		if err != nil {
			return err
		}
		return p.writeIdentity(c, who, i, http.StatusConflict, true)
	}
	if err != nil && !errors.Is(err, fault.ErrNotFound) {
		return err
	}
	return toIdentity(c, w, "/id")
}
