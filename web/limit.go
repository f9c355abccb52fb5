package web

import (
	"net/netip"
	"sync"
	"time"
)

// The limits on asking for numbers that are not there.
const (
	guessWindow       = time.Hour
	guessesHousehold  = 30
	guessesNetwork    = 300
	guessKeysInMemory = 20_000
)

// guesses remembers who asked for unknown numbers in the last hour. Once a
// household or a network is at its limit it learns nothing more, not even about
// numbers that exist: else the refusal itself would tell known from unknown.
type guesses struct {
	now  func() time.Time
	mu   sync.Mutex
	seen map[netip.Prefix][]time.Time // oldest first
}

func newGuesses(now func() time.Time) *guesses {
	return &guesses{now: now, seen: map[netip.Prefix][]time.Time{}}
}

// blocked tells how long the address still has to wait; zero when it may ask.
func (g *guesses) blocked(a netip.Addr) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.seen) == 0 {
		return 0
	}
	return g.wait(a, g.now())
}

// settle is asked between the look-up and its answer, with the count of unknown
// numbers found. Answers of parallel requests pass here one by one, so that
// however many are in flight, none beyond the limit gets out.
func (g *guesses) settle(a netip.Addr, unknown int) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if unknown == 0 && len(g.seen) == 0 {
		return 0
	}
	now := g.now()
	if wait := g.wait(a, now); wait > 0 || unknown == 0 {
		return wait
	}
	over := g.add(household(a), unknown, guessesHousehold, now)
	if g.add(network(a), unknown, guessesNetwork, now) || over {
		return g.wait(a, now)
	}
	return 0
}

func (g *guesses) wait(a netip.Addr, now time.Time) time.Duration {
	return max(
		g.left(household(a), guessesHousehold, now),
		g.left(network(a), guessesNetwork, now))
}

// left is the time until enough of the key's guesses are an hour old.
func (g *guesses) left(key netip.Prefix, limit int, now time.Time) time.Duration {
	times, ok := g.seen[key]
	if !ok {
		return 0
	}
	times = fresh(times, now)
	if len(times) == 0 {
		delete(g.seen, key)
		return 0
	}
	g.seen[key] = times
	if len(times) < limit {
		return 0
	}
	return times[len(times)-limit].Add(guessWindow).Sub(now)
}

// add counts a key's guesses and tells whether they are too many to be answered.
// A long list alone is not: shops paste numbers that the carrier has yet to see.
func (g *guesses) add(key netip.Prefix, n, limit int, now time.Time) (over bool) {
	times, ok := g.seen[key]
	if !ok && len(g.seen) >= guessKeysInMemory {
		g.makeRoom(now)
	}
	over = ok && len(times)+n > limit
	for range min(n, limit) {
		times = append(times, now)
	}
	g.seen[key] = times
	return over
}

// makeRoom forgets what is over, and when that is not enough a sixteenth by
// chance: whoever fills the table from so many networks gains nothing by it.
func (g *guesses) makeRoom(now time.Time) {
	for key, times := range g.seen {
		if len(fresh(times, now)) == 0 {
			delete(g.seen, key)
		}
	}
	for key := range g.seen {
		if len(g.seen) < guessKeysInMemory*15/16 {
			return
		}
		delete(g.seen, key)
	}
}

// fresh drops the guesses that are an hour old.
func fresh(times []time.Time, now time.Time) []time.Time {
	for len(times) > 0 && !times[0].Add(guessWindow).After(now) {
		times = times[1:]
	}
	return times
}
