package staff

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// MakeLink makes a link to the identity form of a parcel and shows it, once: what
// is kept of it opens nothing.
func (d Desk) MakeLink(c echo.Context) error {
	w, err := waybillOf(c)
	if err != nil {
		return err
	}
	page, err := d.parcelPage(c, w)
	if err != nil {
		return err
	}
	key, until, err := d.Customs.MakeLink(c.Request().Context(), w, d.Who(c).Account.ID)
	if err != nil {
		return err
	}
	if page.Identity.Links, err = d.Customs.Links(c.Request().Context(), w); err != nil {
		return err
	}
	page.Identity.Made, page.Identity.Until = d.Base+"/p/"+url.PathEscape(key), until
	return d.Render(c, http.StatusOK, pages.StaffParcel(page))
}

// EndLinks ends all links of a parcel.
func (d Desk) EndLinks(c echo.Context) error {
	w, err := waybillOf(c)
	if err != nil {
		return err
	}
	if _, err := d.Shipments.Lookup(c.Request().Context(), w); err != nil {
		return err
	}
	if _, err := d.Customs.RevokeLinks(c.Request().Context(), w); err != nil {
		return err
	}
	d.Tell(c, "flash.ids.links_ended")
	return d.Lead(c, "/staff/parcels/"+url.PathEscape(string(w)))
}

// parcelPage is all about a parcel, with what was handed in for customs. The look
// at the parcel is written down.
func (d Desk) parcelPage(c echo.Context, w shipment.Waybill) (page pages.StaffParcelPage, err error) {
	ctx := c.Request().Context()
	if page.Dossier, err = d.Shipments.Dossier(ctx, d.Who(c).Account.ID, w); err != nil {
		return page, err
	}
	if page.Identity.Cases, page.Identity.Draft, err = d.handedIn(c, w, 0); err != nil {
		return page, err
	}
	_, asked := customs.RuleFor(page.Public.DestCountry, always)
	_, done := customs.Done(page.Public)
	page.Identity.Asked = asked && !done && !page.Waiting
	if page.Identity.Request, err = d.Customs.Request(ctx, w); err != nil && !errors.Is(err, fault.ErrNotFound) {
		return page, err
	}
	if page.Identity.Told, err = d.Customs.Letters(ctx, w); err != nil {
		return page, err
	}
	page.Identity.Links, err = d.Customs.Links(ctx, w)
	return page, err
}

// waybillOf reads the parcel of an address.
func waybillOf(c echo.Context) (shipment.Waybill, error) {
	number := c.Param("n")
	if number == "" {
		number = c.Param("*")
	}
	if c.Request().URL.RawPath != "" {
		plain, err := url.PathUnescape(number)
		if err != nil {
			return "", fault.ErrNotFound
		}
		number = plain
	}
	return shipment.Parse(number)
}
