package shipment_test

import (
	"testing"
	"time"

	"ecms/portal/internal/shipment"
)

// Without an id of its own an event is told by instant, raw code and place; no
// two of these may run together into the key of another event.
func TestKeyKeepsCodeAndPlaceApart(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 15, 20, 0, 0, time.UTC)
	keys := map[string]shipment.Checkpoint{}
	for _, c := range []shipment.Checkpoint{
		{At: at, Code: "A", Place: "B|C"},
		{At: at, Code: "A|B", Place: "C"},
		{At: at, Code: "A||B", Place: "C"},
		{At: at, Code: "A", Place: "|B|C"},
		{At: at, Code: "", Place: "A|B|C"},
		{At: at, Code: "A|B|C", Place: ""},
		{At: at.Add(time.Microsecond), Code: "A", Place: "B|C"},
		{At: at, EventID: "A|B|C"},
		{At: at, EventID: at.Format("2006-01-02T15:04:05")},
	} {
		if other, taken := keys[c.Key()]; taken {
			t.Errorf("%+v and %+v share the key %q", c, other, c.Key())
		}
		keys[c.Key()] = c
	}
	zone := time.FixedZone("", 8*3600)
	same := shipment.Checkpoint{At: at.In(zone), Code: "A", Place: "B|C", Rev: 3, Text: "other words", Facility: true}
	if _, known := keys[same.Key()]; !known {
		t.Errorf("the same instant by another clock, with another rev and text, has the key of another event: %q", same.Key())
	}
}
