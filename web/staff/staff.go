// Package staff is the back office: what the carrier's people look up. Its routes
// stand in the site map of package web, which lends it rendering and the session.
package staff

import (
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// Desk answers the carrier's people.
type Desk struct {
	// Shipments is what they look into.
	Shipments *shipment.Store
	// DB is the pool that the queue of jobs is counted through.
	DB *postgres.DB
	// Now is the clock.
	Now func() time.Time

	// What the site lends: Render answers with a page, Lead sends on to another
	// page of the portal, Clean takes from a typed text what no page can hold, and
	// Who tells which member of the staff asks.
	Render func(c echo.Context, status int, page templ.Component) error
	Lead   func(c echo.Context, path string) error
	Clean  func(typed string) string
	Who    func(c echo.Context) account.Session
}

// ShowOverview tells how things stand.
func (d Desk) ShowOverview(c echo.Context) error {
	ctx := c.Request().Context()
	figures, err := d.Shipments.Figures(ctx)
	if err != nil {
		return err
	}
	rejected, err := d.Shipments.RejectedSince(ctx, d.Now().Add(-24*time.Hour))
	if err != nil {
		return err
	}
	jobs, err := job.Standing(ctx, d.DB)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, pages.StaffHome(pages.StaffOverview{Figures: figures, Rejected: rejected, FailedJobs: jobs.Failed}))
}

// ListCodes lists raw codes that nobody has translated yet.
func (d Desk) ListCodes(c echo.Context) error {
	figures, err := d.Shipments.Figures(c.Request().Context())
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, pages.StaffCodes(figures))
}
