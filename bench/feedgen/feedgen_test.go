package feedgen_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/bench/feedgen"
	"ecms/portal/internal/shipment"
)

var base = time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)

func shipments(t *testing.T, span feedgen.Span) []string {
	t.Helper()
	var out bytes.Buffer
	if err := feedgen.Shipments(&out, span, base); err != nil {
		t.Fatal(err)
	}
	return strings.SplitAfter(strings.TrimSuffix(out.String(), "\n"), "\n")
}

func checkpoints(t *testing.T, span feedgen.Span, shuffled bool) []string {
	t.Helper()
	var out bytes.Buffer
	n, err := feedgen.Checkpoints(&out, span, base, shuffled)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if n != len(lines)-1 || n != span.Parcels()*feedgen.EventsPerParcel {
		t.Fatalf("%d rows told, %d written, want %d", n, len(lines)-1, span.Parcels()*feedgen.EventsPerParcel)
	}
	return lines
}

// table reads a file by column name.
func table(t *testing.T, lines []string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(strings.Join(lines, "\n"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, fields := range all[1:] {
		row := map[string]string{}
		for i, value := range fields {
			row[all[0][i]] = value
		}
		rows = append(rows, row)
	}
	return rows
}

func TestSameSpanGivesTheSameFile(t *testing.T) {
	t.Parallel()
	span := feedgen.Span{From: 17, To: 60}
	if diff := cmp.Diff(shipments(t, span), shipments(t, span)); diff != "" {
		t.Errorf("shipments (-first +second):\n%s", diff)
	}
	for _, shuffled := range []bool{false, true} {
		if diff := cmp.Diff(checkpoints(t, span, shuffled), checkpoints(t, span, shuffled)); diff != "" {
			t.Errorf("checkpoints, shuffled %t (-first +second):\n%s", shuffled, diff)
		}
	}
}

func TestSpansJoinWithoutGaps(t *testing.T) {
	t.Parallel()
	whole := feedgen.Span{From: 0, To: 50}
	var ships, events []string
	for _, part := range []feedgen.Span{{0, 13}, {13, 13}, {13, 14}, {14, 50}} {
		ships = append(ships, shipments(t, part)[1:]...)
		events = append(events, checkpoints(t, part, false)[1:]...)
	}
	trim := func(lines []string) []string {
		for i := range lines {
			lines[i] = strings.TrimSuffix(lines[i], "\n")
		}
		return lines
	}
	if diff := cmp.Diff(trim(shipments(t, whole)[1:]), trim(ships)); diff != "" {
		t.Errorf("shipments (-whole +parts):\n%s", diff)
	}
	want := checkpoints(t, whole, false)[1:]
	slices.Sort(want)
	slices.Sort(events)
	if diff := cmp.Diff(want, events); diff != "" {
		t.Errorf("checkpoints (-whole +parts):\n%s", diff)
	}
}

func TestShuffledHasTheSameRows(t *testing.T) {
	t.Parallel()
	span := feedgen.Span{From: 0, To: 40}
	ordered, shuffled := checkpoints(t, span, false), checkpoints(t, span, true)
	if ordered[0] != shuffled[0] {
		t.Errorf("headers differ: %s and %s", ordered[0], shuffled[0])
	}
	if slices.Equal(ordered, shuffled) {
		t.Error("the shuffled file is in order")
	}
	slices.Sort(ordered)
	slices.Sort(shuffled)
	if diff := cmp.Diff(ordered, shuffled); diff != "" {
		t.Errorf("rows (-ordered +shuffled):\n%s", diff)
	}
}

func TestOrderedIsInOrderOfTime(t *testing.T) {
	t.Parallel()
	var last time.Time
	for i, row := range table(t, checkpoints(t, feedgen.Span{From: 5, To: 90}, false)) {
		at, err := time.Parse(time.RFC3339, row["at"])
		if err != nil {
			t.Fatal(err)
		}
		if at.Before(last) {
			t.Fatalf("row %d: %s is before %s", i+1, at, last)
		}
		if at.After(base) {
			t.Fatalf("row %d: %s is in the future of %s", i+1, at, base)
		}
		last = at
	}
}

func TestWaybillsAreOursAndDifferent(t *testing.T) {
	t.Parallel()
	seen := map[shipment.Waybill]int{}
	for n := range 5000 {
		w := feedgen.Waybill(n)
		if other, twice := seen[w]; twice {
			t.Fatalf("parcels %d and %d are both %s", other, n, w)
		}
		seen[w] = n
		if read, err := shipment.Parse(string(w)); err != nil || read != w || !w.Ours() {
			t.Fatalf("parcel %d: %s is read as %s, %v", n, w, read, err)
		}
	}
	for w, n := range seen {
		if again := feedgen.Waybill(n); again != w {
			t.Fatalf("parcel %d has two numbers: %s and %s", n, w, again)
		}
	}
}

// One row in four ends at a pick-up point; the lanes share the rest evenly.
func TestMixOfParcels(t *testing.T) {
	t.Parallel()
	span := feedgen.Span{From: 0, To: 360}
	lanes := map[string]int{}
	for _, row := range table(t, strings.Split(strings.Join(shipments(t, span), ""), "\n")) {
		lanes[row["destination_country"]]++
	}
	want := map[string]int{"CN": 40, "HK": 40, "KR": 40, "JP": 40, "TW": 40, "SG": 40, "TH": 40, "PH": 40, "MY": 40}
	if diff := cmp.Diff(want, lanes); diff != "" {
		t.Errorf("destinations (-want +got):\n%s", diff)
	}
	codes := map[string]int{}
	for _, row := range table(t, checkpoints(t, span, true)) {
		codes[row["code"]]++
	}
	if codes["AvailableForPickup_001"] != 90 || codes["Delivered_001"] != 270 || codes["InTransit_007"] != 720 {
		t.Errorf("got codes %v, want 90 waiting and 270 delivered", codes)
	}
}

func TestEmptySpan(t *testing.T) {
	t.Parallel()
	if got := checkpoints(t, feedgen.Span{From: 9, To: 9}, true); len(got) != 1 || !strings.HasPrefix(got[0], "waybill,event_id,") {
		t.Errorf("got %q, want the header alone", got)
	}
	if got := shipments(t, feedgen.Span{From: 9, To: 9}); len(got) != 1 || !strings.HasPrefix(got[0], "waybill,rev,") {
		t.Errorf("got %q, want the header alone", got)
	}
}
