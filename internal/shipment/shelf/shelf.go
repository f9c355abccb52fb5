// Package shelf keeps the parcels of an account: those that its person has added
// with a proof, and those that the feed sends to or from its confirmed address.
// The owner comes first in every method; what stands on another's shelf is not found.
package shelf

import (
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// Store keeps which account keeps which parcel.
type Store struct {
	web, work             *postgres.DB
	shipments             *shipment.Store
	now                   func() time.Time
	few, crowd, list, one string // queries
}

// NewStore makes a store that answers people through the web pool and lets long
// shelves fill through the work pool.
func NewStore(web, work *postgres.DB, shipments *shipment.Store, now func() time.Time) *Store {
	return &Store{
		web: web, work: work, shipments: shipments, now: now,
		few: worded(dashboardFew), crowd: worded(dashboardCrowd), list: worded(listRows), one: worded(oneRow),
	}
}

// Side tells whether a parcel goes to the account's person or comes from them.
type Side string

// The sides.
const (
	ToMe   Side = "to"
	FromMe Side = "from"
)

// State sorts parcels by what their keeper wants to know first.
type State string

// The states. Each parcel is in one.
const (
	Needed    State = "needs"     // waits for something from somebody
	Moving    State = "moving"    // announced or on its way
	Delivered State = "delivered" // arrived
	Stopped   State = "stopped"   // goes back, or has ended in another way
)

// Parcel is a parcel as it stands in a list.
type Parcel struct {
	// Public is its status, its ends and its days. Checkpoints stand in it only
	// where the last day for a duty depends on them.
	shipment.Public
	Nickname string // its keeper's own name for it; may be empty
	Side     Side
	State    State
	Archived bool
	AddedAt  time.Time // when it came onto the shelf, UTC
	NewsAt   time.Time // the latest event that says something, UTC; zero without any
	// Due is the last day for what it waits for, at the destination; empty when no day is set.
	Due     shipment.Date
	OrderNo string
}

// owner is an account as the database takes it.
func owner(id account.ID) int64 { return int64(id) }
