package shipment_test

import (
	"fmt"
	"slices"
	"testing"

	"ecms/portal/internal/shipment"
)

// TestSiblings names the other pieces of an order to the holder of one, and
// nobody else's parcel.
func TestSiblings(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	piece := func(w shipment.Waybill, n int, change func(*shipment.Record)) shipment.Record {
		r := record(w)
		r.Piece, r.Pieces = n, 3
		if change != nil {
			change(&r)
		}
		return r
	}
	b.ship(t,
		piece("W0001", 1, nil), piece("W0003", 3, nil), piece("W0002", 2, nil),
		piece("OTHERSHOP", 1, func(r *shipment.Record) { r.Shipper.Name = "Another shop" }),
		piece("OTHERCODE", 1, func(r *shipment.Record) { r.Consignee.Postcode = "310001" }),
		piece("OTHERORDER", 1, func(r *shipment.Record) { r.OrderNo = "A-1002" }),
		piece("ALONE", 1, func(r *shipment.Record) { r.Pieces = 1 }),
		piece("NAMELESS1", 1, func(r *shipment.Record) { r.Shipper.Name = "" }),
		piece("NAMELESS2", 2, func(r *shipment.Record) { r.Shipper.Name = "" }),
		piece("NOORDER1", 1, func(r *shipment.Record) { r.OrderNo = "" }),
		piece("NOORDER2", 2, func(r *shipment.Record) { r.OrderNo = "" }),
	)
	for w, want := range map[shipment.Waybill][]shipment.Waybill{
		"W0001":     {"W0002", "W0003"},
		"W0002":     {"W0001", "W0003"},
		"OTHERSHOP": nil,
		"ALONE":     nil,
		"NAMELESS1": nil, // an order number of nobody in particular
		"NOORDER1":  nil,
	} {
		_, v, err := b.Private(t.Context(), w, b.unlocked(t, w, "").Token)
		if err != nil || !slices.Equal(v.Siblings, want) {
			t.Errorf("%s: siblings %v, %v, want %v", w, v.Siblings, err, want)
		}
	}
}

// TestSiblingsOfALargeOrder stay in their order, and within bounds.
func TestSiblingsOfALargeOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var rs []shipment.Record
	for n := range 250 {
		r := record(shipment.Waybill(fmt.Sprintf("W%04d", (n*37)%250)))
		r.Piece, r.Pieces = n+1, 250
		rs = append(rs, r)
	}
	b.ship(t, rs...)
	_, v, err := b.Private(t.Context(), rs[0].Waybill, b.unlocked(t, rs[0].Waybill, "").Token)
	if err != nil || len(v.Siblings) != 200 {
		t.Fatalf("%d siblings, %v, want 200", len(v.Siblings), err)
	}
	for i, w := range v.Siblings {
		if w != rs[i+1].Waybill {
			t.Fatalf("sibling %d is %s, want %s: they go by piece", i, w, rs[i+1].Waybill)
		}
	}
}

// TestPrivateOfAStranger finds nothing without a grant of that very parcel.
func TestPrivateOfAStranger(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := record("W1234")
	r.LastMileNumber = "LM0001"
	b.ship(t, r, record("W2345"))
	g := b.unlocked(t, "LM0001", "")
	for name, c := range map[string]struct {
		w     shipment.Waybill
		token string
		want  bool
	}{
		"its own":              {"W1234", g.Token, true},
		"another parcel":       {"W2345", g.Token, false},
		"by last-mile number":  {"LM0001", g.Token, false},
		"no token":             {"W1234", "", false},
		"half a token":         {"W1234", g.Token[:20], false},
		"the waybill as token": {"W1234", "W1234", false},
		"an unknown number":    {"NOBODY", g.Token, false},
		"no number":            {"", g.Token, false},
		"in lower case":        {"w1234", g.Token, false},
	} {
		if got := b.opens(t, c.w, c.token); got != c.want {
			t.Errorf("%s: opens %v, want %v", name, got, c.want)
		}
	}
}
