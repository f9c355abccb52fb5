package needs_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
)

// parcel is one whose checkpoints, a day apart from noon of 1 March 2026 on,
// have the given codes.
func parcel(fed shipment.CustomsState, codes ...string) shipment.Public {
	var cs []shipment.Checkpoint
	p := shipment.Public{DestZone: "Asia/Shanghai"}
	for i, code := range codes {
		c := shipment.Checkpoint{At: time.Date(2026, 3, 1+i, 12, 0, 0, 0, time.UTC), Code: code, Source: "ecms"}
		cs = append(cs, c)
		subtag, customs, _ := shipment.Translate(c.Source, code)
		p.Checkpoints = append(p.Checkpoints, shipment.PublicCheckpoint{At: c.At, Subtag: subtag, Customs: customs})
	}
	slices.Reverse(p.Checkpoints)
	added := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	p.Status = shipment.Standing(cs, shipment.Record{CustomsState: fed}, added, added.AddDate(0, 0, 20))
	return p
}

func TestNeedsOfAWay(t *testing.T) {
	t.Parallel()
	duty := func(due shipment.Date) []needs.Need { return []needs.Need{{Kind: needs.Duty, Due: due}} }
	for name, c := range map[string]struct {
		fed   shipment.CustomsState
		codes []string
		want  []needs.Need
	}{
		"nothing heard":                  {"", nil, nil},
		"duty":                           {"", []string{"ACC", "CDT"}, duty("2026-04-01")},
		"duty, reminded":                 {"", []string{"CDT", "CDT", "CDT"}, duty("2026-03-31")},
		"duty, then an invoice":          {"", []string{"CDT", "CIV"}, []needs.Need{{Kind: needs.Invoice}}},
		"an ID, then inspected":          {"", []string{"CID", "CIN"}, nil},
		"an ID, told by the feed only":   {shipment.AwaitingID, []string{"LND"}, []needs.Need{{Kind: needs.ID}}},
		"duty, told by the feed only":    {shipment.AwaitingDuty, []string{"LND"}, duty("")},
		"duty paid":                      {"", []string{"CDT", "CRL"}, nil},
		"out for delivery":               {"", []string{"CDT", "OFD"}, nil},
		"waits at a pick-up point":       {"", []string{"CID", "AFP"}, nil},
		"delivered":                      {"", []string{"CDT", "DLV"}, nil},
		"delivered, the feed is behind":  {shipment.AwaitingDuty, []string{"DLV"}, nil},
		"delivered, then an odd notice":  {"", []string{"DLV", "CDT"}, nil},
		"refused":                        {"", []string{"CID", "CRF"}, nil},
		"return began":                   {"", []string{"CDT", "CRT"}, nil},
		"going back":                     {"", []string{"CDT", "RTS"}, nil},
		"going back, at a hub":           {"", []string{"CDT", "RTS", "ARR"}, nil},
		"going back, the feed is behind": {shipment.AwaitingDuty, []string{"RTS", "ARR"}, nil},
		"is back":                        {"", []string{"CDT", "RTD"}, nil},
		"is back, at a hub":              {"", []string{"CDT", "RTD", "ARR"}, nil},
		"lost":                           {"", []string{"CID", "LST"}, nil},
		"cancelled":                      {"", []string{"CIV", "CXL"}, nil},
		"disposed of":                    {"", []string{"CIV", "DSP"}, nil},
		"damaged while it waits":         {"", []string{"CIV", "DMG"}, []needs.Need{{Kind: needs.Invoice}}},
	} {
		if d := cmp.Diff(c.want, needs.Of(parcel(c.fed, c.codes...))); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// TestNothingIsNeededAtTheEnd tries every customs state beside every status.
func TestNothingIsNeededAtTheEnd(t *testing.T) {
	t.Parallel()
	asks := map[shipment.CustomsState]needs.Kind{
		shipment.AwaitingInvoice: needs.Invoice, shipment.AwaitingID: needs.ID, shipment.AwaitingDuty: needs.Duty,
	}
	for _, subtag := range shipment.Subtags() {
		for _, state := range append(shipment.CustomsStates(), "") {
			p := shipment.Public{Status: shipment.Status{Tag: subtag.Tag(), Subtag: subtag, Customs: state}}
			over := subtag.Final() || subtag == shipment.Returning
			got := needs.Of(p)
			switch kind, asked := asks[state]; {
			case over || !asked:
				if got != nil {
					t.Errorf("%s, %s: %+v is asked for", subtag, state, got)
				}
			case len(got) != 1 || got[0] != (needs.Need{Kind: kind}):
				t.Errorf("%s, %s: %+v, want %s without a date", subtag, state, got, kind)
			}
		}
	}
}
