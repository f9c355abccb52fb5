package shipment_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// Questions that are answered together must each get their own answer.
func TestVersionsAskedAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	const parcels = 40
	want := map[shipment.Waybill]int64{}
	for n := range parcels {
		w := shipment.Waybill(fmt.Sprintf("W%04d", n))
		b.ship(t, record(w))
		for i := range n % 4 {
			b.report(t, scan(w, 2+i, "InTransit_003", "Carteret"))
		}
		want[w] = b.look(t, w).Version
	}
	var all sync.WaitGroup
	for range 10 {
		for w, version := range want {
			all.Go(func() {
				if got, err := b.Version(t.Context(), w); got != version || err != nil {
					t.Errorf("%s: version %d, %v, want %d", w, got, err, version)
				}
			})
			all.Go(func() {
				if got, err := b.Version(t.Context(), w+"X"); got != 0 || !errors.Is(err, fault.ErrNotFound) {
					t.Errorf("%sX: version %d, %v, want none", w, got, err)
				}
			})
		}
	}
	all.Wait()
}

// A visitor who leaves takes nobody else's answer along.
func TestVersionWhenSomebodyLeaves(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	gone, leave := context.WithCancel(t.Context())
	leave()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if _, err := b.Version(gone, "W1234"); err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("the one who left: %v", err)
			}
		})
		all.Go(func() {
			if v, err := b.Version(t.Context(), "W1234"); v == 0 || err != nil {
				t.Errorf("the one who stayed: %d, %v", v, err)
			}
		})
	}
	all.Wait()
}

// An answer holds all that was committed before its question.
func TestVersionIsNeverOlderThanItsQuestion(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	var noise sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		noise.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					_, _ = b.Version(context.Background(), "W1234")
				}
			}
		})
	}
	for i := range 20 {
		b.report(t, scan("W1234", 2+i, "InTransit_003", "Carteret"))
		want := b.look(t, "W1234").Version
		if got, err := b.Version(t.Context(), "W1234"); got != want || err != nil {
			t.Errorf("after change %d: version %d, %v, want %d", i, got, err, want)
		}
	}
	close(stop)
	noise.Wait()
}
