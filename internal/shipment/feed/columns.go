package feed

// column is one field of a record.
type column struct {
	name     string
	kind     valueKind
	required bool // in the header and in each row
	personal bool // masked in reports
	max      int  // characters
}

// valueKind is the kind of JSON value that a column takes.
type valueKind int

const (
	text valueKind = iota
	number
	boolean
)

// Columns of a checkpoints file, in the order of checkpointColumns.
const (
	cpWaybill = iota
	cpEventID
	cpRev
	cpAt
	cpPlace
	cpFacility
	cpCountry
	cpCode
	cpText
	cpSource
)

func checkpointColumns() []column {
	return []column{
		{name: "waybill", required: true, max: 1000},
		{name: "event_id", max: 200},
		{name: "rev", kind: number, max: 20},
		{name: "at", required: true, max: 64},
		{name: "place", max: 200},
		{name: "facility", kind: boolean, max: 10},
		{name: "country", max: 10},
		{name: "code", required: true, max: 100},
		{name: "text", personal: true, max: 2000},
		{name: "source", max: 100},
	}
}

// Columns of a shipments file, in the order of shipmentColumns.
const (
	shWaybill = iota
	shRev
	shService
	shAcceptedAt
	shDeliveredAt
	shPromisedFrom
	shPromisedTo
	shIncoterm
	shShipperIsSeller
	shOrderNo
	shPiece
	shPieces
	shOriginPlace
	shOriginCountry
	shOriginZone
	shDestinationPlace
	shDestinationCountry
	shDestinationZone
	shDeclared // the first of six: weight, weight_unit, length, width, height, dim_unit
)

const (
	shMeasured        = shDeclared + 6
	shShipper         = shMeasured + 6 // the first of six: name, name_latin, phone, email, address, postcode
	shConsignee       = shShipper + 6
	shLastMileCarrier = shConsignee + 6
	shLastMileNumber  = shLastMileCarrier + 1
	shCustomsState    = shLastMileCarrier + 2
)

func shipmentColumns() []column {
	cs := []column{
		{name: "waybill", required: true, max: 1000},
		{name: "rev", kind: number, max: 20},
		{name: "service", max: 100},
		{name: "accepted_at", max: 64},
		{name: "delivered_at", max: 64},
		{name: "promised_from", max: 20},
		{name: "promised_to", max: 20},
		{name: "incoterm", max: 10},
		{name: "shipper_is_seller", kind: boolean, max: 10},
		{name: "order_no", personal: true, max: 100},
		{name: "piece", kind: number, max: 20},
		{name: "pieces", kind: number, max: 20},
		{name: "origin_place", max: 200},
		{name: "origin_country", required: true, max: 10},
		{name: "origin_zone", required: true, max: 64},
		{name: "destination_place", max: 200},
		{name: "destination_country", required: true, max: 10},
		{name: "destination_zone", required: true, max: 64},
	}
	for _, who := range []string{"declared_", "measured_"} {
		cs = append(cs,
			column{name: who + "weight", kind: number, max: 20}, column{name: who + "weight_unit", max: 10},
			column{name: who + "length", kind: number, max: 20}, column{name: who + "width", kind: number, max: 20},
			column{name: who + "height", kind: number, max: 20}, column{name: who + "dim_unit", max: 10})
	}
	for _, who := range []string{"shipper_", "consignee_"} {
		for _, c := range []column{
			{name: "name", max: 200}, {name: "name_latin", max: 200}, {name: "phone", max: 40},
			{name: "email", max: 254}, {name: "address", max: 500}, {name: "postcode", max: 20},
		} {
			cs = append(cs, column{name: who + c.name, personal: true, max: c.max})
		}
	}
	return append(cs,
		column{name: "last_mile_carrier", max: 100},
		column{name: "last_mile_number", max: 1000},
		column{name: "customs_state", max: 40})
}
