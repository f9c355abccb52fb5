package web

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/pages"
)

// consignee is whoever has the right to a parcel's identity form, and what the
// form's pages need to know of the parcel.
type consignee struct {
	parcel shipment.Public
	rule   customs.Rule
	zone   *time.Location // the destination's
	today  shipment.Date  // there
	by     customs.By
	name   string // on the parcel, masked
	token  string // of the grant; empty for who comes by the account
}

// shut says that a parcel's identity can't be given here, and why.
type shut struct {
	why    pages.IdentityShut
	number shipment.Waybill // that a second fact may open; empty: none
}

func (s shut) Error() string { return "identity form is shut: " + string(s.why) }

// forConsignee lets those who have the right to the parcel in the address pass. All
// others get one page, whether there is such a parcel or not.
func (p *Portal) forConsignee(next func(echo.Context, consignee) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		who, err := p.consigneeOf(c)
		if err == nil {
			err = next(c, who)
		}
		var closed shut
		switch {
		case !errors.As(err, &closed):
			return err
		case closed.number != "":
			return p.render(c, http.StatusNotFound, pages.IdentityLocked(closed.number))
		}
		return p.render(c, http.StatusNotFound, pages.IdentityClosed(closed.why))
	}
}

// consigneeOf finds out who asks for which parcel's form. The error is shut for
// who has no right, and for parcels of which customs asks no identity.
func (p *Portal) consigneeOf(c echo.Context) (consignee, error) {
	w, err := keptNumber(c)
	if err != nil {
		return consignee{}, shut{why: pages.ShutNoRight}
	}
	session, _, err := p.signedIn(c)
	if err != nil {
		return consignee{}, err
	}
	who, name, err := p.right(c, w, session)
	if errors.Is(err, fault.ErrNotFound) {
		return consignee{}, shut{pages.ShutNoRight, w}
	} else if err != nil {
		return consignee{}, err
	}
	who.name = maskedName(name)
	who.zone = p.zones.orUTC(who.parcel.DestZone)
	who.today = shipment.Date(visitOf(c).began.In(who.zone).Format(time.DateOnly))
	rule, asked := customs.RuleFor(who.parcel.DestCountry, who.today)
	if !asked {
		return consignee{}, shut{why: pages.ShutNotAsked}
	}
	who.rule = rule
	return who, nil
}

// right is a grant for the parcel, by its link or a second fact, or the account of
// its consignee. The name is the consignee's. fault.ErrNotFound: no right.
func (p *Portal) right(c echo.Context, w shipment.Waybill, session account.Session) (who consignee, name string, err error) {
	ctx := c.Request().Context()
	if session.Account.ID != 0 {
		public, private, kept, err := p.Shelf.Find(ctx, session.Account.ID, w)
		if err == nil && kept.Side == shelf.ToMe {
			return consignee{parcel: public, by: p.byOf(c, session, "account")}, private.Record.Consignee.Name, nil
		} else if err != nil && !errors.Is(err, fault.ErrNotFound) {
			return consignee{}, "", err
		}
	}
	token := cookie(c.Request(), cookieGrant)
	scope, err := p.Shipments.HeldBy(ctx, w, token)
	if err != nil {
		return consignee{}, "", err
	}
	if scope == "" {
		return consignee{}, "", fault.ErrNotFound
	}
	channel := "parcel"
	if scope == shipment.ScopeID {
		channel = "link"
	}
	public, private, err := p.Shipments.Full(ctx, w)
	if err != nil {
		return consignee{}, "", err
	}
	return consignee{parcel: public, by: p.byOf(c, session, channel), token: token}, private.Record.Consignee.Name, nil
}

// byOf is the visitor as identities keep them; the channel is "link", "parcel",
// "account" or "email".
func (p *Portal) byOf(c echo.Context, session account.Session, channel string) customs.By {
	return customs.By{
		Account: session.Account.ID, Role: customs.Owner, Network: network(visitOf(c).address).String(),
		Channel: channel, Language: tongueOf(c),
	}
}

// page is what the form's pages say of the parcel.
func (who consignee) page() pages.IdentityParcel {
	due := customs.DueOf(who.parcel)
	return pages.IdentityParcel{
		Waybill: who.parcel.Waybill, Country: who.rule.Country, Consignee: who.name,
		Due: due, Days: daysBetween(who.today, due), After: who.rule.ReturnAfter,
	}
}

// daysBetween counts the days from one to the other, 0 where one is no day.
func daysBetween(from, to shipment.Date) int {
	a, ok := from.Time()
	b, both := to.Time()
	if !ok || !both {
		return 0
	}
	return int(b.Sub(a) / (24 * time.Hour))
}

// released tells that customs is done with the parcel: nothing more can be given.
func (who consignee) released() bool {
	_, done := customs.Done(who.parcel)
	return done
}

// portal is the visitor's own By where the portal reads what is sealed for its
// own work, such as telling the next step.
func (who consignee) portal() customs.By {
	by := who.by
	by.Role = customs.Portal
	return by
}

// toIdentity leads to a page of the parcel's identity: "/id/check".
func toIdentity(c echo.Context, w shipment.Waybill, rest string) error {
	return seeOther(c, "/parcels/"+url.PathEscape(string(w))+rest)
}
