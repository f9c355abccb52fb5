package shipment_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/shipment"
)

// TestCodeTable reads the data file as it lies there.
func TestCodeTable(t *testing.T) {
	f, err := os.Open("codes.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, row := range rows[1:] {
		source, code, subtag, customs := row[0], row[1], shipment.Subtag(row[2]), shipment.CustomsState(row[3])
		if !slices.Contains(shipment.Subtags(), subtag) || customs != "" && !slices.Contains(shipment.CustomsStates(), customs) || row[4] == "" {
			t.Errorf("%q: a subtag, customs state or note that is none", row)
		}
		if source != strings.ToLower(source) || code != strings.ToUpper(code) || seen[source+" "+code] {
			t.Errorf("%q: sources in lower case, codes in upper case, each once", row)
		}
		seen[source+" "+code] = true
		gotSubtag, gotCustoms, ok := shipment.Translate(source, strings.ToLower(code))
		if gotSubtag != subtag || gotCustoms != customs || !ok {
			t.Errorf("%q means %s, %s", row, gotSubtag, gotCustoms)
		}
	}
}
