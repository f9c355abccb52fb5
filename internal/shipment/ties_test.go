package shipment_test

import (
	"slices"
	"testing"
	"time"

	"ecms/portal/internal/shipment"
)

// standing is the status of codes that all were reported at the same instant.
func standing(codes ...string) shipment.Status {
	cs := way(codes...)
	for i := range cs {
		cs[i].At = day(1)
	}
	return shipment.Standing(cs, shipment.Record{}, day(1), day(2))
}

// TestTieOfEveryPair puts any two subtags at one instant: the later in a
// parcel's life tells the status, whichever was reported first.
func TestTieOfEveryPair(t *testing.T) {
	t.Parallel()
	subtags := shipment.Subtags()
	for i, a := range subtags {
		for _, b := range subtags[i:] {
			want := b
			if a.Tag() == shipment.Delivered && b.Tag() == shipment.Expired {
				want = a // only a return or another delivery changes a delivery
			}
			for _, codes := range [][]string{{string(a), string(b)}, {string(b), string(a)}} {
				if got := standing(codes...); got.Subtag != want || got.Tag != want.Tag() || !got.At.Equal(day(1)) {
					t.Errorf("%s and %s at once: %s of %v, want %s", codes[0], codes[1], got.Subtag, got.At, want)
				}
			}
		}
	}
}

// TestTagsAreInOrderOfLife holds the list of subtags to the list of tags.
func TestTagsAreInOrderOfLife(t *testing.T) {
	t.Parallel()
	tags := shipment.Tags()
	last := 0
	for _, s := range shipment.Subtags() {
		at := slices.Index(tags, s.Tag())
		if at < last {
			t.Errorf("%s stands after a subtag of %s", s, tags[last])
		}
		last = at
	}
	mine := shipment.Subtags()
	mine[0] = "Spoiled_001"
	if shipment.Subtags()[0] == mine[0] {
		t.Error("a caller can change the list of subtags")
	}
}

// TestAfterDelivery tries every subtag a day after a delivery.
func TestAfterDelivery(t *testing.T) {
	t.Parallel()
	for _, s := range shipment.Subtags() {
		want := shipment.Subtag("Delivered_001")
		if s.Tag() == shipment.Delivered || s == shipment.Returning || s == shipment.Returned {
			want = s
		}
		got := shipment.Standing(way("Delivered_001", string(s)), shipment.Record{}, day(1), day(3))
		if got.Subtag != want {
			t.Errorf("delivered, then %s: %s, want %s", s, got.Subtag, want)
		}
		if late := shipment.Standing(way("Delivered_001", string(s)), shipment.Record{}, day(1), day(1).AddDate(3, 0, 0)); late.Subtag.Final() != (got.Subtag != shipment.Returning) {
			t.Errorf("delivered, then %s, three years on: %s", s, late.Subtag)
		}
	}
}

func TestInstantsCountToTheMicrosecond(t *testing.T) {
	t.Parallel()
	cs := way("OutForDelivery_001", "InTransit_003")
	cs[1].At = cs[0].At.Add(time.Microsecond)
	if got := shipment.Standing(cs, shipment.Record{}, day(1), day(2)); got.Subtag != "InTransit_003" {
		t.Errorf("a microsecond later: %s", got.Subtag)
	}
	cs[1].At = cs[0].At.In(time.FixedZone("", 9*3600))
	if got := shipment.Standing(cs, shipment.Record{}, day(1), day(2)); got.Subtag != "OutForDelivery_001" {
		t.Errorf("the same instant by another clock: %s", got.Subtag)
	}
}

// TestSilenceIsBrokenByAnySound tells what counts as the last word of a parcel.
func TestSilenceIsBrokenByAnySound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		codes           []string
		accepted, added int // days of March; 0: not accepted
		expired         int // the day of March on which it expires; 0: never
	}{
		"the last event":                     {[]string{"InTransit_002", "InTransit_003"}, 1, 1, 32},
		"an event of unknown code":           {[]string{"InTransit_002", "", "", "???"}, 1, 1, 34},
		"accepted after its only event":      {[]string{"InfoReceived_001"}, 5, 1, 35},
		"accepted after an unknown event":    {[]string{"???"}, 5, 1, 35},
		"added long after its events":        {[]string{"InTransit_002"}, 0, 9, 31},
		"added after an unknown event":       {[]string{"???"}, 0, 9, 39},
		"added, accepted before":             {nil, 2, 9, 32},
		"added only":                         {nil, 0, 9, 39},
		"told to be expired by the feed":     {[]string{"", "Expired_001"}, 1, 1, 2},
		"told in short":                      {[]string{"", "Expired"}, 1, 1, 2},
		"delivered":                          {[]string{"Delivered_001"}, 1, 1, 0},
		"delivered, then an unknown event":   {[]string{"Delivered_001", "???"}, 1, 1, 0},
		"returning after a delivery":         {[]string{"Delivered_001", "Exception_010"}, 1, 1, 32},
		"customs waits for something":        {[]string{"", "", "awaiting_duty"}, 1, 1, 33},
		"an event before it was accepted":    {[]string{"InTransit_001"}, 3, 1, 33},
		"an event years before it was added": {[]string{"InTransit_001"}, 0, 20, 31},
	} {
		r := shipment.Record{}
		if c.accepted > 0 {
			r.AcceptedAt = day(c.accepted)
		}
		edge := day(c.expired)
		before := shipment.Standing(way(c.codes...), r, day(c.added), edge.Add(-time.Nanosecond))
		if c.expired == 0 {
			edge = day(1000)
		}
		at := shipment.Standing(way(c.codes...), r, day(c.added), edge)
		if want := c.expired > 0; (at.Tag == shipment.Expired) != want || want && !at.At.Equal(edge) {
			t.Errorf("%s: %s of %v on the day, want expired %v", name, at.Subtag, at.At, want)
		}
		if fed := len(c.codes) > 1 && c.codes[1] != "" && shipment.Tag(c.codes[1][:min(7, len(c.codes[1]))]) == shipment.Expired; !fed && before.Tag == shipment.Expired {
			t.Errorf("%s: expired a moment early", name)
		}
	}
}
