package feed_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/shipment/feed"
)

// FuzzSplitCSV holds our reader to the standard library's, on single lines.
func FuzzSplitCSV(f *testing.F) {
	for _, line := range []string{`a,b`, `"a,""b""",,c`, `"a`, `a"b`, `"a"b`, `,`, `"",x`, ` "a"`} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsAny(line, "\r\n") || line == "" {
			return
		}
		got, reason := feed.SplitCSV(line)
		want, err := csv.NewReader(strings.NewReader(line)).Read()
		if (err == nil) != (reason == "") || err == nil && !slices.Equal(got, want) {
			t.Errorf("%q: %q, %q, want %q, %v", line, got, reason, want, err)
		}
	})
}
