package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/web/staff"
)

// desk is the back office, with what this site lends it.
func (p *Portal) desk() staff.Desk {
	return staff.Desk{
		Shipments: p.Shipments, Customs: p.Customs, DB: p.Web, Now: p.Now, Base: p.Config.BaseURL,
		Render: p.render, Lead: seeOther, Clean: clean, Who: p.sessionOf, Tell: tell, By: p.deskBy, Address: inLanguage, Picture: sendPicture,
	}
}

// deskBy is one of the staff as the record of looks keeps them.
func (p *Portal) deskBy(c echo.Context) customs.By {
	return customs.By{
		Account: p.sessionOf(c).Account.ID, Role: customs.Staff, Network: network(visitOf(c).address).String(), Language: tongueOf(c),
	}
}

// inLanguage is a path of the portal in the visitor's language.
func inLanguage(c echo.Context, path string) string { return visitOf(c).prefix + path }

// sendPicture answers with a picture for the eyes alone: nothing keeps it.
func sendPicture(c echo.Context, jpeg []byte) error {
	h := c.Response().Header()
	h["Cache-Control"], h["Content-Disposition"] = headerNoStore, headerInline
	return sendAsIs(c, http.StatusOK, headerJPEG, jpeg)
}
