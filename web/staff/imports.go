package staff

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

// ListImports lists imports of which rows were rejected.
func (d Desk) ListImports(c echo.Context) error {
	below, err := whole(c.QueryParam("below"))
	if err != nil {
		return err
	}
	reports, more, err := d.Shipments.FailedImports(c.Request().Context(), below)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, pages.StaffImportList(pages.StaffImports{Reports: reports, More: more}))
}

// ShowImport shows one import with the rows that it rejected.
func (d Desk) ShowImport(c echo.Context) error {
	id, err := whole(c.Param("id"))
	if err != nil {
		return err
	}
	skip, err := whole(c.QueryParam("after"))
	if err != nil {
		return err
	}
	report, rows, err := d.Shipments.Import(c.Request().Context(), id, skip)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, pages.StaffImportRows(pages.StaffImport{Report: report, Rows: rows, Skip: skip}))
}

// whole reads a number of an address; nothing is 0, and no page has another.
func whole(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, fault.ErrNotFound
	}
	return n, nil
}
