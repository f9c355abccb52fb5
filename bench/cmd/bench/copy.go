package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strconv"
	"time"
)

// copyRows reads a checkpoint file into the values of its table's columns.
func copyRows(file string) ([][]any, error) {
	f, err := os.Open(file) //nolint:gosec // the run's own file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	if _, err := r.Read(); err != nil {
		return nil, err
	}
	var rows [][]any
	for {
		c, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		at, err := time.Parse(time.RFC3339, c[3])
		if err != nil {
			return nil, err
		}
		_, offset := at.Zone()
		rows = append(rows, []any{c[0], c[9], "#" + c[1], 0, at.UTC(), offset / 60, c[6], c[5] == "true", c[4], c[7], c[8]})
	}
}

// timeCopy puts the rows by one COPY into an empty copy of the checkpoints
// table with its key and indexes, and tells how long that took.
func timeCopy(ctx context.Context, db *sql.DB, rows [][]any) (time.Duration, error) {
	_, err := db.ExecContext(ctx, `drop table if exists checkpoints_copy`)
	if err == nil {
		_, err = db.ExecContext(ctx, `create table checkpoints_copy (like checkpoints including all)`)
	}
	if err != nil {
		return 0, err
	}
	start := time.Now()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	if err := copyInto(ctx, tx, rows); err != nil {
		return 0, err
	}
	if err := tx.Commit(); err != nil {
		return 0, err
	}
	took := time.Since(start)
	_, err = db.ExecContext(ctx, `drop table checkpoints_copy`)
	return took, err
}

func copyInto(ctx context.Context, tx *sql.Tx, rows [][]any) (err error) {
	st, err := tx.PrepareContext(ctx, `copy checkpoints_copy (waybill, source, event_key, rev, at,
		offset_minutes, country, facility, place, code, text) from stdin`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	for _, r := range rows {
		if _, err := st.ExecContext(ctx, r...); err != nil {
			return err
		}
	}
	_, err = st.ExecContext(ctx)
	return err
}

// rowsPerSecond is a rate over whole rows.
func rowsPerSecond(rows int, d time.Duration) float64 { return float64(rows) / d.Seconds() }

func percent(part, whole float64) float64 { return 100 * part / whole }

func itoa(n int) string { return strconv.Itoa(n) }
