package shipment

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
)

const (
	// CountKind is the kind of the job that counts anew, by Count.
	CountKind = "shipment.count"

	figuresLast   = time.Minute // how old figures may be before somebody who looks has them counted anew
	mostCodes     = 500         // unknown codes that are kept
	mostUnclaimed = 20          // numbers of waiting events that are kept
)

// Figures are counts over all parcels and events, made in the background.
type Figures struct {
	// At is when they were counted; zero before the first time.
	At time.Time `json:"-"`
	// Parcels by tag; Waiting counts events whose shipment has not come, Unclaimed
	// are some of their numbers.
	Parcels   map[Tag]int `json:"parcels"`
	Waiting   int         `json:"waiting"`
	Unclaimed []Waybill   `json:"unclaimed"`
	// Codes are those without a meaning, the most frequent first.
	Codes []UnknownCode `json:"codes"`
}

// Count makes the figures anew and tells how many parcels it counted.
func (s *Store) Count(ctx context.Context) (int, error) {
	f := Figures{Parcels: map[Tag]int{}}
	var tags []struct {
		Tag   Tag `db:"tag"`
		Count int `db:"count"`
	}
	if err := s.work.Select(ctx, &tags, `select tag, count(*) from shipments group by tag`); err != nil {
		return 0, fmt.Errorf("count parcels: %w", err)
	}
	total := 0
	for _, t := range tags {
		f.Parcels[t.Tag] = t.Count
		total += t.Count
	}
	const waiting = `
select waybill, count(*) from checkpoints c where not exists (select from shipments s where s.waybill = c.waybill)
group by waybill order by waybill`
	if err := s.countWaiting(ctx, waiting, &f); err != nil {
		return 0, fmt.Errorf("count waiting events: %w", err)
	}
	var err error
	if f.Codes, err = s.UnknownCodes(ctx); err != nil {
		return 0, err
	}
	f.Codes = f.Codes[:min(len(f.Codes), mostCodes)]
	return total, s.keepFigures(ctx, f)
}

func (s *Store) countWaiting(ctx context.Context, query string, f *Figures) error {
	rows, err := s.work.Query(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var w Waybill
		var n int
		if err := rows.Scan(&w, &n); err != nil {
			return err
		}
		if f.Waiting += n; len(f.Unclaimed) < mostUnclaimed {
			f.Unclaimed = append(f.Unclaimed, w)
		}
	}
	return rows.Err()
}

func (s *Store) keepFigures(ctx context.Context, f Figures) error {
	body, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("encode figures: %w", err)
	}
	const query = `
insert into shipment_figures (at, body) values ($1, $2)
on conflict (one) do update set at = excluded.at, body = excluded.body`
	if _, err := s.work.Exec(ctx, query, s.now().UTC(), string(body)); err != nil {
		return fmt.Errorf("keep figures: %w", err)
	}
	return nil
}

// Figures gives the latest counts. When they are old it asks for new ones, which
// the next visit sees. A code that has got a meaning since is left out.
func (s *Store) Figures(ctx context.Context) (Figures, error) {
	var row struct {
		At   time.Time `db:"at"`
		Body []byte    `db:"body"`
	}
	var f Figures
	switch err := s.web.Get(ctx, &row, `select at, body from shipment_figures`); {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return Figures{}, fmt.Errorf("figures: %w", err)
	default:
		if err := json.Unmarshal(row.Body, &f); err != nil {
			return Figures{}, fmt.Errorf("figures: %w", err)
		}
		f.At = row.At.UTC()
	}
	f.Codes = stillUnknown(f.Codes)
	if s.now().Sub(f.At) < figuresLast {
		return f, nil
	}
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		return job.Enqueue(ctx, tx, CountKind, struct{}{}, job.Unique("asked"))
	})
	if err != nil {
		return Figures{}, fmt.Errorf("have figures counted: %w", err)
	}
	return f, nil
}

func stillUnknown(codes []UnknownCode) []UnknownCode {
	kept := codes[:0]
	for _, c := range codes {
		if _, _, known := Translate(c.Source, c.Code); !known {
			kept = append(kept, c)
		}
	}
	return kept
}
