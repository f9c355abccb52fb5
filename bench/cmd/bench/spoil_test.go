package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/bench/feedgen"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
)

var day = time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)

func clock() time.Time { return day.Add(12 * time.Hour) }

// parcels is an importer that knows the generated shipments.
func parcels(t *testing.T, span feedgen.Span) feed.Importer {
	t.Helper()
	db := testdb.New(t)
	im := feed.Importer{Store: shipment.NewStore(db, db, clock), Now: clock}
	var file bytes.Buffer
	if err := feedgen.Shipments(&file, span, day); err != nil {
		t.Fatal(err)
	}
	if r, err := im.Shipments(t.Context(), &file, feed.CSV, feed.Options{}); err != nil || r.Added != span.Parcels() || r.Rejected != 0 {
		t.Fatalf("shipments: got %+v, %v; want %d added", r, err, span.Parcels())
	}
	return im
}

// ordered is a file of checkpoints on disk.
func ordered(t *testing.T, span feedgen.Span) (path string, rows int) {
	t.Helper()
	files, err := importFiles(t.TempDir(), span)
	if err != nil {
		t.Fatal(err)
	}
	return files.ordered, span.Parcels() * feedgen.EventsPerParcel
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

func TestEachKindIsRejectedAtItsLine(t *testing.T) {
	t.Parallel()
	span := feedgen.Span{From: 0, To: 25}
	im := parcels(t, span)
	var file bytes.Buffer
	rows, err := feedgen.Checkpoints(&file, span, clock(), false)
	if err != nil {
		t.Fatal(err)
	}
	good := strings.Split(strings.TrimSuffix(file.String(), "\n"), "\n")
	for i, kind := range spoilers {
		at := 1 + i*7
		good[at] = kind.change(good[at])
	}
	r, err := im.Checkpoints(t.Context(), strings.NewReader(strings.Join(good, "\n")+"\n"), feed.CSV, feed.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[int]string{}
	for _, e := range r.Errors {
		reasons[e.Line] += e.Field + " " + e.Reason + "; "
	}
	for i, kind := range spoilers {
		if reasons[2+i*7] == "" {
			t.Errorf("%s: line %d is not reported: %s", kind.name, 2+i*7, good[1+i*7])
		}
		delete(reasons, 2+i*7)
	}
	if len(reasons) > 0 {
		t.Errorf("good lines are reported: %v", reasons)
	}
	if r.Rejected != len(spoilers) || r.Added != rows-len(spoilers) {
		t.Errorf("got %d rejected and %d added, want %d and %d", r.Rejected, r.Added, len(spoilers), rows-len(spoilers))
	}
}

func TestKindsDiffer(t *testing.T) {
	t.Parallel()
	if len(spoilers) != 20 {
		t.Errorf("got %d kinds, want 20", len(spoilers))
	}
	const row = "EC00000000000A,E1,0,2026-05-01T10:00:00+08:00,Hub,true,CN,InTransit_002,Accepted,ecms"
	seen := map[string]string{row: "the good row"}
	for _, kind := range spoilers {
		got := kind.change(row)
		if other, twice := seen[got]; twice {
			t.Errorf("%s gives the same row as %s: %q", kind.name, other, got)
		}
		seen[got] = kind.name
		if strings.Contains(got, "\n") {
			t.Errorf("%s makes two lines of one", kind.name)
		}
	}
}

func TestSpoilTellsItsLines(t *testing.T) {
	t.Parallel()
	path, rows := ordered(t, feedgen.Span{From: 0, To: 30})
	to := path + ".spoiled"
	bad, err := spoil(path, to, 60)
	if err != nil {
		t.Fatal(err)
	}
	before, after := lines(t, path), lines(t, to)
	if len(after) != rows+1 || len(bad) != 60 {
		t.Fatalf("got %d lines and %d bad ones, want %d and 60", len(after), len(bad), rows+1)
	}
	kinds := map[string]int{}
	for i := range after {
		kind, spoilt := bad[i+1]
		if spoilt == (before[i] == after[i]) {
			t.Errorf("line %d: spoilt %t (%s), but %q became %q", i+1, spoilt, kind, before[i], after[i])
		}
		if spoilt {
			kinds[kind]++
		}
	}
	for _, kind := range spoilers {
		if kinds[kind.name] != 3 {
			t.Errorf("%s: %d rows, want 3 of 60", kind.name, kinds[kind.name])
		}
	}
	again, err := spoil(path, to, 60)
	if diff := cmp.Diff(bad, again); err != nil || diff != "" {
		t.Errorf("the second time (-first +second): %v\n%s", err, diff)
	}
}

func TestSpoilKnowsItsBounds(t *testing.T) {
	t.Parallel()
	path, rows := ordered(t, feedgen.Span{From: 0, To: 3})
	to := filepath.Join(t.TempDir(), "spoiled.csv")
	if bad, err := spoil(path, to, rows); err != nil || len(bad) != rows || lines(t, to)[0] != lines(t, path)[0] {
		t.Errorf("every row: got %d, %v; want %d and the header as it was", len(bad), err, rows)
	}
	if _, err := spoil(path, to, rows+1); err == nil || !strings.Contains(err.Error(), "24 rows") {
		t.Errorf("more than there are: got %v", err)
	}
	if _, err := spoil(path+".missing", to, 1); !os.IsNotExist(err) {
		t.Errorf("no file: got %v", err)
	}
}
