package feed_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
)

func TestExamples(t *testing.T) {
	t.Parallel()
	im, s := importer(t)
	for _, c := range []struct {
		file string
		want feed.Report
	}{
		{"checkpoints.csv", feed.Report{Received: 6, Waiting: 5, Unchanged: 1}},
		{"shipments.csv", feed.Report{Received: 2, Added: 2}},
		{"shipments.jsonl", feed.Report{Received: 1, Replaced: 1}},
		{"checkpoints.jsonl", feed.Report{Received: 2, Added: 2}},
		{"checkpoints.csv", feed.Report{Received: 6, Unchanged: 6}},
	} {
		f, err := os.Open("examples/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		take := im.Checkpoints
		if strings.HasPrefix(c.file, "shipments") {
			take = im.Shipments
		}
		r, err := take(t.Context(), f, feed.FormatOf(c.file), feed.Options{})
		_ = f.Close()
		if err != nil || len(r.Errors) > 0 || r.Received != c.want.Received || r.Added != c.want.Added ||
			r.Replaced != c.want.Replaced || r.Unchanged != c.want.Unchanged || r.Waiting != c.want.Waiting {
			t.Errorf("%s: %+v, %v, want %+v", c.file, r, err, c.want)
		}
	}
	for w, want := range map[shipment.Waybill]shipment.Subtag{"EC00000000001C": "Delivered_003", "EC100000000002": "InTransit_005"} {
		p, err := s.Lookup(t.Context(), w)
		if err != nil || p.Status.Subtag != want {
			t.Errorf("%s: %+v, %v", w, p.Status, err)
		}
	}
	clean(t, s)
}

// TestReadmeTellsEveryReason keeps the list of words whole.
func TestReadmeTellsEveryReason(t *testing.T) {
	t.Parallel()
	code, err := os.ReadFile("report.go")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	words := regexp.MustCompile(`= "([a-z0-9_]+): `).FindAllStringSubmatch(string(code), -1)
	if len(words) < 20 {
		t.Fatalf("only %d reasons", len(words))
	}
	for _, w := range words {
		if !regexp.MustCompile(`\b` + w[1] + `\b`).Match(readme) {
			t.Errorf("README.md does not tell %s", w[1])
		}
	}
}
