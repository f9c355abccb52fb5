package shipment_test

import (
	"testing"

	"ecms/portal/internal/shipment"
)

// TestBatteriesAreAsTheAirlinesSay holds the figures that the packing checklist shows.
func TestBatteriesAreAsTheAirlinesSay(t *testing.T) {
	t.Parallel()
	b := shipment.Batteries()
	if b.CellWh != 20 || b.PackWh != 100 || b.Cells != 4 || b.Packs != 2 {
		t.Errorf("%+v, want 20 Wh a cell, 100 Wh a battery, 4 cells or 2 batteries", b)
	}
	if _, ok := b.Rule.CheckedOn.Time(); !ok || b.Rule.Source == "" {
		t.Errorf("no source: %+v", b.Rule)
	}
}

func TestSpansAreKept(t *testing.T) {
	t.Parallel()
	s := shipment.Kept()
	if s.GrantIdle <= 0 || s.GrantIdle >= s.GrantLife || s.Tries <= 0 || s.Reports <= s.Tries {
		t.Errorf("%+v: an unused view ends before any, reports outlive tries", s)
	}
}
