package web

import (
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/needs"
	"ecms/portal/templates/pages"
)

// showNeeds lists what a parcel needs, the identity first.
func (p *Portal) showNeeds(c echo.Context, who consignee) error {
	i, err := p.Customs.Current(c.Request().Context(), who.parcel.Waybill)
	if err != nil && !errors.Is(err, fault.ErrNotFound) {
		return err
	}
	if who.released() && i.State != customs.Review && i.State != customs.Accepted {
		return toIdentity(c, who.parcel.Waybill, "/id")
	}
	others := slices.DeleteFunc(needs.Of(who.parcel), func(n needs.Need) bool { return n.Kind == needs.ID })
	return p.render(c, http.StatusOK, pages.Needs(pages.NeedsPage{Parcel: who.page(), Identity: who.identity(i), Others: others}))
}
