package shipment

import (
	"slices"
	"strings"
)

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

// The subtags that rules name.
const (
	InfoGiven         Subtag = "InfoReceived_001"
	Accepted          Subtag = "InTransit_002"
	Cleared           Subtag = "InTransit_005"
	Returning         Subtag = "Exception_010"
	Returned          Subtag = "Exception_011"
	Lost              Subtag = "Exception_013"
	Cancelled         Subtag = "Exception_020"
	Disposed          Subtag = "Exception_021"
	SilentForThirty   Subtag = "Expired_001"
	heldForPayment    Subtag = "Exception_006"
	missingDocuments  Subtag = "Exception_018"
	delayedByCustoms  Subtag = "Exception_004"
	rejectedByCarrier Subtag = "Exception_009"
)

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

// Tags lists the nine tags in the order of a parcel's life; of two events at
// the same instant the later tag tells the status.
func Tags() []Tag {
	return []Tag{Pending, InfoReceived, InTransit, OutForDelivery, AttemptFail, AvailableForPickup, Exception, Delivered, Expired}
}

// Subtags lists the subtags whose meaning AfterShip tells, in the order of a parcel's life.
func Subtags() []Subtag { return slices.Clone(lifeOrder) }

// CustomsStates lists the customs states in the order of a clearance.
func CustomsStates() []CustomsState {
	return []CustomsState{AwaitingInvoice, AwaitingID, AwaitingDuty, Inspection, Released, Refused, ReturnStarted}
}

// Tag is the main status a subtag belongs to; empty for an empty subtag.
func (s Subtag) Tag() Tag {
	head, _, _ := strings.Cut(string(s), "_")
	return Tag(head)
}

// Final tells that nothing more is expected to happen to the parcel.
func (s Subtag) Final() bool {
	return s.Tag() == Delivered || s == Returned || s == Lost || s == Cancelled || s == Disposed
}

// Nearest is the official subtag nearest to a customs state.
func (c CustomsState) Nearest() Subtag {
	switch c {
	case AwaitingDuty:
		return heldForPayment
	case AwaitingID, AwaitingInvoice:
		return missingDocuments
	case Inspection:
		return delayedByCustoms
	case Released:
		return Cleared
	case Refused:
		return rejectedByCarrier
	case ReturnStarted:
		return Returning
	}
	return ""
}

// Pending tells that customs still waits for something or decides.
func (c CustomsState) Pending() bool {
	return c == AwaitingInvoice || c == AwaitingID || c == AwaitingDuty || c == Inspection
}

// lifeOrder is never changed; it stands for a constant.
var lifeOrder = []Subtag{
	"Pending_001",
	"InfoReceived_001",
	"InTransit_001", "InTransit_002", "InTransit_007", "InTransit_003", "InTransit_004", "InTransit_006",
	"InTransit_005", "InTransit_008", "InTransit_009",
	"OutForDelivery_004", "OutForDelivery_003", "OutForDelivery_001",
	"AttemptFail_001", "AttemptFail_002", "AttemptFail_003",
	"AvailableForPickup_001",
	"Exception_001", "Exception_016", "Exception_017", "Exception_019", "Exception_005", "Exception_004",
	"Exception_018", "Exception_006", "Exception_007", "Exception_002", "Exception_003", "Exception_008",
	"Exception_012", "Exception_009", "Exception_010", "Exception_011", "Exception_013", "Exception_020",
	"Exception_021",
	"Delivered_001", "Delivered_002", "Delivered_003", "Delivered_004", "Delivered_005",
	"Expired_001",
}
