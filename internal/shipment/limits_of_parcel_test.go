package shipment_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

func TestParcelLimitsAtTheirEdges(t *testing.T) {
	t.Parallel()
	weight := func(w, unit string) shipment.Measure { return shipment.Measure{Weight: w, WeightUnit: unit} }
	sides := func(l, w, h, unit string) shipment.Measure {
		return shipment.Measure{Length: l, Width: w, Height: h, DimUnit: unit}
	}
	for name, c := range map[string]struct {
		measure shipment.Measure
		want    []shipment.Excess
	}{
		"44 lb passes":                     {weight("44", "lb"), nil},
		"44.000 lb passes":                 {weight("44.000", "lb"), nil},
		"44.01 lb is over":                 {weight("44.01", "lb"), []shipment.Excess{{shipment.Weight, "44.01", "44", "lb"}}},
		"a hair over is over":              {weight("44.000000000000001", "lb"), []shipment.Excess{{shipment.Weight, "44.000000000000001", "44", "lb"}}},
		"20 kg passes though 44.09 lb":     {weight("20", "kg"), nil},
		"20.0 kg passes":                   {weight("20.0", "kg"), nil},
		"44.09 lb is over though 20 kg":    {weight("44.09", "lb"), []shipment.Excess{{shipment.Weight, "44.09", "44", "lb"}}},
		"20.001 kg is over":                {weight("20.001", "kg"), []shipment.Excess{{shipment.Weight, "20.001", "20", "kg"}}},
		"59 in passes":                     {sides("59", "59", "59", "in"), nil},
		"59.06 in is over though 150 cm":   {sides("59.06", "1", "1", "in"), []shipment.Excess{{shipment.Side, "59.06", "59", "in"}}},
		"150 cm passes though over 59 in":  {sides("150", "10", "10", "cm"), nil},
		"150.1 cm is over":                 {sides("10", "150.1", "10", "cm"), []shipment.Excess{{shipment.Side, "150.1", "150", "cm"}}},
		"the longest side counts, any one": {sides("1", "2", "60", "in"), []shipment.Excess{{shipment.Side, "60", "59", "in"}}},
		"one side known is held to it":     {sides("", "", "60", "in"), []shipment.Excess{{shipment.Side, "60", "59", "in"}}},
		"weight and side, weight first": {
			shipment.Measure{Weight: "45", WeightUnit: "lb", Length: "151", Width: "1", Height: "1", DimUnit: "cm"},
			[]shipment.Excess{{shipment.Weight, "45", "44", "lb"}, {shipment.Side, "151", "150", "cm"}},
		},
		"nothing measured":        {shipment.Measure{}, nil},
		"a unit nobody knows":     {weight("900", "stone"), nil},
		"no number":               {weight("heavy", "lb"), nil},
		"a power is no measure":   {weight("1e99999999", "lb"), nil},
		"a fraction is none":      {weight("99/1", "lb"), nil},
		"two points":              {weight("9.9.9", "lb"), nil},
		"a sign":                  {weight("-50", "lb"), nil},
		"a point alone":           {weight(".", "lb"), nil},
		"a megabyte of digits":    {weight(strings.Repeat("9", 1<<20), "lb"), nil},
		"a sum isn't looked at":   {sides("59", "59", "59", "in"), nil},
		"full-width digits aside": {weight("９９", "lb"), nil},
	} {
		if diff := cmp.Diff(c.want, shipment.ParcelLimits().Over(c.measure)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestSumOfSidesIsASecondTestWhenSet(t *testing.T) {
	t.Parallel()
	limits := shipment.ParcelLimits()
	limits.SumIn, limits.SumCm = "90", "229"
	for name, c := range map[string]struct {
		measure shipment.Measure
		want    []shipment.Excess
	}{
		"equal passes":          {shipment.Measure{Length: "30", Width: "30", Height: "30", DimUnit: "in"}, nil},
		"above is over":         {shipment.Measure{Length: "30.5", Width: "30", Height: "30", DimUnit: "in"}, []shipment.Excess{{shipment.Sum, "90.5", "90", "in"}}},
		"in the unit typed":     {shipment.Measure{Length: "76.5", Width: "76.5", Height: "76", DimUnit: "cm"}, nil},
		"two sides are no sum":  {shipment.Measure{Length: "59", Width: "59", DimUnit: "in"}, nil},
		"tenths add up exactly": {shipment.Measure{Length: "29.9", Width: "30.05", Height: "30.05", DimUnit: "in"}, nil},
		"both tests can fail": {
			shipment.Measure{Length: "60", Width: "30", Height: "1", DimUnit: "in"},
			[]shipment.Excess{{shipment.Side, "60", "59", "in"}, {shipment.Sum, "91", "90", "in"}},
		},
	} {
		if diff := cmp.Diff(c.want, limits.Over(c.measure)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if standard := shipment.ParcelLimits(); standard.SumIn != "" || standard.SumCm != "" {
		t.Errorf("the standard tests a sum of %s in, %s cm", standard.SumIn, standard.SumCm)
	}
}
