package shipment

import "time"

// head is the part of a shipment that a stranger may see and that its status
// depends on, beside the checkpoints.
type head struct {
	Waybill         Waybill
	Rev             int
	Service         string
	AcceptedAt      time.Time
	DeliveredAt     time.Time
	AddedAt         time.Time
	PromisedFrom    Date
	PromisedTo      Date
	Piece, Pieces   int
	OriginCountry   string
	OriginZone      string
	DestCountry     string
	DestZone        string
	LastMileCarrier string
	LastMileNumber  string
	FedCustoms      CustomsState
}

func headOf(r Record, addedAt time.Time) head {
	return head{
		Waybill: r.Waybill, Rev: r.Rev, Service: r.Service,
		AcceptedAt: r.AcceptedAt, DeliveredAt: r.DeliveredAt, AddedAt: addedAt,
		PromisedFrom: r.PromisedFrom, PromisedTo: r.PromisedTo,
		Piece: r.Piece, Pieces: r.Pieces,
		OriginCountry: r.Origin.Country, OriginZone: r.Origin.Zone,
		DestCountry: r.Destination.Country, DestZone: r.Destination.Zone,
		LastMileCarrier: r.LastMileCarrier, LastMileNumber: r.LastMileNumber,
		FedCustoms: r.CustomsState,
	}
}

// public builds the stranger's view of a parcel out of its rows.
func (h head) public(events []event, s Status) Public {
	p := Public{
		Waybill: h.Waybill, Status: s,
		OriginCountry: h.OriginCountry, DestCountry: h.DestCountry,
		OriginZone: h.OriginZone, DestZone: h.DestZone, Service: h.Service,
		PromisedFrom: h.PromisedFrom, PromisedTo: h.PromisedTo,
		LastMileCarrier: h.LastMileCarrier, LastMileNumber: h.LastMileNumber,
		Piece: h.Piece, Pieces: h.Pieces,
		Checkpoints: make([]PublicCheckpoint, len(events)),
	}
	p.Status.At, p.Status.CustomsSince = toSecond(s.At), toSecond(s.CustomsSince)
	accepted, delivered := h.AcceptedAt, h.DeliveredAt
	for i, e := range events {
		p.Checkpoints[len(events)-1-i] = e.public()
		if accepted.IsZero() && e.subtag == Accepted {
			accepted = e.At
		}
		if h.DeliveredAt.IsZero() && e.subtag.Tag() == Delivered {
			delivered = e.At
		}
	}
	p.AcceptedOn = dayIn(accepted, h.OriginZone)
	p.DeliveredOn = dayIn(delivered, h.DestZone)
	return p
}

// public leaves out what a stranger may not see of a checkpoint.
func (e event) public() PublicCheckpoint {
	c := PublicCheckpoint{
		At: toSecond(e.At), OffsetMinutes: e.OffsetMinutes, Country: e.Country,
		Subtag: e.subtag, Customs: e.customs,
	}
	if e.Facility {
		c.Place = e.Place
	}
	return c
}

// toSecond drops what no page shows; the zero time stays zero.
func toSecond(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.Unix(t.Unix(), 0).UTC()
}
