package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
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
			a, err := v.Post(ctx, "/login", rig.From(i), signInForm(i%customers))
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
	return stormed(ctx, portal.URL, filepath.Join(b.Dir, portalLog), look, alone, t)
}

// stormed lets a thousand people sign in at once while others look parcels up.
func stormed(ctx context.Context, address, log string, look func(time.Duration) (rig.Result, error), alone rig.Result, t *table) error {
	var (
		shots  []rig.Shot
		failed error
	)
	beside, err := during(ctx, func(ctx context.Context) {
		time.Sleep(time.Second)
		shots, failed = rig.Burst(ctx, address, storm, func(i int) string {
			return rig.FormRequest("/login", rig.From(5000+i), signInForm(i%customers).Encode())
		})
	}, func() (rig.Result, error) { return look(10 * time.Second) })
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	refused, inside := make([]time.Duration, 0, storm), 0
	for _, s := range shots {
		switch s.Status {
		case http.StatusServiceUnavailable, http.StatusTooManyRequests:
			refused = append(refused, s.Took)
		case http.StatusSeeOther:
			inside++
		default:
			return fmt.Errorf("a sign-in of the storm answers %d", s.Status)
		}
	}
	fmt.Printf("  storm: %d signed in, %d refused\n", inside, len(refused))
	millis := func(p float64) float64 { return float64(rig.Percentile(refused, p)) / float64(time.Millisecond) }
	t.add("storm of 1,000: refused within, median", millis(50), " ms", "50", "20")
	t.add("storm of 1,000: refused within, p99", millis(99), " ms", "50", "50")
	own, err := refusals(log)
	if err != nil {
		return err
	}
	t.add("storm of 1,000: the portal's own time, slowest", float64(rig.Percentile(own, 100))/float64(time.Millisecond), " ms", "50", "10")
	t.add("storm of 1,000: p99 of lookups, of without", float64(beside.P99)/float64(alone.P99), "x", "3", "2")
	return nil
}

// refusals reads out of the portal's log how long it had each refused sign-in in
// its hands. What visitors wait beyond that is for cores that they share with it.
func refusals(log string) ([]time.Duration, error) {
	time.Sleep(time.Second)       // the log is written in batches
	text, err := os.ReadFile(log) //nolint:gosec // the bed's own
	if err != nil {
		return nil, err
	}
	var took []time.Duration
	for line := range strings.Lines(string(text)) {
		var entry struct {
			Method, Route string
			Status        int
			Took          int64 `json:"took_us"`
		}
		if json.Unmarshal([]byte(line), &entry) == nil && entry.Method == http.MethodPost && entry.Route == "/login" && entry.Status == http.StatusServiceUnavailable {
			took = append(took, time.Duration(entry.Took)*time.Microsecond)
		}
	}
	if len(took) == 0 {
		return nil, errors.New("the portal's log knows of no refused sign-in")
	}
	return took, nil
}

// signInForm is what the n-th customer types.
func signInForm(n int) url.Values { return url.Values{"email": {customer(n)}, "password": {password}} }

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
