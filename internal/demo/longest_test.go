package demo_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"

	"github.com/google/go-cmp/cmp"
)

// TestLongestStory holds the parcel that screenshots and weights are taken of.
func TestLongestStory(t *testing.T) {
	var got strings.Builder
	w := demo.Waybill(march, demo.Longest)
	for _, e := range demo.Checkpoints(march) {
		if e.Waybill != w {
			continue
		}
		local := e.At.In(time.FixedZone("", e.OffsetMinutes*60)).Format("2006-01-02 15:04 -07:00")
		fmt.Fprintf(&got, "%s | %s | %s | %s | %s\n", local, e.Source, e.Code, e.Place, e.Text)
	}
	want, err := os.ReadFile("testdata/longest.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("the longest story (-want +got):\n%s", diff)
	}
}
