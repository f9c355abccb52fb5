package demo_test

import (
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/demo"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
)

// TestWaitingParcelsCanBeTriedOut: each waits, has days left, and what is printed
// with it passes the country's checks without a warning.
func TestWaitingParcelsCanBeTriedOut(t *testing.T) {
	t.Parallel()
	now := march.AsOf.Add(12 * time.Hour)
	db := testdb.New(t)
	store := shipment.NewStore(db, db, func() time.Time { return now })
	if err := demo.Load(t.Context(), store, march); err != nil {
		t.Fatal(err)
	}
	records := map[shipment.Waybill]shipment.Record{}
	for _, r := range demo.Shipments(march) {
		records[r.Waybill] = r
	}
	list := demo.WaitingParcels(march)
	if len(list) != len(customs.Rules()) {
		t.Fatalf("%d parcels wait: %+v", len(list), list)
	}
	for i, s := range list {
		p, err := store.Lookup(t.Context(), s.Waybill)
		if err != nil || p.Status.Customs != shipment.AwaitingID || customs.DueOf(p) <= shipment.Date(now.Format(time.DateOnly)) {
			t.Errorf("%s: %+v, due %s, %v", s.Waybill, p.Status, customs.DueOf(p), err)
		}
		rule, today := customs.Rules()[i], shipment.Date(now.Format(time.DateOnly))
		if s.Destination != rule.Country || s.Language != rule.Language || len(s.PhoneLast4) != 4 || s.Phone[len(s.Phone)-4:] != s.PhoneLast4 {
			t.Errorf("%+v does not fit %s", s, rule.Country)
		}
		nationality := map[string]string{"CN": "CN", "KR": "", "TW": "TW"}[rule.Country]
		e := customs.PersonEntry{NameLocal: s.Name, Phone: s.Phone, Postcode: s.Postcode, Nationality: nationality}
		if rule.Asks(customs.FieldPostcode) == customs.Never {
			e.Postcode = ""
		}
		who, odd, err := rule.CheckPerson(e, records[s.Waybill].Consignee)
		if err != nil || len(odd) > 0 {
			t.Errorf("%s: %v, %v", s.Waybill, odd, err)
		}
		d := customs.DocumentEntry{DocType: string(rule.DocumentsFor(rule.Country)[0].Doc), Number: s.Number, EZWay: s.Number == ""}
		if rule.Country == "CN" {
			d.LongTerm = true
		}
		if _, _, err := rule.CheckDocument(d, who, today); err != nil {
			t.Errorf("%s: %v", s.Waybill, err)
		}
	}
}
