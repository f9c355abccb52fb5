package customs

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// ID names one identity that was handed in, or is being.
type ID int64

// State is where an identity stands.
type State string

// The states.
const (
	Draft     State = "draft"     // a form that is not sent
	Review    State = "review"    // sent, not decided
	Accepted  State = "accepted"  // good for customs
	Refused   State = "refused"   // something must be given again
	Withdrawn State = "withdrawn" // by the person
	Replaced  State = "replaced"  // by a later one
	Expired   State = "expired"   // a form that was never sent
	Erased    State = "erased"    // its time was over, or the person wished so
)

// Identity is what is known of an identity without opening what is sealed.
type Identity struct {
	ID        ID               `db:"id"`
	Waybill   shipment.Waybill `db:"waybill"`
	Country   string           `db:"country"` // of destination, ISO 3166-1 alpha-2
	State     State            `db:"state"`
	Reference string           `db:"reference"` // told to the person
	Language  locale.Language  `db:"language"`  // the person's
	Doc       DocType          `db:"doc_type"`
	Masked    string           `db:"masked"` // the number, as it may be shown
	// HasPerson and HasDocument tell which steps of the form are done.
	HasPerson   bool     `db:"has_person"`
	HasDocument bool     `db:"has_document"`
	Warnings    Warnings `db:"warnings"`
	// Account handed it in, SavedPerson is whom it was taken from or saved as; 0: none.
	Account     account.ID `db:"account_id"`
	SavedPerson PersonID   `db:"person_id"`
	// Refusal is why it was refused, RefusedParts what must be given again. A draft
	// that follows a refusal bears both.
	Refusal      Reason         `db:"refusal"`
	RefusedParts pq.StringArray `db:"refused_parts"`
	// TakenBy of the staff has the case in hand; 0: nobody.
	TakenBy account.ID `db:"taken_by"`
	// Instants in UTC, zero when it has not come to that. KeepUntil is zero while
	// customs is not done with the parcel.
	TakenAt     time.Time `db:"taken_at"`
	DecidedAt   time.Time `db:"decided_at"`
	CreatedAt   time.Time `db:"created_at"`
	SavedAt     time.Time `db:"saved_at"`
	SubmittedAt time.Time `db:"submitted_at"`
	KeepUntil   time.Time `db:"keep_until"`
	ErasedAt    time.Time `db:"erased_at"`
	// ErasedWhy is a word for it: "withdrawn", "replaced", "retention", "asked".
	ErasedWhy string `db:"erased_why"`
}

const never = `'0001-01-01 00:00:00+00'::timestamptz`

const columns = `
id, waybill, country, state, reference, language, doc_type, masked, has_person, has_document, warnings,
coalesce(account_id, 0) as account_id, coalesce(person_id, 0) as person_id, refusal, refused_parts, coalesce(taken_by, 0) as taken_by,
coalesce(taken_at, ` + never + `) as taken_at, coalesce(decided_at, ` + never + `) as decided_at, created_at, saved_at,
coalesce(submitted_at, ` + never + `) as submitted_at, coalesce(keep_until, ` + never + `) as keep_until,
coalesce(erased_at, ` + never + `) as erased_at, erased_why`

// Finished tells whether the form can be sent.
func (i Identity) Finished() bool { return i.State == Draft && i.HasPerson && i.HasDocument }

// Clear is what the person gave.
type Clear struct {
	Person   Person   `json:"person"`
	Document Document `json:"document"`
}

// String hides all of it, so that no log can hold it.
func (Clear) String() string { return "customs.Clear(***)" }

// GoString hides it as well.
func (c Clear) GoString() string { return c.String() }

// Scan reads warnings from the database.
func (w *Warnings) Scan(src any) error {
	text, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("warnings of type %T", src)
	}
	return json.Unmarshal(text, w)
}

// text is the warnings as the database keeps them.
func (w Warnings) text() string {
	if len(w) == 0 {
		return "[]"
	}
	text, err := json.Marshal(w)
	if err != nil { // strings always encode
		return "[]"
	}
	return string(text)
}

// about are the warnings on a page's fields: the person's or the document's.
func (w Warnings) about(person bool) (kept Warnings) {
	for _, one := range w {
		if personField(one.Field) == person {
			kept = append(kept, one)
		}
	}
	return kept
}

func personField(field string) bool {
	return strings.HasPrefix(field, "name_") || field == FieldNationality || field == FieldPhone || field == FieldPostcode
}

// By is who does something with identities.
type By struct {
	// Account is whose session it is; 0 for somebody without an account.
	Account account.ID
	Role    Role
	// Network is where from: /24 or /48.
	Network string
	// Channel is how the person came: "link", "parcel", "account" or "email".
	Channel  string
	Language locale.Language
}

// id is the account as the database takes it.
func (b By) id() *int64 {
	if b.Account == 0 {
		return nil
	}
	id := int64(b.Account)
	return &id
}

// Role is the part somebody plays in a look.
type Role string

// The roles.
const (
	Owner  Role = "owner"  // whose data it is
	Staff  Role = "staff"  // the carrier's people
	Broker Role = "broker" // the hand-over to the broker
	Portal Role = "portal" // the portal itself: checking, copying for the owner
)
