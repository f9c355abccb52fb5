package shipment_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

func wrongFact() shipment.SecondFact { return shipment.SecondFact{PhoneLast4: "0001"} }
func rightFact() shipment.SecondFact { return shipment.SecondFact{PhoneLast4: "8000"} }

func TestUnlockFacts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := record("W1234")
	r.LastMileNumber = "LM0001"
	b.ship(t, r)
	for i, c := range []struct {
		number shipment.Waybill
		fact   shipment.SecondFact
		right  bool
	}{
		{"W1234", shipment.SecondFact{PhoneLast4: "8000"}, true},
		{"W1234", shipment.SecondFact{PhoneLast4: " ８０-００ "}, true},
		{"LM0001", shipment.SecondFact{PhoneLast4: "8000"}, true},
		{"W1234", shipment.SecondFact{PhoneLast4: "000"}, false},
		{"W1234", shipment.SecondFact{PhoneLast4: "13800138000"}, false},
		{"W1234", shipment.SecondFact{Postcode: "310-000"}, true},
		{"W1234", shipment.SecondFact{Postcode: "３１００００"}, true},
		{"W1234", shipment.SecondFact{Postcode: "31000"}, false},
		{"W1234", shipment.SecondFact{OrderNo: " Ａ-1001"}, true},
		{"W1234", shipment.SecondFact{OrderNo: "a-1001"}, false},
		{"W1234", shipment.SecondFact{PhoneLast4: "0001", OrderNo: "A-1001"}, false}, // the first is tried
		{"LM0001", shipment.SecondFact{OrderNo: "nope"}, false},
		{"NOBODY", shipment.SecondFact{PhoneLast4: "8000"}, false}, // those of the next number, W1234
		{"NOBODY", shipment.SecondFact{PhoneLast4: "0000"}, false},
	} {
		g, err := b.Unlock(t.Context(), c.number, c.fact, string(rune('a'+i)), "")
		if c.right != (err == nil) || !c.right && !errors.Is(err, shipment.ErrWrongFact) {
			t.Errorf("%s with %+v: %v", c.number, c.fact, err)
		}
		if c.right && (g.Waybill != "W1234" || len(g.Token) != 43 || g.Scope != shipment.ScopeDocs || !g.Expires.Equal(b.now.Add(24*time.Hour))) {
			t.Errorf("%s with %+v: %+v", c.number, c.fact, g)
		}
	}
	var invalid fault.Invalid
	if _, err := b.Unlock(t.Context(), "W1234", shipment.SecondFact{PhoneLast4: "no digit"}, "z", ""); !errors.As(err, &invalid) {
		t.Errorf("no fact: %v", err)
	}
}

// TestEmptyFactsNeverFit guards parcels whose feed has no phone, postcode or order.
func TestEmptyFactsNeverFit(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := record("W1234")
	r.Consignee, r.OrderNo = shipment.Party{Name: "x", Phone: "12"}, ""
	b.ship(t, r)
	for i, f := range []shipment.SecondFact{{PhoneLast4: "12"}, {PhoneLast4: "0012"}, {Postcode: "0"}, {OrderNo: "0"}} {
		if _, err := b.Unlock(t.Context(), "W1234", f, string(rune('a'+i)), ""); !errors.Is(err, shipment.ErrWrongFact) {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestUnlockLocksANetwork(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"), record("W2345"))
	for range 5 {
		if _, err := b.Unlock(t.Context(), "W1234", wrongFact(), "net", ""); !errors.Is(err, shipment.ErrWrongFact) {
			t.Fatal(err)
		}
		b.now = b.now.Add(time.Hour)
	}
	var limit fault.TooMany
	if _, err := b.Unlock(t.Context(), "W1234", rightFact(), "net", ""); !errors.As(err, &limit) || limit.RetryAfter != 19*time.Hour {
		t.Errorf("%v, %+v", err, limit)
	}
	if _, err := b.Unlock(t.Context(), "W2345", rightFact(), "net", ""); err != nil {
		t.Errorf("another parcel: %v", err)
	}
	g, err := b.Unlock(t.Context(), "W1234", rightFact(), "other", "")
	if err != nil {
		t.Errorf("another network: %v", err)
	}
	if _, err := b.Unlock(t.Context(), "W1234", rightFact(), "net", g.Token); err != nil {
		t.Errorf("a holder: %v", err)
	}
	b.now = b.now.Add(19 * time.Hour)
	if _, err := b.Unlock(t.Context(), "W1234", rightFact(), "net", ""); err != nil {
		t.Errorf("a day later: %v", err)
	}
}

func TestUnlockLocksAParcel(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := record("W1234")
	r.LastMileNumber = "LM0001"
	b.ship(t, r)
	for i := range 20 {
		number := []shipment.Waybill{"W1234", "LM0001"}[i%2] // both count together
		if _, err := b.Unlock(t.Context(), number, wrongFact(), string(rune('a'+i)), ""); !errors.Is(err, shipment.ErrWrongFact) {
			t.Fatalf("try %d: %v", i, err)
		}
	}
	var limit fault.TooMany
	if _, err := b.Unlock(t.Context(), "W1234", rightFact(), "new", ""); !errors.As(err, &limit) || limit.RetryAfter != time.Hour {
		t.Errorf("%v, %+v", err, limit)
	}
	if _, err := b.Unlock(t.Context(), "LM0001", rightFact(), "new", ""); !errors.As(err, &limit) {
		t.Errorf("by the last-mile number: %v", err)
	}
	b.now = b.now.Add(time.Hour + time.Second)
	if _, err := b.Unlock(t.Context(), "W1234", rightFact(), "new", ""); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

// TestUnlockUnderFire lets a hundred tries at once get no more than one by one.
func TestUnlockUnderFire(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	for _, number := range []shipment.Waybill{"W1234", "NOBODY"} {
		var wrong, limited atomic.Int32
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				var limit fault.TooMany
				switch _, err := b.Unlock(t.Context(), number, wrongFact(), "net", ""); {
				case errors.Is(err, shipment.ErrWrongFact):
					wrong.Add(1)
				case errors.As(err, &limit):
					limited.Add(1)
				default:
					t.Errorf("%v", err)
				}
			})
		}
		all.Wait()
		if wrong.Load() != 5 || limited.Load() != 95 {
			t.Errorf("%s: %d tries were made, %d refused", number, wrong.Load(), limited.Load())
		}
	}
}

func TestGrants(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"), record("W2345"))
	b.report(t, scan("W1234", 2, "InTransit_002", "Carteret"), scan("W1234", 3, "secret", "Home"))
	first, err := b.Unlock(t.Context(), "W1234", rightFact(), "net", "")
	if err != nil {
		t.Fatal(err)
	}
	opens := func(w shipment.Waybill, token string) bool {
		t.Helper()
		_, p, err := b.Private(t.Context(), w, token)
		if err != nil && !errors.Is(err, fault.ErrNotFound) {
			t.Error(err)
		}
		if err == nil && p.Record.Consignee.Name != "张伟" {
			t.Errorf("private view of %s: %+v", w, p)
		}
		return err == nil
	}
	if !opens("W1234", first.Token) || opens("W2345", first.Token) || opens("W1234", "") || opens("W1234", first.Token+"x") {
		t.Error("the first grant opens what it should not, or not what it should")
	}
	public, private, err := b.Private(t.Context(), "W1234", first.Token)
	if err != nil || len(public.Checkpoints) != 2 || len(private.Checkpoints) != 2 || private.Checkpoints[0].Text != "raw secret" {
		t.Errorf("%+v, %+v, %v", public, private, err)
	}
	second, err := b.Unlock(t.Context(), "W2345", rightFact(), "net", first.Token)
	if err != nil {
		t.Fatal(err)
	}
	if opens("W1234", first.Token) || !opens("W1234", second.Token) || !opens("W2345", second.Token) {
		t.Error("older grants did not move to the new token")
	}
	for range 13 { // in use every 110 minutes, it ends with its 24 hours
		b.now = b.now.Add(110 * time.Minute)
		opens("W1234", second.Token)
	}
	if !opens("W1234", second.Token) || opens("W2345", second.Token) {
		t.Error("a grant in use ended, or one that idled for 2 hours did not")
	}
	b.now = b.now.Add(11 * time.Minute)
	if opens("W1234", second.Token) {
		t.Error("a grant is older than 24 hours")
	}
	if n, err := b.Sweep(t.Context()); err != nil || n != 2 {
		t.Errorf("swept %d rows, %v", n, err)
	}
}

// TestStatusScope keeps people out of a view that only adds places.
func TestStatusScope(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	home := scan("W1234", 3, "secret", "Home street")
	home.Facility = false
	b.report(t, home)
	g, err := b.Unlock(t.Context(), "W1234", rightFact(), "net", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.db.ExecContext(t.Context(), `update grants set scope = 'status'`); err != nil {
		t.Fatal(err)
	}
	_, p, err := b.Private(t.Context(), "W1234", g.Token)
	if err != nil || p.Scope != shipment.ScopeStatus || p.Checkpoints[0].Place != "Home street" || p.Checkpoints[0].Text != "" ||
		p.Record.Consignee != (shipment.Party{}) || p.Record.OrderNo != "" {
		t.Errorf("%+v, %v", p, err)
	}
}
