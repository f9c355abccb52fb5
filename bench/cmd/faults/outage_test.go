package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// site is a portal whose database is away between begin and end.
type site struct {
	*httptest.Server
	away atomic.Bool
}

func newSite(t *testing.T, whileAway int, after time.Duration) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(2 * time.Millisecond)
		if s.away.Load() {
			time.Sleep(after)
			w.WriteHeader(whileAway)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// short is an outage of a moment.
func (s *site) short() outage {
	return outage{"short", func(context.Context) error {
		s.away.Store(true)
		time.Sleep(50 * time.Millisecond)
		return nil
	}, func(context.Context) error {
		s.away.Store(false)
		return nil
	}}
}

func TestOutage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		status int
		after  time.Duration
		says   string // "": the portal passes
	}{
		{"quick 503", http.StatusServiceUnavailable, 0, ""},
		{"an error page", http.StatusInternalServerError, 0, "status 500"},
		{"a page as if nothing were", http.StatusOK, 0, "nobody was refused"},
		{"a 503 that takes too long", http.StatusServiceUnavailable, patience + 2*tolerance, "slowest answer 2."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, c.status, c.after)
			r, err := s.short().run(t.Context(), s.URL)
			switch {
			case c.says == "" && (err != nil || r.refused == 0 || r.slowest <= 0 || r.back <= 0):
				t.Errorf("got %+v, %v; want a pass with refusals and times", r, err)
			case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
				t.Errorf("got %+v, %v; want an error with %q", r, err, c.says)
			}
		})
	}
}

func TestOutageThatCannotBeMade(t *testing.T) {
	t.Parallel()
	s := newSite(t, http.StatusOK, 0)
	broken := errors.New("no server to kill")
	o := s.short()
	o.begin = func(context.Context) error { return broken }
	if _, err := o.run(t.Context(), s.URL); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func TestPost(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.Header.Get("Authorization") != "Bearer word" || r.Header.Get("Content-Type") != "text/csv" {
			w.WriteHeader(http.StatusBadRequest)
		}
	}))
	defer s.Close()
	if got := post(t.Context(), s.URL, "word", "a,b\n"); got != http.StatusOK {
		t.Errorf("got status %d, want 200", got)
	}
	cut := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000") // an answer cut off by kill -9
		_, _ = w.Write([]byte("{"))
	}))
	defer cut.Close()
	if got := post(t.Context(), cut.URL, "word", ""); got != 0 {
		t.Errorf("half an answer counts as status %d, want 0: it acknowledges nothing", got)
	}
	if got := post(t.Context(), "http://127.0.0.1:1", "word", ""); got != 0 {
		t.Errorf("nobody there: got status %d, want 0", got)
	}
}
