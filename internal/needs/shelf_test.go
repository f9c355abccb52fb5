package needs_test

import (
	"fmt"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
)

// TestShelfAndPageAskForTheSame holds the shelf's state of parcels, which a query
// decides, against what the parcel's page asks for, in all that can happen: each
// status with each customs state.
func TestShelfAndPageAskForTheSame(t *testing.T) {
	t.Parallel()
	db := testdb.New(t)
	now := func() time.Time { return time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC) }
	feed := shipment.NewStore(db, db, now)
	kept := shelf.NewStore(db, db, feed, now)
	feed.OnReceived, feed.OnTold = kept.JoinShipments, kept.CopyViews
	var id account.ID
	const add = `insert into accounts (email, email_key, language, confirmed_at, created_at) values ('m@example.com', 'm@example.com', 'en', now(), now()) returning id`
	if err := db.Get(t.Context(), &id, add); err != nil {
		t.Fatal(err)
	}
	var rs []shipment.Record
	var cs []shipment.Checkpoint
	for _, subtag := range shipment.Subtags() {
		for _, customs := range append(shipment.CustomsStates(), "") {
			for order := range 2 { // customs speaks before or after the status
				w := shipment.Waybill(fmt.Sprintf("W%05d", len(rs)))
				rs = append(rs, shipment.Record{Waybill: w, Piece: 1, Pieces: 1, Consignee: shipment.Party{Email: "m@example.com"},
					Origin: shipment.Place{Country: "US", Zone: "UTC"}, Destination: shipment.Place{Country: "CN", Zone: "Asia/Shanghai"}})
				at := now().AddDate(0, 0, -3)
				cs = append(cs, shipment.Checkpoint{Waybill: w, At: at, Code: string(subtag), Source: "aftership"})
				if customs != "" {
					cs = append(cs, shipment.Checkpoint{Waybill: w, At: at.Add(time.Duration(2*order-1) * time.Hour), Code: string(customs), Source: "aftership"})
				}
			}
		}
	}
	if _, err := feed.ReceiveShipments(t.Context(), rs); err != nil {
		t.Fatal(err)
	}
	if _, err := feed.ReceiveCheckpoints(t.Context(), cs); err != nil {
		t.Fatal(err)
	}
	seen, waiting := 0, 0
	err := kept.Each(t.Context(), id, shelf.Filter{}, func(ps []shelf.Parcel) error {
		for _, p := range ps {
			full, err := feed.Lookup(t.Context(), p.Waybill)
			if err != nil {
				return err
			}
			want := needs.Of(full)
			if seen++; len(want) > 0 {
				waiting++
			}
			got := needs.Of(p.Public)
			if (p.State == shelf.Needed) != (len(want) > 0) || len(got) != len(want) || len(want) > 0 && (got[0] != want[0] || p.Due != want[0].Due) {
				t.Errorf("%s, %s: state %s, due %s, its page asks for %v", full.Status.Subtag, full.Status.Customs, p.State, p.Due, want)
			}
			if arrived := full.Status.Tag == shipment.Delivered; (p.State == shelf.Delivered) != arrived || arrived && p.DeliveredOn != full.DeliveredOn {
				t.Errorf("%s: state %s, delivered on %q, its page says %q", full.Status.Subtag, p.State, p.DeliveredOn, full.DeliveredOn)
			}
		}
		return nil
	})
	if err != nil || seen != len(rs) || waiting == 0 {
		t.Errorf("%d of %d seen, %d wait, %v", seen, len(rs), waiting, err)
	}
}
