package shipment_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
)

// wire notes what the store sends.
type wire struct{ *testdb.Wire }

// clean gives what an act sends once all its queries are prepared. After a
// transaction the pool prepares the new ones beside whatever comes next, so a
// single act may have their messages between its own; many in a row cannot.
func (w wire) clean(act func()) string {
	sent := ""
	for range 60 {
		w.Kinds()
		act()
		if sent = w.Kinds(); !strings.Contains(sent, "P") {
			break
		}
	}
	return sent
}

// newWiredBench is a bench of one connection with a wire in it.
func newWiredBench(t testing.TB) (*bench, wire) {
	t.Helper()
	db, w := testdb.Wired(t)
	b := &bench{db: db, now: day(10)}
	b.Store = shipment.NewStore(db, db, b.clock)
	return b, wire{w}
}

// TestUnlockLooksTheSameOnTheWire asks about numbers that are no parcel's, that
// are one's, and that several share: the same messages go to PostgreSQL.
func TestUnlockLooksTheSameOnTheWire(t *testing.T) {
	t.Parallel()
	b, w := newWiredBench(t)
	alone, first, second, third := record("W1234"), record("W2345"), record("W3456"), record("W4567")
	alone.LastMileNumber, first.LastMileNumber, second.LastMileNumber, third.LastMileNumber = "LM0001", "LM0002", "LM0002", "LM0002"
	bare := record("W5678")
	bare.Consignee, bare.OrderNo = shipment.Party{}, ""
	b.ship(t, alone, first, second, third, bare)
	tries := func(number shipment.Waybill, network, token string) string {
		w.Kinds()
		_, _ = b.Unlock(t.Context(), number, wrongFact(), network, token)
		return w.Kinds()
	}
	for range 2 { // the first prepares, and sets the pool to do so
		tries("W5678", "first", "")
	}
	for range 5 { // what the pool prepares by itself is done by now
		w.clean(func() { _, _ = b.Lookup(t.Context(), "W5678") })
	}
	want := tries("W5678", "second", "")
	if strings.Contains(want, "P") || strings.Count(want, "E") != 5 {
		t.Fatalf("a try sends %q", want)
	}
	for name, number := range map[string]shipment.Waybill{
		"unknown": "NOBODY", "unknown, our form": "EC7K3M9QTR2XW5", "of the last mile": "LM0001",
		"shared by three parcels": "LM0002", "a waybill": "W1234",
	} {
		for _, token := range []string{"", "an old token"} {
			if got := tries(number, "b"+token, token); got != want {
				t.Errorf("%s, token %q: %q is sent, want %q as for a parcel without facts", name, token, got, want)
			}
		}
	}
	for range 5 {
		tries("W1234", "full", "")
		tries("NOBODY", "full", "")
		tries("LM0002", "full", "")
	}
	locked := tries("W1234", "full", "")
	for _, number := range []shipment.Waybill{"NOBODY", "LM0002"} {
		if got := tries(number, "full", ""); got != locked || locked == want {
			t.Errorf("%s, locked: %q is sent, for a known waybill %q", number, got, locked)
		}
	}
}

// TestLookupIsOneQuery holds a stranger's lookup to one question to PostgreSQL.
func TestLookupIsOneQuery(t *testing.T) {
	t.Parallel()
	b, w := newWiredBench(t)
	b.ship(t, record("W1234"))
	b.report(t, scan("W1234", 3, "InTransit_004", "PVG"))
	for name, look := range map[string]func(shipment.Waybill){
		"lookup":  func(n shipment.Waybill) { _, _ = b.Lookup(t.Context(), n) },
		"version": func(n shipment.Waybill) { _, _ = b.Version(t.Context(), n) },
		"many": func(n shipment.Waybill) {
			_, _ = b.LookupMany(t.Context(), []shipment.Waybill{n, "W9999", "W8888"})
		},
	} {
		for _, number := range []shipment.Waybill{"W1234", "NOBODY"} {
			if sent := w.clean(func() { look(number) }); strings.Count(sent, "E") != 1 || strings.Contains(sent, "Q") || strings.Contains(sent, "P") {
				t.Errorf("%s of %s sends %q, want one prepared query", name, number, sent)
			}
		}
	}
}
