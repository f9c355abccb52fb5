package demo_test

import (
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/shipment"
)

// newest is the last event of a story's first parcel.
func newest(t *testing.T, o demo.Options, story demo.Story) shipment.Checkpoint {
	t.Helper()
	var last shipment.Checkpoint
	for _, e := range byWaybill(demo.Checkpoints(o))[demo.Waybill(o, story)] {
		if e.At.After(last.At) {
			last = e
		}
	}
	if last.At.IsZero() {
		t.Fatalf("%s has no event", story)
	}
	return last
}

func TestSilenceLastsAsLongAsTheStorySays(t *testing.T) {
	const day = 24 * time.Hour
	for _, asOf := range []time.Time{march.AsOf, march.AsOf.AddDate(0, 8, 0)} {
		o := demo.Options{Seed: 3, AsOf: asOf}
		for _, tc := range []struct {
			story       demo.Story
			least, most time.Duration
		}{
			{demo.Moving, 2 * time.Hour, 2 * day},
			{demo.OutForDelivery, time.Hour, 2 * day},
			{demo.Silent, 8 * day, 26 * day},
			{demo.Expired, 33 * day, 65 * day},
			{demo.AwaitingDuty, 8 * time.Hour, 22 * day}, // the 30 days are not over
			{demo.Delivered, 4 * time.Hour, 82 * day},
		} {
			if quiet := asOf.Sub(newest(t, o, tc.story).At); quiet < tc.least || quiet > tc.most {
				t.Errorf("%s: nothing for %s, want %s to %s", tc.story, quiet, tc.least, tc.most)
			}
		}
	}
}

func TestOffsetsAreThoseOfTheirPlaceOnThatDay(t *testing.T) {
	zones := map[string]string{
		"Los Angeles Sorting Center": "America/Los_Angeles", "New Castle Warehouse": "America/New_York",
		"Chicago Sorting Center": "America/Chicago", "Phoenix Warehouse": "America/Phoenix", "Incheon Airport Hub": "Asia/Seoul",
	}
	seen := map[string]map[int]bool{}
	for _, asOf := range []time.Time{march.AsOf, march.AsOf.AddDate(0, 4, 0)} {
		for _, e := range demo.Checkpoints(demo.Options{Seed: 1, AsOf: asOf}) {
			zone, known := zones[e.Place]
			if !known {
				continue
			}
			l, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			if _, seconds := e.At.In(l).Zone(); seconds/60 != e.OffsetMinutes {
				t.Errorf("%s at %s: offset %d, want %d", e.Place, e.At, e.OffsetMinutes, seconds/60)
			}
			if seen[e.Place] == nil {
				seen[e.Place] = map[int]bool{}
			}
			seen[e.Place][e.OffsetMinutes] = true
		}
	}
	for place, offsets := range map[string]int{"Los Angeles Sorting Center": 2, "Phoenix Warehouse": 1, "Incheon Airport Hub": 1} {
		if len(seen[place]) != offsets {
			t.Errorf("%s has the offsets %v, want %d of them", place, seen[place], offsets)
		}
	}
}

func TestPromisesFollowTheService(t *testing.T) {
	spans := map[string][2]int{"express": {4, 7}, "standard": {7, 12}}
	for _, r := range demo.Shipments(march) {
		if r.AcceptedAt.IsZero() {
			continue
		}
		l, err := time.LoadLocation(r.Destination.Zone)
		if err != nil {
			t.Fatal(err)
		}
		accepted := shipment.Date(r.AcceptedAt.In(l).Format(time.DateOnly))
		span, known := spans[r.Service]
		if !known || r.PromisedFrom != accepted.AddDays(span[0]) || r.PromisedTo != accepted.AddDays(span[1]) {
			t.Errorf("%s (%s): accepted %s, promised %s to %s", r.Waybill, r.Service, accepted, r.PromisedFrom, r.PromisedTo)
		}
	}
}

func TestPiecesOfAnOrderTravelApart(t *testing.T) {
	events := byWaybill(demo.Checkpoints(march))
	byOrder := map[string][]shipment.Record{}
	for _, r := range demo.Shipments(march) {
		if r.Pieces > 1 {
			byOrder[r.OrderNo] = append(byOrder[r.OrderNo], r)
		}
	}
	for order, pieces := range byOrder {
		for i, r := range pieces[1:] {
			before := pieces[i]
			if r.Destination != before.Destination || r.Origin != before.Origin || r.Consignee != before.Consignee {
				t.Errorf("order %s goes from two places or to two people", order)
			}
			if len(events[r.Waybill]) >= len(events[before.Waybill]) {
				t.Errorf("order %s: piece %d does not lag behind piece %d", order, r.Piece, before.Piece)
			}
		}
	}
}

func TestParcelsHandedOverHaveALocalNumber(t *testing.T) {
	events := byWaybill(demo.Checkpoints(march))
	for _, r := range demo.Shipments(march) {
		handed := false
		for _, e := range events[r.Waybill] {
			handed = handed || e.Code == "HLM"
		}
		if handed != (r.LastMileNumber != "") {
			t.Errorf("%s: handed over %v, last-mile number %q", r.Waybill, handed, r.LastMileNumber)
		}
	}
}
