package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// keeper is a member with so many parcels to their address.
func keeper(t *testing.T, s *webtest.Site, parcels int) *webtest.Browser {
	t.Helper()
	var rs []shipment.Record
	var events []shipment.Checkpoint
	for i := range parcels {
		w := shipment.Waybill(fmt.Sprintf("KEPT%05d", i))
		rs = append(rs, shipment.Record{
			Waybill: w, AcceptedAt: s.Clock.Now().AddDate(0, 0, -6), PromisedTo: "2026-03-20", Piece: 1, Pieces: 1, OrderNo: fmt.Sprintf("A-%d", i),
			Origin:      shipment.Place{Country: "US", Zone: "America/New_York"},
			Destination: shipment.Place{Country: "CN", Zone: "Asia/Shanghai"},
			Consignee:   shipment.Party{Email: "keeper@example.com", Phone: "13800138000"},
		})
		code := []string{"CDT", "ARR", "DLV", "CID"}[i%4]
		events = append(events, shipment.Checkpoint{
			Waybill: w, At: s.Clock.Now().Add(-time.Duration(i+1) * time.Hour), OffsetMinutes: 480, Country: "CN", Code: code, Source: "ecms",
		})
	}
	if _, err := s.Store.ReceiveShipments(t.Context(), rs); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Store.ReceiveCheckpoints(t.Context(), events); err != nil {
		t.Fatal(err)
	}
	return s.Member(t, "keeper@example.com")
}

// TestDashboardTakesThreeTrips holds the session to one trip to PostgreSQL, and
// the page to two more.
func TestDashboardTakesThreeTrips(t *testing.T) {
	t.Parallel()
	for parcels, most := range map[int]int64{0: 3, 20: 3} {
		s := webtest.Start(t)
		b := keeper(t, s, parcels)
		for range 8 { // what is prepared by now is prepared on every connection
			b.Get("/account").Want(200)
		}
		least := int64(99)
		for range 12 {
			before := s.Wire.Trips()
			b.Get("/account").Want(200)
			least = min(least, s.Wire.Trips()-before)
		}
		if least > most || least < 2 {
			t.Errorf("%d parcels: %d trips, want %d at most", parcels, least, most)
		}
	}
}

func TestDashboardTellsWhatComesFirst(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := keeper(t, s, 20)
	page := b.Get("/account").Want(200)
	if n := page.Find(".needed").Length(); n != 1 {
		t.Errorf("%d signal panels, want one", n)
	}
	if got := page.Text(".needed h3"); !strings.Contains(got, "KEPT00019") { // an identity is due sooner than a duty
		t.Errorf("the most urgent is %q", got)
	}
	if href := page.Find(".needed a.btn").AttrOr("href", ""); href != "/account/parcels/KEPT00019" {
		t.Errorf("its button leads to %q", href)
	}
	if n := page.Find(".codes li").Length(); n != 9 {
		t.Errorf("%d others wait, want 9", n)
	}
	if n := page.Find(".parcels li").Length(); n != 10 {
		t.Errorf("%d move or have ended, want 10", n)
	}
	if got := page.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	empty := s.Member(t, "new@example.com").Get("/account").Want(200)
	if empty.Find(".empty").Length() != 1 || empty.Find(`main a.btn[href="/account/parcels/add"]`).Length() != 1 {
		t.Errorf("an empty shelf: %s", empty.Text("main"))
	}
}

func TestAccountIsForMembers(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Moving)[0]
	b := s.Visitor(t).Still()
	for _, path := range []string{"/account", "/account/parcels", "/account/parcels.csv", "/account/parcels/add", addressOf(parcel)} {
		if page := b.Get(path).Want(303); !strings.HasPrefix(page.Header.Get("Location"), "/login?next=") {
			t.Errorf("%s leads a stranger to %s", path, page.Header.Get("Location"))
		}
	}
	other := s.Member(t, "other@example.com")
	other.Get(addressOf(parcel)).Want(404)
	for _, form := range []url.Values{{"nickname": {"mine"}}, {"archived": {"true"}}, {"remove": {"true"}}} {
		other.Post(addressOf(parcel), form).Want(404)
	}
}

func addressOf(parcel demo.Sample) string { return "/account/parcels/" + string(parcel.Waybill) }

func TestAddAndKeepAParcel(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	b := s.Member(t, "me@example.com")
	form := b.Get("/account").Follow("main a.btn").Want(200).Form("main form")
	page := form.Fill("number", string(parcel.Waybill)).Fill("phone_last4", parcel.PhoneLast4).Submit().Want(200)
	if page.Path != addressOf(parcel) || page.Text(".flash") == "" || !strings.Contains(page.Body, parcel.OrderNo) {
		t.Fatalf("added: %s, %q", page.Path, page.Text(".flash"))
	}
	page = page.Form(`.keeping form:has([name="nickname"])`).Fill("nickname", " <b>Tea</b>  for =me ").Submit().Want(200)
	if got := page.Text(".called"); got != "<b>Tea</b> for =me" {
		t.Errorf("nickname %q", got)
	}
	wrong := page.Form(`.keeping form:has([name="nickname"])`).Fill("nickname", strings.Repeat("n", 61)).Submit().Want(422)
	if wrong.Find("#nickname").AttrOr("value", "") != strings.Repeat("n", 61) || wrong.Find(`.errors a[href="#nickname"]`).Length() != 1 {
		t.Error("a nickname that is too long is not given back with its error")
	}
	b.Post(addressOf(parcel), url.Values{"archived": {"true"}}).Want(200)
	if n := b.Get("/account/parcels").Find(".parcels li").Length(); n != 0 {
		t.Errorf("%d parcels in the list", n)
	}
	if got := b.Get("/account/parcels?archived=yes").Text(".parcels h2"); !strings.Contains(got, "Tea") {
		t.Errorf("the archive holds %q", got)
	}
	b.Post(addressOf(parcel), url.Values{"archived": {"false"}}).Want(200)
	if page := b.Post(addressOf(parcel), url.Values{"remove": {"true"}}).Want(200); page.Path != "/account/parcels" || page.Find(".parcels li").Length() != 0 {
		t.Errorf("removed: %s", page.Path)
	}
	b.Get(addressOf(parcel)).Want(404)
	b.Post(addressOf(parcel), url.Values{"something": {"else"}}).Want(400)
}

// TestAddTellsNothingOfUnknownNumbers compares a wrong fact with a number that
// nobody has: status, bytes and limits are alike.
func TestAddTellsNothingOfUnknownNumbers(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	a, b := s.Member(t, "me@example.com"), s.Member(t, "me@example.com")
	a.Address, b.Address = "192.0.2.1", "203.0.113.1"
	const strange = "EC7K3M9QTR2XW5"
	for i := range 7 {
		form := url.Values{"number": {string(parcel.Waybill)}, "order_no": {"nobody knows"}}
		wrong := a.Post("/account/parcels/add", form)
		form.Set("number", strange)
		unknown := b.Post("/account/parcels/add", form)
		sameAnswer(t, fmt.Sprint("try ", i), wrong, unknown, string(parcel.Waybill), strange)
		if want := map[bool]int{true: 429, false: 422}[i >= 5]; wrong.Status != want || wrong.Header.Get("Retry-After") != unknown.Header.Get("Retry-After") {
			t.Errorf("try %d: status %d, want %d", i, wrong.Status, want)
		}
	}
	last := s.Member(t, "last@example.com")
	for range 40 { // one fact with many numbers
		if last.Post("/account/parcels/add", url.Values{"number": {fmt.Sprint("LM", time.Now().UnixNano())}, "postcode": {"1"}}).Status == 429 {
			return
		}
	}
	t.Error("somebody may try a fact with any number of numbers")
}

func TestAddTellsAllThatIsToMend(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Member(t, "me@example.com")
	for number, want := range map[string]string{"": "Enter a waybill", "EC7K3M9QTR2XW8": "One character", "???": "not a waybill"} {
		page := b.Post("/account/parcels/add", url.Values{"number": {number}}).Want(422)
		if got := page.Text(".errors"); !strings.Contains(got, want) || !strings.Contains(got, "three fields") {
			t.Errorf("%q: %q", number, got)
		}
		if got := page.Find("#number").AttrOr("value", ""); got != number {
			t.Errorf("%q comes back as %q", number, got)
		}
	}
}
