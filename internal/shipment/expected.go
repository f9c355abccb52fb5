package shipment

// Expected is when the parcel should arrive, as days at the destination.
type Expected struct {
	From, To Date
	// Likely is the likeliest day; empty when the basis does not tell one.
	Likely Date
	// Basis tells where the days come from: "promise" is the service's own.
	Basis string
}

// Expected is the range of days in which the parcel should arrive; false when
// it has arrived, goes back, or nobody promised anything.
func (p Public) Expected() (Expected, bool) {
	if p.PromisedTo == "" || p.Status.Subtag.Final() || p.Status.Subtag == Returning || p.Status.Customs == ReturnStarted {
		return Expected{}, false
	}
	e := Expected{From: p.PromisedFrom, To: p.PromisedTo, Basis: "promise"}
	if e.From == "" {
		e.From = e.To
	}
	return e, true
}
