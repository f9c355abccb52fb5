package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/bench/feedgen"
	"ecms/portal/internal/postgres/testdb"
)

func TestCopyRowsAreTheColumnsOfTheTable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "one.csv")
	file := "waybill,event_id,rev,at,place,facility,country,code,text,source\n" +
		"EC1,E0-3,0,2026-05-01T08:30:00+08:00,Narita Gateway,true,JP,InTransit_006,Presented,ecms\n" +
		"EC1,E0-6,0,2026-05-02T08:30:00-07:00,Riverside,false,US,OutForDelivery_001,With the courier,ecms\n"
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := copyRows(path)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]any{
		{"EC1", "ecms", "#E0-3", 0, time.Date(2026, 5, 1, 0, 30, 0, 0, time.UTC), 480, "JP", true, "Narita Gateway", "InTransit_006", "Presented"},
		{"EC1", "ecms", "#E0-6", 0, time.Date(2026, 5, 2, 15, 30, 0, 0, time.UTC), -420, "US", false, "Riverside", "OutForDelivery_001", "With the courier"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(file, "2026-05-02T", "yesterday ", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := copyRows(path); err == nil {
		t.Error("an instant that is none was read")
	}
}

// The plain COPY must put in what the portal puts in, row for row.
func TestCopyEqualsTheImport(t *testing.T) {
	t.Parallel()
	span := feedgen.Span{From: 0, To: 40}
	path, n := ordered(t, span)
	rows, err := copyRows(path)
	if err != nil || len(rows) != n {
		t.Fatalf("got %d rows, %v; want %d", len(rows), err, n)
	}
	db, err := sql.Open("postgres", testdb.URL(t)) // lib/pq as it comes
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	took, err := timeCopy(t.Context(), db, rows)
	if err != nil || took <= 0 {
		t.Fatalf("COPY: %s, %v", took, err)
	}
	var left bool
	if err := db.QueryRowContext(t.Context(), `select to_regclass('checkpoints_copy') is not null`).Scan(&left); err != nil || left {
		t.Errorf("the copy's table is left: %t, %v", left, err)
	}
	if _, err := timeCopy(t.Context(), db, append(rows, rows[0])); err == nil {
		t.Error("a row came in twice: the copy has no key")
	}
}
