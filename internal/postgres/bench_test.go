package postgres_test

import (
	"context"
	"testing"

	"github.com/jmoiron/sqlx"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

const lookup = `select version, body from shipment_timeline where waybill = $1`

// BenchmarkLookup measures the query behind a parcel's page on the Web pool, and
// with lib/pq alone: what the guards cost, and what prepared statements save.
func BenchmarkLookup(b *testing.B) {
	url := testdb.URL(b)
	db, err := postgres.Open(b.Context(), postgres.Options{URL: url, Pool: postgres.Web, MaxConns: 8})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(b.Context(), `insert into shipment_timeline (waybill, version, body)
		select 'EC' || i, i, repeat('x', 900) from generate_series(1, 10000) i`); err != nil {
		b.Fatal(err)
	}
	plain, err := sqlx.Open("postgres", url)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = plain.Close() }()
	plain.SetMaxOpenConns(8)
	plain.SetMaxIdleConns(8)
	ctx, cancel := context.WithCancel(b.Context()) // as a request's context is
	defer cancel()
	for name, row := range map[string]func() *sqlx.Row{
		"portal": func() *sqlx.Row { return db.QueryRow(ctx, lookup, "EC77") },
		"plain":  func() *sqlx.Row { return plain.QueryRowxContext(ctx, lookup, "EC77") },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetParallelism(8)
			b.RunParallel(func(pb *testing.PB) {
				var version int64
				var body []byte
				for pb.Next() {
					if err := row().Scan(&version, &body); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
