package feed

import (
	"time"

	"ecms/portal/internal/shipment"
)

// recordOf reads a shipment out of a row that is tidied.
func recordOf(r *row, now time.Time, zones map[string]bool) shipment.Record {
	s := shipment.Record{
		Waybill: r.waybill(shWaybill), Rev: r.whole(shRev, 0, 0, 1<<31-1, badRev), Service: r.values[shService],
		PromisedFrom: r.date(shPromisedFrom), PromisedTo: r.date(shPromisedTo),
		Incoterm: r.oneOf(shIncoterm, badIncoterm, "DDP", "DAP"), ShipperIsSeller: r.truth(shShipperIsSeller),
		OrderNo: r.values[shOrderNo],
		Piece:   r.whole(shPiece, 1, 1, 9999, badPiece),
		Origin: shipment.Place{
			Place: r.values[shOriginPlace], Country: r.country(shOriginCountry), Zone: r.zone(shOriginZone, zones),
		},
		Destination: shipment.Place{
			Place: r.values[shDestinationPlace], Country: r.country(shDestinationCountry), Zone: r.zone(shDestinationZone, zones),
		},
		Declared: r.measure(shDeclared), Measured: r.measure(shMeasured),
		Shipper: r.party(shShipper), Consignee: r.party(shConsignee),
		LastMileCarrier: r.values[shLastMileCarrier], LastMileNumber: string(r.waybill(shLastMileNumber)),
		CustomsState: shipment.CustomsState(r.oneOf(shCustomsState, badCustomsState, customsWords()...)),
	}
	s.AcceptedAt, _ = r.instant(shAcceptedAt, now)
	s.DeliveredAt, _ = r.instant(shDeliveredAt, now)
	s.Pieces = r.whole(shPieces, max(1, s.Piece), 1, 9999, badPiece)
	switch {
	case r.bad:
	case s.Piece > s.Pieces:
		r.fail(shPiece, pieceBeyond)
	case s.PromisedFrom != "" && s.PromisedTo != "" && s.PromisedFrom > s.PromisedTo:
		r.fail(shPromisedFrom, rangeReversed)
	}
	return s
}

// measure reads weight and size from the six columns that begin at first.
func (r *row) measure(first int) shipment.Measure {
	m := shipment.Measure{
		Weight: r.decimal(first, badWeight), WeightUnit: r.oneOf(first+1, badUnit, "lb", "kg"),
		Length: r.decimal(first+2, badSize), Width: r.decimal(first+3, badSize), Height: r.decimal(first+4, badSize),
		DimUnit: r.oneOf(first+5, badUnit, "in", "cm"),
	}
	if m.Weight != "" && m.WeightUnit == "" {
		r.fail(first+1, badUnit)
	}
	if m.Length+m.Width+m.Height != "" && m.DimUnit == "" {
		r.fail(first+5, badUnit)
	}
	return m
}

// party reads a person from the six columns that begin at first.
func (r *row) party(first int) shipment.Party {
	return shipment.Party{
		Name: r.values[first], NameLatin: r.values[first+1], Phone: r.phone(first + 2),
		Email: r.email(first + 3), Address: r.values[first+4], Postcode: r.values[first+5],
	}
}

func customsWords() []string {
	states := shipment.CustomsStates()
	words := make([]string, len(states))
	for i, s := range states {
		words[i] = string(s)
	}
	return words
}
