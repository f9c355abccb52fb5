package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/contact"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// showWho asks whom a question is for, an answer at a time: each is a link, so
// that it works without a script and can be gone back on.
func (p *Portal) showWho(c echo.Context) error {
	v, asked := visitOf(c), c.QueryParams()
	q := contact.Inquiry{Side: contact.Side(asked.Get("side")), Topic: contact.Topic(asked.Get("topic")), Bought: contact.Bought(asked.Get("bought"))}
	if known := answered(q); len(known) > 0 {
		v.query = known.Encode()
	}
	c.Response().Header()["Cache-Control"] = headerRevalidate
	return p.render(c, http.StatusOK, pages.Who(q))
}

// answered is the part of an inquiry that counts, as the page's own links say it.
func answered(q contact.Inquiry) url.Values {
	known := url.Values{}
	next := q.Next()
	if next == contact.AskSide {
		return known
	}
	known.Set("side", string(q.Side))
	if next != contact.AskTopic {
		known.Set("topic", string(q.Topic))
	}
	if next == contact.Answered && q.Party() != contact.Carrier {
		known.Set("bought", string(q.Bought))
	}
	return known
}

// showPacking shows the checklist for whoever packs a parcel.
func (p *Portal) showPacking(c echo.Context) error {
	c.Response().Header()["Cache-Control"] = headerRevalidate
	return p.render(c, http.StatusOK, pages.Packing(pages.PackingPage{Limits: shipment.ParcelLimits(), Batteries: shipment.Batteries()}))
}
