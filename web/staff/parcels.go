package staff

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// ShowSearch shows the search. Nothing in the address is looked for: names and
// phones have no place there. Other programs lead to a parcel by its own address.
func (d Desk) ShowSearch(c echo.Context) error {
	return d.Render(c, http.StatusOK, pages.StaffParcels(pages.StaffSearch{}))
}

// FindParcels looks for what was typed. Nothing is changed by it but the record
// of who searched: it is a POST to keep names and phones out of addresses, which
// browsers and proxies remember.
func (d Desk) FindParcels(c echo.Context) error {
	return d.search(c, d.Clean(c.Request().PostForm.Get("q")))
}

// search shows what was found; the one parcel whose whole number was typed opens at once.
func (d Desk) search(c echo.Context, typed string) error {
	page := pages.StaffSearch{Typed: typed}
	if strings.TrimSpace(typed) == "" {
		page.Problems = fault.Invalid{{Field: "q", Key: "staff.search.empty"}}
		return d.Render(c, http.StatusUnprocessableEntity, pages.StaffParcels(page))
	}
	found, err := d.Shipments.Search(c.Request().Context(), d.Who(c).Account.ID, typed)
	if err != nil {
		return err
	}
	if !found.Asked && len(found.Misfits) == 0 {
		page.Problems = fault.Invalid{{Field: "q", Key: "staff.search.short"}}
		return d.Render(c, http.StatusUnprocessableEntity, pages.StaffParcels(page))
	}
	if w, err := shipment.Parse(typed); err == nil && len(found.Hits) == 1 && found.Hits[0].Waybill == w {
		return d.Lead(c, "/staff/parcels/"+url.PathEscape(string(w)))
	}
	page.Found = &found
	return d.Render(c, http.StatusOK, pages.StaffParcels(page))
}

// ShowParcel shows everything about a parcel.
func (d Desk) ShowParcel(c echo.Context) error {
	w, err := waybillOf(c)
	if err != nil {
		return err
	}
	page, err := d.parcelPage(c, w)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, pages.StaffParcel(page))
}
