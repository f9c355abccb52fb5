package feed_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/shipment/feed"
)

// manyEvents makes a file of n parcels with some events each, in the order of time:
// the lines of a parcel lie far apart.
func manyEvents(parcels, each int) []string {
	var lines []string
	for e := range each {
		for p := range parcels {
			lines = append(lines, fmt.Sprintf("P%05d,E%d-%d,%s,A", p, p, e, at))
		}
	}
	return lines
}

const eventHeader = "waybill,event_id,at,code"

// TestRowsThatTheDatabaseRefuses cost their own parcels only, however many
// parcels lie in their transaction, and each row is told at its line.
func TestRowsThatTheDatabaseRefuses(t *testing.T) {
	t.Parallel()
	for name, poisoned := range map[string][]int{
		"none": nil, "the first": {0}, "the last": {2999}, "two beside each other": {41, 42}, "some": {7, 1000, 1700, 2998},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			im, db := importerOn(t)
			if _, err := db.Exec(t.Context(), `alter table checkpoints add constraint no_poison check (code <> 'POISON')`); err != nil {
				t.Fatal(err)
			}
			lines := manyEvents(3000, 2)
			want := outcome{received: 6000, in: 6000 - 2*len(poisoned)}
			for _, p := range poisoned {
				lines[p+3000] = strings.TrimSuffix(lines[p+3000], "A") + "POISON"
				w := fmt.Sprintf("P%05d", p)
				want.said = append(want.said, said{p + 2, "waybill", w, "not_taken"}, said{p + 3002, "waybill", w, "not_taken"})
			}
			slices.SortFunc(want.said, func(a, b said) int { return a.line - b.line })
			var last feed.Progress
			r, err := im.Checkpoints(t.Context(), strings.NewReader(csvFile(eventHeader, lines)), feed.CSV,
				feed.Options{Progress: func(p feed.Progress) { last = p }})
			if err != nil {
				t.Fatal(err)
			}
			want.holds(t, r)
			if r.Rejected != 2*len(poisoned) || last.CommittedThrough != 6001 {
				t.Errorf("%d rejected, committed through %d, want %d and 6001", r.Rejected, last.CommittedThrough, 2*len(poisoned))
			}
			var n int
			if err := db.Get(t.Context(), &n, `select count(*) from checkpoints`); err != nil || n != want.in {
				t.Errorf("%d rows are there, %v, want %d", n, err, want.in)
			}
		})
	}
}

// TestRefusedShipments tells of a shipment that the database refuses, too.
func TestRefusedShipments(t *testing.T) {
	t.Parallel()
	im, db := importerOn(t)
	if _, err := db.Exec(t.Context(), `alter table shipments add constraint no_poison check (service <> 'POISON')`); err != nil {
		t.Fatal(err)
	}
	file := leastShipment + ",service\n"
	for i := range 100 {
		service := "express"
		if i == 60 {
			service = "POISON"
		}
		file += fmt.Sprintf("W%04d,US,UTC,CN,UTC,%s\n", i, service)
	}
	outcome{100, 99, []said{{62, "waybill", "W0060", "not_taken"}}}.holds(t, takeShipments(t, im, file, feed.CSV))
}

// TestOtherErrorsEndTheImport: what is not about a value would come again with
// every other row.
func TestOtherErrorsEndTheImport(t *testing.T) {
	t.Parallel()
	im, db := importerOn(t)
	if _, err := db.Exec(t.Context(), `alter table checkpoints rename column text to words`); err != nil {
		t.Fatal(err)
	}
	r, err := im.Checkpoints(t.Context(), strings.NewReader(csvFile(eventHeader, manyEvents(3, 2))), feed.CSV, feed.Options{})
	if err == nil || !strings.Contains(err.Error(), "import checkpoints: ") || r.Received != 6 || r.Rejected != 0 || r.Waiting != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestParcelLargerThanATransaction keeps all events of one parcel together.
func TestParcelLargerThanATransaction(t *testing.T) {
	t.Parallel()
	im, s := importer(t)
	takeShipments(t, im, leastShipment+"\nP00000,US,UTC,CN,UTC\n", feed.CSV)
	lines := manyEvents(1, 6_000)
	lines = append(lines, "P00001,a,"+at+",A", "P00001,b,"+at+",A", "P00001,c,"+at+",A")
	r := takeCheckpoints(t, im, csvFile(eventHeader, lines), feed.CSV)
	if r.Added != 6_000 || r.Waiting != 3 {
		t.Errorf("%+v", r)
	}
	if v := clean(t, s); v.Checkpoints != 6_000 || v.Waiting != 3 {
		t.Errorf("%+v", v)
	}
	if r := takeCheckpoints(t, im, csvFile(eventHeader, lines), feed.CSV); r.Unchanged != 6_003 {
		t.Errorf("again: %+v", r)
	}
}
