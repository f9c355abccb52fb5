package customs

// Consents are the three separate ticks, none made beforehand.
type Consents struct{ Customs, Keep, Transfer bool }

// Check refuses where a consent is missing that the rule cannot do without.
// Keeping the data for the next parcel is free.
func (c Consents) Check(r Rule) error {
	var p problems
	if !c.Customs {
		p.refuse(FieldCustoms, FlawEmpty)
	}
	if r.Transfer && !c.Transfer {
		p.refuse(FieldTransfer, FlawEmpty)
	}
	return p.err()
}
