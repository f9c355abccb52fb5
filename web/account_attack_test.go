package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// TestNoFormulaBehindASemicolon: spreadsheets of half the world take semicolons
// for the end of a cell, and quotation marks only where a cell begins.
func TestNoFormulaBehindASemicolon(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	nasty := []string{`A;=1+1`, `A; +1`, `A;"=1"`, "A;;@SUM(A1)", "A;\ufeff=1", `A,b;-1`, "A;＝1"}
	var rs []shipment.Record
	for i, text := range nasty {
		rs = append(rs, shipment.Record{
			Waybill: shipment.Waybill(fmt.Sprintf("NASTY%d", i)), Piece: 1, Pieces: 1, OrderNo: text,
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
	table := b.Get("/account/parcels.csv").Want(200).Body
	for _, cell := range strings.FieldsFunc(table, func(r rune) bool { return strings.ContainsRune(";,\r\n", r) }) {
		bare := strings.TrimLeft(cell, " \t\"\ufeff\u00a0\u3000")
		if bare != "" && strings.ContainsRune("=+-@|%＝＋－＠", []rune(bare)[0]) {
			t.Errorf("a formula: %q", cell)
		}
	}
	if strings.Count(table, "'") != 2*len(nasty) {
		t.Errorf("%d marks, want %d:\n%s", strings.Count(table, "'"), 2*len(nasty), table)
	}
}

// TestDaysOfAllYears are read, also those that begin before the first year
// somewhere, which the database cannot.
func TestDaysOfAllYears(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := keeper(t, s, 2)
	for _, zone := range []string{"UTC", "Asia/Shanghai", "America/New_York"} {
		cookies := "__Host-session=" + b.Cookie("__Host-session") + "; __Host-tz=" + zone
		for query, want := range map[string]int{
			"from=0000-01-01": 2, "from=0000-12-31": 2, "from=0001-01-01": 2, "to=9999-12-31": 2, "to=9999-12-30": 2, "from=9999-12-31": 0, "from=0000-01-01&to=0001-01-02": 0,
		} {
			page := b.Get("/account/parcels?"+query, "Cookie", cookies).Want(200)
			if got := len(listed(page)); got != want {
				t.Errorf("%s, %s: %d parcels, want %d", zone, query, got, want)
			}
			b.Get("/account/parcels.csv?"+query, "Cookie", cookies).Want(200)
		}
	}
}
