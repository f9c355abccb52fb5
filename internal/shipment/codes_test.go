package shipment_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/shipment"
)

func TestTranslate(t *testing.T) {
	for name, c := range map[string]struct {
		source, code string
		subtag       shipment.Subtag
		customs      shipment.CustomsState
		known        bool
	}{
		"a subtag":               {"anybody", "InTransit_006", "InTransit_006", "", true},
		"in any case":            {"", "intransit_006", "InTransit_006", "", true},
		"with spaces":            {"", " InTransit_006 ", "InTransit_006", "", true},
		"a bare tag":             {"", "Exception", "Exception_001", "", true},
		"a customs state":        {"x", "awaiting_duty", "Exception_006", shipment.AwaitingDuty, true},
		"a customs state, upper": {"x", "AWAITING_ID", "Exception_018", shipment.AwaitingID, true},
		"a carrier's own":        {"ecms", "OFD", "OutForDelivery_001", "", true},
		"its case and source's":  {"ECMS", "ofd", "OutForDelivery_001", "", true},
		"of another source":      {"somebody", "OFD", "", "", false},
		"of a post":              {"china-ems", "EME", "Exception_004", shipment.Inspection, true},
		"unknown":                {"ecms", "XYZ", "", "", false},
		"not found by AfterShip": {"", "Exception_014", "", "", false},
		"empty":                  {"ecms", "", "", "", false},
	} {
		subtag, customs, known := shipment.Translate(c.source, c.code)
		if subtag != c.subtag || customs != c.customs || known != c.known {
			t.Errorf("%s: %s, %s, %v, want %s, %s, %v", name, subtag, customs, known, c.subtag, c.customs, c.known)
		}
	}
}

// TestWordsAreCodes holds every official word to mean itself.
func TestWordsAreCodes(t *testing.T) {
	official := make(map[shipment.Subtag]bool)
	tags := make(map[shipment.Tag]bool)
	for _, tag := range shipment.Tags() {
		tags[tag] = true
	}
	for _, s := range shipment.Subtags() {
		official[s] = true
		if got, _, _ := shipment.Translate("x", string(s)); got != s || !tags[s.Tag()] {
			t.Errorf("%s means %s with tag %s", s, got, s.Tag())
		}
	}
	for _, tag := range shipment.Tags() {
		if got, _, _ := shipment.Translate("", string(tag)); got != shipment.Subtag(tag)+"_001" || !official[got] {
			t.Errorf("%s means %s", tag, got)
		}
	}
	for _, c := range shipment.CustomsStates() {
		subtag, got, _ := shipment.Translate("", string(c))
		if got != c || subtag != c.Nearest() || !official[subtag] {
			t.Errorf("%s means %s and %s, nearest %s", c, got, subtag, c.Nearest())
		}
		if _, got, _ := shipment.Translate("", strings.ToUpper(string(c))); got != c {
			t.Errorf("%s in upper case means %q", c, got)
		}
	}
	if len(official) != 43 || len(tags) != 9 || len(shipment.CustomsStates()) != 7 {
		t.Errorf("%d subtags, %d tags, %d customs states", len(official), len(tags), len(shipment.CustomsStates()))
	}
}
