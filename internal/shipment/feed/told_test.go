package feed_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment/feed"
)

// said is one thing that a report must say, with the reason's stable word.
type said struct {
	line                 int
	field, value, reason string
}

// saidBy lists what a report says.
func saidBy(r feed.Report) []said {
	var all []said
	for _, e := range r.Errors {
		all = append(all, said{e.Line, e.Field, e.Value, word(e.Reason)})
	}
	return all
}

// outcome is what a file should lead to.
type outcome struct {
	received, in int // in: added or waiting
	said         []said
}

// holds compares a report with what is expected of it.
func (o outcome) holds(t *testing.T, r feed.Report) {
	t.Helper()
	if diff := cmp.Diff(o.said, saidBy(r), cmp.AllowUnexported(said{})); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	if r.Received != o.received || r.Added+r.Waiting != o.in {
		t.Errorf("got %+v, want %d received, %d in", r, o.received, o.in)
	}
	addsUp(t, r)
}

// addsUp holds a finished report to its promise: each row has one outcome.
func addsUp(t *testing.T, r feed.Report) {
	t.Helper()
	if r.Added+r.Replaced+r.Unchanged+r.Waiting+r.Rejected != r.Received {
		t.Errorf("the outcomes do not add up to %d rows: %+v", r.Received, r)
	}
	if !slices.IsSortedFunc(r.Errors, func(a, b feed.RowError) int { return a.Line - b.Line }) {
		t.Errorf("the list is not in the order of lines: %+v", r.Errors)
	}
}

// takeCheckpoints takes a file in that is not refused as a whole.
func takeCheckpoints(t *testing.T, im feed.Importer, file string, f feed.Format) feed.Report {
	t.Helper()
	r, err := im.Checkpoints(t.Context(), strings.NewReader(file), f, feed.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// takeShipments takes a file in that is not refused as a whole.
func takeShipments(t *testing.T, im feed.Importer, file string, f feed.Format) feed.Report {
	t.Helper()
	r, err := im.Shipments(t.Context(), strings.NewReader(file), f, feed.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// at is an instant that is always good.
const at = "2026-03-03T14:05:00Z"
