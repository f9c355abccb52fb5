package web_test

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// listed are the numbers of a list, in its order.
func listed(page *webtest.Page) []string {
	return page.Find(".parcels h2").Map(func(_ int, h *goquery.Selection) string { return strings.TrimSpace(h.Text()) })
}

func TestListTurnsPages(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := keeper(t, s, 60)
	seen := map[string]int{}
	page := b.Get("/account/parcels").Want(200)
	for turn := 0; ; turn++ {
		for _, number := range listed(page) {
			seen[number]++
		}
		if page.Find(`a[rel="next"]`).Length() == 0 {
			break
		}
		page = page.Follow(`a[rel="next"]`).Want(200)
		if turn > 5 {
			t.Fatal("the list does not end")
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d parcels on all pages, want 60", len(seen))
	}
	for number, n := range seen {
		if n != 1 {
			t.Errorf("%s stands %d times", number, n)
		}
	}
	if first := page.Follow(`nav[aria-label="Pages of the list"] a`); first.Path != "/account/parcels" {
		t.Errorf("the way back leads to %s", first.Path)
	}
}

func TestListFiltersByItsForm(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := keeper(t, s, 20)
	page := b.Get("/account/parcels").Form(".filter").Fill("q", "kept 0001").Fill("state", "delivered").Submit().Want(200)
	if got, want := strings.Join(listed(page), " "), "KEPT00010 KEPT00014 KEPT00018"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
	form := page.Form(".filter")
	if form.Values.Get("q") != "kept 0001" || form.Values.Get("state") != "delivered" {
		t.Errorf("the form forgets: %v", form.Values)
	}
	if href := page.Find(`a[lang="ko"]`).AttrOr("href", ""); !strings.Contains(href, "q=kept+0001") {
		t.Errorf("the language links lose the filter: %s", href)
	}
	// A control for days holds days alone: what is none would not be valid in it.
	wrong := b.Get("/account/parcels?from=yesterday&side=up&state=none&sort=x&country=Korea").Want(422)
	if wrong.Find("#from").AttrOr("value", "") != "" || wrong.Find(`.errors a[href="#from"]`).Length() != 1 || wrong.Find(".parcels li").Length() != 20 {
		t.Errorf("a day that can’t be read: %q, %d in the list: %s", wrong.Find("#from").AttrOr("value", ""), wrong.Find(".parcels li").Length(), wrong.Text(".errors"))
	}
	if none := b.Get("/account/parcels?q=nothing").Want(200); none.Find(".empty").Length() != 1 || none.Find(".filter a").Length() != 1 {
		t.Error("nothing found leads nowhere")
	}
	for _, odd := range []string{"%00", "%ff%fe", strings.Repeat("%E8%8C%B6", 300), "';drop table accounts--"} {
		b.Get("/account/parcels?q=" + odd + "&after=" + odd + "&from=" + odd)
	}
}

// TestExportIsATable reads the file as a spreadsheet would, in every language.
func TestExportIsATable(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := keeper(t, s, 30)
	for _, l := range locale.Languages() {
		page := b.Get("/" + string(l) + "/account/parcels.csv?state=moving&sort=added").Want(200)
		table, found := strings.CutPrefix(page.Body, "\ufeff")
		rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		if err != nil || !found || len(rows) != 9 {
			t.Fatalf("%s: %d rows, byte order mark %v, %v", l, len(rows), found, err)
		}
		if want := locale.For(l).T("shelf.csv.number"); rows[0][0] != want || rows[1][0] != "KEPT00001" {
			t.Errorf("%s: begins with %q and %q", l, rows[0][0], rows[1][0])
		}
		if got := page.Header.Get("Content-Disposition"); got != `attachment; filename="parcels-2026-03-10.csv"` {
			t.Errorf("%s: %s", l, got)
		}
		if got := page.Header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
			t.Errorf("%s: %s", l, got)
		}
	}
}

// TestExportHoldsNoFormula sends nasty names and order numbers through the file.
func TestExportHoldsNoFormula(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	nasty := []string{`=1+1`, `+1`, `-1`, `@SUM(A1)`, "\t=1", "  =HYPERLINK(\"https://evil.example\")", "＝1+1", "－2", "＠x", "|calc", "%0A=1", "　=1"}
	var rs []shipment.Record
	for i, text := range nasty {
		rs = append(rs, shipment.Record{
			Waybill: shipment.Waybill(fmt.Sprintf("NASTY%d", i)), Piece: 1, Pieces: 1, OrderNo: text, LastMileCarrier: text,
			Origin: shipment.Place{Country: "US", Zone: "UTC"}, Destination: shipment.Place{Country: "CN", Zone: "Asia/Shanghai"},
			Consignee: shipment.Party{Email: "me@example.com"},
		})
	}
	if _, err := s.Store.ReceiveShipments(t.Context(), rs); err != nil {
		t.Fatal(err)
	}
	b := s.Member(t, "me@example.com")
	for i, text := range nasty {
		b.Post(fmt.Sprintf("/account/parcels/NASTY%d", i), url.Values{"nickname": {text}}).Want(200)
	}
	rows, err := csv.NewReader(strings.NewReader(b.Get("/account/parcels.csv").Want(200).Body)).ReadAll()
	if err != nil || len(rows) != len(nasty)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	marked := 0
	for _, row := range rows[1:] {
		for _, cell := range row {
			bare := strings.TrimLeft(cell, " \t\r\n\u00a0\u3000")
			if bare != "" && strings.ContainsRune("=+-@|%＝＋－＠", []rune(bare)[0]) {
				t.Errorf("a formula: %q", cell)
			}
			if strings.HasPrefix(cell, "'") {
				marked++
			}
		}
	}
	if marked != 3*len(nasty) {
		t.Errorf("%d cells are marked, want %d", marked, 3*len(nasty))
	}
}
