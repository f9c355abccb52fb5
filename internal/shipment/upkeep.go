package shipment

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ecms/portal/internal/postgres"
)

const (
	upkeepBatch    = 500
	reportsKept    = 30 * 24 * time.Hour
	failuresKept   = triesWindow
	silentShipment = `
select waybill from shipments
where coalesce(status_at, accepted_at, added_at) <= $1 and waybill > $2
    and tag not in ('Delivered', 'Expired') and subtag not in ('Exception_011', 'Exception_013', 'Exception_020', 'Exception_021')
order by waybill limit $3`
)

// Expire marks parcels of which nothing was heard for 30 days, and tells how many.
func (s *Store) Expire(ctx context.Context) (int, error) {
	count := 0
	for last := ""; ; {
		var ws []Waybill
		if err := s.work.Select(ctx, &ws, silentShipment, s.now().Add(-Silence), last, upkeepBatch); err != nil {
			return count, fmt.Errorf("find silent parcels: %w", err)
		}
		if len(ws) == 0 {
			return count, nil
		}
		last = string(ws[len(ws)-1])
		n, err := s.mend(ctx, ws)
		count += n
		if err != nil {
			return count, fmt.Errorf("expire: %w", err)
		}
	}
}

// mend writes anew what follows from the rows of some parcels, and tells how
// many of them change.
func (s *Store) mend(ctx context.Context, ws []Waybill) (changed int, err error) {
	err = s.work.InTx(ctx, func(tx *postgres.Tx) error {
		changed = 0
		before, err := lockShipments(ctx, tx, ws)
		if err != nil {
			return err
		}
		known, err := readCheckpoints(ctx, tx, ws)
		if err != nil {
			return err
		}
		views, err := readBodies(ctx, tx, ws)
		if err != nil {
			return err
		}
		after := make([]told, len(before))
		now := s.now()
		for i, b := range before {
			after[i] = s.tell(b.head, checkpointsOf(known[b.Waybill]), now)
			if views[b.Waybill] != after[i].body || !after[i].status.same(b.status) {
				changed++
			}
		}
		return s.restate(ctx, tx, before, after)
	})
	return changed, err
}

func readBodies(ctx context.Context, r reader, ws []Waybill) (map[Waybill]string, error) {
	rows, err := r.Query(ctx, `select waybill, body from shipment_timeline where waybill = any($1)`, waybillArray(ws))
	if err != nil {
		return nil, fmt.Errorf("read timelines: %w", err)
	}
	defer func() { _ = rows.Close() }()
	bodies := make(map[Waybill]string)
	for rows.Next() {
		var w Waybill
		var body string
		if err := rows.Scan(&w, &body); err != nil {
			return nil, fmt.Errorf("read timeline: %w", err)
		}
		bodies[w] = body
	}
	return bodies, rows.Err()
}

// Sweep deletes dead grants, old counts of wrong facts and old reports, and
// tells how many rows.
func (s *Store) Sweep(ctx context.Context) (int, error) {
	now := s.now().UTC()
	count := 0
	for _, q := range []struct {
		query  string
		before time.Time
	}{
		{`delete from grants where expires_at <= $1`, now},
		{`delete from grants where seen_at <= $1`, now.Add(-grantIdle)},
		{`delete from unlock_failures where at <= $1`, now.Add(-failuresKept)},
		{`delete from import_reports where at <= $1`, now.Add(-reportsKept)},
	} {
		res, err := s.work.Exec(ctx, q.query, q.before)
		if err != nil {
			return count, fmt.Errorf("sweep: %w", err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return count, fmt.Errorf("sweep: %w", err)
		}
		count += int(n)
	}
	return count, nil
}

// KeepReport stores the report of an import, masked already, for 30 days. Kind
// is shipments or checkpoints, origin is file or ops.
func (s *Store) KeepReport(ctx context.Context, kind, origin string, counts, errors json.RawMessage) error {
	const query = `insert into import_reports (at, kind, origin, counts, errors) values ($1, $2, $3, $4, $5)`
	if _, err := s.work.Exec(ctx, query, s.now().UTC(), kind, origin, string(counts), string(errors)); err != nil {
		return fmt.Errorf("keep report: %w", err)
	}
	return nil
}

// UnknownCode is a raw code that the code table does not translate.
type UnknownCode struct {
	Source    string    `json:"source"`
	Code      string    `json:"code"`
	Count     int       `json:"count"`
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`
	// Sample is a parcel that has such an event.
	Sample Waybill `json:"sample"`
}

// UnknownCodes lists codes without a meaning, the most frequent first. Their
// texts stay out: they may name people.
func (s *Store) UnknownCodes(ctx context.Context) ([]UnknownCode, error) {
	rows, err := s.work.Query(ctx, `select source, code, count(*), min(at), max(at), min(waybill) from checkpoints group by source, code order by 3 desc, 1, 2`)
	if err != nil {
		return nil, fmt.Errorf("count codes: %w", err)
	}
	defer func() { _ = rows.Close() }()
	unknown := []UnknownCode{}
	for rows.Next() {
		var c UnknownCode
		if err := rows.Scan(&c.Source, &c.Code, &c.Count, &c.FirstSeen, &c.LastSeen, &c.Sample); err != nil {
			return nil, fmt.Errorf("count codes: %w", err)
		}
		if _, _, ok := Translate(c.Source, c.Code); !ok {
			c.FirstSeen, c.LastSeen = c.FirstSeen.UTC(), c.LastSeen.UTC()
			unknown = append(unknown, c)
		}
	}
	return unknown, rows.Err()
}
