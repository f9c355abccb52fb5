package web_test

import (
	"crypto/sha256"
	"strconv"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// walked is another parcel of customer A's, whose identity waits for the staff.
const walked shipment.Waybill = "WALKED-12345"

// What stands in the identity that the walk goes past.
const (
	walkedName   = "欧阳震华"
	walkedNumber = "110101199003077758"
)

// walkedCase sends an identity and gives its number in the queue of the staff.
func walkedCase(t *testing.T, s *webtest.Site) string {
	t.Helper()
	ctx, store := t.Context(), s.Portal.Customs
	_, err := s.Store.ReceiveShipments(ctx, []shipment.Record{{
		Waybill: walked, AcceptedAt: s.Clock.Now().Add(-72 * time.Hour), Piece: 1, Pieces: 1, Origin: shipment.Place{Country: "US", Zone: "UTC"},
		Destination: shipment.Place{Country: "CN", Zone: "Asia/Shanghai"}, Consignee: shipment.Party{Name: walkedName, Phone: "+86 139 1111 2222"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	scan(t, s, walked, "awaiting_id", -24*time.Hour)
	by := customs.By{Role: customs.Owner, Channel: "link", Language: "zh-Hans"}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	i, err := store.Begin(ctx, walked, by)
	must(err)
	_, _, err = store.SavePerson(ctx, walked, customs.PersonEntry{NameLocal: walkedName, Nationality: "CN", Phone: "13911112222"}, by)
	must(err)
	for slot, jpeg := range map[customs.Slot][]byte{customs.Front: front(), customs.Back: back()} {
		p := document.Picture{JPEG: jpeg, Width: 1200, Height: 800, Sum: sha256.Sum256(jpeg), Look: document.Look(len(jpeg))}
		must(store.AddPicture(ctx, walked, slot, p, nil))
	}
	paper := customs.DocumentEntry{DocType: "cn_id", Number: walkedNumber, ExpiryYear: "2031", ExpiryMonth: "1", ExpiryDay: "9"}
	_, _, err = store.SaveDocument(ctx, walked, paper, by)
	must(err)
	_, err = store.Submit(ctx, walked, i.ID, customs.Submission{Consents: customs.Consents{Customs: true, Transfer: true}, Version: "v1"}, by)
	must(err)
	return strconv.FormatInt(int64(i.ID), 10)
}
