package shipment

import "time"

// recordRow is a row of shipments, as it is read and, in JSON, as it is written.
type recordRow struct {
	Waybill            Waybill      `db:"waybill" json:"waybill"`
	Rev                int          `db:"rev" json:"rev"`
	Service            string       `db:"service" json:"service"`
	AcceptedAt         *time.Time   `db:"accepted_at" json:"accepted_at"`
	DeliveredAt        *time.Time   `db:"delivered_at" json:"delivered_at"`
	PromisedFrom       *Date        `db:"promised_from" json:"promised_from"`
	PromisedTo         *Date        `db:"promised_to" json:"promised_to"`
	Incoterm           string       `db:"incoterm" json:"incoterm"`
	ShipperIsSeller    bool         `db:"shipper_is_seller" json:"shipper_is_seller"`
	OrderNo            string       `db:"order_no" json:"order_no"`
	Piece              int          `db:"piece" json:"piece"`
	Pieces             int          `db:"pieces" json:"pieces"`
	OriginPlace        string       `db:"origin_place" json:"origin_place"`
	OriginCountry      string       `db:"origin_country" json:"origin_country"`
	OriginZone         string       `db:"origin_zone" json:"origin_zone"`
	DestinationPlace   string       `db:"destination_place" json:"destination_place"`
	DestinationCountry string       `db:"destination_country" json:"destination_country"`
	DestinationZone    string       `db:"destination_zone" json:"destination_zone"`
	DeclaredWeight     *string      `db:"declared_weight" json:"declared_weight"`
	DeclaredWeightUnit string       `db:"declared_weight_unit" json:"declared_weight_unit"`
	DeclaredLength     *string      `db:"declared_length" json:"declared_length"`
	DeclaredWidth      *string      `db:"declared_width" json:"declared_width"`
	DeclaredHeight     *string      `db:"declared_height" json:"declared_height"`
	DeclaredDimUnit    string       `db:"declared_dim_unit" json:"declared_dim_unit"`
	MeasuredWeight     *string      `db:"measured_weight" json:"measured_weight"`
	MeasuredWeightUnit string       `db:"measured_weight_unit" json:"measured_weight_unit"`
	MeasuredLength     *string      `db:"measured_length" json:"measured_length"`
	MeasuredWidth      *string      `db:"measured_width" json:"measured_width"`
	MeasuredHeight     *string      `db:"measured_height" json:"measured_height"`
	MeasuredDimUnit    string       `db:"measured_dim_unit" json:"measured_dim_unit"`
	ShipperName        string       `db:"shipper_name" json:"shipper_name"`
	ShipperNameLatin   string       `db:"shipper_name_latin" json:"shipper_name_latin"`
	ShipperPhone       string       `db:"shipper_phone" json:"shipper_phone"`
	ShipperEmail       string       `db:"shipper_email" json:"shipper_email"`
	ShipperAddress     string       `db:"shipper_address" json:"shipper_address"`
	ShipperPostcode    string       `db:"shipper_postcode" json:"shipper_postcode"`
	ConsigneeName      string       `db:"consignee_name" json:"consignee_name"`
	ConsigneeNameLatin string       `db:"consignee_name_latin" json:"consignee_name_latin"`
	ConsigneePhone     string       `db:"consignee_phone" json:"consignee_phone"`
	ConsigneeEmail     string       `db:"consignee_email" json:"consignee_email"`
	ConsigneeAddress   string       `db:"consignee_address" json:"consignee_address"`
	ConsigneePostcode  string       `db:"consignee_postcode" json:"consignee_postcode"`
	LastMileCarrier    string       `db:"last_mile_carrier" json:"last_mile_carrier"`
	LastMileNumber     string       `db:"last_mile_number" json:"last_mile_number"`
	FedCustomsState    CustomsState `db:"fed_customs_state" json:"fed_customs_state"`

	// What follows from the checkpoints.
	Tag             Tag           `db:"tag" json:"tag"`
	Subtag          Subtag        `db:"subtag" json:"subtag"`
	StatusAt        *time.Time    `db:"status_at" json:"status_at"`
	CustomsState    *CustomsState `db:"customs_state" json:"customs_state"`
	CustomsSince    *time.Time    `db:"customs_since" json:"customs_since"`
	CheckpointCount int           `db:"checkpoint_count" json:"checkpoint_count"`
	AttemptCount    int           `db:"attempt_count" json:"attempt_count"`
	AddedAt         time.Time     `db:"added_at" json:"added_at"`
}

const recordColumns = `
waybill, rev, service, accepted_at, delivered_at, promised_from::text as promised_from, promised_to::text as promised_to,
incoterm, shipper_is_seller, order_no, piece, pieces,
origin_place, origin_country, origin_zone, destination_place, destination_country, destination_zone,
declared_weight::text as declared_weight, declared_weight_unit, declared_length::text as declared_length,
declared_width::text as declared_width, declared_height::text as declared_height, declared_dim_unit,
measured_weight::text as measured_weight, measured_weight_unit, measured_length::text as measured_length,
measured_width::text as measured_width, measured_height::text as measured_height, measured_dim_unit,
shipper_name, shipper_name_latin, shipper_phone, shipper_email, shipper_address, shipper_postcode,
consignee_name, consignee_name_latin, consignee_phone, consignee_email, consignee_address, consignee_postcode,
last_mile_carrier, last_mile_number, fed_customs_state,
tag, subtag, status_at, customs_state, customs_since, checkpoint_count, attempt_count, added_at`

// record is what the feed said, as the row holds it.
func (r recordRow) record() Record {
	return Record{
		Waybill: r.Waybill, Rev: r.Rev, Service: r.Service,
		AcceptedAt: instantOf(r.AcceptedAt), DeliveredAt: instantOf(r.DeliveredAt),
		PromisedFrom: orZero(r.PromisedFrom), PromisedTo: orZero(r.PromisedTo),
		Incoterm: r.Incoterm, ShipperIsSeller: r.ShipperIsSeller, OrderNo: r.OrderNo, Piece: r.Piece, Pieces: r.Pieces,
		Origin:      Place{r.OriginPlace, r.OriginCountry, r.OriginZone},
		Destination: Place{r.DestinationPlace, r.DestinationCountry, r.DestinationZone},
		Declared: Measure{orZero(r.DeclaredWeight), r.DeclaredWeightUnit,
			orZero(r.DeclaredLength), orZero(r.DeclaredWidth), orZero(r.DeclaredHeight), r.DeclaredDimUnit},
		Measured: Measure{orZero(r.MeasuredWeight), r.MeasuredWeightUnit,
			orZero(r.MeasuredLength), orZero(r.MeasuredWidth), orZero(r.MeasuredHeight), r.MeasuredDimUnit},
		Shipper: Party{r.ShipperName, r.ShipperNameLatin, r.ShipperPhone, r.ShipperEmail, r.ShipperAddress, r.ShipperPostcode},
		Consignee: Party{r.ConsigneeName, r.ConsigneeNameLatin, r.ConsigneePhone, r.ConsigneeEmail,
			r.ConsigneeAddress, r.ConsigneePostcode},
		LastMileCarrier: r.LastMileCarrier, LastMileNumber: r.LastMileNumber, CustomsState: r.FedCustomsState,
	}
}

func rowOf(r Record, s Status, addedAt time.Time) recordRow {
	return recordRow{
		Waybill: r.Waybill, Rev: r.Rev, Service: r.Service,
		AcceptedAt: orNull(r.AcceptedAt), DeliveredAt: orNull(r.DeliveredAt),
		PromisedFrom: orNull(r.PromisedFrom), PromisedTo: orNull(r.PromisedTo),
		Incoterm: r.Incoterm, ShipperIsSeller: r.ShipperIsSeller, OrderNo: r.OrderNo, Piece: r.Piece, Pieces: r.Pieces,
		OriginPlace: r.Origin.Place, OriginCountry: r.Origin.Country, OriginZone: r.Origin.Zone,
		DestinationPlace: r.Destination.Place, DestinationCountry: r.Destination.Country, DestinationZone: r.Destination.Zone,
		DeclaredWeight: orNull(r.Declared.Weight), DeclaredWeightUnit: r.Declared.WeightUnit,
		DeclaredLength: orNull(r.Declared.Length), DeclaredWidth: orNull(r.Declared.Width),
		DeclaredHeight: orNull(r.Declared.Height), DeclaredDimUnit: r.Declared.DimUnit,
		MeasuredWeight: orNull(r.Measured.Weight), MeasuredWeightUnit: r.Measured.WeightUnit,
		MeasuredLength: orNull(r.Measured.Length), MeasuredWidth: orNull(r.Measured.Width),
		MeasuredHeight: orNull(r.Measured.Height), MeasuredDimUnit: r.Measured.DimUnit,
		ShipperName: r.Shipper.Name, ShipperNameLatin: r.Shipper.NameLatin, ShipperPhone: r.Shipper.Phone,
		ShipperEmail: r.Shipper.Email, ShipperAddress: r.Shipper.Address, ShipperPostcode: r.Shipper.Postcode,
		ConsigneeName: r.Consignee.Name, ConsigneeNameLatin: r.Consignee.NameLatin, ConsigneePhone: r.Consignee.Phone,
		ConsigneeEmail: r.Consignee.Email, ConsigneeAddress: r.Consignee.Address, ConsigneePostcode: r.Consignee.Postcode,
		LastMileCarrier: r.LastMileCarrier, LastMileNumber: r.LastMileNumber, FedCustomsState: r.CustomsState,
		Tag: s.Tag, Subtag: s.Subtag, StatusAt: orNull(s.At), CustomsState: orNull(s.Customs),
		CustomsSince: orNull(s.CustomsSince), CheckpointCount: s.Checkpoints, AttemptCount: s.Attempts, AddedAt: addedAt,
	}
}

// orNull is nil for the zero value, which the table keeps as null.
func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func orZero[T any](v *T) T {
	if v == nil {
		var zero T
		return zero
	}
	return *v
}

func instantOf(t *time.Time) time.Time { return orZero(t).UTC() }
