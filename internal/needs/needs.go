// Package needs tells what is needed from the people around a parcel, and by
// when, so that page, list and interface ask for the same.
package needs

import (
	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
)

// Kind is what is needed.
type Kind string

// The kinds, in the order in which a page asks for them.
const (
	Invoice Kind = "invoice"
	ID      Kind = "id"
	Duty    Kind = "duty"
)

// Need is one thing that somebody has to do before the parcel can go on.
type Need struct {
	Kind Kind
	// Due is the last day for it, at the destination; empty when no date is set.
	Due shipment.Date
}

// Of lists what a parcel needs now, as anybody with its number may know.
func Of(p shipment.Public) []Need {
	if p.Status.Subtag.Final() || p.Status.Subtag == shipment.Returning {
		return nil
	}
	switch p.Status.Customs {
	case shipment.AwaitingInvoice:
		return []Need{{Kind: Invoice}}
	case shipment.AwaitingID:
		return []Need{{Kind: ID, Due: customs.DueOf(p)}}
	case shipment.AwaitingDuty:
		return []Need{{Kind: Duty, Due: shipment.DutyDue(p.DutyNotice(), p.DestZone)}}
	}
	return nil
}
