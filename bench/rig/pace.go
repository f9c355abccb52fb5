package rig

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Pace does an act at a fixed rate for a while, each when its moment comes,
// whether those before are done or not: people don't wait for one another. It
// gives how long each took from its moment, so that a late start counts too.
func Pace(ctx context.Context, perSecond float64, d time.Duration, act func(i int)) []time.Duration {
	n := int(perSecond * d.Seconds())
	took := make([]time.Duration, n)
	gap := time.Duration(float64(time.Second) / perSecond)
	start := time.Now()
	var running sync.WaitGroup
	for i := range n {
		moment := start.Add(time.Duration(i) * gap)
		if wait := time.Until(moment); wait > 0 {
			select {
			case <-ctx.Done():
				running.Wait()
				return took[:i]
			case <-time.After(wait):
			}
		}
		running.Go(func() {
			act(i)
			took[i] = time.Since(moment)
		})
	}
	running.Wait()
	return took
}

// Percentile is the figure that p percent of some times stay within.
func Percentile(times []time.Duration, p float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(float64(len(sorted))*p/100))]
}

// Apart tells how well the times of two kinds of tries can be told apart: the
// chance that one of the second kind took longer than one of the first (the area
// under the curve of the best threshold classifier). 0.5: not at all.
func Apart(first, second []time.Duration) float64 {
	if len(first) == 0 || len(second) == 0 {
		return 0.5
	}
	a := slices.Sorted(slices.Values(first))
	var longer float64
	for _, t := range second {
		below, _ := slices.BinarySearch(a, t)
		through, _ := slices.BinarySearch(a, t+1)
		longer += float64(below) + float64(through-below)/2
	}
	return longer / float64(len(first)) / float64(len(second))
}
