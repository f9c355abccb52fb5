package demo

import (
	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// Waiting is a parcel of which customs waits for the consignee's identity, with all
// that its form asks in typing.
type Waiting struct {
	Sample
	// Language is the consignee's.
	Language locale.Language
	// Name and Phone are on the parcel. Number is of the usual document and belongs to
	// nobody; empty where none is needed.
	Name, Phone, Number string
}

// WaitingParcels are one for each country whose customs asks.
func WaitingParcels(o Options) []Waiting {
	usual := map[string]customs.DocType{"CN": customs.CNID, "KR": customs.KRCode}
	var list []Waiting
	for _, rule := range customs.Rules() {
		for _, t := range trips() {
			if t.story.name != AwaitingID || t.to.country() != rule.Country {
				continue
			}
			r := o.parcel(t).record
			w := Waiting{Sample: sampleOf(r, AwaitingID), Language: rule.Language, Name: r.Consignee.Name, Phone: r.Consignee.Phone}
			if doc, numbered := usual[rule.Country]; numbered {
				w.Number = customs.Example(doc)
			}
			list = append(list, w)
			break
		}
	}
	return list
}

// sampleOf is a parcel with its second facts.
func sampleOf(r shipment.Record, name Story) Sample {
	c := r.Consignee
	return Sample{
		Story: name, Waybill: r.Waybill,
		PhoneLast4: c.Phone[len(c.Phone)-4:], Postcode: c.Postcode, OrderNo: r.OrderNo,
		Destination: r.Destination.Country,
	}
}
