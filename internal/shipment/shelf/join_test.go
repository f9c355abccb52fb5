package shelf_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"ecms/portal/internal/account"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
)

func TestParcelsJoinByAddress(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("OLD1", "Me@Example.com", "shop@example.com"), record("OLD2", "other@example.com", "me@example.com"), record("OLD3", "", ""))
	me := b.open(t, "me@example.com")
	b.ship(t, record("NEW1", "ME@example.com", ""), record("NEW2", "x@example.com", "me@example.com"), record("NEW3", "me@example.com", "me@example.com"), record("NEW4", "", ""))
	if got, want := b.numbers(t, me), []string{"NEW1", "NEW2", "NEW3", "OLD1", "OLD2"}; !slices.Equal(got, want) {
		t.Fatalf("kept %v, want %v", got, want)
	}
	page, err := b.List(t.Context(), me, shelf.Filter{Side: shelf.FromMe}, "")
	if err != nil || len(page.Parcels) != 2 {
		t.Errorf("from me: %+v, %v", page, err)
	}
	corrected := record("NEW1", "somebody@example.com", "")
	corrected.Rev = 1
	b.ship(t, corrected)
	if got, want := b.numbers(t, me), []string{"NEW2", "NEW3", "OLD1", "OLD2"}; !slices.Equal(got, want) {
		t.Errorf("after the feed's correction %v, want %v", got, want)
	}
}

// TestAnotherAddressTakesItsOwnParcels holds what becomes of a shelf when its
// account gets another address.
func TestAnotherAddressTakesItsOwnParcels(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("JOINED", "me@example.com", ""), record("PROVED", "", ""), record("BOTH", "me@example.com", ""),
		record("SHARED", "me@example.com", "new@example.com"), record("NEXT", "new@example.com", ""))
	me := b.open(t, "me@example.com")
	for _, w := range []shipment.Waybill{"PROVED", "BOTH"} {
		if _, err := b.Add(t.Context(), me, w, rightFact(), "net"); err != nil {
			t.Fatal(err)
		}
	}
	b.move(t, me, "new@example.com")
	if got, want := b.numbers(t, me), []string{"BOTH", "NEXT", "PROVED", "SHARED"}; !slices.Equal(got, want) {
		t.Errorf("kept %v, want %v", got, want)
	}
}

// TestLongShelvesFillInTheJob holds a sign-up to few rows, and the job to the rest.
func TestLongShelvesFillInTheJob(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var rs []shipment.Record
	for i, w := range waybills("W", 1300) {
		rs = append(rs, record(w, "", "shop@example.com"))
		if i%2 == 0 {
			rs[i].Consignee.Email = "shop@example.com"
		}
	}
	b.ship(t, rs...)
	me := b.open(t, "shop@example.com")
	if n := len(b.numbers(t, me)); n < 500 || n > 1000 {
		t.Errorf("%d join at once", n)
	}
	var args []string
	if err := b.db.Select(t.Context(), &args, `select args->>'account' from jobs where kind = $1`, shelf.JoinJob); err != nil || !slices.Equal(args, []string{me.String()}) {
		t.Errorf("jobs %v, %v", args, err)
	}
	for range 2 {
		if err := b.Settle(t.Context(), me); err != nil {
			t.Fatal(err)
		}
		if n := len(b.numbers(t, me)); n != 1300 {
			t.Errorf("%d are kept after the job", n)
		}
	}
	b.move(t, me, "else@example.com")
	if err := b.Settle(t.Context(), me); err != nil {
		t.Fatal(err)
	}
	if n := len(b.numbers(t, me)); n != 0 {
		t.Errorf("%d stay after the address has gone", n)
	}
	if err := b.Settle(t.Context(), 404); err != nil {
		t.Errorf("nobody's shelf: %v", err)
	}
}

// TestNoParcelFallsBetweenFeedAndAccount makes an account while a transaction of
// the feed, which can't see it, is under way: the job waits for that.
func TestNoParcelFallsBetweenFeedAndAccount(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	joined, opened := make(chan struct{}), make(chan account.ID)
	b.feed.OnReceived = func(ctx context.Context, tx *postgres.Tx, ws []shipment.Waybill) error {
		err := b.JoinShipments(ctx, tx, ws)
		close(joined)
		<-opened
		return err
	}
	var wg sync.WaitGroup
	wg.Go(func() { b.ship(t, record("W1234", "me@example.com", "")) })
	<-joined
	me := b.open(t, "me@example.com")
	if got := b.numbers(t, me); len(got) != 0 {
		t.Fatalf("kept before the feed has committed: %v", got)
	}
	settled := make(chan error)
	go func() { settled <- b.Settle(t.Context(), me) }()
	select {
	case err := <-settled:
		t.Fatalf("the job did not wait for the feed: %v", err)
	case opened <- me:
	}
	if err := <-settled; err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	if got := b.numbers(t, me); !slices.Equal(got, []string{"W1234"}) {
		t.Errorf("kept: %v", got)
	}
}

// TestAddWhileTheFeedJoins lets both happen at once, many times.
func TestAddWhileTheFeedJoins(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	me := b.open(t, "me@example.com")
	for _, w := range waybills("W", 12) {
		b.ship(t, record(w, "", ""))
		corrected := record(w, "me@example.com", "")
		corrected.Rev = 1
		var wg sync.WaitGroup
		wg.Go(func() { b.ship(t, corrected) })
		wg.Go(func() {
			if _, err := b.Add(t.Context(), me, w, rightFact(), "net"); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
	}
	b.move(t, me, "new@example.com") // what was added with a proof stays, whoever came first
	if n := len(b.numbers(t, me)); n != 12 {
		t.Errorf("%d are kept", n)
	}
}
