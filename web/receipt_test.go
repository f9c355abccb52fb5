package web_test

import (
	"net/http"
	"strings"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/paper/papertest"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// TestReceiptToKeep says in each language what its page says, in masks alone.
func TestReceiptToKeep(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := given(t, s, toChina)
	link, _ := b.Get(idPath(toChina, "/id/receipt")).Want(http.StatusOK).Find(".receipt .acts a.btn").Attr("href")
	if !strings.HasSuffix(link, "/id/receipt.pdf") {
		t.Fatalf("the receipt leads to %q", link)
	}
	for _, lang := range locale.Languages() {
		got := b.Get("/" + string(lang) + idPath(toChina, "/id/receipt.pdf")).Want(http.StatusOK)
		for name, want := range map[string]string{
			"Content-Type": "application/pdf", "Cache-Control": "no-store", "Content-Disposition": `attachment; filename="receipt-EC7K3M9QTR2XW5.pdf"`,
		} {
			if h := got.Header.Get(name); h != want {
				t.Errorf("%s: %s is %q", lang, name, h)
			}
		}
		pages := papertest.Pages(t, []byte(got.Body))
		if len(pages) != 1 {
			t.Fatalf("%s: %d pages", lang, len(pages))
		}
		page := b.Get("/" + string(lang) + idPath(toChina, "/id/receipt")).Want(http.StatusOK)
		for _, want := range []string{"EC 7K3M 9QTR 2XW5", "李*", "110***********002X", "+86138****8000", "ECMS Express", page.Text("h1")} {
			if !strings.Contains(pages[0], want) {
				t.Errorf("%s: the paper does not say %q:\n%s", lang, want, pages[0])
			}
		}
		for _, secret := range []string{chineseID, "19491231", "13800138000", "李伟"} {
			if strings.Contains(strings.ReplaceAll(pages[0], "\n", ""), secret) || strings.Contains(got.Body, secret) {
				t.Errorf("%s: the paper says %s", lang, secret)
			}
		}
	}
}

// TestReceiptIsForWhoHasTheRight: others see no more than that of any number, and
// before something is sent there is none.
func TestReceiptIsForWhoHasTheRight(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toChina)
	for _, rest := range []string{"/id/receipt", "/id/receipt.pdf"} {
		if got := b.Still().Get(idPath(toChina, rest)).Want(http.StatusSeeOther); got.Header.Get("Location") != idPath(toChina, "/id") {
			t.Errorf("before anything is sent %s leads to %s", rest, got.Header.Get("Location"))
		}
	}
	b = given(t, s, toChina)
	for what, other := range map[string]*webtest.Browser{"who has another parcel": elsewhere(t, s), "a stranger": s.Visitor(t)} {
		for _, rest := range []string{"/id/receipt", "/id/receipt.pdf"} {
			got := other.Get(idPath(toChina, rest))
			if got.Status != http.StatusNotFound || strings.Contains(got.Body, "李") || strings.Contains(got.Body, "%PDF") {
				t.Errorf("%s: %s is %d", what, rest, got.Status)
			}
		}
	}
	b.Get(idPath(toChina, "/id/receipt.pdf")).Want(http.StatusOK)
	b.Post(idPath(toChina, "/id/withdraw"), nil).Want(http.StatusOK)
	gone := b.Get(idPath(toChina, "/id/receipt.pdf")).Want(http.StatusOK)
	if text := papertest.Pages(t, []byte(gone.Body))[0]; strings.Contains(text, "李") || strings.Contains(text, "110*") || !strings.Contains(text, "Withdrawn") {
		t.Errorf("after it was withdrawn the paper says\n%s", text)
	}
}

// elsewhere is a browser that has unlocked another parcel.
func elsewhere(t testing.TB, s *webtest.Site) *webtest.Browser {
	t.Helper()
	const w shipment.Waybill = "RB123456785SG"
	_, err := s.Store.ReceiveShipments(t.Context(), []shipment.Record{{
		Waybill: w, AcceptedAt: s.Clock.Now(), Piece: 1, Pieces: 1, Origin: shipment.Place{Country: "US", Zone: "America/New_York"},
		Destination: shipment.Place{Country: "TW", Zone: "Asia/Taipei"}, Consignee: shipment.Party{Name: "林美玲", Phone: "+886 912 348 000"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return holder(t, s, w)
}
