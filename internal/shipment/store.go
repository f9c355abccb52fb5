package shipment

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// Store keeps shipments, their checkpoints and what follows from them.
type Store struct {
	web, work *postgres.DB
	now       func() time.Time
	versions  *versions
	// OnReceived is called with the shipments that the feed has brought or
	// changed, in the transaction that writes them and as its last act; nil for
	// nobody. It is set before the store is used.
	OnReceived func(context.Context, *postgres.Tx, []Waybill) error
	// OnTold is called with the parcels whose public views were written, whether
	// those changed or not, in the transaction that writes them, which holds the
	// parcels' rows, and before OnReceived; nil for nobody. It is set before the
	// store is used.
	OnTold func(context.Context, *postgres.Tx, []Waybill) error
}

// NewStore makes a store that answers people through the web pool and takes in
// the carrier's feed through the work pool.
func NewStore(web, work *postgres.DB, now func() time.Time) *Store {
	return &Store{web: web, work: work, now: now, versions: &versions{db: web}}
}

// Lookup is what anybody with the number may see. The number of a last-mile
// carrier finds nothing here: those are easily guessed.
func (s *Store) Lookup(ctx context.Context, w Waybill) (Public, error) {
	var version int64
	var body string
	err := s.web.QueryRow(ctx, `select version, body from shipment_timeline where waybill = $1`, string(w)).Scan(&version, &body)
	if err != nil {
		return Public{}, fmt.Errorf("look up: %w", missing(err))
	}
	return decode(w, version, body)
}

// LookupMany looks up several numbers at once, in their order; unknown ones are left out.
func (s *Store) LookupMany(ctx context.Context, ws []Waybill) ([]Public, error) {
	var rows []struct {
		Waybill Waybill
		Version int64
		Body    string
	}
	err := s.web.Select(ctx, &rows, `select waybill, version, body from shipment_timeline where waybill = any($1)`, waybillArray(ws))
	if err != nil {
		return nil, fmt.Errorf("look up many: %w", err)
	}
	byWaybill := make(map[Waybill]Public, len(rows))
	for _, r := range rows {
		if byWaybill[r.Waybill], err = decode(r.Waybill, r.Version, r.Body); err != nil {
			return nil, err
		}
	}
	found := make([]Public, 0, len(rows))
	for _, w := range ws {
		if p, ok := byWaybill[w]; ok {
			found = append(found, p)
			delete(byWaybill, w)
		}
	}
	return found, nil
}

// Version grows with every change of what Lookup gives.
func (s *Store) Version(ctx context.Context, w Waybill) (int64, error) {
	version, err := s.versions.of(ctx, w)
	if err != nil {
		return 0, fmt.Errorf("version: %w", err)
	}
	return version, nil
}

// missing turns the database's word for no row into the domain's.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.ErrNotFound
	}
	return err
}

func waybillArray(ws []Waybill) pq.StringArray {
	texts := make(pq.StringArray, len(ws))
	for i, w := range ws {
		texts[i] = string(w)
	}
	return texts
}
