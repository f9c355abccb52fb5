package staff

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

const (
	looksAtOnce = 200 // single looks on a page of the report
	monthsBack  = 24  // months before this one, for as long as looks are kept
)

// ShowReport shows a month's access to identity data: the running month, or one
// before it.
func (d Desk) ShowReport(c echo.Context) error {
	now := d.Now().UTC()
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	first := month.AddDate(0, -monthsBack, 0)
	if typed := c.QueryParam("month"); typed != "" {
		asked, err := time.Parse("2006-01", typed)
		if err != nil || asked.After(month) || asked.Before(first) {
			return fault.ErrNotFound
		}
		month = asked
	}
	skip, err := whole(c.QueryParam("after"))
	if err != nil {
		return err
	}
	r, err := d.Customs.AccessReport(c.Request().Context(), month.Year(), month.Month())
	if err != nil {
		return err
	}
	page := pages.StaffReportPage{Month: month, First: !month.After(first), Last: !r.To.Before(now), Lines: r.Lines, All: len(r.Looks)}
	page.Before = int(min(skip, int64(len(r.Looks))))
	end := min(page.Before+looksAtOnce, len(r.Looks))
	page.Looks = looksOf(r.Looks[page.Before:end])
	if end < len(r.Looks) {
		page.Next = end
	}
	return d.Render(c, http.StatusOK, pages.StaffReport(page))
}
