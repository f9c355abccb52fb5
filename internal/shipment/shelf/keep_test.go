package shelf_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
)

func TestAddNeedsAProof(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	me := b.open(t, "me@example.com")
	r := record("W1234", "", "")
	r.LastMileNumber = "LM0001"
	b.ship(t, r)
	for _, c := range []struct {
		number shipment.Waybill
		fact   shipment.SecondFact
		want   error
	}{
		{"W1234", wrongFact(), shipment.ErrWrongFact},
		{"NOBODY", rightFact(), shipment.ErrWrongFact},
		{"LM0001", wrongFact(), shipment.ErrWrongFact},
	} {
		if w, err := b.Add(t.Context(), me, c.number, c.fact, "net"); !errors.Is(err, c.want) || w != "" {
			t.Errorf("%s: %q, %v, want %v", c.number, w, err, c.want)
		}
	}
	var invalid fault.Invalid
	if _, err := b.Add(t.Context(), me, "W1234", shipment.SecondFact{}, "net"); !errors.As(err, &invalid) {
		t.Errorf("without a proof: %v", err)
	}
	if got := b.numbers(t, me); len(got) != 0 {
		t.Fatalf("kept without a proof: %v", got)
	}
	for range 2 { // a second time does no harm
		if w, err := b.Add(t.Context(), me, "LM0001", rightFact(), "net"); err != nil || w != "W1234" {
			t.Errorf("by the last-mile number: %q, %v", w, err)
		}
	}
	if got := b.numbers(t, me); !slices.Equal(got, []string{"W1234"}) {
		t.Errorf("kept: %v", got)
	}
}

// TestAddCountsAsUnlockDoes lets no one have five tries here and five there.
func TestAddCountsAsUnlockDoes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	me := b.open(t, "me@example.com")
	b.ship(t, record("W1234", "", ""))
	for range 3 {
		_, _ = b.Add(t.Context(), me, "W1234", wrongFact(), "net")
	}
	for range 2 {
		_, _ = b.feed.Unlock(t.Context(), "W1234", wrongFact(), "net", "")
	}
	var limit fault.TooMany
	if _, err := b.Add(t.Context(), me, "W1234", rightFact(), "net"); !errors.As(err, &limit) || limit.Limit != "unlock" || limit.RetryAfter != 24*time.Hour {
		t.Errorf("the sixth try: %v", err)
	}
	if _, err := b.Add(t.Context(), me, "W1234", rightFact(), "another"); err != nil {
		t.Errorf("from another network: %v", err)
	}
}

func TestTwoAddsAtOnceKeepOne(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	me := b.open(t, "me@example.com")
	b.ship(t, record("W1234", "", ""))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := b.Add(t.Context(), me, "W1234", rightFact(), "net"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := b.numbers(t, me); len(got) != 1 {
		t.Errorf("kept: %v", got)
	}
}

func TestRemovedStaysAwayUntilItIsAdded(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234", "me@example.com", ""))
	me := b.open(t, "me@example.com")
	if err := errors.Join(b.Archive(t.Context(), me, "W1234", true), b.Remove(t.Context(), me, "W1234")); err != nil {
		t.Fatal(err)
	}
	again := record("W1234", "me@example.com", "")
	again.Rev, again.OrderNo = 1, "B-1"
	b.ship(t, again)
	if err := b.Settle(t.Context(), me); err != nil {
		t.Fatal(err)
	}
	if got := b.numbers(t, me); len(got) != 0 {
		t.Fatalf("the feed brings it back: %v", got)
	}
	if _, _, _, err := b.Find(t.Context(), me, "W1234"); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a removed one is found: %v", err)
	}
	b.now = b.now.Add(time.Hour)
	if _, err := b.Add(t.Context(), me, "W1234", rightFact(), "net"); err != nil {
		t.Fatal(err)
	}
	_, _, p, err := b.Find(t.Context(), me, "W1234")
	if err != nil || p.Archived || !p.AddedAt.Equal(b.now) || p.Side != shelf.ToMe {
		t.Errorf("added again: %+v, %v", p, err)
	}
}

// TestNobodyReachesAnothersParcel tries each method on a parcel of somebody else's.
func TestNobodyReachesAnothersParcel(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234", "me@example.com", ""))
	me, other := b.open(t, "me@example.com"), b.open(t, "other@example.com")
	for name, try := range map[string]func() error{
		"find":    func() error { _, _, _, err := b.Find(t.Context(), other, "W1234"); return err },
		"rename":  func() error { return b.Rename(t.Context(), other, "W1234", "mine") },
		"archive": func() error { return b.Archive(t.Context(), other, "W1234", true) },
		"remove":  func() error { return b.Remove(t.Context(), other, "W1234") },
	} {
		if err := try(); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("%s: %v, want not found", name, err)
		}
	}
	page, err := b.List(t.Context(), other, shelf.Filter{}, "")
	if err != nil || len(page.Parcels) > 0 {
		t.Errorf("another's list: %+v, %v", page, err)
	}
	_, private, p, err := b.Find(t.Context(), me, "W1234")
	if err != nil || p.Nickname != "" || p.Archived || private.Record.OrderNo != "A-W1234" || private.Scope != shipment.ScopeDocs {
		t.Errorf("my own: %+v, %v", p, err)
	}
}

func TestNicknames(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234", "me@example.com", ""))
	me := b.open(t, "me@example.com")
	for typed, want := range map[string]string{
		"  Mum’s \t tea ": "Mum’s tea", "a\x1eb\x00c\n": "a b c", "": "", strings.Repeat("茶", 60): strings.Repeat("茶", 60),
	} {
		if err := b.Rename(t.Context(), me, "W1234", typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
		if _, _, p, err := b.Find(t.Context(), me, "W1234"); err != nil || p.Nickname != want {
			t.Errorf("%q: %q, %v", typed, p.Nickname, err)
		}
	}
	var invalid fault.Invalid
	if err := b.Rename(t.Context(), me, "W1234", strings.Repeat("茶", 61)); !errors.As(err, &invalid) || invalid[0].Field != "nickname" {
		t.Errorf("61 characters: %v", err)
	}
}
