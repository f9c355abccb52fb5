package feed_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ecms/portal/internal/shipment/feed"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		want  feed.Format
		known bool
	}{
		{"", feed.Unknown, true},
		{"csv", feed.CSV, true},
		{"CSV", feed.CSV, true},
		{"jsonl", feed.JSONLines, true},
		{"ndjson", feed.JSONLines, true},
		{"json", feed.JSONLines, true},
		{"xml", feed.Unknown, false},
		{" csv", feed.Unknown, false},
	} {
		if got, err := feed.ParseFormat(tc.name); got != tc.want || (err == nil) != tc.known {
			t.Errorf("format %q: %v, %v, want %v", tc.name, got, err, tc.want)
		}
	}
	for name, want := range map[string]feed.Format{
		"a.csv": feed.CSV, "A.CSV": feed.CSV, "dir.csv/a.jsonl": feed.JSONLines, "a.csv.ndjson": feed.JSONLines,
		"a": feed.Unknown, "-": feed.Unknown, "a.txt": feed.Unknown, "a.csv.gz": feed.Unknown, ".csv": feed.CSV, "a.": feed.Unknown,
	} {
		if got := feed.FormatOf(name); got != want {
			t.Errorf("file %q: %v, want %v", name, got, want)
		}
	}
}

// TestFormatByTheFirstByte lets a file without a telling name say it itself.
func TestFormatByTheFirstByte(t *testing.T) {
	t.Parallel()
	object := `{"waybill":"W1111","at":"` + at + `","code":"A"}`
	for name, tc := range map[string]struct {
		file string
		ok   bool
	}{
		"object": {object, true}, "object behind blanks": {"\r\n\t " + object, true}, "object behind a byte order mark": {"\ufeff " + object, true},
		"header": {"waybill,at,code\nW1111," + at + ",A", true}, "array": {"[" + object + "]", false}, "one byte": {"{", true}, "nothing": {"", false},
	} {
		im, _ := importer(t)
		r, err := im.Checkpoints(t.Context(), strings.NewReader(tc.file), feed.Unknown, feed.Options{})
		if (err == nil) != tc.ok || err == nil && r.Received != 1 {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

// TestExamplesInTheOtherOrder reaches the same end: whatever comes first, the
// shipments or their events, as CSV or as JSON lines.
func TestExamplesInTheOtherOrder(t *testing.T) {
	t.Parallel()
	var want string
	for i, order := range [][]string{
		{"shipments.csv", "shipments.jsonl", "checkpoints.csv", "checkpoints.jsonl"},
		{"checkpoints.jsonl", "checkpoints.csv", "shipments.csv", "shipments.jsonl"},
		{"checkpoints.csv", "shipments.csv", "checkpoints.jsonl", "shipments.jsonl", "checkpoints.csv"},
	} {
		im, db := importerOn(t)
		for _, name := range order {
			var take func(context.Context, io.Reader, feed.Format, feed.Options) (feed.Report, error) = im.Checkpoints
			if strings.HasPrefix(name, "shipments") {
				take = im.Shipments
			}
			f, err := os.Open(filepath.Join("examples", name))
			if err != nil {
				t.Fatal(err)
			}
			r, err := take(t.Context(), f, feed.Unknown, feed.Options{})
			_ = f.Close()
			if err != nil || !r.Clean() {
				t.Fatalf("%s: %+v, %v", name, r, err)
			}
		}
		var got string
		if err := db.Get(t.Context(), &got, `select string_agg(waybill || body, E'\n' order by waybill) from shipment_timeline`); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			want = got
		}
		if got != want {
			t.Errorf("order %v leads to another view:\n%s\nwant\n%s", order, got, want)
		}
		clean(t, im.Store)
	}
}
