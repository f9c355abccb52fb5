// Package staff is the back office: what the carrier's people look up. Its routes
// stand in the site map of package web, which lends it rendering and the session.
package staff

import (
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// Desk answers the carrier's people.
type Desk struct {
	// Shipments is what they look into.
	Shipments *shipment.Store
	// Customs keeps what consignees hand in.
	Customs *customs.Store
	// DB is the pool that the queue of jobs is counted through.
	DB *postgres.DB
	// Now is the clock.
	Now func() time.Time
	// Base is the portal's public address, which links for others begin with.
	Base string

	// What the site lends: Render answers with a page, Lead sends on to another
	// page of the portal, Tell keeps a message for that page, Clean takes from a typed
	// text what no page can hold, Who tells which member of the staff asks, By does so
	// for the record of looks, Address puts the visitor's language before a path, and
	// Picture answers with a picture to be seen and not kept.
	Render func(c echo.Context, status int, page templ.Component) error
	Lead   func(c echo.Context, path string) error
	Clean  func(typed string) string
	Who    func(c echo.Context) account.Session

	Tell    func(c echo.Context, key string)
	By      func(c echo.Context) customs.By
	Address func(c echo.Context, path string) string
	Picture func(c echo.Context, jpeg []byte) error
}

// typed is a field of the form as pages and the database can hold it.
func (d Desk) typed(c echo.Context, name string) string {
	return d.Clean(c.Request().PostForm.Get(name))
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
	waiting, err := d.Customs.Waiting(ctx, "")
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, pages.StaffHome(pages.StaffOverview{
		Figures: figures, Rejected: rejected, FailedJobs: jobs.Failed, Identities: waiting,
	}))
}

// ListCodes lists raw codes that nobody has translated yet.
func (d Desk) ListCodes(c echo.Context) error {
	figures, err := d.Shipments.Figures(c.Request().Context())
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, pages.StaffCodes(figures))
}
