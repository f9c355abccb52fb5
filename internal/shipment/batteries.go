package shipment

// BatteryRule is how much lithium battery a parcel may hold inside the devices
// that it powers. Batteries by themselves, or beside a device, never go.
type BatteryRule struct {
	// CellWh and PackWh are the most watt-hours of a cell and of a battery.
	CellWh, PackWh int
	// Cells and Packs are how many of one or the other a parcel may hold.
	Cells, Packs int
	// Rule is the source.
	Rule Rule
}

// Batteries gives the rule in force.
func Batteries() BatteryRule {
	return BatteryRule{
		CellWh: 20, PackWh: 100, Cells: 4, Packs: 2,
		Rule: Rule{"2026-01-01", "IATA guidance 2026, PI 967 and 970; USPS Publication 699", checked},
	}
}
