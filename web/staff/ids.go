package staff

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// casesAtOnce is how many cases a page of the queue shows.
const casesAtOnce = 50

// ListIDs lists identities that wait for somebody, the oldest due first.
func (d Desk) ListIDs(c echo.Context) error {
	ctx, country := c.Request().Context(), c.QueryParam("country")
	if _, asked := customs.RuleFor(country, always); country != "" && !asked {
		return fault.ErrNotFound
	}
	skip, err := whole(c.QueryParam("after"))
	if err != nil {
		return err
	}
	waiting, err := d.Customs.Waiting(ctx, country)
	if err != nil {
		return err
	}
	list, err := d.Customs.Queue(ctx, country, int(skip), casesAtOnce)
	if err != nil {
		return err
	}
	page := pages.StaffIDsPage{Waiting: waiting, Country: country, Before: int(skip)}
	for _, k := range list {
		page.Cases = append(page.Cases, d.caseOf(c, k))
	}
	if end := page.Before + len(list); len(list) > 0 && end < waiting {
		page.Next = end
	}
	return d.Render(c, http.StatusOK, pages.StaffIDs(page))
}

// always is a day by which every rule counts.
const always = shipment.Date("9999-12-31")

// caseOf is a case as the pages show it to whoever asks.
func (d Desk) caseOf(c echo.Context, k customs.Case) pages.IdentityCase {
	view := pages.IdentityCase{
		ID: strconv.FormatInt(int64(k.ID), 10), Reference: k.Reference, Waybill: k.Waybill, Country: k.Country, Doc: k.Doc, State: k.State,
		SubmittedAt: k.SubmittedAt, Due: k.Due, Days: d.daysTo(k.Due, k.Country), Again: k.Again, Warnings: len(k.Warnings),
		Refusal: k.Refusal, ErasedAt: k.ErasedAt, ErasedWhy: k.ErasedWhy,
	}
	view.Mine = k.State == customs.Review && k.TakenBy == d.Who(c).Account.ID
	if view.Mine || k.HeldBy(d.Now()) != 0 {
		view.TakenBy = k.Name
	}
	return view
}

// daysTo counts the days to a last day at the destination.
func (d Desk) daysTo(due shipment.Date, country string) int {
	last, ok := due.Time()
	if !ok {
		return 0
	}
	zone := time.UTC
	for _, to := range shipment.Destinations() {
		if to.Country != country {
			continue
		}
		if z, err := time.LoadLocation(to.Zone); err == nil {
			zone = z
		}
	}
	year, month, day := d.Now().In(zone).Date()
	return int(last.Sub(time.Date(year, month, day, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
}

// caseID reads the case of an address.
func caseID(c echo.Context) (customs.ID, error) {
	id, err := whole(c.Param("id"))
	if err == nil && id == 0 {
		err = fault.ErrNotFound
	}
	return customs.ID(id), err
}
