package demo_test

import (
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"

	"github.com/google/go-cmp/cmp"
)

func TestLoadingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	db := testdb.New(t)
	store := shipment.NewStore(db, db, func() time.Time { return march.AsOf.Add(12 * time.Hour) })
	if err := demo.Load(t.Context(), store, march); err != nil {
		t.Fatal(err)
	}
	if got, want := countRows(t, store), len(demo.Shipments(march)); got != want {
		t.Errorf("%d parcels can be looked up, want %d", got, want)
	}
	for name, load := range map[string]func() (shipment.Changes, error){
		"shipments": func() (shipment.Changes, error) { return store.ReceiveShipments(t.Context(), demo.Shipments(march)) },
		"checkpoints": func() (shipment.Changes, error) {
			return store.ReceiveCheckpoints(t.Context(), demo.Checkpoints(march))
		},
	} {
		changes, err := load()
		if err != nil {
			t.Fatal(err)
		}
		if changes.Added+changes.Replaced+changes.Waiting != 0 {
			t.Errorf("the second load of %s changed %+v", name, changes)
		}
	}
	verified, err := store.Verify(t.Context(), func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	if len(verified.Faults) != 0 {
		t.Errorf("verify finds %+v", verified.Faults)
	}
}

func TestLoadingOnALaterDayMovesTheSameParcels(t *testing.T) {
	t.Parallel()
	db := testdb.New(t)
	later := march
	later.AsOf = later.AsOf.AddDate(0, 0, 9)
	store := shipment.NewStore(db, db, func() time.Time { return later.AsOf.Add(12 * time.Hour) })
	for _, o := range []demo.Options{march, later} {
		if err := demo.Load(t.Context(), store, o); err != nil {
			t.Fatal(err)
		}
	}
	got := map[shipment.Waybill]shipment.Subtag{}
	want := map[shipment.Waybill]shipment.Subtag{}
	for w, s := range standings(later) {
		p, err := store.Lookup(t.Context(), w)
		if err != nil {
			t.Fatalf("%s: %v", w, err)
		}
		got[w], want[w] = p.Status.Subtag, s.Subtag
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("statuses on the later day (-want +got):\n%s", diff)
	}
}

func countRows(t *testing.T, store *shipment.Store) int {
	t.Helper()
	var ws []shipment.Waybill
	for _, r := range demo.Shipments(march) {
		ws = append(ws, r.Waybill)
	}
	found, err := store.LookupMany(t.Context(), ws)
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}
