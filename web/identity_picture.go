package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
)

// pictureAddress is where the author of a form sees one of its pictures; another
// picture of the same side has another address.
func pictureAddress(who consignee, k customs.Kept) string {
	return "/parcels/" + url.PathEscape(string(who.parcel.Waybill)) + "/id/picture/" + string(k.Slot) + "?v=" + k.File[:min(len(k.File), 8)]
}

// showPicture gives a picture of an unsent form to who gave it, and to nobody else:
// with the strip below it, as customs gets it.
func (p *Portal) showPicture(c echo.Context, who consignee) error {
	ctx, slot := c.Request().Context(), customs.Slot(c.Param("slot"))
	i, err := p.Customs.Draft(ctx, who.parcel.Waybill)
	if err != nil {
		return err
	}
	leave, ok := p.views.enter(ctx, who.parcel.Waybill)
	defer leave()
	if !ok {
		return fault.ErrUnavailable
	}
	before, err := p.ownPictures(c, who, i)
	if err != nil {
		return err
	}
	if !samePicture(before, before, slot) || !slices.Contains(slots(who.rule), string(slot)) {
		return fault.ErrNotFound
	}
	picture, err := p.Customs.Picture(ctx, i.ID, slot, who.portal(), "form")
	if err != nil {
		return err
	}
	after, err := p.ownPictures(c, who, i)
	if err != nil {
		return err
	}
	if !samePicture(before, after, slot) { // another's took its place meanwhile
		return fault.ErrNotFound
	}
	if picture, err = customs.Marked(picture, who.rule.Country, who.parcel.Waybill); err != nil {
		return err
	}
	c.Response().Header()["Content-Disposition"] = headerInline
	return sendAsIs(c, http.StatusOK, headerJPEG, picture)
}
