package web

import (
	"encoding/csv"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/pages"
)

var headerCSV = []string{"text/csv; charset=utf-8"}

// exportKept gives a member's list as a file for spreadsheets: the same parcels
// in the same order as the page, all of them. It begins with a byte order mark,
// without which some programs take Chinese for another encoding.
func (p *Portal) exportKept(c echo.Context) error {
	v := visitOf(c)
	filter, _ := readShelf(shelfForm(c))
	filter.Zone = v.zone
	body := p.pools.buffer()
	defer p.pools.release(body)
	_, _ = body.WriteString("\ufeff")
	l := locale.For(v.language)
	w := shelfWriter{l: l, out: csv.NewWriter(body)}
	w.head()
	if err := p.Shelf.Each(c.Request().Context(), p.memberOf(c), filter, w.rows); err != nil {
		return err
	}
	c.Response().Header()["Content-Disposition"] = []string{`attachment; filename="parcels-` + v.began.UTC().Format(time.DateOnly) + `.csv"`}
	return p.send(c, http.StatusOK, headerCSV, body.Bytes())
}

// shelfWriter writes parcels as lines of a table.
type shelfWriter struct {
	l   *locale.Locale
	out *csv.Writer
}

func (w shelfWriter) head() {
	var names []string
	for _, column := range []string{
		"number", "name", "side", "status", "news", "origin", "destination", "expected_from", "expected_to",
		"delivered", "needed", "due", "carrier", "local", "order", "added",
	} {
		names = append(names, w.l.T("shelf.csv."+column))
	}
	_ = w.out.Write(names)
}

// rows writes some parcels. Days are written as machines sort them.
func (w shelfWriter) rows(ps []shelf.Parcel) error {
	for i := range ps {
		p := &ps[i]
		var from, to string
		if span, ok := pages.Expected(&p.Public); ok {
			from, to = string(span.From), string(span.To)
		}
		cells := []string{
			string(p.Waybill), p.Nickname, w.l.T("shelf.side." + string(p.Side)), pages.ShelfStatus(w.l, p), stamped(p.NewsAt),
			w.l.Country(p.OriginCountry), w.l.Country(p.DestCountry), from, to, string(p.DeliveredOn),
			pages.ShelfTask(w.l, p), string(p.Due), p.LastMileCarrier, p.LastMileNumber, p.OrderNo, stamped(p.AddedAt),
		}
		for j := range cells {
			cells[j] = plainCell(cells[j])
		}
		if err := w.out.Write(cells); err != nil {
			return err
		}
	}
	w.out.Flush()
	return w.out.Error()
}

func stamped(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// plainCell keeps a spreadsheet from reading a cell as a formula: whoever sends a
// parcel chooses its order number, and could have it call programs or addresses.
// Programs skip blanks before a formula, and some read full-width signs as well.
// Where commas divide decimals, they take semicolons for the end of a cell.
func plainCell(s string) string {
	parts := strings.SplitAfter(s, ";")
	for i, part := range parts {
		bare := strings.TrimLeft(part, " \t\r\n\u00a0\u3000\ufeff\"")
		if bare != "" && strings.ContainsRune("=+-@|%＝＋－＠", []rune(bare)[0]) || part != "" && strings.ContainsRune("\t\r\n", rune(part[0])) {
			parts[i] = "'" + part
		}
	}
	return strings.Join(parts, "")
}
