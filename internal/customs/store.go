package customs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/document"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

// What handing in an identity can end with, beside fault.Invalid.
var (
	// ErrNotAsked says that customs there asks for no identity.
	ErrNotAsked = fmt.Errorf("no identity asked for: %w", fault.ErrNotFound)
	// ErrLate says that customs is done with the parcel.
	ErrLate = fmt.Errorf("customs is done with the parcel: %w", fault.ErrConflict)
	// ErrUnfinished says that a step of the form is still to be done.
	ErrUnfinished = fmt.Errorf("form not finished: %w", fault.ErrConflict)
	// ErrNeeded says that customs still needs what somebody wants erased: until the
	// parcel is released or goes back.
	ErrNeeded = fmt.Errorf("customs still needs it: %w", fault.ErrConflict)
	// ErrTaken says that somebody else of the staff has the case, or nobody has.
	ErrTaken = fmt.Errorf("case not in hand: %w", fault.ErrConflict)
	// ErrDecided says that the case is no longer in review.
	ErrDecided = fmt.Errorf("case not in review: %w", fault.ErrConflict)
	// ErrErased says that what was given is gone for good.
	ErrErased = fmt.Errorf("erased: %w", fault.ErrNotFound)
)

// Store keeps what consignees hand in, sealed, and what became of it.
type Store struct {
	web, work *postgres.DB
	shipments *shipment.Store
	files     *document.Files
	ring      *seal.Ring
	now       func() time.Time
}

// NewStore makes a store that answers people through the web pool and does its
// jobs through the work pool. Pictures go to the files; the ring seals.
func NewStore(web, work *postgres.DB, shipments *shipment.Store, files *document.Files, ring *seal.Ring, now func() time.Time) *Store {
	return &Store{web: web, work: work, shipments: shipments, files: files, ring: ring, now: now}
}

// clock is now as PostgreSQL keeps it.
func (s *Store) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// localDay is an instant's day in a zone; UTC's where the zone is unknown.
func localDay(at time.Time, zone string) shipment.Date { return shipment.DayIn(at, zone) }

// missing turns the database's word for no row into the domain's.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.ErrNotFound
	}
	return err
}

// lockParcel lets one transaction at a time open, send or replace the identity of
// a parcel.
func lockParcel(ctx context.Context, tx *postgres.Tx, w shipment.Waybill) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('identity of ' || $1::text, 0))`, string(w))
	return err
}
