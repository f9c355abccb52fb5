package feedgen_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"ecms/portal/bench/feedgen"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
)

// Figures about refused rows would be worth nothing: the portal takes every row.
func TestPortalTakesEveryRow(t *testing.T) {
	t.Parallel()
	db := testdb.New(t)
	now := func() time.Time { return base.Add(time.Hour) }
	store := shipment.NewStore(db, db, now)
	im := feed.Importer{Store: store, Now: now}
	span := feedgen.Span{From: 0, To: 72} // each lane, waiting and delivered
	take := func(what string, f func() (feed.Report, error)) feed.Report {
		t.Helper()
		r, err := f()
		if err != nil || r.Rejected > 0 || len(r.Errors) > 0 {
			t.Fatalf("%s: got %+v, %v; want no bad row", what, r, err)
		}
		return r
	}
	r := take("shipments", func() (feed.Report, error) {
		return im.Shipments(t.Context(), strings.NewReader(strings.Join(shipments(t, span), "")), feed.CSV, feed.Options{})
	})
	if r.Added != 72 {
		t.Errorf("shipments: got %+v, want 72 added", r)
	}
	events := func(shuffled bool) func() (feed.Report, error) {
		file := strings.Join(checkpoints(t, span, shuffled), "\n") + "\n"
		return func() (feed.Report, error) {
			return im.Checkpoints(t.Context(), strings.NewReader(file), feed.CSV, feed.Options{})
		}
	}
	if r := take("shuffled", events(true)); r.Added != 576 {
		t.Errorf("checkpoints: got %+v, want 576 added", r)
	}
	if r := take("the same in order of time", events(false)); r.Unchanged != 576 {
		t.Errorf("again: got %+v, want 576 unchanged", r)
	}
	for n := range span.Parcels() {
		p, err := store.Lookup(t.Context(), feedgen.Waybill(n))
		if err != nil {
			t.Fatalf("parcel %d: %v", n, err)
		}
		want := shipment.Tag("Delivered")
		if n%4 == 0 {
			want = "AvailableForPickup"
		}
		if got := p.Status.Tag; got != want || len(p.Checkpoints) != feedgen.EventsPerParcel {
			t.Errorf("parcel %d: got %s with %d events, want %s with 8", n, got, len(p.Checkpoints), want)
		}
	}
	if _, err := store.Lookup(t.Context(), feedgen.Waybill(72)); err == nil {
		t.Error("the parcel after the span is there")
	}
}

// full refuses to be written to.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestFullDiskIsTold(t *testing.T) {
	t.Parallel()
	span := feedgen.Span{From: 0, To: 3}
	if err := feedgen.Shipments(full{}, span, base); !errors.Is(err, errFull) {
		t.Errorf("shipments: got %v, want %v", err, errFull)
	}
	if _, err := feedgen.Checkpoints(full{}, span, base, false); !errors.Is(err, errFull) {
		t.Errorf("checkpoints: got %v, want %v", err, errFull)
	}
}
