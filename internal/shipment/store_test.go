package shipment_test

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
)

// bench is a store on a database of its own, with a clock to turn.
type bench struct {
	*shipment.Store
	db  *postgres.DB
	now time.Time
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{db: testdb.New(t), now: day(10)}
	b.Store = shipment.NewStore(b.db, b.db, b.clock)
	return b
}

func (b *bench) clock() time.Time { return b.now }

// record is a plain shipment from New York to Shanghai.
func record(w shipment.Waybill) shipment.Record {
	return shipment.Record{
		Waybill: w, Service: "express", AcceptedAt: time.Date(2026, 3, 1, 2, 30, 0, 0, time.UTC),
		PromisedFrom: "2026-03-08", PromisedTo: "2026-03-12", Incoterm: "DAP", OrderNo: "A-1001", Piece: 1, Pieces: 1,
		Origin:      shipment.Place{Place: "Carteret", Country: "US", Zone: "America/New_York"},
		Destination: shipment.Place{Place: "Hangzhou", Country: "CN", Zone: "Asia/Shanghai"},
		Declared:    shipment.Measure{Weight: "12.50", WeightUnit: "lb", Length: "10", Width: "8", Height: "4.5", DimUnit: "in"},
		Shipper:     shipment.Party{Name: "Shop", Postcode: "07008"},
		Consignee:   shipment.Party{Name: "张伟", NameLatin: "ZHANG WEI", Phone: "+86 138-0013-8000", Postcode: "310 000", Email: "z@example.com"},
	}
}

func (b *bench) ship(t testing.TB, rs ...shipment.Record) shipment.Changes {
	t.Helper()
	c, err := b.ReceiveShipments(t.Context(), rs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (b *bench) report(t testing.TB, cs ...shipment.Checkpoint) shipment.Changes {
	t.Helper()
	c, err := b.ReceiveCheckpoints(t.Context(), cs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// clean fails unless everything kept follows from the rows.
func (b *bench) clean(t testing.TB) shipment.VerifyReport {
	t.Helper()
	r, err := b.Verify(t.Context(), func(int) {})
	if err != nil || len(r.Faults) > 0 {
		t.Errorf("verify: %v, %+v", err, r.Faults)
	}
	return r
}

func (b *bench) look(t testing.TB, w shipment.Waybill) shipment.Public {
	t.Helper()
	p, err := b.Lookup(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func scan(w shipment.Waybill, d int, code, place string) shipment.Checkpoint {
	return shipment.Checkpoint{
		Waybill: w, EventID: code + place, At: day(d), OffsetMinutes: 480, Country: "CN", Code: code,
		Place: place, Facility: true, Text: "raw " + code, Source: "x",
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	home := scan("W1234", 4, "AttemptFail_002", "Room 301, 5 Long Street")
	home.Facility = false
	b.report(t, scan("W1234", 3, "InTransit_004", "Shanghai PVG"), home, scan("W1234", 2, "???", "Carteret"))
	want := shipment.Public{
		Waybill: "W1234", Version: 2,
		Status:        shipment.Status{Tag: "AttemptFail", Subtag: "AttemptFail_002", At: day(4), Checkpoints: 3, Attempts: 1},
		OriginCountry: "US", DestCountry: "CN", OriginZone: "America/New_York", DestZone: "Asia/Shanghai", Service: "express",
		AcceptedOn: "2026-02-28", PromisedFrom: "2026-03-08", PromisedTo: "2026-03-12", Piece: 1, Pieces: 1,
		Checkpoints: []shipment.PublicCheckpoint{
			{At: day(4), OffsetMinutes: 480, Country: "CN", Subtag: "AttemptFail_002"},
			{At: day(3), OffsetMinutes: 480, Country: "CN", Subtag: "InTransit_004", Place: "Shanghai PVG"},
			{At: day(2), OffsetMinutes: 480, Country: "CN", Place: "Carteret"},
		},
	}
	if d := cmp.Diff(want, b.look(t, "W1234")); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if v, err := b.Version(t.Context(), "W1234"); v != 2 || err != nil {
		t.Errorf("version %d, %v", v, err)
	}
	b.report(t, scan("W1234", 5, "Delivered_001", "Hangzhou"))
	if p := b.look(t, "W1234"); p.DeliveredOn != "2026-03-05" || p.Version != 3 {
		t.Errorf("delivered on %q, version %d", p.DeliveredOn, p.Version)
	}
	b.clean(t)
}

func TestLookupUnknown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := record("W1234")
	r.LastMileNumber = "LM0001"
	b.ship(t, r)
	b.report(t, scan("WAITING1", 3, "InTransit_004", "Shanghai PVG"))
	for _, w := range []shipment.Waybill{"NOBODY", "LM0001", "WAITING1", ""} {
		if _, err := b.Lookup(t.Context(), w); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("look up %q: %v", w, err)
		}
		if _, err := b.Version(t.Context(), w); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("version of %q: %v", w, err)
		}
	}
}

func TestLookupMany(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1111"), record("W2222"), record("W3333"))
	found, err := b.LookupMany(t.Context(), []shipment.Waybill{"W3333", "NOBODY", "W1111", "W3333"})
	if err != nil || len(found) != 2 || found[0].Waybill != "W3333" || found[1].Waybill != "W1111" {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestReceiveCheckpoints(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	w := shipment.NewWaybill(rand.Reader)
	b.ship(t, record(w))
	first := scan(w, 2, "InTransit_002", "Carteret")
	corrected, older := first, first
	corrected.Rev, corrected.Code = 2, "InTransit_007"
	older.Rev, older.Code = 1, "InTransit_003"
	moved := first
	moved.Rev, moved.Text = 2, "another text"
	nameless := first
	nameless.EventID = ""
	elsewhere := nameless
	elsewhere.Place = "Newark"
	for i, c := range []struct {
		batch  []shipment.Checkpoint
		want   shipment.Changes
		status shipment.Subtag
		count  int
	}{
		{[]shipment.Checkpoint{first}, shipment.Changes{Added: 1}, "InTransit_002", 1},
		{[]shipment.Checkpoint{first}, shipment.Changes{Unchanged: 1}, "InTransit_002", 1},
		{[]shipment.Checkpoint{corrected, older}, shipment.Changes{Replaced: 1, Unchanged: 1}, "InTransit_007", 1},
		{[]shipment.Checkpoint{older}, shipment.Changes{Unchanged: 1}, "InTransit_007", 1},
		{[]shipment.Checkpoint{corrected, moved}, shipment.Changes{Replaced: 1, Unchanged: 1}, "InTransit_002", 1},
		{[]shipment.Checkpoint{nameless, nameless}, shipment.Changes{Added: 1, Unchanged: 1}, "InTransit_002", 2},
		{[]shipment.Checkpoint{elsewhere, nameless}, shipment.Changes{Added: 1, Unchanged: 1}, "InTransit_002", 3},
		{nil, shipment.Changes{}, "InTransit_002", 3},
	} {
		if got := b.report(t, c.batch...); got != c.want {
			t.Errorf("batch %d: %+v, want %+v", i, got, c.want)
		}
		if p := b.look(t, w); p.Status.Subtag != c.status || p.Status.Checkpoints != c.count {
			t.Errorf("batch %d: %s with %d checkpoints", i, p.Status.Subtag, p.Status.Checkpoints)
		}
	}
	b.clean(t)
}

func TestEventsWaitForTheirShipment(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	early := scan("W1234", 3, "InTransit_004", "Shanghai PVG")
	if got := b.report(t, early, scan("W1234", 2, "InTransit_002", "Carteret")); got != (shipment.Changes{Waiting: 2}) {
		t.Errorf("%+v", got)
	}
	if got := b.report(t, early); got != (shipment.Changes{Unchanged: 1}) {
		t.Errorf("again: %+v", got)
	}
	if r := b.clean(t); r.Waiting != 2 || r.Shipments != 0 {
		t.Errorf("%+v", r)
	}
	b.ship(t, record("W1234"))
	if p := b.look(t, "W1234"); p.Status.Subtag != "InTransit_004" || len(p.Checkpoints) != 2 {
		t.Errorf("%+v", p)
	}
	if r := b.clean(t); r.Waiting != 0 || r.Checkpoints != 2 {
		t.Errorf("%+v", r)
	}
}

func TestReceiveShipments(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := record("W1234")
	r.Rev = 1
	older, corrected, fed := r, r, r
	older.Rev, older.Service = 0, "slow"
	corrected.Service, corrected.PromisedTo = "economy", "2026-03-20"
	fed.Rev, fed.CustomsState = 2, shipment.AwaitingID
	for i, c := range []struct {
		batch []shipment.Record
		want  shipment.Changes
	}{
		{[]shipment.Record{r, older}, shipment.Changes{Added: 1, Unchanged: 1}},
		{[]shipment.Record{r}, shipment.Changes{Unchanged: 1}},
		{[]shipment.Record{older}, shipment.Changes{Unchanged: 1}},
		{[]shipment.Record{r, corrected}, shipment.Changes{Replaced: 1, Unchanged: 1}},
		{[]shipment.Record{fed, record("W2345")}, shipment.Changes{Added: 1, Replaced: 1}},
	} {
		if got := b.ship(t, c.batch...); got != c.want {
			t.Errorf("batch %d: %+v, want %+v", i, got, c.want)
		}
	}
	p := b.look(t, "W1234")
	if p.Status.Customs != shipment.AwaitingID || p.Service != "express" || p.Version != 3 {
		t.Errorf("%+v", p)
	}
	b.clean(t)
}

// TestWholeRecord keeps every field of a record through the database.
func TestWholeRecord(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := record("W1234")
	r.Piece, r.Pieces, r.LastMileCarrier, r.LastMileNumber = 2, 3, "EMS", "EE022786941US"
	r.DeliveredAt, r.ShipperIsSeller = day(5), true
	r.Measured = shipment.Measure{Weight: "12.7", WeightUnit: "kg", Length: "1", Width: "2", Height: "3", DimUnit: "cm"}
	r.Shipper = shipment.Party{Name: "a", NameLatin: "b", Phone: "1", Email: "c@d.e", Address: "f\"'\\", Postcode: "𠮷"}
	r.Consignee.Address = "杭州市"
	sibling := r
	sibling.Waybill, sibling.Piece = "W1235", 1
	stranger := sibling
	stranger.Waybill, stranger.Consignee.Postcode = "W1236", "other"
	b.ship(t, r, sibling, stranger)
	g, err := b.Unlock(t.Context(), r.Waybill, shipment.SecondFact{OrderNo: " A-1001 "}, "net", "")
	if err != nil {
		t.Fatal(err)
	}
	_, got, err := b.Private(t.Context(), r.Waybill, g.Token)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r, got.Record); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !slices.Equal(got.Siblings, []shipment.Waybill{"W1235"}) || got.Scope != shipment.ScopeDocs {
		t.Errorf("siblings %v, scope %s", got.Siblings, got.Scope)
	}
}

func TestReceiveStopsWithItsContext(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := b.ReceiveShipments(ctx, []shipment.Record{record("W1234")}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
