package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"ecms/portal/templates/pages"
)

// showContact shows how and when the carrier's people can be reached. Whether they
// answer now changes by the minute, so that nothing of it is kept.
func (p *Portal) showContact(c echo.Context) error {
	return p.render(c, http.StatusOK, pages.Contact(pages.ContactPage{Card: p.Contact, Now: p.Now(), Zone: visitOf(c).zone}))
}
