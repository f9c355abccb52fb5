package shipment_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// TestVersionGrowsWithWhatIsSeen counts a version for each change that a
// stranger can see, and none for what stays behind the second fact.
func TestVersionGrowsWithWhatIsSeen(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := record("W1234")
	b.ship(t, r)
	event := scan("W1234", 3, "InTransit_004", "PVG")
	door := scan("W1234", 4, "AttemptFail_001", "Room 301")
	door.Facility = false
	version := int64(1)
	for _, c := range []struct {
		name string
		send func()
		seen bool
	}{
		{"an event", func() { b.report(t, event) }, true},
		{"the same again", func() { b.report(t, event) }, false},
		{"its raw text", func() { event.Text = "corrected"; b.report(t, event) }, false},
		{"another code of the same meaning", func() { event.Code = "intransit_004"; b.report(t, event) }, false},
		{"its place", func() { event.Place = "SHA"; b.report(t, event) }, true},
		{"an event at a door", func() { b.report(t, door) }, true},
		{"the door's address", func() { door.Place = "Room 302"; b.report(t, door) }, false},
		{"an unknown code", func() { b.report(t, scan("W1234", 5, "???", "PVG")) }, true},
		{"the record again", func() { b.ship(t, r) }, false},
		{"the consignee's phone", func() { r.Consignee.Phone = "1"; b.ship(t, r) }, false},
		{"the weight", func() { r.Measured.Weight, r.Measured.WeightUnit = "3", "kg"; b.ship(t, r) }, false},
		{"the order number", func() { r.OrderNo = "B-1"; b.ship(t, r) }, false},
		{"the promise", func() { r.PromisedTo = "2026-03-20"; b.ship(t, r) }, true},
		{"the last mile", func() { r.LastMileNumber = "LM0001"; b.ship(t, r) }, true},
		{"the feed's customs word", func() { r.CustomsState = shipment.Refused; b.ship(t, r) }, true},
		{"another parcel", func() { b.ship(t, record("W2345")) }, false},
		{"30 silent days", func() {
			b.now = day(5).Add(shipment.Silence)
			if n, err := b.Expire(t.Context()); n < 1 || err != nil {
				t.Errorf("%d expired, %v", n, err)
			}
		}, true},
		{"the job again", func() { _, _ = b.Expire(t.Context()) }, false},
		{"a sweep", func() { _, _ = b.Sweep(t.Context()) }, false},
		{"a rebuild of what is right", func() { _, _ = b.Rebuild(t.Context(), func(int) {}) }, false},
	} {
		c.send()
		if c.seen {
			version++
		}
		got, err := b.Version(t.Context(), "W1234")
		if p := b.look(t, "W1234"); got != version || p.Version != version || err != nil {
			t.Fatalf("%s: version %d, by lookup %d, %v, want %d", c.name, got, p.Version, err, version)
		}
	}
	b.clean(t)
}

// TestLookupManyKeepsTheOrder of what was asked, each parcel once.
func TestLookupManyKeepsTheOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var ws, want []shipment.Waybill
	for i := range 200 {
		w := shipment.Waybill(fmt.Sprintf("W%04d", (i*73)%200))
		ws = append(ws, w)
		if i%4 != 0 {
			b.ship(t, record(w))
			want = append(want, w)
		}
	}
	ws = append(ws, ws[:50]...)
	found, err := b.LookupMany(t.Context(), ws)
	var got []shipment.Waybill
	for _, p := range found {
		got = append(got, p.Waybill)
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	if found, err := b.LookupMany(t.Context(), nil); err != nil || len(found) != 0 {
		t.Errorf("nothing asked: %v, %v", found, err)
	}
	alone := b.look(t, want[0])
	if d := cmp.Diff(alone, found[0]); d != "" {
		t.Errorf("(-alone +among many):\n%s", d)
	}
}

// TestUnreadableViews say so, and are not taken for unknown numbers.
func TestUnreadableViews(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"), record("W2345"))
	if _, err := b.db.ExecContext(t.Context(), `update shipment_timeline set body = '7' || body where waybill = 'W1234'`); err != nil {
		t.Fatal(err)
	}
	_, one := b.Lookup(t.Context(), "W1234")
	_, many := b.LookupMany(t.Context(), []shipment.Waybill{"W2345", "W1234"})
	for _, err := range []error{one, many} {
		if err == nil || errors.Is(err, fault.ErrNotFound) || !strings.Contains(err.Error(), "W1234") || !strings.Contains(err.Error(), "portal rebuild") {
			t.Errorf("%v: want the parcel and what to do", err)
		}
	}
	if _, err := b.Rebuild(t.Context(), func(int) {}); err != nil {
		t.Fatal(err)
	}
	if p := b.look(t, "W1234"); p.Version != 2 {
		t.Errorf("mended: version %d", p.Version)
	}
}

// TestReadersSeeWholeParcels looks while events come in: count, list and status
// of a view are always of one moment, and never go back.
func TestReadersSeeWholeParcels(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			last := int64(0)
			for {
				p, err := b.Lookup(t.Context(), "W1234")
				if err != nil || p.Version < last || p.Status.Checkpoints != len(p.Checkpoints) || p.Status.Attempts != len(p.Checkpoints) {
					t.Errorf("version %d after %d: %d events, %d counted, %d attempts, %v",
						p.Version, last, len(p.Checkpoints), p.Status.Checkpoints, p.Status.Attempts, err)
					return
				}
				last = p.Version
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i := range 60 {
		b.report(t, scan("W1234", 1+i%9, "AttemptFail_001", fmt.Sprint("try ", i)))
	}
	close(done)
	readers.Wait()
	if p := b.look(t, "W1234"); p.Version != 61 || p.Status.Attempts != 60 {
		t.Errorf("version %d, %d attempts", p.Version, p.Status.Attempts)
	}
}

// TestUnknownCodesAreCounted by source, the most frequent first, without a word
// of their texts.
func TestUnknownCodesAreCounted(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if got, err := b.UnknownCodes(t.Context()); err != nil || got == nil || len(got) != 0 {
		t.Errorf("of nothing: %v, %v, want an empty list", got, err)
	}
	for i, c := range []struct{ source, code string }{
		{"ecms", "OFD"}, {"usps", "OFD"}, {"usps", "OFD"}, {"usps", "odd"}, {"ecms", "ODD"}, {"ecms", "ODD"}, {"ecms", "ODD"}, {"", ""}, {"x", "Delivered"},
	} {
		e := scan(shipment.Waybill(fmt.Sprint("W000", i)), 1+i, c.code, "hub")
		e.Source, e.Text = c.source, "张伟 called"
		b.report(t, e)
	}
	got, err := b.UnknownCodes(t.Context())
	want := []shipment.UnknownCode{
		{Source: "ecms", Code: "ODD", Count: 3, FirstSeen: day(5), LastSeen: day(7), Sample: "W0004"},
		{Source: "usps", Code: "OFD", Count: 2, FirstSeen: day(2), LastSeen: day(3), Sample: "W0001"},
		{Source: "", Code: "", Count: 1, FirstSeen: day(8), LastSeen: day(8), Sample: "W0007"},
		{Source: "usps", Code: "odd", Count: 1, FirstSeen: day(4), LastSeen: day(4), Sample: "W0003"},
	}
	if _, _, known := shipment.Translate("usps", "OFD"); known {
		want = slices.Delete(want, 1, 2)
	}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
}
