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

// model tells a parcel's status as the rules are written, one by one and
// without regard to speed, to hold Standing to them.
func model(cs []shipment.Checkpoint, r shipment.Record, addedAt, now time.Time) shipment.Status {
	life := shipment.Subtags()
	subtag := func(c shipment.Checkpoint) shipment.Subtag { s, _, _ := shipment.Translate(c.Source, c.Code); return s }
	customs := func(c shipment.Checkpoint) shipment.CustomsState {
		_, s, _ := shipment.Translate(c.Source, c.Code)
		return s
	}
	cs = slices.Clone(cs)
	slices.SortFunc(cs, func(a, b shipment.Checkpoint) int {
		if d := a.At.Compare(b.At); d != 0 {
			return d
		}
		if d := slices.Index(life, subtag(a)) - slices.Index(life, subtag(b)); d != 0 {
			return d
		}
		return strings.Compare(a.Source+"\x00"+a.Key(), b.Source+"\x00"+b.Key())
	})
	s := shipment.Status{Subtag: shipment.InfoGiven, Checkpoints: len(cs)}
	last, delivered, over := r.AcceptedAt, false, false
	for _, c := range cs {
		if c.At.After(last) {
			last = c.At
		}
		tag := subtag(c).Tag()
		back := subtag(c) == shipment.Returning || subtag(c) == shipment.Returned
		if tag == shipment.AttemptFail {
			s.Attempts++
		}
		if subtag(c) != "" && (!delivered || back || tag == shipment.Delivered) {
			s.Subtag, s.At = subtag(c), c.At
		}
		delivered = delivered || tag == shipment.Delivered
		if customs(c) != "" {
			s.Customs, s.CustomsSince = customs(c), c.At
			if s.Customs.Pending() {
				over = false
			}
		}
		on := slices.Contains([]shipment.Tag{shipment.OutForDelivery, shipment.AttemptFail, shipment.AvailableForPickup, shipment.Delivered}, tag) ||
			subtag(c) == shipment.Cleared
		if on || back {
			over = true
			if s.Customs.Pending() {
				s.Customs, s.CustomsSince = shipment.Released, c.At
				if back {
					s.Customs = shipment.ReturnStarted
				}
			}
		}
	}
	if fed := r.CustomsState; fed != "" && fed != s.Customs && (!over || !fed.Pending()) {
		s.Customs, s.CustomsSince = fed, time.Time{}
	}
	if s.At.IsZero() && r.AcceptedAt.IsZero() && addedAt.After(last) {
		last = addedAt
	}
	quiet := s.Subtag.Tag() != shipment.Delivered && s.Subtag.Tag() != shipment.Expired &&
		!slices.Contains([]shipment.Subtag{shipment.Returned, shipment.Lost, shipment.Cancelled, shipment.Disposed}, s.Subtag)
	if end := last.Add(30 * 24 * time.Hour); quiet && !end.After(now) {
		s.Subtag, s.At = "Expired_001", end
	}
	s.Tag = s.Subtag.Tag()
	return s
}

// TestStandingKeepsTheRules compares it with the rules over random parcels, in
// random orders and at random moments.
func TestStandingKeepsTheRules(t *testing.T) {
	t.Parallel()
	codes := []string{"???", "", "CDT", "EME"}
	for _, s := range shipment.Subtags() {
		codes = append(codes, string(s))
	}
	for range 4 { // half of the events are about customs
		for _, c := range shipment.CustomsStates() {
			codes = append(codes, string(c))
		}
	}
	r := rand.New(rand.NewPCG(21, 22))
	seen := make(map[shipment.Tag]int)
	for n := range 6_000 {
		var cs []shipment.Checkpoint
		for i := range r.IntN(9) {
			cs = append(cs, shipment.Checkpoint{
				Waybill: "W1234", At: day(1 + r.IntN(5)), Code: codes[r.IntN(len(codes))],
				Source: []string{"ecms", "ECMS", ""}[r.IntN(3)], EventID: fmt.Sprint(i),
			})
		}
		rec := shipment.Record{}
		if r.IntN(2) == 0 {
			rec.AcceptedAt = day(1 + r.IntN(6))
		}
		if r.IntN(3) == 0 {
			rec.CustomsState = shipment.CustomsStates()[r.IntN(7)]
		}
		added, now := day(1+r.IntN(6)), day(5+r.IntN(34))
		want := model(cs, rec, added, now)
		for range 3 {
			r.Shuffle(len(cs), func(i, j int) { cs[i], cs[j] = cs[j], cs[i] })
			if d := cmp.Diff(want, shipment.Standing(cs, rec, added, now)); d != "" {
				t.Fatalf("parcel %d, %+v, fed %q at %v (-rules +got):\n%s", n, cs, rec.CustomsState, now, d)
			}
		}
		seen[want.Tag]++
	}
	for _, tag := range shipment.Tags() {
		if seen[tag] < 10 {
			t.Errorf("only %d random parcels are %s: nothing is proven of it", seen[tag], tag)
		}
	}
}

// TestStandingChangesNoArgument leaves the caller's checkpoints in their order.
func TestStandingChangesNoArgument(t *testing.T) {
	t.Parallel()
	cs := way("Delivered_001", "InTransit_002", "awaiting_duty")
	slices.Reverse(cs)
	before := slices.Clone(cs)
	shipment.Standing(cs, shipment.Record{}, day(1), day(2))
	if d := cmp.Diff(before, cs); d != "" {
		t.Errorf("(-before +after):\n%s", d)
	}
}

// TestEndOfCustoms tries each event after each state that waits, and the feed's
// word beside them.
func TestEndOfCustoms(t *testing.T) {
	t.Parallel()
	for _, state := range shipment.CustomsStates() {
		for _, s := range shipment.Subtags() {
			want, since := state, day(1)
			if state.Pending() {
				switch {
				case s == shipment.Returning, s == shipment.Returned:
					want, since = shipment.ReturnStarted, day(2)
				case s == shipment.Cleared, s.Tag() == shipment.Delivered, s.Tag() == shipment.OutForDelivery,
					s.Tag() == shipment.AttemptFail, s.Tag() == shipment.AvailableForPickup:
					want, since = shipment.Released, day(2)
				}
			}
			cs := way(string(state), string(s))
			got := shipment.Standing(cs, shipment.Record{}, day(1), day(3))
			if got.Customs != want || !got.CustomsSince.Equal(since) {
				t.Errorf("%s, then %s: %s since %v, want %s since %v", state, s, got.Customs, got.CustomsSince, want, since)
			}
			behind := shipment.Standing(cs, shipment.Record{CustomsState: state}, day(1), day(3))
			if state.Pending() && behind.Customs != want {
				t.Errorf("%s, then %s, while the feed still says %s: %s, want %s", state, s, state, behind.Customs, want)
			}
		}
	}
}

// TestNearestSubtagIsWhatTheCodeTableSays holds both ways from a raw code to an
// official subtag to one another.
func TestNearestSubtagIsWhatTheCodeTableSays(t *testing.T) {
	t.Parallel()
	for source, codes := range map[string][]string{
		"ecms": {"CIV", "CID", "CDT", "CIN", "CRL", "CRF", "CRT"},
		"":     {"EME", "EDC", "AWAITING_INVOICE", "Awaiting_ID", "awaiting_duty", "inspection", "released", "refused", "return_started"},
	} {
		for _, code := range codes {
			subtag, customs, known := shipment.Translate(source, code)
			if !known || customs == "" || customs.Nearest() != subtag {
				t.Errorf("%s %s means %q and %q, whose nearest is %q", source, code, subtag, customs, customs.Nearest())
			}
		}
	}
	if got := shipment.CustomsState("").Nearest(); got != "" {
		t.Errorf("no state is nearest to %s", got)
	}
}
