package shipment

import "time"

// Expected is when the parcel should arrive, as days at the destination.
type Expected struct {
	From, To Date
	// Likely is the likeliest day; empty when the basis does not tell one.
	Likely Date
	// Basis tells where the days come from: "promise" is the service's own.
	Basis string
}

// Expected is the range of days in which the parcel should arrive; false when
// it has arrived, customs refused it, it goes back, or nobody promised anything.
func (p Public) Expected() (Expected, bool) {
	if p.PromisedTo == "" || p.Status.Subtag.Final() || p.Status.Subtag == Returning || p.Status.Customs == ReturnStarted || p.Status.Customs == Refused {
		return Expected{}, false
	}
	e := Expected{From: p.PromisedFrom, To: p.PromisedTo, Basis: "promise"}
	if e.From == "" {
		e.From = e.To
	}
	return e, true
}

// DutyNotice is when customs first asked for the duties that it still waits
// for: reminders of the same notice give no more time. Zero without a notice.
func (p Public) DutyNotice() time.Time {
	if p.Status.Customs != AwaitingDuty {
		return time.Time{}
	}
	notice := p.Status.CustomsSince
	for _, c := range p.Checkpoints { // newest first
		switch {
		case c.At.After(p.Status.CustomsSince):
		case c.Customs == AwaitingDuty:
			notice = c.At
		case c.Customs != "" || c.Subtag.clearanceEnd() != "":
			return notice
		}
	}
	return notice
}
