package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"ecms/portal/bench/feedgen"
	"ecms/portal/bench/rig"
)

const (
	readers   = 16
	patience  = 2 * time.Second // a 503 comes within it, and the portal is back within it
	tolerance = 100 * time.Millisecond
)

// killPostgres kills and restarts PostgreSQL under load, and freezes it once
// more each time.
func killPostgres(ctx context.Context, b *rig.Bed, db *rig.Database, outages int) error {
	p, err := b.Serve(ctx, db, io.Discard)
	if err != nil {
		return err
	}
	defer func() { _ = p.Stop() }()
	for n := range outages {
		for _, o := range []outage{{"killed", b.KillPostgres, b.AwaitPostgres}, {"frozen", b.FreezePostgres, b.ThawPostgres}} {
			r, err := o.run(ctx, p.URL)
			if err != nil {
				return fmt.Errorf("outage %d, %s: %w", n+1, o.name, err)
			}
			if p.Exited() {
				return fmt.Errorf("outage %d, %s: the portal ended", n+1, o.name)
			}
			fmt.Printf("outage %d, PostgreSQL %s: %d answers 503, slowest answer %s; 200 again after %s\n", n+1, o.name, r.refused,
				r.slowest.Round(time.Millisecond), r.back.Round(time.Millisecond))
		}
	}
	return nil
}

type outage struct {
	name       string
	begin, end func(context.Context) error
}

type result struct {
	refused       int
	slowest, back time.Duration
}

// run keeps readers asking before, during and after the outage.
func (o outage) run(ctx context.Context, url string) (result, error) {
	var (
		r       result
		mu      sync.Mutex
		strange error
		group   sync.WaitGroup
	)
	asking, stop := context.WithCancel(ctx)
	for i := range readers {
		group.Go(func() {
			for n := i; asking.Err() == nil; n += readers {
				start := time.Now()
				status, err := ask(url + "/track/" + string(feedgen.Waybill(n%feedParcels)))
				took := time.Since(start)
				mu.Lock()
				r.slowest = max(r.slowest, took)
				switch {
				case err != nil:
					strange = err
				case status == http.StatusServiceUnavailable:
					r.refused++
				case status != http.StatusOK:
					strange = fmt.Errorf("status %d", status)
				}
				mu.Unlock()
			}
		})
	}
	err := o.pass(ctx, url, &r)
	stop()
	group.Wait()
	switch {
	case err != nil:
		return r, err
	case strange != nil:
		return r, strange
	case r.refused == 0:
		return r, fmt.Errorf("nobody was refused")
	case r.slowest > patience+tolerance || r.back > patience+tolerance:
		return r, fmt.Errorf("slowest answer %s, back after %s", r.slowest, r.back)
	}
	return r, nil
}

func (o outage) pass(ctx context.Context, url string, r *result) error {
	time.Sleep(time.Second)
	if err := o.begin(ctx); err != nil {
		return err
	}
	waiting, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	if err := o.end(waiting); err != nil {
		return err
	}
	start := time.Now()
	if err := rig.AwaitOK(waiting, url+"/track/"+string(feedgen.Waybill(1))); err != nil {
		return err
	}
	r.back = time.Since(start)
	time.Sleep(time.Second)
	return nil
}

func ask(url string) (int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return rig.Status(ctx, url)
}
