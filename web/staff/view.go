package staff

import (
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

// OpenID lets whoever states a reason see a case for some minutes.
func (d Desk) OpenID(c echo.Context) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	form := pages.ViewForm{Reason: d.typed(c, "reason")}
	var invalid fault.Invalid
	if !slices.Contains(pages.ViewReasons(), form.Reason) {
		form.Reason, invalid = "", fault.Invalid{{Field: "reason", Key: "id.reason.empty"}}
	} else {
		err = d.Customs.Open(c.Request().Context(), id, d.By(c), form.Reason)
	}
	if invalid != nil || errors.As(err, &invalid) {
		return d.showCase(c, id, http.StatusUnprocessableEntity, func(p *pages.StaffIDPage) { p.View, p.Problems = form, invalid })
	}
	return d.done(c, id, err, "", casePath(id, ""))
}

// ShowIDPicture serves one picture of an open case, with what it may be used for
// below it, to be seen on the case's page alone.
func (d Desk) ShowIDPicture(c echo.Context) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	ctx, by, slot := c.Request().Context(), d.By(c), customs.Slot(c.Param("slot"))
	opening, err := d.Customs.Opening(ctx, id, by.Account)
	if errors.Is(err, fault.ErrNotFound) || err == nil && !inPage(c.Request()) {
		return errors.Join(d.Customs.Shut(ctx, id, by), fault.ErrNotFound)
	} else if err != nil {
		return err
	}
	k, err := d.Customs.Case(ctx, id)
	if err != nil {
		return err
	}
	if !takes(k.Identity, slot) {
		return fault.ErrNotFound
	}
	jpeg, err := d.Customs.Picture(ctx, id, slot, by, opening.Reason)
	if err != nil {
		return err
	}
	marked, err := customs.Marked(jpeg, k.Country, k.Waybill)
	if err != nil {
		return err
	}
	return d.Picture(c, marked)
}

// inPage tells whether a picture is asked for by a page of the portal, not by an
// address that was typed or by a link that saves. Browsers that do not say pass.
func inPage(r *http.Request) bool {
	dest, site := r.Header.Get("Sec-Fetch-Dest"), r.Header.Get("Sec-Fetch-Site")
	return (dest == "" || dest == "image") && (site == "" || site == "same-origin")
}

// takes tells whether the identity's document has such a picture at all: Korea's
// have none.
func takes(i customs.Identity, slot customs.Slot) bool {
	rule, _ := customs.RuleFor(i.Country, always)
	doc, known := rule.Document(i.Doc)
	return known && doc.Takes(slot)
}
