package demo

import (
	"time"

	"ecms/portal/internal/shipment"
)

// Options choose one set of demo parcels.
type Options struct {
	// Seed decides everything but the dates, the waybills above all.
	Seed uint64
	// AsOf is the day (in UTC) before which everything has happened; today when zero.
	AsOf time.Time
}

// until is the instant before which all events of the set lie.
func (o Options) until() time.Time {
	if o.AsOf.IsZero() {
		return time.Now().UTC().Truncate(day * time.Hour)
	}
	return o.AsOf.UTC().Truncate(day * time.Hour)
}

// Shipments are the records of the set as a carrier's feed would tell them.
func Shipments(o Options) []shipment.Record {
	var records []shipment.Record
	for _, p := range parcels(o) {
		records = append(records, p.record)
	}
	return records
}

// Checkpoints are the events of the set, some out of order, one corrected and
// one ahead of its shipment, as in a real feed.
func Checkpoints(o Options) []shipment.Checkpoint {
	var events []shipment.Checkpoint
	for _, p := range parcels(o) {
		events = append(events, p.checkpoints...)
	}
	return append(events, early(o))
}

// Waybill is the number of the first parcel of a story; empty for a story that
// is not told.
func Waybill(o Options, name Story) shipment.Waybill {
	for _, s := range stories() {
		if s.name == name {
			return o.number(s.name, 0, 1)
		}
	}
	return ""
}

// EarlyWaybill is the number whose event came before its shipment: the feed
// knows it, a lookup does not.
func EarlyWaybill(o Options) shipment.Waybill { return o.number("early event", 0, 1) }

func early(o Options) shipment.Checkpoint {
	at := o.until().Add(-5 * time.Hour)
	from := origins()[0].hub
	return shipment.Checkpoint{
		Waybill: EarlyWaybill(o), EventID: "e01", At: at, OffsetMinutes: offsetAt(from.zone, at),
		Place: from.name, Facility: true, Country: from.country, Code: "ARR", Text: ownTexts()["ARR"], Source: ownSource,
	}
}
