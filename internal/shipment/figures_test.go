package shipment_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

func (b *bench) jobsAsked(t testing.TB) (n int) {
	t.Helper()
	if err := b.db.Get(t.Context(), &n, `select count(*) from jobs where kind = $1`, shipment.CountKind); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestFigures are counted in the background, kept, and asked for anew when they
// are old; asking often is one job.
func TestFigures(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1111"), record("W2222"), record("W3333"))
	b.report(t, scan("W1111", 3, "Delivered_001", "PVG"), scan("W2222", 3, "InTransit_004", "PVG"), scan("W3333", 3, "NEW1", "PVG"),
		scan("EARLY1", 3, "NEW1", "PVG"), scan("EARLY1", 4, "InTransit_004", "PVG"), scan("EARLY2", 4, "InTransit_004", "PVG"))
	for range 3 {
		if f, err := b.Figures(t.Context()); err != nil || !f.At.IsZero() || len(f.Parcels) != 0 {
			t.Errorf("before the first count: %+v, %v", f, err)
		}
	}
	if n := b.jobsAsked(t); n != 1 {
		t.Errorf("%d jobs wait, want 1", n)
	}
	if _, err := b.db.Exec(t.Context(), `delete from jobs`); err != nil {
		t.Fatal(err)
	}
	for range 2 { // a job may be done twice
		if n, err := b.Count(t.Context()); n != 3 || err != nil {
			t.Errorf("counted %d, %v", n, err)
		}
	}
	want := shipment.Figures{
		At: day(10), Parcels: map[shipment.Tag]int{"Delivered": 1, "InTransit": 1, "InfoReceived": 1},
		Waiting: 3, Unclaimed: []shipment.Waybill{"EARLY1", "EARLY2"},
		Codes: []shipment.UnknownCode{{Source: "x", Code: "NEW1", Count: 2, FirstSeen: day(3), LastSeen: day(3), Sample: "EARLY1"}},
	}
	got, err := b.Figures(t.Context())
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	if n := b.jobsAsked(t); n != 0 {
		t.Errorf("fresh figures were asked for again: %d jobs", n)
	}
	b.now = b.now.Add(time.Minute)
	if got, err = b.Figures(t.Context()); err != nil || !got.At.Equal(day(10)) || b.jobsAsked(t) != 1 {
		t.Errorf("old figures: of %v, %v, %d jobs", got.At, err, b.jobsAsked(t))
	}
}

// TestFigureOfACodeThatGotAMeaning is left out before the next count.
func TestFigureOfACodeThatGotAMeaning(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if _, err := b.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	const body = `{"codes":[{"source":"x","code":"Delivered_001","count":1},{"source":"x","code":"NEW1","count":1}]}`
	if _, err := b.db.Exec(t.Context(), `update shipment_figures set body = $1`, body); err != nil {
		t.Fatal(err)
	}
	f, err := b.Figures(t.Context())
	if err != nil || len(f.Codes) != 1 || f.Codes[0].Code != "NEW1" {
		t.Errorf("%+v, %v", f.Codes, err)
	}
}

// TestTermsOfParcelsFromBefore come by the job that the migration asked for.
func TestTermsOfParcelsFromBefore(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.peopled(t)
	var rs []shipment.Record
	for i := range 1100 {
		rs = append(rs, record(shipment.Waybill(fmt.Sprintf("W%05d", i))))
	}
	b.ship(t, rs...)
	by := b.clerk(t, "ana@ecms.example.com")
	terms := func() (list []string) {
		if err := b.db.Select(t.Context(), &list, `select term || ' ' || waybill from shipment_terms order by 1`); err != nil {
			t.Fatal(err)
		}
		return list
	}
	before := terms()
	if _, err := b.db.Exec(t.Context(), `delete from shipment_terms`); err != nil {
		t.Fatal(err)
	}
	if got := b.finds(t, by, "王小明"); len(got) != 0 {
		t.Fatalf("found %q without terms", got)
	}
	for range 2 {
		if n, err := b.FillTerms(t.Context()); n != 1103 || err != nil {
			t.Errorf("went through %d, %v", n, err)
		}
	}
	if d := cmp.Diff(before, terms()); d != "" {
		t.Errorf("(-before +after):\n%s", d)
	}
	if got := b.finds(t, by, "王小明"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
}

// TestFailedImports lists the imports with rejected rows, page by page, and
// their rows as they were kept.
func TestFailedImports(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	keep := func(counts, errors string) {
		t.Helper()
		if err := b.KeepReport(t.Context(), "shipments", "ops", json.RawMessage(counts), json.RawMessage(errors)); err != nil {
			t.Fatal(err)
		}
	}
	keep(`{}`, `[]`)
	keep(`{"received":5,"added":5,"rejected":0}`, `[]`)
	row := `{"line":2,"field":"consignee_name","value":"张***","reason":"too_long: more"}`
	keep(`{"received":300,"added":50,"rejected":250,"errors_omitted":7}`, "["+strings.Repeat(row+",", 249)+row+"]")
	for range shipment.ReportsPage {
		keep(`{"received":2,"added":1,"rejected":1}`, "["+row+"]")
	}
	first, more, err := b.FailedImports(t.Context(), 0)
	if err != nil || len(first) != shipment.ReportsPage || !more {
		t.Fatalf("%d reports, more %v, %v", len(first), more, err)
	}
	last, more, err := b.FailedImports(t.Context(), first[len(first)-1].ID)
	if err != nil || len(last) != 1 || more {
		t.Fatalf("%d reports, more %v, %v", len(last), more, err)
	}
	if n, err := b.RejectedSince(t.Context(), b.now.Add(-time.Second)); n != 250+shipment.ReportsPage || err != nil {
		t.Errorf("%d rejected rows, %v", n, err)
	}
	if n, err := b.RejectedSince(t.Context(), b.now); n != 0 || err != nil {
		t.Errorf("%d rejected rows since now, %v", n, err)
	}
	for _, c := range []struct {
		skip int64
		rows int
	}{{0, 100}, {200, 50}, {250, 0}} {
		r, rows, err := b.Import(t.Context(), last[0].ID, c.skip)
		if err != nil || len(rows) != c.rows || r.Rejected != 250 || r.Added != 50 || r.Received != 300 || r.Omitted != 7 || r.Listed != 250 || r.Kind != "shipments" || r.Origin != "ops" {
			t.Errorf("after %d: %d rows of %+v, %v", c.skip, len(rows), r, err)
		}
		if c.rows > 0 && rows[0] != (shipment.RejectedRow{Line: 2, Field: "consignee_name", Value: "张***", Reason: "too_long: more"}) {
			t.Errorf("%+v", rows[0])
		}
	}
	if _, _, err := b.Import(t.Context(), 1<<40, 0); err == nil {
		t.Error("an import that was none")
	}
}
