package shipment_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// outcome of a try: "open", "wrong", how long a lock lasts, or the error.
func (b *bench) outcome(t testing.TB, number shipment.Waybill, f shipment.SecondFact, network, token string) string {
	t.Helper()
	_, err := b.Unlock(t.Context(), number, f, network, token)
	var limit fault.TooMany
	switch {
	case err == nil:
		return "open"
	case errors.As(err, &limit) && limit.Limit == "unlock":
		return limit.RetryAfter.String()
	case errors.Is(err, shipment.ErrWrongFact) && errors.Is(err, fault.ErrForbidden):
		return "wrong"
	}
	return err.Error()
}

func (b *bench) expect(t testing.TB, want string, number shipment.Waybill, f shipment.SecondFact, network, token string) {
	t.Helper()
	if got := b.outcome(t, number, f, network, token); got != want {
		t.Errorf("%s from %s: %s, want %s", number, network, got, want)
	}
}

// TestLockOfANetworkSlides walks over the edges of five tries in 24 hours.
func TestLockOfANetworkSlides(t *testing.T) {
	t.Parallel()
	for _, number := range []shipment.Waybill{"W1234", "LM0001", "NOBODY"} {
		b := newBench(t)
		r := record("W1234")
		r.LastMileNumber = "LM0001"
		b.ship(t, r)
		start := b.now
		for i := range 5 { // at 0, 1, 2, 3, 4 hours
			b.now = start.Add(time.Duration(i) * time.Hour)
			b.expect(t, "wrong", number, wrongFact(), "net", "")
		}
		b.expect(t, "20h0m0s", number, wrongFact(), "net", "")
		b.expect(t, "20h0m0s", number, rightFact(), "net", "")
		b.now = start.Add(24*time.Hour - time.Second)
		b.expect(t, "1s", number, rightFact(), "net", "")
		b.now = start.Add(24 * time.Hour)
		b.expect(t, "wrong", number, wrongFact(), "net", "") // the first is a day old: one try is free
		b.expect(t, "1h0m0s", number, wrongFact(), "net", "")
		b.now = start.Add(25 * time.Hour)
		b.expect(t, "wrong", number, wrongFact(), "net", "")
		b.expect(t, "1h0m0s", number, wrongFact(), "net", "")
	}
}

// TestLockOfAParcelLastsAnHour walks over the edges of twenty tries.
func TestLockOfAParcelLastsAnHour(t *testing.T) {
	t.Parallel()
	for _, number := range []shipment.Waybill{"W1234", "NOBODY"} {
		b := newBench(t)
		b.ship(t, record("W1234"), record("W2345"))
		for i := range 20 {
			b.now = b.now.Add(time.Minute)
			b.expect(t, "wrong", number, wrongFact(), fmt.Sprint("net", i/4), "")
		}
		b.expect(t, "1h0m0s", number, rightFact(), "fresh", "")
		b.expect(t, "open", "W2345", rightFact(), "fresh", "")
		b.now = b.now.Add(time.Hour - time.Second)
		b.expect(t, "1s", number, wrongFact(), "fresh", "")
		b.now = b.now.Add(time.Second)
		b.expect(t, "wrong", number, wrongFact(), "fresh", "")
		b.expect(t, "1h0m0s", number, rightFact(), "fresh", "")
		b.now = b.now.Add(25 * time.Hour)
		b.expect(t, "wrong", number, wrongFact(), "net0", "") // all are forgotten
	}
}

// TestRightFactsDoNotCount lets people open their parcel as often as they like.
func TestRightFactsDoNotCount(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	for range 4 {
		b.expect(t, "wrong", "W1234", wrongFact(), "net", "")
	}
	for range 30 {
		b.expect(t, "open", "W1234", rightFact(), "net", "")
	}
	b.expect(t, "wrong", "W1234", wrongFact(), "net", "")
	b.expect(t, "24h0m0s", "W1234", rightFact(), "net", "") // success does not clear the count either
}

// TestNoFactCountsNothing leaves a person who sends the empty form all tries.
func TestNoFactCountsNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	for _, f := range []shipment.SecondFact{{}, {PhoneLast4: " - "}, {Postcode: " \u200b"}, {OrderNo: "\u3000"}, {PhoneLast4: "abcd", Postcode: "-"}} {
		for range 6 {
			var invalid fault.Invalid
			if _, err := b.Unlock(t.Context(), "W1234", f, "net", ""); !errors.As(err, &invalid) || len(invalid) != 1 ||
				invalid[0].Field != "phone_last4" || invalid[0].Key != "unlock.fact.empty" {
				t.Errorf("%+v: %v", f, err)
			}
		}
	}
	b.expect(t, "open", "W1234", rightFact(), "net", "")
}

// TestHoldersAreNeverLocked keeps a parcel's holder in, whatever strangers try.
func TestHoldersAreNeverLocked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"), record("W2345"))
	g, err := b.Unlock(t.Context(), "W1234", rightFact(), "home", "")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		b.expect(t, "wrong", "W1234", wrongFact(), fmt.Sprint("net", i/5), "")
		b.expect(t, "wrong", "W2345", wrongFact(), fmt.Sprint("net", i/5), g.Token) // a holder of another parcel is a stranger
	}
	b.expect(t, "wrong", "W1234", wrongFact(), "net0", g.Token)
	b.expect(t, "1h0m0s", "W2345", rightFact(), "home", g.Token)
	if _, _, err := b.Private(t.Context(), "W1234", g.Token); err != nil {
		t.Errorf("the holder's view: %v", err)
	}
	b.expect(t, "1h0m0s", "W1234", rightFact(), "home", g.Token+"x")
	b.now = b.now.Add(2 * time.Hour) // the grant has idled out
	for range 5 {
		b.expect(t, "wrong", "W1234", wrongFact(), "home", g.Token)
		b.now = b.now.Add(time.Hour + time.Second)
	}
	b.expect(t, "18h59m55s", "W1234", rightFact(), "home", g.Token)
}

// TestHolderOfOneIsAStrangerToAnother guards parcels that share a last-mile
// number: who holds one may not try the others' facts without end.
func TestHolderOfOneIsAStrangerToAnother(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	mine, theirs := record("W1234"), record("W2345")
	mine.LastMileNumber, theirs.LastMileNumber = "LM0001", "LM0001"
	theirs.Consignee.Phone = "+86 139 0013 9777"
	b.ship(t, mine, theirs)
	g, err := b.Unlock(t.Context(), "W1234", rightFact(), "net", "")
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		b.expect(t, "wrong", "LM0001", wrongFact(), "net", g.Token)
	}
	b.expect(t, "24h0m0s", "LM0001", shipment.SecondFact{PhoneLast4: "9777"}, "net", g.Token)
	b.expect(t, "24h0m0s", "W2345", shipment.SecondFact{PhoneLast4: "9777"}, "net", g.Token)
	b.expect(t, "open", "W1234", rightFact(), "net", g.Token)
}

// TestSharedNumberOpensTheRightParcel tells parcels of one last-mile number by
// the fact, and tells the longest lock among them.
func TestSharedNumberOpensTheRightParcel(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var rs []shipment.Record
	for i, phone := range []string{"111 1111", "222 2222", "333 3333"} {
		r := record(shipment.Waybill(fmt.Sprint("W000", i)))
		r.LastMileNumber, r.Consignee.Phone = "LM0001", phone
		rs = append(rs, r)
	}
	b.ship(t, rs...)
	for i, last4 := range []string{"1111", "2222", "3333"} {
		g, err := b.Unlock(t.Context(), "LM0001", shipment.SecondFact{PhoneLast4: last4}, "net", "")
		if err != nil || g.Waybill != rs[i].Waybill {
			t.Errorf("%s opens %q, %v, want %s", last4, g.Waybill, err, rs[i].Waybill)
		}
	}
	b.expect(t, "wrong", "W0000", wrongFact(), "net", "") // hours before the tries that lock
	b.now = b.now.Add(10 * time.Hour)
	for range 5 {
		b.expect(t, "wrong", "W0001", wrongFact(), "net", "")
	}
	b.expect(t, "24h0m0s", "LM0001", shipment.SecondFact{PhoneLast4: "3333"}, "net", "")
}

// TestManyNetworksAtOnce lets tries from everywhere at once get twenty between them.
func TestManyNetworksAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := record("W1234")
	r.LastMileNumber = "LM0001"
	b.ship(t, r)
	var wrong, limited atomic.Int32
	var all sync.WaitGroup
	for i := range 60 {
		number := []shipment.Waybill{"W1234", "LM0001"}[i%2]
		all.Go(func() {
			switch got := b.outcome(t, number, wrongFact(), fmt.Sprint("net", i%10), ""); got {
			case "wrong":
				wrong.Add(1)
			case "1h0m0s", "24h0m0s":
				limited.Add(1)
			default:
				t.Errorf("try %d: %s", i, got)
			}
		})
	}
	all.Wait()
	if wrong.Load() != 20 || limited.Load() != 40 {
		t.Errorf("%d tries were made, %d refused, want 20 and 40", wrong.Load(), limited.Load())
	}
}
