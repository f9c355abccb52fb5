package shipment_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"ecms/portal/internal/shipment"
)

// together starts all at the same moment and adds up what became of their rows.
func together(t testing.TB, sends ...func(context.Context) (shipment.Changes, error)) shipment.Changes {
	t.Helper()
	var (
		sum   shipment.Changes
		mutex sync.Mutex
		gate  = make(chan struct{})
	)
	all, ctx := errgroup.WithContext(t.Context())
	for _, send := range sends {
		all.Go(func() error {
			<-gate
			c, err := send(ctx)
			mutex.Lock()
			defer mutex.Unlock()
			sum = sum.Plus(c)
			return err
		})
	}
	close(gate)
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	return sum
}

func (b *bench) reporting(cs ...shipment.Checkpoint) func(context.Context) (shipment.Changes, error) {
	return func(ctx context.Context) (shipment.Changes, error) { return b.ReceiveCheckpoints(ctx, cs) }
}

func (b *bench) shipping(rs ...shipment.Record) func(context.Context) (shipment.Changes, error) {
	return func(ctx context.Context) (shipment.Changes, error) { return b.ReceiveShipments(ctx, rs) }
}

// TestEventMeetsItsShipment sends a shipment and its events at the same moment:
// whoever is first, no event is left out of the view.
func TestEventMeetsItsShipment(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for round := range 40 {
		w := shipment.Waybill(fmt.Sprintf("W%04d", round))
		first, second := scan(w, 2, "InTransit_002", "Carteret"), scan(w, 3, "InTransit_004", "PVG")
		got := together(t, b.reporting(first), b.shipping(record(w)), b.reporting(second))
		if got.Added+got.Waiting != 3 || got.Replaced+got.Unchanged != 0 || got.Waiting > 2 {
			t.Errorf("round %d: %+v", round, got)
		}
		if p := b.look(t, w); len(p.Checkpoints) != 2 || p.Status.Subtag != "InTransit_004" || p.Status.Checkpoints != 2 {
			t.Fatalf("round %d: %d events, %s", round, len(p.Checkpoints), p.Status.Subtag)
		}
	}
	if r := b.clean(t); r.Waiting != 0 || r.Shipments != 40 || r.Checkpoints != 80 {
		t.Errorf("%+v", r)
	}
}

// TestSameRowsAtOnce sends one file from six senders at once: each row counts
// as new for exactly one of them.
func TestSameRowsAtOnce(t *testing.T) {
	t.Parallel()
	for _, known := range []bool{true, false} {
		b := newBench(t)
		var rs []shipment.Record
		var cs []shipment.Checkpoint
		for i := range 30 {
			w := shipment.Waybill(fmt.Sprintf("W%04d", i))
			rs = append(rs, record(w))
			cs = append(cs, scan(w, 2, "InTransit_002", "a"), scan(w, 3, "InTransit_004", "b"))
		}
		if known {
			b.ship(t, rs...)
		}
		var sends []func(context.Context) (shipment.Changes, error)
		for seed := range uint64(6) {
			mine := slices.Clone(cs)
			rand.New(rand.NewPCG(seed, 9)).Shuffle(len(mine), func(i, j int) { mine[i], mine[j] = mine[j], mine[i] })
			sends = append(sends, b.reporting(mine...))
		}
		got := together(t, sends...)
		if got.Added+got.Waiting != 60 || (got.Waiting == 0) != known || got.Unchanged != 300 || got.Replaced != 0 {
			t.Errorf("shipments known %v: %+v", known, got)
		}
		if !known {
			sends = sends[:0]
			for range 4 {
				sends = append(sends, b.shipping(rs...))
			}
			if got := together(t, sends...); got.Added != 30 || got.Unchanged != 90 || got.Replaced != 0 {
				t.Errorf("the shipments: %+v", got)
			}
		}
		if r := b.clean(t); r.Shipments != 30 || r.Checkpoints != 60 {
			t.Errorf("%+v", r)
		}
	}
}

// TestSendersInOppositeOrder would lock each other out if locks were taken in
// the order of rows.
func TestSendersInOppositeOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var rs []shipment.Record
	for i := range 50 {
		rs = append(rs, record(shipment.Waybill(fmt.Sprintf("W%04d", i))))
	}
	b.ship(t, rs...)
	for round := range 5 {
		var up, down []shipment.Checkpoint
		for i, r := range rs {
			up = append(up, scan(r.Waybill, 2, "InTransit_002", fmt.Sprint("up ", round)))
			down = append(down, scan(rs[len(rs)-1-i].Waybill, 3, "InTransit_003", fmt.Sprint("down ", round)))
		}
		newer := slices.Clone(rs)
		slices.Reverse(newer)
		for i := range newer {
			newer[i].Rev = round + 1
		}
		if got := together(t, b.reporting(up...), b.reporting(down...), b.shipping(newer...)); got.Added != 100 || got.Replaced != 50 {
			t.Errorf("round %d: %+v", round, got)
		}
	}
	b.clean(t)
}

// TestCorrectionsInAnyOrder sends every order of four revisions of one event
// and one record: the greatest revision stands.
func TestCorrectionsInAnyOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	codes := []string{"InTransit_002", "Delivered_001", "awaiting_id", "OutForDelivery_001"}
	for n, order := range permutations(4) {
		w := shipment.Waybill(fmt.Sprintf("W%04d", n))
		greatest := -1
		for _, rev := range order {
			c := scan(w, 1+rev, codes[rev], fmt.Sprint("hub ", rev))
			c.EventID, c.Rev = "the event", rev
			r := record(w)
			r.Rev, r.Service = rev, codes[rev]
			events, records := b.report(t, c), b.ship(t, r)
			switch news := rev > greatest; {
			case greatest < 0:
				if events != (shipment.Changes{Waiting: 1}) || records != (shipment.Changes{Added: 1}) {
					t.Errorf("%v: rev %d first: %+v, %+v", order, rev, events, records)
				}
			case (events.Replaced == 1) != news || (records.Replaced == 1) != news || events.Unchanged+events.Replaced != 1:
				t.Errorf("%v: rev %d after %d: %+v, %+v", order, rev, greatest, events, records)
			}
			greatest = max(greatest, rev)
			p := b.look(t, w)
			if want := scan(w, 0, codes[greatest], ""); p.Service != want.Code || len(p.Checkpoints) != 1 ||
				p.Checkpoints[0].Place != fmt.Sprint("hub ", greatest) || !p.Checkpoints[0].At.Equal(day(1+greatest)) {
				t.Fatalf("%v: after rev %d: service %s, %+v", order, rev, p.Service, p.Checkpoints)
			}
		}
	}
	b.clean(t)
}

// permutations gives every order of 0..n-1.
func permutations(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var all [][]int
	for _, shorter := range permutations(n - 1) {
		for at := 0; at <= len(shorter); at++ {
			all = append(all, slices.Insert(slices.Clone(shorter), at, n-1))
		}
	}
	return all
}

// TestEqualRevisions tells the last of a batch from the later batch.
func TestEqualRevisions(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	say := func(rev int, text string) shipment.Checkpoint {
		c := scan("W1234", 2, "InTransit_002", "Carteret")
		c.Rev, c.Text = rev, text
		return c
	}
	for i, c := range []struct {
		batch []shipment.Checkpoint
		want  shipment.Changes
		text  string
	}{
		{[]shipment.Checkpoint{say(0, "a"), say(0, "b")}, shipment.Changes{Added: 1, Unchanged: 1}, "b"},
		{[]shipment.Checkpoint{say(0, "c")}, shipment.Changes{Replaced: 1}, "c"},
		{[]shipment.Checkpoint{say(2, "d"), say(1, "e"), say(2, "f"), say(0, "g")}, shipment.Changes{Replaced: 1, Unchanged: 3}, "f"},
		{[]shipment.Checkpoint{say(2, "x"), say(2, "f")}, shipment.Changes{Unchanged: 2}, "f"},
		{[]shipment.Checkpoint{say(1, "late")}, shipment.Changes{Unchanged: 1}, "f"},
		{[]shipment.Checkpoint{say(3, "f")}, shipment.Changes{Replaced: 1}, "f"},
		{[]shipment.Checkpoint{say(2, "z")}, shipment.Changes{Unchanged: 1}, "f"},
		{[]shipment.Checkpoint{say(1<<31-1, "last")}, shipment.Changes{Replaced: 1}, "last"},
	} {
		if got := b.report(t, c.batch...); got != c.want {
			t.Errorf("batch %d: %+v, want %+v", i, got, c.want)
		}
		var texts []string
		if err := b.db.Select(t.Context(), &texts, `select text from checkpoints`); err != nil || !slices.Equal(texts, []string{c.text}) {
			t.Errorf("batch %d: %q is kept, %v, want %q", i, texts, err, c.text)
		}
	}
}

// TestWaitingEventsAreCorrectedToo corrects events before their shipment comes.
func TestWaitingEventsAreCorrectedToo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	early := scan("W1234", 2, "InTransit_002", "Carteret")
	b.report(t, early)
	early.Rev, early.Code = 1, "InTransit_007"
	if got := b.report(t, early, scan("W1234", 3, "InTransit_004", "PVG")); got != (shipment.Changes{Replaced: 1, Waiting: 1}) {
		t.Errorf("a correction and a new event: %+v", got)
	}
	b.ship(t, record("W1234"))
	var subtags []shipment.Subtag
	for _, c := range b.look(t, "W1234").Checkpoints {
		subtags = append(subtags, c.Subtag)
	}
	if d := cmp.Diff([]shipment.Subtag{"InTransit_004", "InTransit_007"}, subtags); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	b.clean(t)
}

// TestManyEventsOfOneParcel keeps events apart where names are indexed.
func TestManyEventsOfOneParcel(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	var cs []shipment.Checkpoint
	for i := range 90 {
		c := scan("W1234", 1+i%9, "InTransit_003", fmt.Sprint("hub ", i%45)) // each hub twice, on two days
		c.EventID = ""
		c.Source = []string{"x", "y"}[i%2]
		cs = append(cs, c, c)
	}
	if got := b.report(t, cs...); got != (shipment.Changes{Added: 90, Unchanged: 90}) {
		t.Errorf("%+v, want 90 added and each once more unchanged", got)
	}
	slices.Reverse(cs)
	if got := b.report(t, cs[:100]...); got != (shipment.Changes{Unchanged: 100}) {
		t.Errorf("again: %+v", got)
	}
	if p := b.look(t, "W1234"); len(p.Checkpoints) != 90 {
		t.Errorf("%d checkpoints, want 90", len(p.Checkpoints))
	}
	b.clean(t)
}
