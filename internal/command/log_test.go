package command

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
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

func TestLogIsWrittenSoonerWhenThereIsPlenty(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out slow
		log, end := newLog(&out)
		defer end()
		log.Info("few")
		synctest.Wait()
		if out.text.Len() > 0 {
			t.Error("a single line is written at once")
		}
		log.Info(strings.Repeat("plenty ", 10_000))
		synctest.Wait()
		if got := strings.Count(out.text.String(), "\n"); got != 2 {
			t.Errorf("%d lines of 2 are written, though 70 KB wait", got)
		}
		log.Info("few again")
		time.Sleep(300 * time.Millisecond)
		synctest.Wait()
		if got := strings.Count(out.text.String(), "\n"); got != 3 {
			t.Errorf("%d lines of 3 are written after the pace", got)
		}
	})
}
