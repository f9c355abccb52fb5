// Package shipment holds parcels: their waybills, parties, checkpoints, the
// status that follows from them, and the lookup that strangers and holders of
// a second fact are given.
package shipment

import "time"

// Place is one end of a lane.
type Place struct {
	// Place is the city or facility in the feed's words; private unless a facility.
	Place string
	// Country is ISO 3166-1 alpha-2.
	Country string
	// Zone is the IANA zone that decides local dates there.
	Zone string
}

// Measure is weight and size as somebody typed or measured them, never
// converted: decimals as text with their unit. Empty text when not known.
type Measure struct {
	Weight, WeightUnit             string // "lb" or "kg"
	Length, Width, Height, DimUnit string // "in" or "cm"
}

// Party is the shipper or the consignee. Personal data: unlocked view only.
type Party struct {
	Name, NameLatin, Phone, Email, Address, Postcode string
}

// Record is what the carrier's feed says about one shipment.
type Record struct {
	Waybill                  Waybill
	Rev                      int
	Service                  string
	AcceptedAt, DeliveredAt  time.Time // UTC instants, zero when not yet
	PromisedFrom, PromisedTo Date      // local dates at the destination
	Incoterm                 string    // "DDP", "DAP" or empty
	ShipperIsSeller          bool
	OrderNo                  string
	Piece, Pieces            int // piece 1 of 2; 1 of 1 for a single parcel
	Origin, Destination      Place
	Declared, Measured       Measure
	Shipper, Consignee       Party
	LastMileCarrier          string
	LastMileNumber           string
	CustomsState             CustomsState
}

// Checkpoint is one event of a parcel's way as a carrier reported it.
type Checkpoint struct {
	Waybill Waybill
	// EventID is the source's own id of the event; empty when it has none.
	EventID string
	// Rev orders corrections of the same event; greater wins.
	Rev int
	// At is the instant, in UTC.
	At time.Time
	// OffsetMinutes is the place's offset from UTC as reported, in minutes.
	OffsetMinutes int
	Place         string
	// Facility tells that Place is a carrier's own facility, which anybody may see.
	Facility bool
	Country  string // ISO 3166-1 alpha-2, may be empty
	Code     string // the carrier's raw code
	Text     string // the carrier's raw text; may hold personal data
	Source   string // who reported it
}

// Key tells the event from all others of its parcel and source: by the
// source's own id, else by instant, raw code and place. Between these stands a
// unit separator, which no feed can bring inside them.
func (c Checkpoint) Key() string {
	if c.EventID != "" {
		return "#" + c.EventID
	}
	b := make([]byte, 0, 64)
	b = c.At.UTC().AppendFormat(b, "2006-01-02T15:04:05.999999")
	b = append(append(b, separator), c.Code...)
	return string(append(append(b, separator), c.Place...))
}

const separator = '\x1f'

// Status is what follows from a parcel's checkpoints at a moment.
type Status struct {
	Tag    Tag
	Subtag Subtag
	// At is the instant of the checkpoint that decided it; zero without any.
	At time.Time
	// Customs and CustomsSince tell the customs state and when it began
	// (zero when the feed told the state without an event).
	Customs      CustomsState
	CustomsSince time.Time
	// Checkpoints and Attempts count events and failed delivery attempts.
	Checkpoints, Attempts int
}

// PublicCheckpoint is what a stranger may see of a checkpoint.
type PublicCheckpoint struct {
	At            time.Time // UTC
	OffsetMinutes int
	Country       string
	Place         string // only a carrier's facility, else empty
	Subtag        Subtag // empty: an update whose code we can't translate
	Customs       CustomsState
}

// Tag is the main status that the checkpoint's subtag belongs to.
func (c PublicCheckpoint) Tag() Tag { return c.Subtag.Tag() }

// Public is all that a stranger with the number may see: no name, address,
// phone, identity, invoice, order number or sibling number. It is kept as one
// row per parcel and says nothing in any language.
type Public struct {
	Waybill                    Waybill
	Version                    int64
	Status                     Status
	OriginCountry, DestCountry string
	OriginZone, DestZone       string
	Service                    string
	AcceptedOn, DeliveredOn    Date // at origin, at destination
	PromisedFrom, PromisedTo   Date
	LastMileCarrier            string
	LastMileNumber             string
	Piece, Pieces              int
	Checkpoints                []PublicCheckpoint // newest first
}

// Private is what unlocking adds to the public view.
type Private struct {
	Record      Record
	Checkpoints []Checkpoint // newest first, with raw code, text and every place
	Siblings    []Waybill    // other pieces of the same order
	// Scope is "docs" for the unlocked view, "status" for public view + places.
	Scope string
}
