package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"ecms/portal/bench/feedgen"
	"ecms/portal/bench/rig"
)

const (
	chunk     = 125_000 // parcels a feed file holds
	conns     = 16      // connections to PostgreSQL, for the portal and the yardstick alike
	lookedUp  = 20_000  // different parcels that the load asks for
	tagSample = 2_000   // parcels asked for with If-None-Match
	portalLog = "portal.log"
)

// lookups measures the lookup page against the hand-written one.
func lookups(ctx context.Context, b *rig.Bed, s settings, t *table) error {
	db, err := filled(ctx, b, s.parcels)
	if err != nil {
		return err
	}
	defer db.Close()
	log, err := os.Create(filepath.Join(b.Dir, portalLog))
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	portal, err := b.Serve(ctx, db, log)
	if err != nil {
		return err
	}
	defer func() { _ = portal.Stop() }()
	yard, err := b.Yardstick(ctx, db, os.Stderr, conns)
	if err != nil {
		return err
	}
	defer func() { _ = yard.Stop() }()
	loads, err := prepare(ctx, portal.URL, yard.URL, s.parcels)
	if err != nil {
		return err
	}
	sampling, stop := context.WithCancel(ctx)
	peak := make(chan int, 1)
	go func() { peak <- rig.PeakAnon(sampling, portal.PID()) }()
	err = errors.Join(
		ratio(ctx, b, s, t, "lookup page, of hand-written", loads.page, loads.yard, "0.75", "1.0"),
		ratio(ctx, b, s, t, "304, of the own 200", loads.unchanged, loads.page, "2.2", "2.8"),
		ratio(ctx, b, s, t, "gzip on, of gzip off", loads.gzip, loads.page, "0.75", "0.85"))
	stop()
	t.add("peak anonymous memory, 32 connections", float64(<-peak)/1024, " MiB", "40", "25")
	return errors.Join(err, trips(ctx, db.SQL, portal.URL, s.parcels, t))
}

// filled is the database of the given size, made once and kept.
func filled(ctx context.Context, b *rig.Bed, parcels int) (*rig.Database, error) {
	name := "bench_" + itoa(parcels)
	if db, err := b.Open(name); err == nil {
		var n int
		const whole = `select count(*) from shipment_timeline having bool_or(waybill = $1)`
		if db.SQL.QueryRowContext(ctx, whole, feedgen.Waybill(parcels-1)).Scan(&n) == nil && n == parcels {
			return db, b.Portal(ctx, db, os.Stderr, "migrate")
		}
		db.Close()
	}
	db, err := b.Fresh(ctx, name)
	if err != nil {
		return nil, err
	}
	for from := 0; from < parcels; from += chunk {
		span := feedgen.Span{From: from, To: min(from+chunk, parcels)}
		start := time.Now()
		file := filepath.Join(b.Dir, "chunk.csv")
		for _, kind := range []string{"shipments", "checkpoints"} {
			err := writeFile(file, func(w io.Writer) error {
				if kind == "shipments" {
					return feedgen.Shipments(w, span, base())
				}
				_, err := feedgen.Checkpoints(w, span, base(), false)
				return err
			})
			if err != nil {
				return nil, err
			}
			if _, _, err := portalImport(ctx, b, db, kind, file); err != nil {
				return nil, err
			}
		}
		fmt.Printf("filled %d of %d parcels (%s)\n", span.To, parcels, time.Since(start).Round(time.Second))
	}
	_, err = db.SQL.ExecContext(ctx, `vacuum analyze`)
	return db, err
}

type loads struct{ page, yard, unchanged, gzip rig.Load }

func prepare(ctx context.Context, portal, yard string, parcels int) (loads, error) {
	var l loads
	paths := make([]string, min(lookedUp, parcels))
	for i := range paths {
		paths[i] = "/track/" + string(feedgen.Waybill(i*(parcels/len(paths))))
	}
	tags := make([]string, min(tagSample, len(paths)))
	for i := range tags {
		tag, err := etag(ctx, portal+paths[i])
		if err != nil {
			return l, err
		}
		tags[i] = tag
	}
	english := map[string]string{"Accept-Language": "en"}
	zipped := map[string]string{"Accept-Language": "en", "Accept-Encoding": "gzip"}
	l.page = rig.Load{URL: portal, Paths: paths, Headers: english, Want: http.StatusOK}
	l.yard = rig.Load{URL: yard, Paths: paths, Headers: english, Want: http.StatusOK}
	l.gzip = rig.Load{URL: portal, Paths: paths, Headers: zipped, Want: http.StatusOK}
	l.unchanged = rig.Load{URL: portal, Paths: paths[:len(tags)], Headers: english, Want: http.StatusNotModified, ETags: tags}
	return l, nil
}

func etag(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return "", err
	}
	req.Header.Set("Accept-Language", "en")
	req.Header.Set("Accept-Encoding", "identity")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	_ = resp.Body.Close()
	if tag := resp.Header.Get("ETag"); tag != "" && resp.StatusCode == http.StatusOK {
		return tag, nil
	}
	return "", fmt.Errorf("%s: status %d without ETag", url, resp.StatusCode)
}

// ratio runs two loads in turn and notes the median of their ratios.
func ratio(ctx context.Context, b *rig.Bed, s settings, t *table, what string, ours, other rig.Load, floor, aim string) error {
	var ratios []float64
	for range s.pairs {
		x, err := rig.Wrk(ctx, b.Dir, other, s.turn())
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		y, err := rig.Wrk(ctx, b.Dir, ours, s.turn())
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		fmt.Printf("  %s: %.0f against %.0f requests/s\n", what, y, x)
		ratios = append(ratios, y/x)
	}
	t.add(what, rig.Median(ratios), "x", floor, aim)
	return nil
}

// trips counts the transactions that PostgreSQL finished for lookups one by one.
func trips(ctx context.Context, db *sql.DB, portal string, parcels int, t *table) error {
	const lookups = 2000
	if err := lookEach(ctx, portal, 1, 200); err != nil { // each of the portal's connections prepares its statement first
		return err
	}
	before, err := commits(ctx, db)
	if err != nil {
		return err
	}
	if err := lookEach(ctx, portal, parcels, lookups); err != nil {
		return err
	}
	after, err := commits(ctx, db)
	if err != nil {
		return err
	}
	t.add("statements a public lookup", float64(after-before)/lookups, "", "1", "1")
	return nil
}

// lookEach asks for one parcel after the other; each must be there.
func lookEach(ctx context.Context, portal string, parcels, times int) error {
	for i := range times {
		url := portal + "/track/" + string(feedgen.Waybill(i%parcels))
		if status, err := rig.Status(ctx, url); err != nil || status != http.StatusOK {
			return errors.Join(err, fmt.Errorf("%s: status %d", url, status))
		}
	}
	return nil
}

// commits is PostgreSQL's count of finished transactions in this database; a
// backend reports its own after at most a second or so of rest.
func commits(ctx context.Context, db *sql.DB) (n int64, err error) {
	time.Sleep(11 * time.Second)
	err = db.QueryRowContext(ctx, `select xact_commit from pg_stat_database where datname = current_database()`).Scan(&n)
	return n, err
}
