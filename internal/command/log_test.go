package command

import (
	"strings"
	"sync"
	"testing"
)

// slow is an output that takes nothing until it is let go.
type slow struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *slow) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func TestLogLosesNothingAtTheEnd(t *testing.T) {
	t.Parallel()
	var out slow
	log, end := newLog(&out)
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			for range 250 {
				log.Info("line")
			}
		})
	}
	writers.Wait()
	end()
	if got := strings.Count(out.text.String(), "\n"); got != 1000 {
		t.Errorf("%d lines of 1000", got)
	}
}

func TestLogDropsWhatAStuckOutputCannotTake(t *testing.T) {
	t.Parallel()
	var out slow
	out.mu.Lock()
	log, end := newLog(&out)
	for range 30_000 {
		log.Info("a line that is some fifty bytes long or a little more")
	}
	out.mu.Unlock()
	end()
	if got := strings.Count(out.text.String(), "\n"); got < 1000 || got > 25_000 || !strings.Contains(out.text.String(), "log lines dropped") {
		t.Errorf("%d lines, and no word of those dropped", got)
	}
}
