package shipment_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

// TestViewsFollowFromRows writes random parcels and works each stranger's view
// out by hand from what was written.
func TestViewsFollowFromRows(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := rand.New(rand.NewPCG(11, 12))
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	var records []shipment.Record
	var all []shipment.Checkpoint
	want := make(map[shipment.Waybill]shipment.Public)
	for n := range 60 {
		w := shipment.Waybill(fmt.Sprintf("W%04d", n))
		rec := record(w)
		rec.LastMileNumber = fmt.Sprint("LM", n)
		p := shipment.Public{
			Waybill: w, Version: 1, OriginCountry: "US", DestCountry: "CN", OriginZone: "America/New_York", DestZone: "Asia/Shanghai",
			Service: "express", AcceptedOn: "2026-02-28", PromisedFrom: "2026-03-08", PromisedTo: "2026-03-12",
			LastMileNumber: rec.LastMileNumber, Piece: 1, Pieces: 1, Checkpoints: []shipment.PublicCheckpoint{},
		}
		var cs []shipment.Checkpoint
		for i := range r.IntN(15) {
			c := scan(w, 1+r.IntN(9), string(shipment.Subtags()[r.IntN(40)]), fmt.Sprint("hub ", i))
			c.At = c.At.Add(time.Duration(r.Int64N(int64(12 * time.Hour)))).Truncate(time.Microsecond)
			c.OffsetMinutes, c.Facility = 15*(r.IntN(113)-56), r.IntN(3) > 0
			cs = append(cs, c)
		}
		slices.SortFunc(cs, func(a, b shipment.Checkpoint) int { return b.At.Compare(a.At) })
		for i, c := range cs {
			pc := shipment.PublicCheckpoint{
				At: c.At.Truncate(time.Second), OffsetMinutes: c.OffsetMinutes, Country: "CN", Subtag: shipment.Subtag(c.Code),
			}
			if c.Facility {
				pc.Place = c.Place
			}
			if pc.Tag() == shipment.Delivered && p.DeliveredOn == "" {
				p.DeliveredOn = shipment.Date(c.At.In(zone).Format(time.DateOnly))
			}
			p.Checkpoints = append(p.Checkpoints, pc)
			cs[i] = c
		}
		p.Status = shipment.Standing(cs, rec, day(10), day(10))
		p.Status.At, p.Status.CustomsSince = p.Status.At.Truncate(time.Second), p.Status.CustomsSince.Truncate(time.Second)
		records, all, want[w] = append(records, rec), append(all, cs...), p
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	b.report(t, all...)
	b.ship(t, records...)
	for w, p := range want {
		got := b.look(t, w)
		if len(got.Checkpoints) == 0 {
			got.Checkpoints = p.Checkpoints
		}
		if d := cmp.Diff(p, got); d != "" {
			t.Fatalf("%s (-by hand +kept):\n%s", w, d)
		}
	}
	b.clean(t)
}

// TestEveryTextSurvives keeps odd but honest texts whole in rows and views.
func TestEveryTextSurvives(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	texts := []string{
		`quote " and ' and \ and \u0041 and \n`, "<script>&amp;</script>", "line\u2028separator", "𠮷野家 🚚", "e\u0301 and é",
		"right \u202eto left", "100 % {name} $1", "comma, semicolon; tab-less", "NULL", "null", "\\N", "{a,b}", "(a,b)", "\"\"",
		strings.Repeat("長", 500), "back\\", "'; drop table shipments; --",
	}
	for i, text := range texts {
		r := record(shipment.Waybill(fmt.Sprint("W00", i)))
		r.Service, r.OrderNo, r.Consignee.Name, r.Shipper.Address = text, text, text, text
		c := scan(r.Waybill, 3, "InTransit_004", text)
		c.Text, c.EventID = text, text
		b.ship(t, r)
		b.report(t, c)
		if got := b.ship(t, r); got != (shipment.Changes{Unchanged: 1}) {
			t.Errorf("%q as a record again: %+v", text, got)
		}
		if got := b.report(t, c); got != (shipment.Changes{Unchanged: 1}) {
			t.Errorf("%q as an event again: %+v", text, got)
		}
		p, v, err := b.Private(t.Context(), r.Waybill, b.unlocked(t, r.Waybill, "").Token)
		if err != nil {
			t.Fatal(err)
		}
		if p.Service != text || p.Checkpoints[0].Place != text {
			t.Errorf("%q is shown as service %q and place %q", text, p.Service, p.Checkpoints[0].Place)
		}
		if d := cmp.Diff(r, v.Record) + cmp.Diff([]shipment.Checkpoint{c}, v.Checkpoints); d != "" {
			t.Errorf("%q (-sent +kept):\n%s", text, d)
		}
	}
	b.clean(t)
}

// FuzzEncode writes a view of any texts and numbers and reads it again.
func FuzzEncode(f *testing.F) {
	f.Add("hub", "EMS", int64(1772452800), 480, 3)
	f.Add("two\nlines\tand a tab", "", int64(-1), -840, 0)
	f.Add("\x1f\x1e\\", "\r", int64(1<<40), 1<<20, -1)
	f.Fuzz(func(t *testing.T, place, carrier string, at int64, offset, attempts int) {
		if at < -1<<45 || at > 1<<45 {
			return // not an instant that a feed may tell
		}
		p := samplePublic()
		p.LastMileCarrier, p.Status.Attempts = carrier, attempts
		p.Checkpoints = append(p.Checkpoints, shipment.PublicCheckpoint{At: time.Unix(at, 0).UTC(), OffsetMinutes: offset, Place: place})
		got, err := shipment.Decode(p.Waybill, p.Version, p.Encode())
		if err != nil {
			t.Fatal(err)
		}
		oneLine := strings.NewReplacer("\n", " ", "\t", " ")
		p.LastMileCarrier = oneLine.Replace(carrier)
		p.Checkpoints[len(p.Checkpoints)-1].Place = oneLine.Replace(place)
		if d := cmp.Diff(p, got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
}

// TestDamagedViewsAreRefused cuts a body short everywhere and changes each of
// its bytes: what is read must be a view that writes itself the same way.
func TestDamagedViewsAreRefused(t *testing.T) {
	t.Parallel()
	whole := samplePublic().Encode()
	for i := range whole {
		for _, body := range []string{whole[:i], whole[:i] + "\t" + whole[i:], whole[:i] + "\n" + whole[i:], whole[:i] + "~" + whole[i+1:]} {
			p, err := shipment.Decode("W1234", 1, body)
			if err != nil {
				if !strings.Contains(err.Error(), "portal rebuild") || strings.Contains(err.Error(), "PVG") {
					t.Fatalf("%q: the error must say what to do, and nothing of the parcel: %v", body, err)
				}
				continue
			}
			if again, err := shipment.Decode("W1234", 1, p.Encode()); err != nil || cmp.Diff(p, again) != "" {
				t.Fatalf("%q reads as what does not write itself: %v\n%s", body, err, cmp.Diff(p, again))
			}
		}
	}
}
