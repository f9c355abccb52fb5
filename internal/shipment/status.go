package shipment

// Tag is one of AfterShip's nine main statuses, spelled as on the wire.
type Tag string

// The nine tags.
const (
	Pending            Tag = "Pending"
	InfoReceived       Tag = "InfoReceived"
	InTransit          Tag = "InTransit"
	OutForDelivery     Tag = "OutForDelivery"
	AttemptFail        Tag = "AttemptFail"
	Delivered          Tag = "Delivered"
	AvailableForPickup Tag = "AvailableForPickup"
	Exception          Tag = "Exception"
	Expired            Tag = "Expired"
)

// Subtag is AfterShip's finer status, such as InTransit_006; empty for a raw
// code that we can't translate yet.
type Subtag string

// CustomsState is where a parcel stands with customs; empty when customs has
// nothing to say. It is the carrier's own, beside AfterShip's tags.
type CustomsState string

// The customs states.
const (
	AwaitingInvoice CustomsState = "awaiting_invoice"
	AwaitingID      CustomsState = "awaiting_id"
	AwaitingDuty    CustomsState = "awaiting_duty"
	Inspection      CustomsState = "inspection"
	Released        CustomsState = "released"
	Refused         CustomsState = "refused"
	ReturnStarted   CustomsState = "return_started"
)
