package web_test

import (
	"strconv"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// What customer A's saved person gave.
const (
	keptName = "한가람"
	keptCode = "P987654321098"

	keptParcel shipment.Waybill = "KEPT-12345"
)

// walkedPerson saves somebody for the account of an address, and gives the number.
func walkedPerson(t *testing.T, s *webtest.Site, email string) string {
	t.Helper()
	ctx, store := t.Context(), s.Portal.Customs
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	owner, err := s.Accounts.Find(ctx, email)
	must(err)
	_, err = s.Store.ReceiveShipments(ctx, []shipment.Record{{
		Waybill: keptParcel, AcceptedAt: s.Clock.Now().Add(-72 * time.Hour), Piece: 1, Pieces: 1, Origin: shipment.Place{Country: "US", Zone: "UTC"},
		Destination: shipment.Place{Country: "KR", Zone: "Asia/Seoul"}, Consignee: shipment.Party{Name: keptName, Phone: "+82 10-3000-4000"},
	}})
	must(err)
	scan(t, s, keptParcel, "awaiting_id", -24*time.Hour)
	by := customs.By{Role: customs.Owner, Account: owner.ID, Channel: "account", Language: "ko"}
	_, err = store.Begin(ctx, keptParcel, by)
	must(err)
	_, _, err = store.SavePerson(ctx, keptParcel, customs.PersonEntry{NameLocal: keptName, Phone: "010-3000-4000", Postcode: "04524"}, by)
	must(err)
	i, _, err := store.SaveDocument(ctx, keptParcel, customs.DocumentEntry{DocType: "kr_pccc", Number: keptCode}, by)
	must(err)
	i, err = store.Submit(ctx, keptParcel, i.ID, customs.Submission{
		Consents: customs.Consents{Customs: true, Transfer: true, Keep: true}, Version: "2026-11-22", For: customs.Holder{Account: owner.ID},
	}, by)
	must(err)
	return strconv.FormatInt(int64(i.SavedPerson), 10)
}
