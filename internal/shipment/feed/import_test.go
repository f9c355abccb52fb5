package feed_test

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
)

// clean fails unless everything kept follows from the rows.
func clean(t testing.TB, s *shipment.Store) shipment.VerifyReport {
	t.Helper()
	v, err := s.Verify(t.Context(), func(int) {})
	if err != nil || len(v.Faults) > 0 {
		t.Errorf("verify: %v, %+v", err, v.Faults)
	}
	return v
}

func TestImportAgainShuffled(t *testing.T) {
	t.Parallel()
	im, s := importer(t)
	shipments, lines := madeParcels(1500, 8)
	take := func(f func(context.Context, io.Reader, feed.Format, feed.Options) (feed.Report, error), file string) feed.Report {
		t.Helper()
		r, err := f(t.Context(), strings.NewReader(file), feed.Unknown, feed.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := take(im.Checkpoints, csvFile(checkpointHeader, lines)); r.Waiting != 12000 || r.Received != 12000 {
		t.Errorf("before their shipments: %+v", r)
	}
	if r := take(im.Shipments, csvFile(shipmentHeader, shipments)); r.Added != 1500 {
		t.Errorf("%+v", r)
	}
	for range 2 {
		rand.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		rand.Shuffle(len(shipments), func(i, j int) { shipments[i], shipments[j] = shipments[j], shipments[i] })
		if r := take(im.Checkpoints, csvFile(checkpointHeader, lines)); r.Unchanged != 12000 {
			t.Errorf("again: %+v", r)
		}
		if r := take(im.Shipments, csvFile(shipmentHeader, shipments)); r.Unchanged != 1500 {
			t.Errorf("again: %+v", r)
		}
	}
	if v := clean(t, s); v.Checkpoints != 12000 || v.Shipments != 1500 {
		t.Errorf("%+v", v)
	}
}

func TestSameFileTwiceAtOnce(t *testing.T) {
	t.Parallel()
	im, s := importer(t)
	shipments, lines := madeParcels(1000, 6)
	var mu sync.Mutex
	var sum feed.Report
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			var r feed.Report
			var err error
			if i%2 == 0 {
				r, err = im.Checkpoints(t.Context(), strings.NewReader(csvFile(checkpointHeader, lines)), feed.CSV, feed.Options{})
			} else {
				r, err = im.Shipments(t.Context(), strings.NewReader(csvFile(shipmentHeader, shipments)), feed.CSV, feed.Options{})
			}
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			sum.Added += r.Added
			sum.Waiting += r.Waiting
			sum.Unchanged += r.Unchanged
		})
	}
	all.Wait()
	if sum.Added+sum.Waiting != 7000 || sum.Unchanged != 7000 {
		t.Errorf("%+v", sum)
	}
	if v := clean(t, s); v.Checkpoints != 6000 || v.Shipments != 1000 || v.Waiting != 0 {
		t.Errorf("%+v", v)
	}
}

// TestSettledOverTheWholeFile puts corrections of one event far apart.
func TestSettledOverTheWholeFile(t *testing.T) {
	t.Parallel()
	im, s := importer(t)
	shipments, lines := madeParcels(3000, 5)
	first := strings.Split(lines[0], ",")
	correct := func(rev, code string) string {
		f := append([]string(nil), first...)
		f[2], f[7] = rev, code
		return strings.Join(f, ",")
	}
	lines[0] = correct("5", "Exception_012")
	lines = append(lines, correct("4", "Exception_001"), correct("5", "Exception_013"), correct("0", "Exception_001"))
	if _, err := im.Shipments(t.Context(), strings.NewReader(csvFile(shipmentHeader, shipments)), feed.CSV, feed.Options{}); err != nil {
		t.Fatal(err)
	}
	file := csvFile(checkpointHeader, lines)
	for i, want := range []feed.Report{{Added: 15000, Unchanged: 3}, {Unchanged: 15003}} {
		r, err := im.Checkpoints(t.Context(), strings.NewReader(file), feed.CSV, feed.Options{})
		if err != nil || r.Added != want.Added || r.Unchanged != want.Unchanged || r.Replaced != 0 {
			t.Errorf("run %d: %+v, %v", i, r, err)
		}
	}
	p, err := s.Lookup(t.Context(), shipment.Waybill(first[0]))
	if err != nil || p.Checkpoints[len(p.Checkpoints)-1].Subtag != shipment.Lost {
		t.Errorf("%+v, %v", p, err)
	}
	clean(t, s)
}

// TestCommittedThrough claims a line only when all rows up to it are in.
func TestCommittedThrough(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	_, lines := madeParcels(3000, 5)
	lines[2] = "bad"
	ctx, stop := context.WithCancel(t.Context())
	var seen []feed.Progress
	_, err := im.Checkpoints(ctx, strings.NewReader(csvFile(checkpointHeader, lines)), feed.CSV, feed.Options{Progress: func(p feed.Progress) {
		seen = append(seen, p)
		if p.Written > 0 {
			stop() // what is under way is finished, the rest is not begun
		}
	}})
	last := seen[len(seen)-1]
	if !errors.Is(err, context.Canceled) || last.Written == 0 || last.Written == last.Rows || last.Rows != 14999 {
		t.Errorf("stopped: %v, %+v", err, last)
	}
	if last.CommittedThrough > 100 {
		t.Errorf("claims %d lines of a file in the order of time", last.CommittedThrough)
	}
	seen = nil
	r, err := im.Checkpoints(t.Context(), strings.NewReader(csvFile(checkpointHeader, lines)), feed.CSV,
		feed.Options{Progress: func(p feed.Progress) { seen = append(seen, p) }})
	last = seen[len(seen)-1]
	if err != nil || last != (feed.Progress{Read: 15001, Rows: 14999, Written: 14999, CommittedThrough: 15001}) {
		t.Errorf("%v, %+v", err, last)
	}
	if r.Unchanged < 5000 || r.Unchanged+r.Waiting != 14999 || r.Rejected != 1 {
		t.Errorf("%+v", r)
	}
}

func TestWholeFileRefused(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	for file, want := range map[string]string{
		"":                                       "missing_column",
		"\ufeff\r\n \r\n":                        "missing_column",
		"waybill,at\nW1234,2026-03-03T14:05:00Z": "missing_column",
		"waybill,at,code,code\n":                 "duplicate_column",
		"waybill,at,\"code\n":                    "open_quote",
	} {
		r, err := im.Checkpoints(t.Context(), strings.NewReader(file), feed.CSV, feed.Options{})
		if !errors.Is(err, feed.ErrRefused) || len(r.Errors) == 0 || word(r.Errors[0].Reason) != want || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %+v", file, err, r)
		}
	}
	for _, start := range []string{"", "way", "waybill,at,code\n", "waybill,at,code\nW1111," + at + ",A\n", "waybill,at,code\n" + strings.Repeat("W1111,"+at+",A\n", 80_000)} {
		file := io.MultiReader(strings.NewReader(start), broken{})
		r, err := im.Checkpoints(t.Context(), file, feed.CSV, feed.Options{})
		if err == nil || !strings.Contains(err.Error(), "disk on fire") || errors.Is(err, feed.ErrRefused) || r.Waiting != 0 {
			t.Errorf("a file that can't be read behind %d bytes: %+v, %v", len(start), r, err)
		}
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

// TestForms reads the same three rows in every way that a file may be written.
func TestForms(t *testing.T) {
	t.Parallel()
	const at = "2026-03-03T14:05:00Z"
	for name, file := range map[string]string{
		"plain":          "waybill,at,code,text\nW1111," + at + ",A,x\nW2222," + at + ",A,x\nW3333," + at + ",A,x\n",
		"BOM, CRLF":      "\ufeffwaybill,at,code,text\r\nW1111," + at + ",A,x\r\nW2222," + at + ",A,x\r\nW3333," + at + ",A,x\r\n",
		"other order":    "\n text , CODE,at,waybill\n\nx,A," + at + ",W1111\n  \nx,A," + at + ",W2222\nx,A," + at + ",W3333",
		"quoted":         "\"waybill\",at,code,text\n\"W1111\",\"" + at + "\",A,\"x\"\nW2222," + at + ",A,\"x, \"\"y\"\"\"\nW3333," + at + ",A,\"\"\n",
		"JSON lines":     `{"waybill":"W1111","at":"` + at + `","code":"A"}` + "\n\n" + `{"code":"A","waybill":"w2222","at":"` + at + `"}` + "\r\n" + ` {"waybill":"W3333","at":"` + at + `","code":"A"}`,
		"JSON after BOM": "\ufeff\n" + `{"waybill":"W1111","at":"` + at + `","code":"A"}` + "\n" + `{"code":"A","waybill":"w2222","at":"` + at + `"}` + "\n" + ` {"waybill":"W3333","at":"` + at + `","code":"A"}`,
	} {
		im, _ := importer(t)
		r, err := im.Checkpoints(t.Context(), strings.NewReader(file), feed.Unknown, feed.Options{})
		if err != nil || r.Waiting != 3 || r.Received != 3 || len(r.Errors) != 0 {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}
