package feed_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment/feed"
)

// told is one line about an event: which one, its rev, and what it says.
type told struct {
	event, rev int
	text       string
}

func (e told) csv() string {
	return fmt.Sprintf("S%04d,E%d,%d,%s,A,%s", e.event/3, e.event, e.rev, at, e.text)
}

// randomFile makes lines about a few events, most of them told more than once.
func randomFile(r *rand.Rand, lines, events int, name string) []told {
	all := make([]told, lines)
	for i := range all {
		all[i] = told{r.IntN(events), r.IntN(4), fmt.Sprint(name, " ", i)}
	}
	return all
}

// settled says in the plainest way what must be known after a file.
func settled(known map[int]told, file []told) map[int]told {
	after := maps.Clone(known)
	for _, e := range file {
		if have, ok := after[e.event]; !ok || e.rev >= have.rev {
			after[e.event] = e
		}
	}
	return after
}

func csvOf(lines []told) string {
	var b strings.Builder
	b.WriteString("waybill,event_id,rev,at,code,text\n")
	for _, e := range lines {
		b.WriteString(e.csv() + "\n")
	}
	return b.String()
}

// eventsIn reads all events back.
func eventsIn(t *testing.T, db *postgres.DB) map[int]told {
	t.Helper()
	rows, err := db.Query(t.Context(), `select event_key, rev, text from checkpoints`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	all := make(map[int]told)
	for rows.Next() {
		var key string
		var e told
		if err := rows.Scan(&key, &e.rev, &e.text); err != nil {
			t.Fatal(err)
		}
		if e.event, err = strconv.Atoi(strings.TrimPrefix(key, "#E")); err != nil {
			t.Fatal(err)
		}
		all[e.event] = e
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRandomFilesSettle takes random files one after the other and holds what is
// then known, and what the reports say, to the plain rule.
func TestRandomFilesSettle(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			im, db := importerOn(t)
			r := rand.New(rand.NewPCG(seed, 7))
			known := map[int]told{}
			for n := range 5 {
				file := randomFile(r, 1+r.IntN(600), 1+r.IntN(150), fmt.Sprint("file ", n))
				want := settled(known, file)
				report := takeCheckpoints(t, im, csvOf(file), feed.CSV)
				addsUp(t, report)
				replaced := 0
				for event, e := range want {
					if have, ok := known[event]; ok && have != e {
						replaced++
					}
				}
				if report.Waiting != len(want)-len(known) || report.Replaced != replaced {
					t.Errorf("file %d: %+v, want %d new and %d replaced", n, report, len(want)-len(known), replaced)
				}
				known = want
				if diff := cmp.Diff(known, eventsIn(t, db), cmp.AllowUnexported(told{})); diff != "" {
					t.Fatalf("file %d (-want +got):\n%s", n, diff)
				}
			}
			again := slices.Collect(maps.Values(known)) // in no order at all
			if report := takeCheckpoints(t, im, csvOf(again), feed.CSV); report.Unchanged != len(again) {
				t.Errorf("what is known, shuffled: %+v", report)
			}
		})
	}
}

// TestOlderNewsChangeNothing sends an event's earlier forms behind its last one.
func TestOlderNewsChangeNothing(t *testing.T) {
	t.Parallel()
	im, db := importerOn(t)
	for _, step := range []struct {
		name  string
		lines []told
		want  feed.Report
	}{
		{"first", []told{{1, 2, "a"}}, feed.Report{Waiting: 1}},
		{"older", []told{{1, 1, "b"}, {1, 0, "c"}}, feed.Report{Unchanged: 2}},
		{"same again", []told{{1, 2, "a"}}, feed.Report{Unchanged: 1}},
		{"same rev, other text: the later file wins", []told{{1, 2, "d"}}, feed.Report{Replaced: 1}},
		{"greater rev, same text", []told{{1, 3, "d"}}, feed.Report{Replaced: 1}},
		{"equal revs: the last line wins", []told{{1, 4, "e"}, {1, 4, "f"}}, feed.Report{Replaced: 1, Unchanged: 1}},
		{"greater first", []told{{1, 6, "g"}, {1, 5, "h"}, {2, 0, "i"}}, feed.Report{Replaced: 1, Unchanged: 1, Waiting: 1}},
	} {
		r := takeCheckpoints(t, im, csvOf(step.lines), feed.CSV)
		step.want.Received, step.want.Errors, step.want.Lines = len(step.lines), []feed.RowError{}, len(step.lines)+1
		if diff := cmp.Diff(step.want, r); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
	want := map[int]told{1: {1, 6, "g"}, 2: {2, 0, "i"}}
	if diff := cmp.Diff(want, eventsIn(t, db), cmp.AllowUnexported(told{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
