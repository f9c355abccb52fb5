package web

import (
	"net/netip"
	"sync"
	"time"
)

// votesNetwork is how many votes on answers a network has in an hour: an office
// may have many readers, and nobody needs to say a thing a hundred times.
const votesNetwork = 30

// votes remembers how many votes came from each network in the last hour. It is
// kept in memory alone: with a vote nothing is stored about who gave it.
type votes struct {
	now  func() time.Time
	mu   sync.Mutex
	seen map[netip.Prefix][]time.Time // oldest first
}

func newVotes(now func() time.Time) *votes {
	return &votes{now: now, seen: map[netip.Prefix][]time.Time{}}
}

// take counts a vote, or tells how long the network has to wait for its next.
func (s *votes) take(from netip.Prefix) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	times := fresh(s.seen[from], now)
	if len(times) >= votesNetwork {
		return times[len(times)-votesNetwork].Add(guessWindow).Sub(now)
	}
	if len(s.seen) >= guessKeysInMemory {
		s.forget(now)
	}
	s.seen[from] = append(times, now)
	return 0
}

// forget drops the networks whose votes are an hour old; when none is, all: a few
// votes too many do no harm.
func (s *votes) forget(now time.Time) {
	for from, times := range s.seen {
		if len(fresh(times, now)) == 0 {
			delete(s.seen, from)
		}
	}
	if len(s.seen) >= guessKeysInMemory {
		clear(s.seen)
	}
}
