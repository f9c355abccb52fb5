package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// showDashboard shows a member what is needed, what moves and what has ended
// lately. Beside the session it reads the shelf in two trips at most.
func (p *Portal) showDashboard(c echo.Context) error {
	d, err := p.Shelf.Dashboard(c.Request().Context(), p.memberOf(c))
	if err != nil {
		return err
	}
	v := visitOf(c)
	return p.render(c, http.StatusOK, pages.Dashboard(pages.DashboardPage{Dashboard: d, Zone: v.zone, Now: v.began}))
}

// memberOf is whose parcels the request is about.
func (p *Portal) memberOf(c echo.Context) account.ID { return p.sessionOf(c).Account.ID }

// addressOfKept is where a parcel's page stands in the account.
func addressOfKept(w shipment.Waybill) string {
	return "/account/parcels/" + url.PathEscape(string(w))
}
