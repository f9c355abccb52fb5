package pages

import (
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
)

// TrackPage is one parcel: the public view, and after unlocking what it adds.
type TrackPage struct {
	Parcel shipment.Public
	Needs  []needs.Need
	// Private is nil until the parcel is unlocked.
	Private *shipment.Private
	// Zone is the second clock and ZoneName its IANA name; ZoneChosen tells that
	// the visitor chose it, otherwise it is the destination's.
	Zone       *time.Location
	ZoneName   string
	ZoneChosen bool
	Now        time.Time
	// Unlock is what was typed into the unlock form, Problems what is wrong with it.
	Unlock   UnlockForm
	Problems fault.Invalid
	// LockedFor is how long unlocking stays shut after too many wrong tries.
	LockedFor time.Duration
}

// UnlockForm is what POST /track/{n}/unlock takes: one of three facts.
type UnlockForm struct {
	PhoneLast4 string `form:"phone_last4"`
	Postcode   string `form:"postcode"`
	OrderNo    string `form:"order_no"`
}

// ListPage is the answer to several numbers at once.
type ListPage struct {
	Rows []ListRow
	// Unknown are numbers we don't know; Misfits look like ours with a character that does not fit.
	Unknown, Misfits []string
	// Numbers is what was typed.
	Numbers string
	Zone    *time.Location
}

// ListRow is one parcel of a list.
type ListRow struct {
	Parcel shipment.Public
	Needs  []needs.Need
}

// UnknownKind tells why a number leads nowhere.
type UnknownKind string

// The kinds.
const (
	NumberUnknown   UnknownKind = "unknown"   // well formed, and not in our records
	NumberMisfit    UnknownKind = "misfit"    // ours by its form, but its check character does not fit
	NumberMalformed UnknownKind = "malformed" // no number at all
)

// UnknownPage answers for a number that leads nowhere.
type UnknownPage struct {
	// Number is what was asked for, as typed.
	Number   string
	Kind     UnknownKind
	Unlock   UnlockForm
	Problems fault.Invalid
}

// FailurePage tells that something went wrong, in words, and what to do.
type FailurePage struct {
	Status     int
	RequestID  string
	RetryAfter time.Duration
}
