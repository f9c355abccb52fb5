package web

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// showKept shows a member one of their parcels with all there is to know about it.
func (p *Portal) showKept(c echo.Context) error {
	w, err := keptNumber(c)
	if err != nil {
		return err
	}
	return p.writeKept(c, w, http.StatusOK, nil)
}

// writeKept writes the page of a parcel; problems are those of its forms.
func (p *Portal) writeKept(c echo.Context, w shipment.Waybill, status int, problems fault.Invalid) error {
	public, private, kept, err := p.Shelf.Find(c.Request().Context(), p.memberOf(c), w)
	if err != nil {
		return err
	}
	page := pages.ShelfParcelPage{TrackPage: p.trackPage(c, public, &private), Kept: kept, Nickname: kept.Nickname}
	if page.Problems = problems; len(problems) > 0 {
		page.Nickname = field(c, "nickname")
	}
	return p.render(c, status, pages.ShelfParcel(page))
}

// changeKept gives a parcel a name, puts it away, or takes it off the account:
// whichever of the page's forms was sent.
func (p *Portal) changeKept(c echo.Context) error {
	w, err := keptNumber(c)
	if err != nil {
		return err
	}
	ctx, owner, form := c.Request().Context(), p.memberOf(c), c.Request().PostForm
	done, next := "", addressOfKept(w)
	switch {
	case form.Has("nickname"):
		done, err = "flash.parcel_named", p.Shelf.Rename(ctx, owner, w, field(c, "nickname"))
	case form.Get("archived") == "true":
		done, err = "flash.parcel_archived", p.Shelf.Archive(ctx, owner, w, true)
	case form.Get("archived") == "false":
		done, err = "flash.parcel_unarchived", p.Shelf.Archive(ctx, owner, w, false)
	case form.Get("remove") == "true":
		done, next, err = "flash.parcel_removed", "/account/parcels", p.Shelf.Remove(ctx, owner, w)
	default:
		return echo.ErrBadRequest
	}
	var invalid fault.Invalid
	if errors.As(err, &invalid) {
		return p.writeKept(c, w, http.StatusUnprocessableEntity, invalid)
	} else if err != nil {
		return err
	}
	tell(c, done)
	return seeOther(c, next)
}

// keptNumber takes a parcel's number out of the address.
func keptNumber(c echo.Context) (shipment.Waybill, error) {
	number := c.Param("n")
	if c.Request().URL.RawPath != "" {
		plain, err := url.PathUnescape(number)
		if err != nil {
			return "", fault.ErrNotFound
		}
		number = plain
	}
	return shipment.Parse(number)
}
