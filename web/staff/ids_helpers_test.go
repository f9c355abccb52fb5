package staff_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"image/jpeg"
	"net/url"
	"strconv"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/document/specimen"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// What the consignees of these tests gave: nobody's.
const (
	clerkOther = "ben@ecms.example.com"

	cnNumber = "11010519491231002X"
	cnName   = "张伟"
	cnPhone  = "13800138000"
	krCode   = "P123456789012"
	krName   = "홍길동"
)

var consignee = customs.By{Role: customs.Owner, Network: "10.0.0.0/24", Channel: "link", Language: "zh-Hans"}

// ship brings a parcel of which customs waits for an identity.
func ship(t *testing.T, s *webtest.Site, w shipment.Waybill, country string) {
	t.Helper()
	to := map[string]shipment.Place{
		"CN": {Place: "Hangzhou", Country: "CN", Zone: "Asia/Shanghai"}, "KR": {Place: "Seoul", Country: "KR", Zone: "Asia/Seoul"},
	}[country]
	who := map[string]shipment.Party{
		"CN": {Name: cnName, Phone: "+86 138-0013-8000", Postcode: "310000"}, "KR": {Name: krName, Phone: "+82 10-1234-5678", Postcode: "04524"},
	}[country]
	now := s.Clock.Now()
	_, err := s.Store.ReceiveShipments(t.Context(), []shipment.Record{{
		Waybill: w, AcceptedAt: now.Add(-72 * time.Hour), Piece: 1, Pieces: 1, Origin: shipment.Place{Country: "US", Zone: "America/New_York"}, Destination: to, Consignee: who,
	}})
	if err != nil {
		t.Fatal(err)
	}
	scan(t, s, w, country, "awaiting_id", now.Add(-24*time.Hour))
}

func scan(t *testing.T, s *webtest.Site, w shipment.Waybill, country, code string, at time.Time) {
	t.Helper()
	c := shipment.Checkpoint{Waybill: w, EventID: code, At: at, Country: country, Code: code, Source: "x"}
	if _, err := s.Store.ReceiveCheckpoints(t.Context(), []shipment.Checkpoint{c}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Portal.Customs.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// card is an upload as the portal keeps it.
func card(seed uint64) document.Picture {
	data := specimen.JPEG(specimen.Card(640, 420, seed))
	sum := sha256.Sum256(data)
	return document.Picture{JPEG: data, Width: 640, Height: 420, Sum: sum, Look: document.Look(binary.BigEndian.Uint64(sum[:]))}
}

// handIn ships a parcel and sends its identity.
func handIn(t *testing.T, s *webtest.Site, w shipment.Waybill, country string) customs.Identity {
	t.Helper()
	ship(t, s, w, country)
	return fillIn(t, s, w, country)
}

func fillIn(t *testing.T, s *webtest.Site, w shipment.Waybill, country string) customs.Identity {
	t.Helper()
	store, ctx := s.Portal.Customs, t.Context()
	person := customs.PersonEntry{NameLocal: cnName, Nationality: "CN", Phone: cnPhone}
	paper := customs.DocumentEntry{DocType: "cn_id", Number: cnNumber, ExpiryYear: "2031", ExpiryMonth: "1", ExpiryDay: "9"}
	if country == "KR" {
		person = customs.PersonEntry{NameLocal: krName, Nationality: "KR", Phone: "010-1234-5678", Postcode: "04524", NameConsent: true}
		paper = customs.DocumentEntry{DocType: "kr_pccc", Number: krCode}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", w, err)
		}
	}
	_, err := store.Begin(ctx, w, consignee)
	must(err)
	_, _, err = store.SavePerson(ctx, w, person, consignee)
	must(err)
	if country == "CN" {
		must(store.AddPicture(ctx, w, customs.Front, card(uint64(len(w))), nil))
		must(store.AddPicture(ctx, w, customs.Back, card(uint64(len(w))+1000), nil))
	}
	i, _, err := store.SaveDocument(ctx, w, paper, consignee)
	must(err)
	sub := customs.Submission{Consents: customs.Consents{Customs: true, Transfer: true}, Version: "v1"}
	i, err = store.Submit(ctx, w, i.ID, sub, consignee)
	must(err)
	return i
}

func at(i customs.Identity, rest string) string {
	return "/staff/ids/" + strconv.FormatInt(int64(i.ID), 10) + rest
}

// take puts the case into the browser's hands.
func take(t *testing.T, b *webtest.Browser, i customs.Identity) {
	t.Helper()
	b.Still().Post(at(i, "/take"), nil).Want(303)
}

// open takes the case and states a reason.
func open(t *testing.T, b *webtest.Browser, i customs.Identity) *webtest.Page {
	t.Helper()
	take(t, b, i)
	return b.Post(at(i, "/view"), url.Values{"reason": {"review"}}).Want(200)
}

// isPicture tells whether an answer is a picture that can be unpacked.
func isPicture(body string) bool {
	_, err := jpeg.Decode(bytes.NewReader([]byte(body)))
	return err == nil
}

// looks counts the looks of a kind that are written down.
func looks(t *testing.T, s *webtest.Site, what string) (n int) {
	t.Helper()
	if err := s.Portal.Web.Get(t.Context(), &n, `select count(*) from identity_looks where role = 'staff' and what = $1`, what); err != nil {
		t.Fatal(err)
	}
	return n
}
