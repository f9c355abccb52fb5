package shipment_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

func TestVerifyAndRebuild(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1111"), record("W2222"), record("W3333"))
	b.report(t, scan("W1111", 3, "awaiting_id", "PVG"), scan("W2222", 3, "InTransit_004", "PVG"), scan("W3333", 3, "InTransit_004", "PVG"))
	b.clean(t)
	for _, spoil := range []string{
		`update shipments set tag = 'Delivered', customs_state = null, attempt_count = 9 where waybill = 'W1111'`,
		`update shipment_timeline set body = replace(body, 'PVG', 'JFK') where waybill = 'W2222'`,
		`delete from shipment_timeline where waybill = 'W3333'`,
		`insert into shipment_timeline values ('W4444', 1, '1')`,
	} {
		if _, err := b.db.ExecContext(t.Context(), spoil); err != nil {
			t.Fatal(err)
		}
	}
	r, err := b.Verify(t.Context(), func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[shipment.Waybill][]string)
	for _, f := range r.Faults {
		got[f.Waybill] = append(got[f.Waybill], f.Field)
	}
	want := map[shipment.Waybill][]string{
		"W1111": {"tag", "customs_state", "attempt_count"}, "W2222": {"timeline"}, "W3333": {"timeline"}, "W4444": {"timeline"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	seen := 0
	n, err := b.Rebuild(t.Context(), func(n int) { seen = n })
	if err != nil || n != 4 || seen != 3 {
		t.Errorf("mended %d, %v, saw %d", n, err, seen)
	}
	b.clean(t)
	if p := b.look(t, "W2222"); p.Version != 3 {
		t.Errorf("a mended view must be told to browsers: version %d", p.Version)
	}
	if n, err := b.Rebuild(t.Context(), func(int) {}); n != 0 || err != nil {
		t.Errorf("nothing to mend, but %d, %v", n, err)
	}
}

func TestExpire(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("SILENT"), record("HEARD"), record("DONE"), record("ODD1"))
	b.report(t, scan("SILENT", 3, "InTransit_004", "PVG"), scan("HEARD", 9, "InTransit_004", "PVG"), scan("DONE", 3, "Delivered_001", "PVG"),
		scan("ODD1", 3, "InTransit_004", "PVG"), scan("ODD1", 9, "???", "PVG"))
	b.now = day(3).Add(shipment.Silence - time.Second)
	if n, err := b.Expire(t.Context()); n != 0 || err != nil {
		t.Errorf("a second early: %d, %v", n, err)
	}
	b.now = day(3).Add(shipment.Silence)
	if r := b.clean(t); r.Silent != 1 {
		t.Errorf("%d fell silent", r.Silent)
	}
	if n, err := b.Expire(t.Context()); n != 1 || err != nil {
		t.Errorf("on the day: %d, %v", n, err)
	}
	if p := b.look(t, "SILENT"); p.Status.Tag != shipment.Expired || p.Version != 3 || !p.Status.At.Equal(b.now) {
		t.Errorf("%+v", p)
	}
	for _, w := range []shipment.Waybill{"HEARD", "DONE", "ODD1"} {
		if p := b.look(t, w); p.Status.Tag == shipment.Expired {
			t.Errorf("%s has expired", w)
		}
	}
	b.clean(t)
	b.report(t, scan("SILENT", 32, "InTransit_007", "PVG"))
	if p := b.look(t, "SILENT"); p.Status.Subtag != "InTransit_007" {
		t.Errorf("heard of again: %s", p.Status.Subtag)
	}
	if n, err := b.Expire(t.Context()); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}
	b.clean(t)
}

func TestUnknownCodes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.report(t, scan("W1111", 1, "XX1", "a"), scan("W2222", 5, "XX1", "b"), scan("W2222", 3, "XX2", "b"), scan("W2222", 3, "Delivered_001", "b"))
	got, err := b.UnknownCodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []shipment.UnknownCode{
		{Source: "x", Code: "XX1", Count: 2, FirstSeen: day(1), LastSeen: day(5), Sample: "W1111"},
		{Source: "x", Code: "XX2", Count: 1, FirstSeen: day(3), LastSeen: day(3), Sample: "W2222"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestReportsAreKeptAMonth(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if err := b.KeepReport(t.Context(), "checkpoints", "file", json.RawMessage(`{"received":1}`), json.RawMessage(`[]`)); err != nil {
		t.Fatal(err)
	}
	b.now = b.now.Add(30*24*time.Hour - time.Second)
	if n, err := b.Sweep(t.Context()); n != 0 || err != nil {
		t.Errorf("a second early: %d, %v", n, err)
	}
	b.now = b.now.Add(time.Second)
	if n, err := b.Sweep(t.Context()); n != 1 || err != nil {
		t.Errorf("after 30 days: %d, %v", n, err)
	}
}
