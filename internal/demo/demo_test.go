package demo_test

import (
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/shipment"

	"github.com/google/go-cmp/cmp"
)

var march = demo.Options{Seed: 1, AsOf: time.Date(2026, time.March, 10, 0, 0, 0, 0, time.UTC)}

// byWaybill sorts events to their parcels.
func byWaybill(events []shipment.Checkpoint) map[shipment.Waybill][]shipment.Checkpoint {
	m := map[shipment.Waybill][]shipment.Checkpoint{}
	for _, e := range events {
		m[e.Waybill] = append(m[e.Waybill], e)
	}
	return m
}

// standings tells where each parcel of the set stands at noon of its day.
func standings(o demo.Options) map[shipment.Waybill]shipment.Status {
	noon := o.AsOf.Add(12 * time.Hour)
	events := byWaybill(demo.Checkpoints(o))
	m := map[shipment.Waybill]shipment.Status{}
	for _, r := range demo.Shipments(o) {
		m[r.Waybill] = shipment.Standing(events[r.Waybill], r, noon.AddDate(0, 0, -1), noon)
	}
	return m
}

func TestSetCoversEveryStatusStateAndLane(t *testing.T) {
	tags, subtags, states, lanes := map[shipment.Tag]int{}, map[shipment.Subtag]int{}, map[shipment.CustomsState]int{}, map[string]int{}
	standing := standings(march)
	records := demo.Shipments(march)
	for _, r := range records {
		s := standing[r.Waybill]
		tags[s.Tag]++
		subtags[s.Subtag]++
		states[s.Customs]++
		lanes[r.Origin.Country+">"+r.Destination.Country]++
	}
	if n := len(records); n < 380 || n > 430 {
		t.Errorf("%d shipments, want some 400", n)
	}
	for _, tag := range shipment.Tags() {
		if tags[tag] == 0 {
			t.Errorf("no parcel is %s", tag)
		}
	}
	for _, subtag := range shipment.Subtags() {
		if subtags[subtag] == 0 {
			t.Errorf("no parcel is %s", subtag)
		}
	}
	for _, state := range shipment.CustomsStates() {
		if states[state] == 0 {
			t.Errorf("no parcel is %s", state)
		}
	}
	for _, to := range strings.Fields("CN HK KR JP TW SG TH PH MY") {
		if lanes["US>"+to] < 30 {
			t.Errorf("%d parcels to %s, want at least 30", lanes["US>"+to], to)
		}
	}
}

func TestStoriesEndAsTheyAreNamed(t *testing.T) {
	standing := standings(march)
	for story, want := range map[demo.Story]shipment.Status{
		demo.Unseen:          {Subtag: "Pending_001"},
		demo.Announced:       {Subtag: "InfoReceived_001"},
		demo.Accepted:        {Subtag: "InTransit_002"},
		demo.Moving:          {Subtag: "InTransit_007"},
		demo.Customs:         {Subtag: "InTransit_006"},
		demo.AwaitingInvoice: {Subtag: "Exception_018", Customs: "awaiting_invoice"},
		demo.AwaitingID:      {Subtag: "Exception_018", Customs: "awaiting_id"},
		demo.AwaitingDuty:    {Subtag: "Exception_006", Customs: "awaiting_duty"},
		demo.Inspection:      {Subtag: "Exception_004", Customs: "inspection"},
		demo.Released:        {Subtag: "InTransit_005", Customs: "released"},
		demo.Refused:         {Subtag: "Exception_009", Customs: "refused"},
		demo.ReturnStarted:   {Subtag: "Exception_010", Customs: "return_started"},
		demo.OutForDelivery:  {Subtag: "OutForDelivery_001", Customs: "released"},
		demo.Attempted:       {Subtag: "AttemptFail_002", Customs: "released"},
		demo.PickUp:          {Subtag: "AvailableForPickup_001", Customs: "released"},
		demo.Delivered:       {Subtag: "Delivered_001", Customs: "released"},
		demo.Signed:          {Subtag: "Delivered_003", Customs: "released"},
		demo.Neighbour:       {Subtag: "Delivered_005", Customs: "released"},
		demo.Returning:       {Subtag: "Exception_010", Customs: "released"},
		demo.Returned:        {Subtag: "Exception_011", Customs: "released"},
		demo.Lost:            {Subtag: "Exception_013"},
		demo.Damaged:         {Subtag: "Exception_012", Customs: "released"},
		demo.Cancelled:       {Subtag: "Exception_020"},
		demo.Disposed:        {Subtag: "Exception_021", Customs: "refused"},
		demo.Overweight:      {Subtag: "Exception_011"},
		demo.Weather:         {Subtag: "Exception_017"},
		demo.LateFlight:      {Subtag: "Exception_019"},
		demo.Silent:          {Subtag: "InTransit_007"},
		demo.Expired:         {Subtag: "Expired_001"},
		demo.UnknownCode:     {Subtag: "InTransit_007"},
		demo.TwoPieces:       {Subtag: "Delivered_001", Customs: "released"},
		demo.Longest:         {Subtag: "OutForDelivery_001", Customs: "released"},
	} {
		got, ok := standing[demo.Waybill(march, story)]
		if !ok || got.Subtag != want.Subtag || got.Customs != want.Customs {
			t.Errorf("%s: %s %q, want %s %q", story, got.Subtag, got.Customs, want.Subtag, want.Customs)
		}
	}
	if w := demo.Waybill(march, "no such story"); w != "" {
		t.Errorf("a story that is not told has the waybill %s", w)
	}
	if n := standing[demo.Waybill(march, demo.Longest)].Checkpoints; n < 20 {
		t.Errorf("the longest story has %d events, want at least 20", n)
	}
}

func TestWaybillsFollowTheSeedAlone(t *testing.T) {
	numbers := func(o demo.Options) []shipment.Waybill {
		var ws []shipment.Waybill
		for _, r := range demo.Shipments(o) {
			ws = append(ws, r.Waybill)
		}
		return ws
	}
	later, other := march, march
	later.AsOf = later.AsOf.AddDate(0, 5, 3)
	other.Seed = 2
	if diff := cmp.Diff(numbers(march), numbers(later)); diff != "" {
		t.Errorf("waybills changed with the day:\n%s", diff)
	}
	if diff := cmp.Diff(demo.Shipments(march), demo.Shipments(march)); diff != "" {
		t.Errorf("shipments differ the second time:\n%s", diff)
	}
	if diff := cmp.Diff(demo.Checkpoints(march), demo.Checkpoints(march)); diff != "" {
		t.Errorf("checkpoints differ the second time:\n%s", diff)
	}
	seen := map[shipment.Waybill]bool{demo.EarlyWaybill(march): true}
	for _, w := range append(numbers(march), numbers(other)...) {
		if seen[w] || !w.Ours() {
			t.Errorf("%s comes twice or is not of our form", w)
		}
		seen[w] = true
	}
	if today := demo.Shipments(demo.Options{Seed: 1}); today[20].Waybill != numbers(march)[20] {
		t.Error("without a day the waybills are others")
	}
}

func TestSamplesCanBeUnlocked(t *testing.T) {
	records := map[shipment.Waybill]shipment.Record{}
	for _, r := range demo.Shipments(march) {
		records[r.Waybill] = r
	}
	samples := demo.Samples(march)
	if len(samples) != 5 {
		t.Fatalf("%d samples, want 5", len(samples))
	}
	for _, s := range samples {
		r, ok := records[s.Waybill]
		if !ok || s.Waybill != demo.Waybill(march, s.Story) {
			t.Errorf("%s: %s is not the story's parcel", s.Story, s.Waybill)
		}
		if s.OrderNo != r.OrderNo || s.OrderNo == "" || s.Postcode != r.Consignee.Postcode ||
			len(s.PhoneLast4) != 4 || !strings.HasSuffix(r.Consignee.Phone, s.PhoneLast4) || s.Destination != r.Destination.Country {
			t.Errorf("%s: second facts %+v do not fit %+v", s.Story, s, r.Consignee)
		}
		if got := demo.SampleOf(march, s.Story); got != s {
			t.Errorf("SampleOf(%s) = %+v, want %+v", s.Story, got, s)
		}
	}
	if got := demo.SampleOf(march, "no such story"); got.Waybill != "" {
		t.Errorf("a story that is not told has the sample %+v", got)
	}
}
