package feed_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/shipment/feed"
)

// TestCommittedThroughIsTrue stops imports at random moments. At each claim that
// was made, and at the end, every good line up to it is in the database.
func TestCommittedThroughIsTrue(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			im, db := importerOn(t)
			r := rand.New(rand.NewPCG(seed, 3))
			lines := manyEvents(6000, 2)
			if seed%2 == 0 { // in the order of numbers the line comes early
				for i := range lines {
					lines[i] = fmt.Sprintf("P%05d,E%d,%s,A", i/2, i, at)
				}
			}
			stopAt := r.IntN(len(lines))
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			claim := 0
			report, err := im.Checkpoints(ctx, strings.NewReader(csvFile(eventHeader, lines)), feed.CSV, feed.Options{Progress: func(p feed.Progress) {
				if p.CommittedThrough < claim {
					t.Errorf("claims %d lines after %d", p.CommittedThrough, claim)
				}
				claim = p.CommittedThrough
				if p.Rows > 0 && p.Written >= stopAt {
					stop()
				}
			}})
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			there := make(map[string]bool)
			var keys []string
			if err := db.Select(t.Context(), &keys, `select waybill || ',' || substr(event_key, 2) from checkpoints`); err != nil {
				t.Fatal(err)
			}
			for _, k := range keys {
				there[k] = true
			}
			for i, line := range lines[:max(0, claim-1)] {
				if key := strings.Join(strings.SplitN(line, ",", 3)[:2], ","); !there[key] {
					t.Fatalf("claims %d lines, but line %d is not there", claim, i+2)
				}
			}
			if report.Waiting != len(keys) {
				t.Errorf("reports %d rows, %d are there", report.Waiting, len(keys))
			}
			if err == nil && claim != len(lines)+1 {
				t.Errorf("all is in, but the claim is %d", claim)
			}
			if report := takeCheckpoints(t, im, csvFile(eventHeader, lines), feed.CSV); report.Unchanged != len(keys) || report.Waiting != len(lines)-len(keys) {
				t.Errorf("the same call goes on: %+v, %d were there", report, len(keys))
			}
		})
	}
}

// TestStoppedBeforeItsFirstLine reads and writes nothing.
func TestStoppedBeforeItsFirstLine(t *testing.T) {
	t.Parallel()
	im, s := importer(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	r, err := im.Checkpoints(ctx, strings.NewReader(csvFile(eventHeader, manyEvents(10, 1))), feed.CSV, feed.Options{})
	if !errors.Is(err, context.Canceled) || r.Waiting != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if v := clean(t, s); v.Checkpoints != 0 {
		t.Errorf("%d checkpoints came in", v.Checkpoints)
	}
}

// TestConnectionsCutUnderAnImport ends all connections again and again, as a
// restart of PostgreSQL does: no row is lost, none is doubled, and the report holds.
func TestConnectionsCutUnderAnImport(t *testing.T) {
	t.Parallel()
	im, db := importerOn(t)
	_, lines := madeParcels(1500, 8)
	cut := newCutter(t, db)
	var cutting sync.WaitGroup
	cutting.Go(func() {
		for range 4 {
			cut(80 * time.Millisecond)
		}
	})
	r, err := im.Checkpoints(t.Context(), strings.NewReader(csvFile(checkpointHeader, lines)), feed.CSV, feed.Options{})
	cutting.Wait()
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, r)
	if r.Received != 12_000 || r.Rejected != 0 || r.Waiting > 12_000 {
		t.Errorf("%+v", r)
	}
	if v := clean(t, im.Store); v.Checkpoints != 0 || v.Waiting != 12_000 {
		t.Errorf("%+v", v)
	}
}

// TestStopWhilePostgreSQLIsAway does not wait until it is back.
func TestStopWhilePostgreSQLIsAway(t *testing.T) {
	t.Parallel()
	im, db := importerOn(t)
	if _, err := db.Exec(t.Context(), `create function away() returns trigger language plpgsql as
		$$begin raise exception 'away' using errcode = '57P01'; end$$`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), `create trigger away before insert on checkpoints execute function away()`); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 700*time.Millisecond)
	defer stop()
	start := time.Now()
	_, err := im.Checkpoints(ctx, strings.NewReader(csvFile(eventHeader, manyEvents(10, 1))), feed.CSV, feed.Options{})
	if took := time.Since(start); err == nil || took > 5*time.Second {
		t.Errorf("ended after %v with %v", took, err)
	}
}
