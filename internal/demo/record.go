package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"ecms/portal/internal/shipment"
)

// record is what the feed says about a parcel as a whole.
func (o Options) record(t trip, r *rand.Rand, times []time.Time) shipment.Record {
	to := t.to.home
	rec := shipment.Record{
		Waybill: o.number(t.story.name, t.n, t.piece), Service: "standard", Incoterm: "DAP",
		ShipperIsSeller: t.from.shipper == 0, OrderNo: o.orderNo(t.from.shipper, t.story.name, t.n),
		Piece: t.piece, Pieces: max(t.story.pieces, 1),
		Origin:      shipment.Place{Place: t.from.shop.name, Country: t.from.shop.country, Zone: t.from.shop.zone.String()},
		Destination: shipment.Place{Place: to.city, Country: t.to.country(), Zone: t.to.zone().String()},
		Shipper:     t.from.party(), Consignee: to.consignee,
		CustomsState: shipment.CustomsState(t.story.fed),
	}
	if t.seat%8 == 5 { // ordered by the consignee who has an account, for family in all places
		rec.Consignee.Email = ConsigneeEmail
	}
	if t.seat%3 == 0 {
		rec.Service, rec.Incoterm = "express", "DDP"
	}
	rec.Declared, rec.Measured = t.measures(r)
	number := postalNumber(r, t.to.country())
	for i, s := range t.story.way {
		subtag, _, _ := shipment.Translate(t.source(s), s.code)
		switch {
		case subtag == shipment.Accepted:
			rec.AcceptedAt = times[i].UTC()
		case subtag.Tag() == shipment.Delivered:
			rec.DeliveredAt = times[i].UTC()
		case s.code == "HLM":
			rec.LastMileCarrier, rec.LastMileNumber = t.to.carrier, number
		}
	}
	if !rec.AcceptedAt.IsZero() {
		rec.PromisedFrom, rec.PromisedTo = t.promise(rec.Service, rec.AcceptedAt)
	}
	return rec
}

// party is the shipper at this origin.
func (f origin) party() shipment.Party {
	p := shippers()[f.shipper]
	p.Phone, p.Address, p.Postcode = f.phone, f.address, f.postcode
	return p
}

// promise is the span of days that the service promises, at the destination.
func (t trip) promise(service string, accepted time.Time) (from, to shipment.Date) {
	first, last := 7, 12
	if service == "express" {
		first, last = 4, 7
	}
	local := accepted.In(t.to.zone())
	after := func(n int) shipment.Date { return shipment.Date(local.AddDate(0, 0, n).Format(time.DateOnly)) }
	return after(first), after(last)
}

// measures are weight and size as the shipper typed them and as the hub measured
// them, in the shipper's units.
func (t trip) measures(r *rand.Rand) (declared, measured shipment.Measure) {
	declared = shipment.Measure{WeightUnit: "lb", DimUnit: "in"}
	weight, sides, size := 10+r.IntN(340), [3]int{8 + r.IntN(16), 6 + r.IntN(10), 3 + r.IntN(8)}, 1.0
	more := r.IntN(7)
	if t.story.heavy {
		weight, more, sides[0] = 430, 45, 58
	}
	if t.from.shipper == 1 { // the forwarder works in metric units
		declared.WeightUnit, declared.DimUnit, size = "kg", "cm", 2.54
		weight, more = weight*10/22, more*10/22
	}
	side := func(n int) string { return strconv.Itoa(int(float64(n) * size)) }
	declared.Weight = tenths(weight)
	declared.Length, declared.Width, declared.Height = side(sides[0]), side(sides[1]), side(sides[2])
	if !t.passes("ARR") {
		return declared, shipment.Measure{}
	}
	measured = declared
	measured.Weight = tenths(weight + more)
	if t.story.heavy {
		measured.Length = side(sides[0] + 3)
	}
	return declared, measured
}

func tenths(n int) string { return fmt.Sprintf("%d.%d", n/10, n%10) }

// passes tells whether an event of this code is on the way.
func (t trip) passes(code string) bool {
	for _, s := range t.story.way {
		if s.code == code {
			return true
		}
	}
	return false
}
