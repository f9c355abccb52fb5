package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"ecms/portal/internal/document/specimen"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// Waybills of parcels that wait for an identity, the last of them another customer's.
const (
	toChina  shipment.Waybill = "EC7K3M9QTR2XW5"
	toKorea  shipment.Waybill = "W2222KR"
	toTaiwan shipment.Waybill = "W3333TW"
	toJapan  shipment.Waybill = "W4444JP"
	another  shipment.Waybill = "W5555CN"
)

const (
	lastFour   = "8000"
	chineseID  = "11010519491231002X"
	koreanCode = "P123456789012"
	resident   = "900101-1234567" // of nobody
)

// awaiting is a site with parcels to three countries of which customs waits for an
// identity, one that waits for a duty, and one of another customer.
func awaiting(t testing.TB) *webtest.Site {
	t.Helper()
	s := webtest.Start(t)
	party := func(name, phone, email string) shipment.Party {
		return shipment.Party{Name: name, Phone: phone, Email: email, Postcode: "04524", Address: "1 Lantern Lane"}
	}
	place := map[string]shipment.Place{
		"CN": {Place: "Hangzhou", Country: "CN", Zone: "Asia/Shanghai"}, "KR": {Place: "Seoul", Country: "KR", Zone: "Asia/Seoul"},
		"TW": {Place: "Taipei", Country: "TW", Zone: "Asia/Taipei"}, "JP": {Place: "Osaka", Country: "JP", Zone: "Asia/Tokyo"},
	}
	for _, one := range []struct {
		w         shipment.Waybill
		country   string
		consignee shipment.Party
	}{
		{toChina, "CN", party("李伟", "+86 138-0013-8000", "li@example.com")},
		{toKorea, "KR", party("홍길동", "+82 10-2000-8000", "hong@example.com")},
		{toTaiwan, "TW", party("林美玲", "+886 912 348 000", "lin@example.com")},
		{toJapan, "JP", party("Sato", "+81 90-1234-8000", "sato@example.com")},
		{another, "CN", party("王芳", "+86 139-0013-9000", "wang@example.com")},
	} {
		r := shipment.Record{
			Waybill: one.w, AcceptedAt: s.Clock.Now().AddDate(0, 0, -9), Piece: 1, Pieces: 1, OrderNo: "ORDER-" + string(one.w),
			Origin: shipment.Place{Place: "Newark", Country: "US", Zone: "America/New_York"}, Destination: place[one.country], Consignee: one.consignee,
			Shipper: shipment.Party{Name: "Lantern Shop", Email: "shop@example.com", Phone: "+1 212 555 0100"},
		}
		if _, err := s.Store.ReceiveShipments(t.Context(), []shipment.Record{r}); err != nil {
			t.Fatal(err)
		}
		scan(t, s, one.w, "awaiting_id", -5*24*time.Hour)
	}
	return s
}

// scan lets an event of a parcel happen, some time from now.
func scan(t testing.TB, s *webtest.Site, w shipment.Waybill, code string, ago time.Duration) {
	t.Helper()
	at := s.Clock.Now().Add(ago)
	c := shipment.Checkpoint{Waybill: w, EventID: code + at.String(), At: at, Country: "CN", Code: code, Source: "x"}
	if _, err := s.Store.ReceiveCheckpoints(t.Context(), []shipment.Checkpoint{c}); err != nil {
		t.Fatal(err)
	}
}

// holder is a browser that has unlocked a parcel with the last digits of its
// consignee's phone.
func holder(t testing.TB, s *webtest.Site, w shipment.Waybill) *webtest.Browser {
	t.Helper()
	b := s.Visitor(t)
	digits := lastFour
	if w == another {
		digits = "9000"
	}
	b.Still().Post("/track/"+string(w)+"/unlock", url.Values{"phone_last4": {digits}}).Want(http.StatusSeeOther)
	return b
}

// said is a text of the portal in English.
func said(key string, args ...string) string { return locale.For(locale.English).T(key, args...) }

func idPath(w shipment.Waybill, rest string) string { return "/parcels/" + string(w) + rest }

// front and back are pictures of a card that is nobody's.
func front() []byte { return specimen.JPEG(specimen.Card(1200, 800, 1)) }
func back() []byte  { return specimen.JPEG(specimen.Card(1200, 800, 2)) }

// givePerson does the first step for a Chinese citizen.
func givePerson(b *webtest.Browser, w shipment.Waybill) *webtest.Page {
	return b.Get(idPath(w, "/id/person")).Form("form.asking").
		Fill("name_local", "李伟").Fill("phone", "138 0013 8000").Fill("name_consent", "yes").Submit()
}

// giveCard does the second step for a Chinese citizen.
func giveCard(page *webtest.Page) *webtest.Page {
	return page.Form("form.asking").Fill("doc_number", chineseID).
		Fill("expiry_year", "2031").Fill("expiry_month", "8").Fill("expiry_day", "4").
		Choose("front", "front.jpg", front()).Choose("back", "back.jpg", back()).Submit()
}

// agree does the third step.
func agree(page *webtest.Page, keep ...string) *webtest.Page {
	f := page.Form("form.consents").Fill("consent_customs", "yes").Fill("consent_transfer", "yes")
	for i := 0; i+1 < len(keep); i += 2 {
		f.Fill(keep[i], keep[i+1])
	}
	return f.Submit()
}

// given is a parcel to China whose identity is in review.
func given(t testing.TB, s *webtest.Site, w shipment.Waybill) *webtest.Browser {
	t.Helper()
	b := holder(t, s, w)
	page := agree(giveCard(givePerson(b, w).Want(http.StatusOK)).Want(http.StatusOK)).Want(http.StatusOK)
	if page.Path != idPath(w, "/id?sent=yes") {
		t.Fatalf("sending leads to %s", page.Path)
	}
	return b
}
