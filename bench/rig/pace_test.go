package rig_test

import (
	"math"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/bench/rig"
)

func TestPaceWaitsForNobody(t *testing.T) {
	t.Parallel()
	var begun atomic.Int64
	release := make(chan struct{})
	go func() {
		for begun.Load() < 20 { // all begin though none has ended
			time.Sleep(time.Millisecond)
		}
		close(release)
	}()
	took := rig.Pace(t.Context(), 100, 200*time.Millisecond, func(int) {
		begun.Add(1)
		<-release
	})
	if len(took) != 20 {
		t.Fatalf("%d acts, want 20", len(took))
	}
	if took[0] < took[19] {
		t.Errorf("the first took %s and the last %s: the first waited longest", took[0], took[19])
	}
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	var times []time.Duration
	for i := range 100 {
		times = append(times, time.Duration(100-i))
	}
	for p, want := range map[float64]time.Duration{0: 1, 50: 51, 99: 100, 100: 100} {
		if got := rig.Percentile(times, p); got != want {
			t.Errorf("percentile %v is %v, want %v", p, got, want)
		}
	}
	if got := rig.Percentile(nil, 99); got != 0 {
		t.Errorf("of none: %v", got)
	}
}

func TestApart(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		first, second []time.Duration
		want          float64
	}{
		{[]time.Duration{1, 2, 3}, []time.Duration{1, 2, 3}, 0.5},
		{[]time.Duration{1, 2}, []time.Duration{3, 4}, 1},
		{[]time.Duration{3, 4}, []time.Duration{1, 2}, 0},
		{[]time.Duration{5, 5}, []time.Duration{5}, 0.5},
		{[]time.Duration{1, 3}, []time.Duration{2}, 0.5},
		{nil, []time.Duration{2}, 0.5},
	} {
		if got := rig.Apart(tc.first, tc.second); math.Abs(got-tc.want) > 1e-9 {
			t.Errorf("Apart(%v, %v) is %v, want %v", tc.first, tc.second, got, tc.want)
		}
	}
}
