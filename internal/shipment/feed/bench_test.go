package feed_test

import (
	"context"
	"encoding/csv"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
)

// BenchmarkImport sets an import against one plain COPY of the same rows into
// an empty copy of the table. FEED_ROWS says how many rows; 1,000,000 is the yardstick.
func BenchmarkImport(b *testing.B) {
	rows, err := strconv.Atoi(os.Getenv("FEED_ROWS"))
	if err != nil {
		rows = 80_000
	}
	for b.Loop() {
		db := testdb.New(b)
		s := shipment.NewStore(db, db, clock)
		im := feed.Importer{Store: s, Now: clock}
		shipments, lines := madeParcels(rows/8, 8)
		file := csvFile(checkpointHeader, lines)
		own, server := cpuOf(b, db)
		rate := func(name string, rows int, took time.Duration, err error) float64 {
			if err != nil {
				b.Fatalf("%s: %v", name, err)
			}
			r := float64(rows) / took.Seconds()
			nowOwn, nowServer := cpuOf(b, db)
			b.Logf("%s: %d rows, %.0f rows/s; CPU %v here, %v in PostgreSQL", name, rows, r,
				(nowOwn - own).Round(time.Millisecond), nowServer-server)
			own, server = nowOwn, nowServer
			return r
		}
		measure := func(name string, rows int, do func() error) float64 {
			start := time.Now()
			err := do()
			return rate(name, rows, time.Since(start), err)
		}
		measure("shipments", len(shipments), func() error {
			_, err := im.Shipments(b.Context(), strings.NewReader(csvFile(shipmentHeader, shipments)), feed.CSV, feed.Options{})
			return err
		})
		took, err := plainCopy(b.Context(), db, file)
		plain := rate("plain copy", rows, took, err)
		first := measure("import", rows, func() error {
			r, err := im.Checkpoints(b.Context(), strings.NewReader(file), feed.CSV, feed.Options{})
			if r.Added != rows {
				b.Errorf("added %d of %d rows", r.Added, rows)
			}
			return err
		})
		rand.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		file = csvFile(checkpointHeader, lines)
		again := measure("again, shuffled", rows, func() error {
			r, err := im.Checkpoints(b.Context(), strings.NewReader(file), feed.CSV, feed.Options{})
			if r.Unchanged != rows {
				b.Errorf("%d of %d rows unchanged", r.Unchanged, rows)
			}
			return err
		})
		b.ReportMetric(first/plain, "of-copy")
		b.ReportMetric(again/first, "again/first")
	}
}

// plainCopy writes the same rows by one COPY, with nothing worked out but the key.
func plainCopy(ctx context.Context, db *postgres.DB, file string) (time.Duration, error) {
	records, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		return 0, err
	}
	rows := make([][]any, 0, len(records))
	for _, f := range records[1:] {
		at, err := time.Parse(time.RFC3339, f[3])
		if err != nil {
			return 0, err
		}
		rows = append(rows, []any{f[0], f[9], "#" + f[1], f[2], at, 480, f[6], true, f[4], f[7], f[8]})
	}
	if _, err := db.ExecContext(ctx, `create table yardstick (like checkpoints including all)`); err != nil {
		return 0, err
	}
	start := time.Now()
	err = db.InTx(ctx, func(tx *postgres.Tx) error {
		_, err := tx.Copy(ctx, "yardstick", []string{
			"waybill", "source", "event_key", "rev", "at", "offset_minutes", "country", "facility", "place", "code", "text",
		}, func(yield func([]any) bool) {
			for _, r := range rows {
				if !yield(r) {
					return
				}
			}
		})
		return err
	})
	return time.Since(start), err
}
