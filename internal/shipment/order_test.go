package shipment_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"ecms/portal/internal/shipment"
)

// news is one message of a feed: a shipment or an event, first or corrected.
type news struct {
	record     *shipment.Record
	checkpoint *shipment.Checkpoint
}

// someNews makes messages about parcels, each with corrections of greater rev.
func someNews(r *rand.Rand, parcels int) []news {
	codes := []string{
		"InTransit_002", "InTransit_007", "InTransit_004", "awaiting_id", "awaiting_duty", "released", "refused", "???",
		"OutForDelivery_001", "AttemptFail_001", "Delivered_001", "Exception_010", "Exception_011",
	}
	var all []news
	for i := range parcels {
		w := shipment.Waybill(fmt.Sprintf("W%04d", i))
		for rev := range 1 + r.IntN(2) {
			rec := record(w)
			rec.Rev, rec.Service = rev, fmt.Sprint("service ", rev)
			if r.IntN(4) == 0 {
				rec.CustomsState = shipment.AwaitingInvoice
			}
			all = append(all, news{record: &rec})
		}
		for e := range r.IntN(8) {
			for rev := range 1 + r.IntN(3) {
				c := scan(w, 1+r.IntN(8), codes[r.IntN(len(codes))], "PVG")
				c.EventID, c.Rev, c.Facility = fmt.Sprint("event ", e), rev, r.IntN(2) == 0
				all = append(all, news{checkpoint: &c})
			}
		}
	}
	return all
}

// send gives a run of messages to the store, of each kind at once.
func (b *bench) send(t testing.TB, batch []news) error {
	var records []shipment.Record
	var checkpoints []shipment.Checkpoint
	for _, n := range batch {
		if n.record != nil {
			records = append(records, *n.record)
		} else {
			checkpoints = append(checkpoints, *n.checkpoint)
		}
	}
	if _, err := b.ReceiveCheckpoints(t.Context(), checkpoints); err != nil {
		return err
	}
	_, err := b.ReceiveShipments(t.Context(), records)
	return err
}

// state is all that is kept but versions, which count how it came about.
func (b *bench) state(t testing.TB) []string {
	t.Helper()
	var rows []string
	const query = `
select (to_jsonb(s) - 'added_at' - 'changed_at')::text || l.body from shipments s join shipment_timeline l using (waybill)
union all select to_jsonb(c)::text from checkpoints c order by 1`
	if err := b.db.Select(t.Context(), &rows, query); err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestAnyOrderEndsTheSame sends the same messages in order, shuffled, and
// shuffled from several senders at once, each more than once.
func TestAnyOrderEndsTheSame(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 5))
		all := someNews(r, 60)
		inOrder := newBench(t)
		if err := inOrder.send(t, all); err != nil {
			t.Fatal(err)
		}
		want := inOrder.state(t)
		twice := append(append([]news(nil), all...), all[:len(all)/2]...)
		r.Shuffle(len(twice), func(i, j int) { twice[i], twice[j] = twice[j], twice[i] })
		b := newBench(t)
		var senders errgroup.Group
		senders.SetLimit(6)
		for len(twice) > 0 {
			n := min(1+r.IntN(40), len(twice))
			batch := twice[:n]
			twice = twice[n:]
			senders.Go(func() error { return b.send(t, batch) })
		}
		if err := senders.Wait(); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, b.state(t)); d != "" {
			t.Errorf("seed %d (-in order +shuffled):\n%s", seed, d)
		}
		b.clean(t)
		inOrder.clean(t)
	}
}
