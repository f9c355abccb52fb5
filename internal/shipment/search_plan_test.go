package shipment_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
)

// crowd fills a database with parcels of 20,000 people, a tenth of whom have the
// same name, all from one shipper.
const crowd = `
insert into shipments (waybill, origin_country, origin_zone, destination_country, destination_zone, tag, subtag, order_no,
    last_mile_number, consignee_name, consignee_phone, consignee_email, shipper_name, shipper_email, added_at)
select 'W' || lpad(n::text, 8, '0'), 'US', 'UTC', 'CN', 'UTC', 'InTransit', 'InTransit_001', 'ORDER-' || n,
    'LM' || lpad(n::text, 8, '0'), case when n % 10 = 0 then '王小明' else 'Person ' || n end, '+86138' || lpad(n::text, 8, '0'),
    'p' || n || '@example.com', 'Golden State', 'ship@example.com', now()
from generate_series(1, 20000) as n`

// TestSearchPlans holds every query of a search in a full table to its index and
// to a time that people do not notice: each way of searching, rare and frequent.
func TestSearchPlans(t *testing.T) {
	t.Parallel()
	url := testdb.URL(t)
	by := fillCrowd(t, url)
	monitor := openPool(t, url, postgres.Work)
	before := readings(t, monitor)
	web := openPool(t, url, postgres.Web)
	b := &bench{now: day(10)}
	b.Store = shipment.NewStore(web, monitor, b.clock)
	asked := []string{
		"W00012345", "W0001", "LM00012345", "ORDER-12345", "order", "王", "王小明", "golden", "person 777", "13800012345", "2345",
		"p12345@example.com", "ship@example.com", "W00012345\n王小明\nperson 1\n2345\np1@example.com\norder-99",
	}
	for _, typed := range asked {
		start := time.Now()
		if got := b.finds(t, by, typed); len(got) == 0 {
			t.Errorf("%q: nothing found", typed)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%q took %v", typed, took)
		}
	}
	if err := web.Close(); err != nil { // a connection that ends tells its counts
		t.Fatal(err)
	}
	after := readings(t, monitor)
	for end := time.Now().Add(10 * time.Second); after.Index < before.Index+len(asked) && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
		after = readings(t, monitor)
	}
	if after.Index < before.Index+len(asked) || after.Whole != before.Whole {
		t.Errorf("%d searches: %d parts of indexes and %d whole tables were read", len(asked), after.Index-before.Index, after.Whole-before.Whole)
	}
	boundedRange(t, monitor)
}

func openPool(t *testing.T, url string, pool postgres.Pool) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: url, Pool: pool, MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// fillCrowd makes the crowd and somebody who searches it.
func fillCrowd(t *testing.T, url string) account.ID {
	t.Helper()
	b := &bench{db: openPool(t, url, postgres.Work), now: day(10)}
	b.Store = shipment.NewStore(b.db, b.db, b.clock)
	if _, err := b.db.ExecContext(t.Context(), crowd); err != nil {
		t.Fatal(err)
	}
	if n, err := b.FillTerms(t.Context()); n != 20_000 || err != nil {
		t.Fatalf("%d parcels with terms, %v", n, err)
	}
	if _, err := b.db.ExecContext(t.Context(), `analyze`); err != nil {
		t.Fatal(err)
	}
	by := b.clerk(t, "ana@ecms.example.com")
	if err := b.db.Close(); err != nil {
		t.Fatal(err)
	}
	return by
}

// counts tell how often the two big tables were read: whole, or a part by an index.
type counts struct {
	Whole int `db:"whole"`
	Index int `db:"part"`
}

func readings(t *testing.T, db *postgres.DB) (c counts) {
	t.Helper()
	const query = `
select sum(seq_scan) as whole, sum(idx_scan) as part from pg_stat_user_tables where relname in ('shipments', 'shipment_terms')`
	if err := db.Get(t.Context(), &c, query); err != nil {
		t.Fatal(err)
	}
	return c
}

// boundedRange holds the plan of a frequent name to a part of the index that is cut off early.
func boundedRange(t *testing.T, db *postgres.DB) {
	t.Helper()
	var lines []string
	const explain = `
explain select found.waybill from unnest(array['n王'], array['n王' || chr(1114111)]) with ordinality as asked(low, high, n)
cross join lateral (select term, waybill from shipment_terms where term >= asked.low and term < asked.high order by term, waybill limit 51) as found`
	if err := db.Select(t.Context(), &lines, explain); err != nil {
		t.Fatal(err)
	}
	plan := strings.Join(lines, "\n")
	if !regexp.MustCompile(`Limit[^\n]*\n\s*->\s+Index Only Scan using shipment_terms_pkey`).MatchString(plan) {
		t.Errorf("no bounded part of the index:\n%s", plan)
	}
}
