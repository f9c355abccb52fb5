package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// mostNumbers is how many parcels one list holds.
const mostNumbers = 40

// showHome shows the box for numbers.
func (p *Portal) showHome(c echo.Context) error {
	c.Response().Header()["Cache-Control"] = headerRevalidate
	return p.render(c, http.StatusOK, pages.Home(pages.HomePage{}))
}

// findParcels takes one number or a pasted text with many, and leads to them.
func (p *Portal) findParcels(c echo.Context) error {
	typed := field(c, "numbers")
	found, misfits := shipment.FindWaybills(typed)
	if problem := numbersProblem(typed, found, misfits); problem.Key != "" {
		return p.askAgain(c, typed, problem)
	}
	return seeOther(c, addressOfAll(found, misfits))
}

// askAgain shows the box with what was typed and what to mend.
func (p *Portal) askAgain(c echo.Context, typed string, problem fault.Problem) error {
	visitOf(c).path = "/"
	return p.render(c, http.StatusUnprocessableEntity, pages.Home(pages.HomePage{Numbers: typed, Problems: fault.Invalid{problem}}))
}

// numbersProblem tells what is wrong with a text in which numbers were looked
// for; without a key nothing is.
func numbersProblem(typed string, found []shipment.Waybill, misfits []string) fault.Problem {
	problem := fault.Problem{Field: "numbers"}
	typed = strings.TrimSpace(typed)
	switch {
	case typed == "":
		problem.Key = "track.numbers.empty"
	case len(found)+len(misfits) > mostNumbers:
		problem.Key, problem.Args = "track.numbers.too_many", []string{"max", strconv.Itoa(mostNumbers)}
	case len(found) == 0 && len(misfits) == 1:
		problem.Key = "track.numbers.misfit"
	case len(found)+len(misfits) == 0 && !strings.ContainsAny(typed, " \t\r\n,;"):
		problem.Key = "track.numbers.malformed"
	case len(found)+len(misfits) == 0:
		problem.Key = "track.numbers.none"
	}
	return problem
}

// addressOfAll is where the numbers of a text are shown: one on its page, more
// on a list.
func addressOfAll(found []shipment.Waybill, misfits []string) string {
	if len(found) == 1 && len(misfits) == 0 {
		return addressOfParcel(found[0])
	}
	var b strings.Builder
	b.WriteString("/track?n=")
	for i, w := range found {
		if i > 0 {
			b.WriteString("&n=")
		}
		b.WriteString(url.QueryEscape(string(w)))
	}
	for i, m := range misfits {
		if i > 0 || len(found) > 0 {
			b.WriteString("&n=")
		}
		b.WriteString(url.QueryEscape(m))
	}
	return b.String()
}

func addressOfParcel(w shipment.Waybill) string { return "/track/" + url.PathEscape(string(w)) }

// listParcels shows several parcels, one line each, and apart from them the
// numbers that lead nowhere.
func (p *Portal) listParcels(c echo.Context) error {
	v, asked := visitOf(c), c.QueryParams()["n"]
	if len(asked) == 0 {
		return seeOther(c, "/")
	}
	list := readList(asked)
	if problem := numbersProblem(list.typed, list.found, list.misfits); problem.Key != "" && problem.Key != "track.numbers.misfit" {
		return p.askAgain(c, list.typed, problem)
	}
	if len(list.found) == 1 && len(list.misfits) == 0 {
		return seeOther(c, addressOfParcel(list.found[0]))
	}
	v.query = list.query()
	if wait := p.guesses.blocked(v.address); wait > 0 {
		return fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	parcels, err := p.Shipments.LookupMany(c.Request().Context(), list.found)
	if err != nil {
		return err
	}
	page := list.page(parcels, v.zone)
	if wait := p.guesses.settle(v.address, len(page.Unknown)); wait > 0 {
		return fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	c.Response().Header()["Cache-Control"] = headerRevalidate
	return p.render(c, http.StatusOK, pages.TrackList(page))
}

// list is what GET /track asks for.
type list struct {
	typed   string // one number a line
	found   []shipment.Waybill
	misfits []string
}

func readList(asked []string) list {
	l := list{typed: clean(strings.Join(asked, "\n"))}
	seen := map[string]bool{}
	for _, one := range asked {
		found, misfits := shipment.FindWaybills(clean(one))
		for _, w := range found {
			if !seen[string(w)] {
				l.found = append(l.found, w)
			}
			seen[string(w)] = true
		}
		for _, m := range misfits {
			if !seen[m] {
				l.misfits = append(l.misfits, m)
			}
			seen[m] = true
		}
	}
	return l
}

// query is the list's part of its own address.
func (l list) query() string {
	_, query, _ := strings.Cut(addressOfAll(l.found, l.misfits), "?")
	return query
}

// page lays the parcels found beside the numbers asked for, in the asked order.
func (l list) page(parcels []shipment.Public, zone *time.Location) pages.ListPage {
	known := make(map[shipment.Waybill]shipment.Public, len(parcels))
	for _, parcel := range parcels {
		known[parcel.Waybill] = parcel
	}
	page := pages.ListPage{Misfits: l.misfits, Numbers: l.typed, Zone: zone}
	for _, w := range l.found {
		if parcel, ok := known[w]; ok {
			page.Rows = append(page.Rows, pages.ListRow{Parcel: parcel, Needs: needs.Of(parcel)})
		} else {
			page.Unknown = append(page.Unknown, string(w))
		}
	}
	return page
}
