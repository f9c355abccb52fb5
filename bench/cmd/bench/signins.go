package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"ecms/portal/bench/rig"
)

const (
	tried     = 20               // sign-ins a second
	alongside = 60 * time.Second // for how long
	storm     = 1000             // sign-ins at once
)

// signIns measures what sign-ins do to the lookups beside them: at a steady rate,
// and as a storm.
func signIns(ctx context.Context, b *rig.Bed, s settings, t *table) error {
	_, portal, stop, err := inhabited(ctx, b, s)
	if err != nil {
		return err
	}
	defer stop()
	l, err := prepare(ctx, portal.URL, portal.URL, s.parcels)
	if err != nil {
		return err
	}
	capacity, err := rig.Wrk(ctx, b.Dir, l.page, s.turn())
	if err != nil {
		return err
	}
	half := l.page
	half.Pause = time.Duration(float64(2*rig.Connections) / capacity * float64(time.Second)).Round(time.Millisecond)
	look := func(d time.Duration) (rig.Result, error) { return rig.WrkTimes(ctx, b.Dir, half, d) }
	alone, err := look(alongside)
	if err != nil {
		return err
	}
	fmt.Printf("  lookups at %.0f of %.0f requests/s, p99 %s\n", alone.PerSecond, capacity, alone.P99)
	v := rig.NewVisitor(portal.URL)
	var done, refused atomic.Int64
	beside, err := during(ctx, func(ctx context.Context) {
		rig.Pace(ctx, tried, alongside, func(i int) {
			a, err := v.Post(ctx, "/login", rig.From(i), url.Values{"email": {customer(i % customers)}, "password": {password}})
			switch {
			case err == nil && a.Status == http.StatusSeeOther:
				done.Add(1)
			default:
				refused.Add(1)
			}
		})
	}, func() (rig.Result, error) { return look(alongside) })
	if err != nil {
		return err
	}
	fmt.Printf("  beside %d sign-ins (%d more refused): %.0f requests/s, p99 %s\n", done.Load(), refused.Load(), beside.PerSecond, beside.P99)
	t.add("p99 of lookups beside 20 sign-ins/s, of without", float64(beside.P99)/float64(alone.P99), "x", "2.5", "1.5")
	return stormed(ctx, v, look, alone, t)
}

// stormed lets a thousand people sign in at once while others look parcels up.
func stormed(ctx context.Context, v *rig.Visitor, look func(time.Duration) (rig.Result, error), alone rig.Result, t *table) error {
	var (
		mu      sync.Mutex
		refused []time.Duration
		inside  int
		wrong   error
	)
	beside, err := during(ctx, func(ctx context.Context) {
		time.Sleep(time.Second)
		var all sync.WaitGroup
		for i := range storm {
			all.Go(func() {
				a, err := v.Post(ctx, "/login", rig.From(5000+i), url.Values{"email": {customer(i % customers)}, "password": {password}})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err != nil:
					wrong = errors.Join(wrong, err)
				case a.Status == http.StatusServiceUnavailable || a.Status == http.StatusTooManyRequests:
					refused = append(refused, a.Took)
				case a.Status == http.StatusSeeOther:
					inside++
				default:
					wrong = fmt.Errorf("a sign-in of the storm answers %d", a.Status)
				}
			})
		}
		all.Wait()
	}, func() (rig.Result, error) { return look(10 * time.Second) })
	if err = errors.Join(err, wrong); err != nil {
		return err
	}
	fmt.Printf("  storm: %d signed in, %d refused\n", inside, len(refused))
	t.add("storm of 1,000: refused within, median", float64(rig.Percentile(refused, 50))/float64(time.Millisecond), " ms", "50", "20")
	t.add("storm of 1,000: refused within, p99", float64(rig.Percentile(refused, 99))/float64(time.Millisecond), " ms", "50", "50")
	t.add("storm of 1,000: p99 of lookups, of without", float64(beside.P99)/float64(alone.P99), "x", "3", "2")
	return nil
}

// during runs one load beside another and gives the figures of the second.
func during(ctx context.Context, beside func(context.Context), load func() (rig.Result, error)) (rig.Result, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var running sync.WaitGroup
	running.Go(func() { beside(ctx) })
	found, err := load()
	running.Wait()
	return found, err
}
