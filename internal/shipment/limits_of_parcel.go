package shipment

import "math/big"

// Limits is how heavy and how large a parcel may be, in each unit that people
// measure in. The figures are decimals as text. They are not conversions of one
// another: a parcel is held to the figure of the unit it was measured in, so that
// nobody's true measure is rounded against them. A measure equal to the limit passes.
type Limits struct {
	// WeightLb and WeightKg are the heaviest parcel, in pounds and kilograms.
	WeightLb, WeightKg string
	// SideIn and SideCm are the longest side, in inches and centimetres.
	SideIn, SideCm string
	// SumIn and SumCm are length, width and height together: a second test that some
	// lanes make. Empty: not made.
	SumIn, SumCm string
	// Source is where the carrier says so; CheckedOn is when that was last read.
	Source    string
	CheckedOn Date
}

// ParcelLimits are the carrier's limits for every lane. Its words "59 inches in
// diameter" are read as the longest side; the sum of the sides is not tested.
func ParcelLimits() Limits {
	return Limits{
		WeightLb: "44", WeightKg: "20", SideIn: "59", SideCm: "150",
		Source: "the carrier's FAQ, 3.1", CheckedOn: "2026-11-21",
	}
}

// Quantity names what of a parcel is measured.
type Quantity string

// What the limits speak of.
const (
	Weight Quantity = "weight"
	Side   Quantity = "side" // the longest
	Sum    Quantity = "sum"  // length, width and height together
)

// Excess is one limit that a parcel does not keep to: the measure and the limit,
// both in the unit that was typed.
type Excess struct {
	Quantity             Quantity
	Measured, Most, Unit string
}

// Over tells which limits a parcel is over, weight first. What is not measured, or
// is no number, is over none: whoever asks for measures refuses that before.
func (l Limits) Over(m Measure) (over []Excess) {
	add := func(q Quantity, measured *big.Rat, most map[string]string, unit string) {
		limit, ok := decimal(most[unit])
		if ok && measured != nil && measured.Cmp(limit) > 0 {
			over = append(over, Excess{Quantity: q, Measured: plain(measured), Most: most[unit], Unit: unit})
		}
	}
	if weight, ok := decimal(m.Weight); ok {
		add(Weight, weight, map[string]string{"lb": l.WeightLb, "kg": l.WeightKg}, m.WeightUnit)
	}
	longest, sum := sidesOf(m)
	add(Side, longest, map[string]string{"in": l.SideIn, "cm": l.SideCm}, m.DimUnit)
	add(Sum, sum, map[string]string{"in": l.SumIn, "cm": l.SumCm}, m.DimUnit)
	return over
}

// sidesOf gives the longest of the sides that are known, and their sum when all
// three are; nil for what is not.
func sidesOf(m Measure) (longest, sum *big.Rat) {
	known, total := 0, new(big.Rat)
	for _, typed := range []string{m.Length, m.Width, m.Height} {
		side, ok := decimal(typed)
		if !ok {
			continue
		}
		known++
		total.Add(total, side)
		if longest == nil || side.Cmp(longest) > 0 {
			longest = side
		}
	}
	if known == 3 {
		sum = total
	}
	return longest, sum
}

// longestDecimal bounds what is read as a measure: a hostile "1e999999999" or a
// megabyte of digits would keep the machine busy.
const longestDecimal = 20

// decimal reads a measure: digits with at most one point among them.
func decimal(typed string) (*big.Rat, bool) {
	if typed == "" || len(typed) > longestDecimal {
		return nil, false
	}
	digits, points := 0, 0
	for _, r := range typed {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r == '.':
			points++
		default:
			return nil, false
		}
	}
	if digits == 0 || points > 1 {
		return nil, false
	}
	return new(big.Rat).SetString(typed)
}

// plain writes a decimal without needless zeros.
func plain(r *big.Rat) string {
	digits, _ := r.FloatPrec() // exact: it was read from a decimal
	return r.FloatString(digits)
}
