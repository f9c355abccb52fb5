package shipment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

// damageCases are ways in which one parcel's rows can be wrong, with the fields
// that verify must name. Parcel $1 has a failed attempt and waits for an ID.
var damageCases = []struct {
	name, spoil string
	fields      []string
}{
	{"tag", `update shipments set tag = 'InTransit' where waybill = $1`, []string{"tag"}},
	{"subtag", `update shipments set subtag = 'Exception_004' where waybill = $1`, []string{"subtag"}},
	{"status's instant", `update shipments set status_at = status_at + interval '1 microsecond' where waybill = $1`, []string{"status_at"}},
	{"no instant", `update shipments set status_at = null where waybill = $1`, []string{"status_at"}},
	{"customs state", `update shipments set customs_state = 'released' where waybill = $1`, []string{"customs_state"}},
	{"no customs state", `update shipments set customs_state = null where waybill = $1`, []string{"customs_state"}},
	{"customs since", `update shipments set customs_since = customs_since - interval '1 day' where waybill = $1`, []string{"customs_since"}},
	{"events counted", `update shipments set checkpoint_count = 7 where waybill = $1`, []string{"checkpoint_count"}},
	{"attempts counted", `update shipments set attempt_count = 0 where waybill = $1`, []string{"attempt_count"}},
	{"a word of the view", `update shipment_timeline set body = replace(body, 'PVG', 'JFK') where waybill = $1`, []string{"timeline"}},
	{"a view cut short", `update shipment_timeline set body = left(body, -3) where waybill = $1`, []string{"timeline"}},
	{"an empty view", `update shipment_timeline set body = '' where waybill = $1`, []string{"timeline"}},
	{"another parcel's view", `update shipment_timeline set body = (select body from shipment_timeline where waybill = 'WHOLE') where waybill = $1`, []string{"timeline"}},
	{"no view", `delete from shipment_timeline where waybill = $1`, []string{"timeline"}},
	{"an event lost", `delete from checkpoints where waybill = $1 and code = 'InTransit_004'`, []string{"checkpoint_count", "timeline"}},
	{"the last event lost", `delete from checkpoints where waybill = $1 and code = 'awaiting_id'`,
		[]string{"tag", "subtag", "status_at", "customs_state", "customs_since", "checkpoint_count", "timeline"}},
	{"an attempt lost", `delete from checkpoints where waybill = $1 and code = 'AttemptFail_001'`, []string{"checkpoint_count", "attempt_count", "timeline"}},
	{"an event twice", `insert into checkpoints select waybill, source, event_key || '2', rev, at, offset_minutes, country, facility, place, code, text
		from checkpoints where waybill = $1 and code = 'InTransit_004'`, []string{"checkpoint_count", "timeline"}},
	{"another parcel's event", `update checkpoints set waybill = $1 where waybill = 'GIVER'`, []string{"checkpoint_count", "timeline"}},
	{"a code", `update checkpoints set code = 'awaiting_duty' where waybill = $1 and code = 'awaiting_id'`, []string{"subtag", "customs_state", "timeline"}},
	{"a place", `update checkpoints set place = 'JFK' where waybill = $1 and code = 'InTransit_004'`, []string{"timeline"}},
	{"a private place let out", `update checkpoints set facility = true where waybill = $1 and not facility`, []string{"timeline"}},
	{"an offset", `update checkpoints set offset_minutes = 0 where waybill = $1 and code = 'InTransit_004'`, []string{"timeline"}},
	{"the service", `update shipments set service = 'slow' where waybill = $1`, []string{"timeline"}},
	{"a promise", `update shipments set promised_to = promised_to + 1 where waybill = $1`, []string{"timeline"}},
	{"the zone of its days", `update shipments set origin_zone = 'Asia/Tokyo' where waybill = $1`, []string{"timeline"}},
	{"the feed's customs word", `update shipments set fed_customs_state = 'inspection' where waybill = $1`, []string{"customs_state", "customs_since", "timeline"}},
}

// TestVerifyFindsEachDamage spoils one parcel a case, all in one database, and
// wants exactly the spoiled fields named, of exactly those parcels; then rebuild
// mends them all.
func TestVerifyFindsEachDamage(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	giver := scan("GIVER", 1, "InTransit_001", "Newark")
	b.ship(t, record("WHOLE"), record("GIVER"))
	b.report(t, scan("WHOLE", 3, "InTransit_004", "PVG"), giver)
	want := make(map[shipment.Waybill][]string)
	for i, c := range damageCases {
		w := shipment.Waybill(fmt.Sprintf("W%04d", i))
		b.ship(t, record(w))
		door := scan(w, 2, "AttemptFail_001", "Room 301")
		door.Facility = false
		b.report(t, scan(w, 1, "InTransit_004", "PVG"), door, scan(w, 4, "awaiting_id", "PVG"))
		want[w] = c.fields
	}
	b.clean(t)
	for i, c := range damageCases {
		res, err := b.db.ExecContext(t.Context(), c.spoil, fmt.Sprintf("W%04d", i))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if n, _ := res.RowsAffected(); n != 1 {
			t.Fatalf("%s: %d rows spoiled, want 1", c.name, n)
		}
	}
	want["GIVER"] = []string{"tag", "subtag", "status_at", "checkpoint_count", "timeline"} // its only event has gone
	got := make(map[shipment.Waybill][]string)
	r, err := b.Verify(t.Context(), func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Faults {
		got[f.Waybill] = append(got[f.Waybill], f.Field)
		if f.Have == f.Want {
			t.Errorf("%s, %s: have and want are both %q", f.Waybill, f.Field, f.Have)
		}
	}
	for w, fields := range want {
		if name := string(w); !slices.Equal(got[w], fields) {
			if i := 0; strings.HasPrefix(name, "W") {
				_, _ = fmt.Sscanf(name, "W%d", &i)
				name = damageCases[i].name
			}
			t.Errorf("%s: verify names %q, want %q", name, got[w], fields)
		}
		delete(got, w)
	}
	if len(got) > 0 {
		t.Errorf("whole parcels are called spoiled: %v", got)
	}
	if n, err := b.Rebuild(t.Context(), func(int) {}); err != nil || n != len(want) {
		t.Errorf("rebuild mended %d, %v, want %d", n, err, len(want))
	}
	b.clean(t)
}

// TestRebuildLeavesTheTruth changes no event and no word of the feed.
func TestRebuildLeavesTheTruth(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r, _ := markedRecord("W1234")
	b.ship(t, r)
	b.report(t, scan("W1234", 3, "InTransit_004", "PVG"), scan("WAITING1", 3, "InTransit_004", "PVG"))
	before := b.state(t)
	if _, err := b.db.ExecContext(t.Context(), `update shipments set tag = 'Delivered', subtag = 'Delivered_001', checkpoint_count = 9, changed_at = 'epoch'`); err != nil {
		t.Fatal(err)
	}
	if n, err := b.Rebuild(t.Context(), func(int) {}); n != 1 || err != nil {
		t.Errorf("mended %d, %v", n, err)
	}
	if d := cmp.Diff(before, b.state(t)); d != "" {
		t.Errorf("(-before the damage +mended):\n%s", d)
	}
	var old int
	if err := b.db.Get(t.Context(), &old, `select count(*) from shipments where changed_at = 'epoch'`); err != nil || old != 0 {
		t.Errorf("%d mended rows do not say that they changed, %v", old, err)
	}
}

// TestVerifyInPages counts and finds over the edges of its pages.
func TestVerifyInPages(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	const count = 2001
	if _, err := b.db.ExecContext(t.Context(), `
insert into shipments (waybill, origin_country, origin_zone, destination_country, destination_zone, tag, subtag, added_at)
select 'W' || lpad(n::text, 5, '0'), 'US', 'America/New_York', 'CN', 'Asia/Shanghai', 'InfoReceived', 'InfoReceived_001', $1
from generate_series(1, $2) n`, b.now, count); err != nil {
		t.Fatal(err)
	}
	var told []int
	progress := func(n int) { told = append(told, n) }
	r, err := b.Verify(t.Context(), progress)
	if err != nil || r.Shipments != count || len(r.Faults) != count || !slices.Equal(told, []int{1000, 2000, 2001}) {
		t.Errorf("%d shipments, %d faults, %v, told %v", r.Shipments, len(r.Faults), err, told)
	}
	told = nil
	if n, err := b.Rebuild(t.Context(), progress); err != nil || n != count || !slices.Equal(told, []int{1000, 2000, 2001}) {
		t.Errorf("mended %d, %v, told %v", n, err, told)
	}
	if r := b.clean(t); r.Shipments != count {
		t.Errorf("%d shipments", r.Shipments)
	}
}

// TestVerifyOfNothing says so.
func TestVerifyOfNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.clean(t)
	if d := cmp.Diff(shipment.VerifyReport{Faults: []shipment.Fault{}}, r); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if n, err := b.Rebuild(t.Context(), func(int) { t.Error("progress is told of nothing") }); n != 0 || err != nil {
		t.Errorf("mended %d, %v", n, err)
	}
}
