package shipment_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"ecms/portal/internal/shipment"
)

// TestExpireAtItsEdge turns the clock to just before and just at 30 days of
// silence, for parcels that were last heard of in different ways.
func TestExpireAtItsEdge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		accepted bool
		codes    []string
		heard    time.Time
	}{
		"an event":                       {true, []string{"InTransit_002", "InTransit_003"}, day(2)},
		"an unknown code after another":  {true, []string{"InTransit_002", "", "", "???"}, day(4)},
		"only an unknown code":           {true, []string{"", "", "???"}, day(3)},
		"an unknown code, not accepted":  {false, []string{"", "", "???"}, day(10)},
		"accepted only":                  {true, nil, record("").AcceptedAt},
		"added only":                     {false, nil, day(10)},
		"returning":                      {true, []string{"Delivered_001", "Exception_010"}, day(2)},
		"customs waits":                  {true, []string{"", "", "", "awaiting_id"}, day(4)},
		"failed for the third time":      {true, []string{"AttemptFail_001", "AttemptFail_001", "AttemptFail_002"}, day(3)},
		"an event before its acceptance": {true, []string{"InTransit_001"}, day(1)},
	} {
		b := newBench(t)
		r := record("W1234")
		if !c.accepted {
			r.AcceptedAt = time.Time{}
		}
		b.ship(t, r)
		b.report(t, relabel("W1234", way(c.codes...))...)
		edge := c.heard.Add(shipment.Silence)
		b.now = edge.Add(-time.Microsecond)
		if n, err := b.Expire(t.Context()); n != 0 || err != nil {
			t.Errorf("%s: a moment early: %d, %v", name, n, err)
		}
		if r := b.clean(t); r.Silent != 0 {
			t.Errorf("%s: silent a moment early", name)
		}
		b.now = edge
		if r := b.clean(t); r.Silent != 1 {
			t.Errorf("%s: %d silent on time, want 1", name, r.Silent)
		}
		if n, err := b.Expire(t.Context()); n != 1 || err != nil {
			t.Errorf("%s: on time: %d, %v", name, n, err)
		}
		if p := b.look(t, "W1234"); p.Status.Subtag != shipment.SilentForThirty || !p.Status.At.Equal(edge) {
			t.Errorf("%s: %s of %v, want %v", name, p.Status.Subtag, p.Status.At, edge)
		}
		if r := b.clean(t); r.Silent != 0 {
			t.Errorf("%s: still silent after the job", name)
		}
	}
}

func relabel(w shipment.Waybill, cs []shipment.Checkpoint) []shipment.Checkpoint {
	for i := range cs {
		cs[i].Waybill = w
	}
	return cs
}

// TestExpiredByTheFeed keeps the feed's own word, and its instant, for good.
func TestExpiredByTheFeed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	b.report(t, relabel("W1234", way("InTransit_002", "Expired_001"))...)
	for _, days := range []int{0, 29, 30, 60, 400} {
		b.now = day(2).AddDate(0, 0, days)
		if n, err := b.Expire(t.Context()); n != 0 || err != nil {
			t.Errorf("%d days on: %d expired, %v", days, n, err)
		}
		b.clean(t)
	}
	if p := b.look(t, "W1234"); p.Status.Tag != shipment.Expired || !p.Status.At.Equal(day(2)) {
		t.Errorf("%s of %v", p.Status.Tag, p.Status.At)
	}
}

// TestExpireManyInBatches goes over the edge of a batch, and leaves alone what
// was heard of.
func TestExpireManyInBatches(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var rs []shipment.Record
	var cs []shipment.Checkpoint
	for i := range 1203 {
		w := shipment.Waybill(fmt.Sprintf("W%05d", i))
		rs = append(rs, record(w))
		if i%3 == 0 {
			cs = append(cs, scan(w, 9, "???", "hub")) // keeps it alive, though no status tells so
		}
	}
	b.ship(t, rs...)
	b.report(t, cs...)
	b.now = record("").AcceptedAt.Add(shipment.Silence)
	if n, err := b.Expire(t.Context()); n != 802 || err != nil {
		t.Errorf("%d expired, %v, want 802", n, err)
	}
	if n, err := b.Expire(t.Context()); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}
	if r := b.clean(t); r.Silent != 0 || r.Shipments != 1203 {
		t.Errorf("%+v", r)
	}
}

// TestSweepAtItsEdges keeps each kind of row until the moment it is dead.
func TestSweepAtItsEdges(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		make func(*bench)
		life time.Duration
	}{
		"an idle grant": {func(b *bench) { b.unlocked(t, "W1234", "") }, 2 * time.Hour},
		"a used grant": {func(b *bench) {
			g := b.unlocked(t, "W1234", "")
			for range 22 {
				b.now = b.now.Add(time.Hour)
				b.opens(t, "W1234", g.Token)
			}
			b.now = b.now.Add(-22 * time.Hour)
		}, 24 * time.Hour},
		"a wrong try": {func(b *bench) { _, _ = b.Unlock(t.Context(), "W1234", wrongFact(), "net", "") }, 24 * time.Hour},
		"a report": {func(b *bench) {
			if err := b.KeepReport(t.Context(), "shipments", "ops", json.RawMessage(`{}`), json.RawMessage(`[]`)); err != nil {
				t.Error(err)
			}
		}, 30 * 24 * time.Hour},
	} {
		b := newBench(t)
		b.ship(t, record("W1234"))
		b.report(t, scan("W1234", 3, "InTransit_004", "PVG"))
		start := b.now
		c.make(b)
		b.now = start.Add(c.life - time.Microsecond)
		if n, err := b.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("%s: a moment early: %d rows, %v", name, n, err)
		}
		b.now = start.Add(c.life)
		if n, err := b.Sweep(t.Context()); n != 1 || err != nil {
			t.Errorf("%s: on time: %d rows, %v", name, n, err)
		}
		b.now = start.AddDate(10, 0, 0)
		if n, err := b.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("%s: ten years on: %d rows, %v", name, n, err)
		}
		if r := b.clean(t); r.Shipments != 1 || r.Checkpoints != 1 {
			t.Errorf("%s: a sweep took parcels or events: %+v", name, r)
		}
	}
}

// TestReportsMustSayWhatTheyAre leaves no report of a kind that nobody reads.
func TestReportsMustSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, c := range map[string]struct{ kind, origin, counts, errors string }{
		"kind":   {"parcels", "file", `{}`, `[]`},
		"origin": {"shipments", "mail", `{}`, `[]`},
		"counts": {"shipments", "file", `{`, `[]`},
		"errors": {"shipments", "file", `{}`, ``},
	} {
		if err := b.KeepReport(t.Context(), c.kind, c.origin, json.RawMessage(c.counts), json.RawMessage(c.errors)); err == nil {
			t.Errorf("a report of a wrong %s was kept", name)
		}
	}
	if n, err := b.Sweep(t.Context()); n != 0 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
}

// TestUpkeepStopsWithItsContext ends each long work when it is told to.
func TestUpkeepStopsWithItsContext(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	b.now = day(100)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for name, work := range map[string]func() error{
		"expire":  func() error { _, err := b.Expire(ctx); return err },
		"sweep":   func() error { _, err := b.Sweep(ctx); return err },
		"verify":  func() error { _, err := b.Verify(ctx, func(int) {}); return err },
		"rebuild": func() error { _, err := b.Rebuild(ctx, func(int) {}); return err },
		"codes":   func() error { _, err := b.UnknownCodes(ctx); return err },
		"report":  func() error { return b.KeepReport(ctx, "shipments", "file", []byte(`{}`), []byte(`[]`)) },
		"unlock":  func() error { _, err := b.Unlock(ctx, "W1234", wrongFact(), "net", ""); return err },
		"lookup":  func() error { _, err := b.Lookup(ctx, "W1234"); return err },
		"many":    func() error { _, err := b.LookupMany(ctx, []shipment.Waybill{"W1234"}); return err },
		"events":  func() error { _, err := b.ReceiveCheckpoints(ctx, way("InTransit_002")); return err },
	} {
		if err := work(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want that it was cancelled", name, err)
		}
	}
	if p := b.look(t, "W1234"); p.Status.Tag == shipment.Expired {
		t.Error("a job that was stopped wrote something")
	}
}
