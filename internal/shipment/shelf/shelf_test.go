package shelf_test

import (
	"fmt"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
)

// bench is a shelf on a database of its own, filled by a feed, with a clock to turn.
type bench struct {
	*shelf.Store
	feed *shipment.Store
	db   *postgres.DB
	now  time.Time
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{db: testdb.New(t), now: day(10)}
	b.feed = shipment.NewStore(b.db, b.db, b.clock)
	b.Store = shelf.NewStore(b.db, b.db, b.feed, b.clock)
	b.feed.OnReceived, b.feed.OnTold = b.JoinShipments, b.CopyViews
	return b
}

func (b *bench) clock() time.Time { return b.now }

func day(n int) time.Time { return time.Date(2026, 3, n, 12, 0, 0, 0, time.UTC) }

// open makes an account the way internal/account does: its row, then Join.
func (b *bench) open(t testing.TB, email string) account.ID {
	t.Helper()
	var id account.ID
	err := b.db.InTx(t.Context(), func(tx *postgres.Tx) error {
		const add = `insert into accounts (email, email_key, language, confirmed_at, created_at) values ($1, $1, 'en', now(), now()) returning id`
		if err := tx.Get(t.Context(), &id, add, email); err != nil {
			return err
		}
		return b.Join(t.Context(), tx, id, email)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// move gives an account another address, and joins by it.
func (b *bench) move(t testing.TB, id account.ID, email string) {
	t.Helper()
	if err := b.readdress(t.Context(), id, email); err != nil {
		t.Fatal(err)
	}
}

// record is a plain shipment from New York to Shanghai.
func record(w shipment.Waybill, to, from string) shipment.Record {
	return shipment.Record{
		Waybill: w, Service: "express", AcceptedAt: day(1), PromisedFrom: "2026-03-08", PromisedTo: "2026-03-12",
		OrderNo: "A-" + string(w), Piece: 1, Pieces: 1,
		Origin:      shipment.Place{Place: "Carteret", Country: "US", Zone: "America/New_York"},
		Destination: shipment.Place{Place: "Hangzhou", Country: "CN", Zone: "Asia/Shanghai"},
		Shipper:     shipment.Party{Name: "Shop", Email: from},
		Consignee:   shipment.Party{Name: "张伟", Phone: "+86 138-0013-8000", Postcode: "310000", Email: to},
	}
}

func scan(w shipment.Waybill, at time.Time, code string) shipment.Checkpoint {
	return shipment.Checkpoint{Waybill: w, EventID: at.Format(time.RFC3339) + code, At: at, OffsetMinutes: 480, Country: "CN", Code: code, Source: "aftership"}
}

func (b *bench) ship(t testing.TB, rs ...shipment.Record) {
	t.Helper()
	if _, err := b.feed.ReceiveShipments(t.Context(), rs); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) report(t testing.TB, cs ...shipment.Checkpoint) {
	t.Helper()
	if _, err := b.feed.ReceiveCheckpoints(t.Context(), cs); err != nil {
		t.Fatal(err)
	}
}

// numbers are the waybills on a shelf, by number.
func (b *bench) numbers(t testing.TB, id account.ID) []string {
	t.Helper()
	ws := []string{}
	if err := b.db.Select(t.Context(), &ws, `select waybill from account_parcels where account_id = $1 and removed_at is null order by 1`, int64(id)); err != nil {
		t.Fatal(err)
	}
	return ws
}

// waybills makes so many numbers.
func waybills(prefix string, n int) []shipment.Waybill {
	ws := make([]shipment.Waybill, n)
	for i := range ws {
		ws[i] = shipment.Waybill(fmt.Sprintf("%s%05d", prefix, i))
	}
	return ws
}

func rightFact() shipment.SecondFact { return shipment.SecondFact{PhoneLast4: "8000"} }
func wrongFact() shipment.SecondFact { return shipment.SecondFact{PhoneLast4: "0001"} }
