package shipment

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"ecms/portal/internal/postgres"
)

// reader is a pool or a transaction.
type reader interface {
	Query(ctx context.Context, query string, args ...any) (*sqlx.Rows, error)
}

// stored is a checkpoint as its row holds it, key included.
type stored struct {
	Checkpoint
	key string
}

const selectCheckpoints = `
select waybill, source, event_key, rev, at, offset_minutes, country, facility, place, code, text
from checkpoints where waybill = any($1)`

// readCheckpoints gives the rows of some parcels, by parcel.
func readCheckpoints(ctx context.Context, r reader, ws []Waybill) (map[Waybill][]stored, error) {
	rows, err := r.Query(ctx, selectCheckpoints, waybillArray(ws))
	if err != nil {
		return nil, fmt.Errorf("read checkpoints: %w", err)
	}
	defer func() { _ = rows.Close() }()
	found := make(map[Waybill][]stored)
	for rows.Next() {
		c, err := scanCheckpoint(rows)
		if err != nil {
			return nil, fmt.Errorf("read checkpoint: %w", err)
		}
		found[c.Waybill] = append(found[c.Waybill], c)
	}
	return found, rows.Err()
}

func scanCheckpoint(rows *sqlx.Rows) (stored, error) {
	var c stored
	err := rows.Scan(&c.Waybill, &c.Source, &c.key, &c.Rev, &c.At, &c.OffsetMinutes, &c.Country,
		&c.Facility, &c.Place, &c.Code, &c.Text)
	c.At = c.At.UTC()
	c.EventID = ""
	if strings.HasPrefix(c.key, "#") {
		c.EventID = c.key[1:]
	}
	return c, err
}

// standingRow is a shipment's head with the status that its row holds.
type standingRow struct {
	head
	status Status
}

const headColumns = `
waybill, rev, service, accepted_at, delivered_at, added_at, coalesce(promised_from::text, ''), coalesce(promised_to::text, ''),
piece, pieces, origin_country, origin_zone, destination_country, destination_zone, last_mile_carrier, last_mile_number,
fed_customs_state, tag, subtag, status_at, coalesce(customs_state, ''), customs_since, checkpoint_count, attempt_count`

const lockHeads = `select ` + headColumns + ` from shipments where waybill = any($1) order by waybill for update`

// lockShipments locks the known ones among some parcels, in the order of their
// numbers, so that two transactions never wait for one another.
func lockShipments(ctx context.Context, tx *postgres.Tx, ws []Waybill) ([]standingRow, error) {
	rows, err := tx.Query(ctx, lockHeads, waybillArray(ws))
	if err != nil {
		return nil, fmt.Errorf("lock shipments: %w", err)
	}
	return scanHeads(rows)
}

func scanHeads(rows *sqlx.Rows) ([]standingRow, error) {
	defer func() { _ = rows.Close() }()
	var found []standingRow
	for rows.Next() {
		var r standingRow
		var accepted, delivered, at, since sql.NullTime
		err := rows.Scan(&r.Waybill, &r.Rev, &r.Service, &accepted, &delivered, &r.AddedAt, &r.PromisedFrom, &r.PromisedTo,
			&r.Piece, &r.Pieces, &r.OriginCountry, &r.OriginZone, &r.DestCountry, &r.DestZone,
			&r.LastMileCarrier, &r.LastMileNumber, &r.FedCustoms, &r.status.Tag, &r.status.Subtag, &at,
			&r.status.Customs, &since, &r.status.Checkpoints, &r.status.Attempts)
		if err != nil {
			return nil, fmt.Errorf("read shipment: %w", err)
		}
		r.AcceptedAt, r.DeliveredAt, r.AddedAt = utc(accepted), utc(delivered), r.AddedAt.UTC()
		r.status.At, r.status.CustomsSince = utc(at), utc(since)
		found = append(found, r)
	}
	return found, rows.Err()
}

func utc(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time.UTC()
}

func checkpointsOf(rows []stored) []Checkpoint {
	return appendCheckpoints(make([]Checkpoint, 0, len(rows)), rows)
}

func appendCheckpoints(cs []Checkpoint, rows []stored) []Checkpoint {
	for i := range rows {
		cs = append(cs, rows[i].Checkpoint)
	}
	return cs
}
