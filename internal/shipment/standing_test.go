package shipment_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

// day is noon of a day in March 2026, UTC.
func day(d int) time.Time { return time.Date(2026, 3, d, 12, 0, 0, 0, time.UTC) }

// way makes checkpoints of codes, one a day from 1 March on; "" is a day without.
func way(codes ...string) []shipment.Checkpoint {
	var cs []shipment.Checkpoint
	for i, code := range codes {
		if code != "" {
			cs = append(cs, shipment.Checkpoint{Waybill: "W1234", At: day(i + 1), Code: code, Source: "x"})
		}
	}
	return cs
}

func TestStanding(t *testing.T) {
	at := func(d int) time.Time { return day(d) }
	tie := way("InTransit_003", "InTransit_003")
	tie[1].At = tie[0].At
	tie[0].Code = "OutForDelivery_001"
	for name, c := range map[string]struct {
		checkpoints []shipment.Checkpoint
		fed         shipment.CustomsState
		want        shipment.Status
	}{
		"nothing yet":                     {nil, "", shipment.Status{Subtag: "InfoReceived_001"}},
		"latest wins":                     {way("InTransit_002", "InTransit_007"), "", shipment.Status{Subtag: "InTransit_007", At: at(2)}},
		"tie: later in life":              {tie, "", shipment.Status{Subtag: "OutForDelivery_001", At: at(1)}},
		"unknown code changes nothing":    {way("InTransit_002", "???"), "", shipment.Status{Subtag: "InTransit_002", At: at(1)}},
		"only unknown codes":              {way("???"), "", shipment.Status{Subtag: "InfoReceived_001"}},
		"after delivery nothing else":     {way("Delivered_001", "InTransit_003", "Exception_012"), "", shipment.Status{Subtag: "Delivered_001", At: at(1)}},
		"after delivery a return":         {way("Delivered_001", "Exception_010", "InTransit_003"), "", shipment.Status{Subtag: "Exception_010", At: at(2)}},
		"after delivery it is back":       {way("Delivered_001", "Exception_010", "Exception_011"), "", shipment.Status{Subtag: "Exception_011", At: at(3)}},
		"delivered twice":                 {way("Delivered_001", "Delivered_003"), "", shipment.Status{Subtag: "Delivered_003", At: at(2)}},
		"attempts are counted":            {way("AttemptFail_001", "AttemptFail_002", "OutForDelivery_001"), "", shipment.Status{Subtag: "OutForDelivery_001", At: at(3), Attempts: 2}},
		"customs waits":                   {way("InTransit_006", "awaiting_duty"), "", shipment.Status{Subtag: "Exception_006", At: at(2), Customs: shipment.AwaitingDuty, CustomsSince: at(2)}},
		"customs waits for another thing": {way("awaiting_id", "awaiting_invoice"), "", shipment.Status{Subtag: "Exception_018", At: at(2), Customs: shipment.AwaitingInvoice, CustomsSince: at(2)}},
		"customs lets go":                 {way("awaiting_duty", "released"), "", shipment.Status{Subtag: "InTransit_005", At: at(2), Customs: shipment.Released, CustomsSince: at(2)}},
		"cleared in AfterShip's words":    {way("awaiting_duty", "InTransit_005"), "", shipment.Status{Subtag: "InTransit_005", At: at(2), Customs: shipment.Released, CustomsSince: at(2)}},
		"went on without a word":          {way("awaiting_duty", "OutForDelivery_001"), "", shipment.Status{Subtag: "OutForDelivery_001", At: at(2), Customs: shipment.Released, CustomsSince: at(2)}},
		"cleared before it ever waited":   {way("InTransit_005"), "", shipment.Status{Subtag: "InTransit_005", At: at(1)}},
		"customs refuses":                 {way("refused", "return_started"), "", shipment.Status{Subtag: "Exception_010", At: at(2), Customs: shipment.ReturnStarted, CustomsSince: at(2)}},
		"the feed says":                   {way("InTransit_006"), shipment.AwaitingID, shipment.Status{Subtag: "InTransit_006", At: at(1), Customs: shipment.AwaitingID}},
		"the feed agrees":                 {way("awaiting_id"), shipment.AwaitingID, shipment.Status{Subtag: "Exception_018", At: at(1), Customs: shipment.AwaitingID, CustomsSince: at(1)}},
		"the feed replaces":               {way("awaiting_id"), shipment.Inspection, shipment.Status{Subtag: "Exception_018", At: at(1), Customs: shipment.Inspection}},
		"the feed is behind":              {way("awaiting_id", "InTransit_005"), shipment.AwaitingID, shipment.Status{Subtag: "InTransit_005", At: at(2), Customs: shipment.Released, CustomsSince: at(2)}},
		"the feed is behind a delivery":   {way("Delivered_001"), shipment.AwaitingID, shipment.Status{Subtag: "Delivered_001", At: at(1)}},
		"customs comes back":              {way("released", "awaiting_duty"), shipment.AwaitingID, shipment.Status{Subtag: "Exception_006", At: at(2), Customs: shipment.AwaitingID}},
	} {
		c.want.Tag, c.want.Checkpoints = c.want.Subtag.Tag(), len(c.checkpoints)
		got := shipment.Standing(c.checkpoints, shipment.Record{CustomsState: c.fed}, day(1), day(5))
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestSilence(t *testing.T) {
	last := day(2).Add(30 * 24 * time.Hour)
	for name, c := range map[string]struct {
		codes    []string
		accepted time.Time
		now      time.Time
		want     shipment.Subtag
	}{
		"a second before":           {[]string{"", "InTransit_003"}, time.Time{}, last.Add(-time.Second), "InTransit_003"},
		"30 days":                   {[]string{"", "InTransit_003"}, time.Time{}, last, "Expired_001"},
		"unknown code is a sound":   {[]string{"InTransit_003", "???"}, time.Time{}, last.Add(-time.Second), "InTransit_003"},
		"delivered":                 {[]string{"", "Delivered_001"}, time.Time{}, last, "Delivered_001"},
		"returning may fall silent": {[]string{"", "Exception_010"}, time.Time{}, last, "Expired_001"},
		"back":                      {[]string{"", "Exception_011"}, time.Time{}, last, "Exception_011"},
		"lost":                      {[]string{"", "Exception_013"}, time.Time{}, last, "Exception_013"},
		"cancelled":                 {[]string{"", "Exception_020"}, time.Time{}, last, "Exception_020"},
		"disposed of":               {[]string{"", "Exception_021"}, time.Time{}, last, "Exception_021"},
		"never seen, added":         {nil, time.Time{}, day(1).Add(shipment.Silence), "Expired_001"},
		"never seen, accepted":      {nil, day(2), last.Add(-time.Second), "InfoReceived_001"},
	} {
		got := shipment.Standing(way(c.codes...), shipment.Record{AcceptedAt: c.accepted}, day(1), c.now)
		if got.Subtag != c.want {
			t.Errorf("%s: %s, want %s", name, got.Subtag, c.want)
		}
		if got.Subtag == shipment.SilentForThirty && !got.At.Add(shipment.Silence).After(day(1)) {
			t.Errorf("%s: expired at %v", name, got.At)
		}
	}
}

// TestStandingWhateverTheOrder shuffles the checkpoints of many parcels.
func TestStandingWhateverTheOrder(t *testing.T) {
	codes := []string{"???", "released", "awaiting_duty", "awaiting_id", "refused"}
	for _, s := range shipment.Subtags() {
		codes = append(codes, string(s))
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var cs []shipment.Checkpoint
		for range 1 + r.IntN(8) {
			cs = append(cs, shipment.Checkpoint{
				Waybill: "W1234", At: day(1 + r.IntN(4)), Code: codes[r.IntN(len(codes))],
				Source: []string{"a", "b"}[r.IntN(2)], Place: []string{"x", "y"}[r.IntN(2)],
			})
		}
		want := shipment.Standing(cs, shipment.Record{}, day(1), day(9))
		r.Shuffle(len(cs), func(i, j int) { cs[i], cs[j] = cs[j], cs[i] })
		if d := cmp.Diff(want, shipment.Standing(cs, shipment.Record{}, day(1), day(9))); d != "" {
			t.Fatalf("order matters for %+v (-want +got):\n%s", cs, d)
		}
	}
}
