package staff

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"ecms/portal/templates/pages"
)

// ListReturns lists the parcels whose return was announced since no identity came.
func (d Desk) ListReturns(c echo.Context) error {
	skip, err := whole(c.QueryParam("after"))
	if err != nil {
		return err
	}
	page := pages.StaffReturnsPage{Before: int(skip)}
	if page.All, err = d.Customs.Returning(c.Request().Context()); err != nil {
		return err
	}
	if page.Returns, err = d.Customs.Returns(c.Request().Context(), page.Before, casesAtOnce); err != nil {
		return err
	}
	if end := page.Before + len(page.Returns); len(page.Returns) > 0 && end < page.All {
		page.Next = end
	}
	return d.Render(c, http.StatusOK, pages.StaffReturns(page))
}
