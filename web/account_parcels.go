package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/pages"
)

// longestSearch bounds in bytes what is looked for in a member's parcels.
const longestSearch = 400

// listKept shows a member's parcels, as many as were asked for, a page at a time.
func (p *Portal) listKept(c echo.Context) error {
	v, form := visitOf(c), shelfForm(c)
	filter, problems := readShelf(form)
	filter.Zone = v.zone
	page := pages.ShelfPage{Form: form, Problems: problems, Query: shelfQuery(form), After: clean(c.QueryParam("after")), Zone: v.zone}
	var err error
	if page.Page, err = p.Shelf.List(c.Request().Context(), p.memberOf(c), filter, page.After); err != nil {
		return err
	}
	if v.query = page.Query; page.After != "" {
		v.query = strings.TrimPrefix(page.Query+"&after="+url.QueryEscape(page.After), "&")
	}
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return p.render(c, status, pages.Shelf(page))
}

// shelfForm reads what a list of parcels is asked for. Answers that none of the
// lists to choose from has are left out.
func shelfForm(c echo.Context) pages.ShelfForm {
	get := func(name string) string { return strings.TrimSpace(clean(c.QueryParam(name))) }
	one := func(name string, of ...string) string {
		asked := get(name)
		for _, known := range of {
			if asked == known {
				return asked
			}
		}
		return ""
	}
	f := pages.ShelfForm{
		Text: get("q"), Country: strings.ToUpper(get("country")), From: get("from"), To: get("to"),
		Side:     one("side", string(shelf.ToMe), string(shelf.FromMe)),
		State:    one("state", string(shelf.Needed), string(shelf.Moving), string(shelf.Delivered), string(shelf.Stopped)),
		Sort:     one("sort", string(shelf.ByNeed), string(shelf.ByExpected), string(shelf.ByAdded)),
		Archived: one("archived", "yes"),
	}
	if len(f.Text) > longestSearch {
		f.Text = strings.ToValidUTF8(f.Text[:longestSearch], "")
	}
	if len(f.Country) != 2 || strings.Trim(f.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		f.Country = ""
	}
	return f
}

// readShelf is the filter that a form stands for. A day that can't be read
// filters nothing.
func readShelf(f pages.ShelfForm) (shelf.Filter, fault.Invalid) {
	filter := shelf.Filter{
		Text: f.Text, Side: shelf.Side(f.Side), State: shelf.State(f.State), Country: f.Country,
		From: shipment.Date(f.From), To: shipment.Date(f.To), Archived: f.Archived != "", Sort: shelf.Sort(f.Sort),
	}
	var problems fault.Invalid
	for _, day := range []struct {
		field string
		date  *shipment.Date
	}{{"from", &filter.From}, {"to", &filter.To}} {
		if _, ok := day.date.Time(); *day.date != "" && !ok {
			problems = append(problems, fault.Problem{Field: day.field, Key: "shelf.day.unreadable"})
			*day.date = ""
		}
	}
	return filter, problems
}

// shelfQuery writes a form as the query of its address.
func shelfQuery(f pages.ShelfForm) string {
	q := url.Values{}
	for name, value := range map[string]string{
		"q": f.Text, "side": f.Side, "state": f.State, "country": f.Country, "from": f.From, "to": f.To, "sort": f.Sort, "archived": f.Archived,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q.Encode()
}
