package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ecms/portal/bench/feedgen"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	at := func(lines ...int) (errs []struct{ Line int }) {
		for _, l := range lines {
			errs = append(errs, struct{ Line int }{l})
		}
		return errs
	}
	bad := map[int]string{3: "no code", 5: "no instant"}
	for _, c := range []struct {
		name string
		rep  report
		says string
	}{
		{"all as it should be", report{Rejected: 2, Added: 8, Errors: at(3, 5)}, ""},
		{"two things wrong in one row", report{Rejected: 2, Added: 8, Errors: at(3, 3, 5)}, ""},
		{"one not reported", report{Rejected: 2, Added: 8, Errors: at(3)}, "1 of 2 bad lines are not reported, line 5 (no instant)"},
		{"none reported", report{Rejected: 2, Added: 8}, "2 of 2 bad lines"},
		{"a good one reported", report{Rejected: 2, Added: 8, Errors: at(3, 4, 5)}, "line 4 is reported, but good"},
		{"reported, but taken", report{Rejected: 1, Added: 9, Errors: at(3, 5)}, "1 of 2 bad rows rejected"},
		{"a good one lost", report{Rejected: 2, Added: 7, Errors: at(3, 5)}, "7 of 8 good ones in"},
		{"good ones wait", report{Rejected: 2, Waiting: 8, Errors: at(3, 5)}, "0 of 8 good ones in"},
	} {
		err := judge(bad, c.rep, 10)
		if (c.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.says)
		}
	}
}

func TestSettingsThatMeasureNothingAreRefused(t *testing.T) {
	t.Parallel()
	fine := settings{only: "import,lookup", parcels: 1000, events: 1000, pairs: 5, seconds: 10}
	for _, c := range []struct {
		name   string
		change func(*settings)
		says   string
	}{
		{"standard", func(*settings) {}, ""},
		{"import alone", func(s *settings) { s.only = "import" }, ""},
		{"a word that is none", func(s *settings) { s.only = "imports" }, "-only imports"},
		{"no word", func(s *settings) { s.only = "" }, "-only"},
		{"one good, one bad", func(s *settings) { s.only = "lookup,all" }, "-only lookup,all"},
		{"no parcels", func(s *settings) { s.parcels = 0 }, "-parcels 0"},
		{"too few rows to spoil", func(s *settings) { s.events = 100 }, "-import-parcels 100"},
		{"no pairs", func(s *settings) { s.pairs = 0 }, "-pairs 0"},
		{"negative seconds", func(s *settings) { s.seconds = -1 }, "-seconds -1"},
	} {
		s := fine
		c.change(&s)
		err := s.check()
		if (c.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.says)
		}
	}
	if got := fine.turn(); got != 10*time.Second {
		t.Errorf("turn: got %s, want 10s", got)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	var tab table
	tab.add("lookup page, of hand-written", 0.876, "x", "0.75", "1.0")
	tab.add("peak memory", 31, " MiB", "40", "25")
	var out bytes.Buffer
	tab.print(&out)
	want := `
figure                        measured   floor  aim
lookup page, of hand-written  0.88x      0.75   1.0
peak memory                   31.00 MiB  40     25
`
	if got := out.String(); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	if got := rowsPerSecond(3000, 1500*time.Millisecond); got != 2000 {
		t.Errorf("rows a second: got %g, want 2000", got)
	}
	// A COPY of 2 s beside an import of 5 s: the import has 40 % of its rate.
	if got := percent(2, 5); got != 40 {
		t.Errorf("percent: got %g, want 40", got)
	}
}

func TestETagOfAPage(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Accept-Language") != "en" || r.Header.Get("Accept-Encoding") != "identity":
			w.WriteHeader(http.StatusTeapot)
		case r.URL.Path == "/bare":
		case r.URL.Path == "/gone":
			w.Header().Set("ETag", `"x"`)
			w.WriteHeader(http.StatusNotFound)
		default:
			w.Header().Set("ETag", `"v1"`)
		}
	}))
	defer s.Close()
	if got, err := etag(t.Context(), s.URL+"/page"); err != nil || got != `"v1"` {
		t.Errorf("got %s, %v; want \"v1\"", got, err)
	}
	for path, says := range map[string]string{"/bare": "status 200 without ETag", "/gone": "status 404"} {
		if got, err := etag(t.Context(), s.URL+path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %s, %v; want an error with %q", path, got, err, says)
		}
	}
}

func TestPreparedLoads(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"`+r.URL.Path+`"`)
	}))
	defer s.Close()
	l, err := prepare(t.Context(), s.URL, "http://yard", 7)
	if err != nil {
		t.Fatal(err)
	}
	if len(l.page.Paths) != 7 || l.page.Paths[6] != "/track/"+string(feedgen.Waybill(6)) || l.yard.URL != "http://yard" {
		t.Errorf("got paths %v to %s", l.page.Paths, l.yard.URL)
	}
	if l.unchanged.Want != http.StatusNotModified || l.page.Want != http.StatusOK || l.gzip.Headers["Accept-Encoding"] != "gzip" || l.page.Headers["Accept-Encoding"] != "" {
		t.Errorf("got %+v", l)
	}
	for i, path := range l.unchanged.Paths {
		if l.unchanged.ETags[i] != `"`+path+`"` {
			t.Errorf("%s goes with the tag %s", path, l.unchanged.ETags[i])
		}
	}
}

func TestMissingParcelsEndTheCount(t *testing.T) {
	t.Parallel()
	last := "/track/" + string(feedgen.Waybill(2))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == last {
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer s.Close()
	if err := lookEach(t.Context(), s.URL, 2, 9); err != nil {
		t.Errorf("two parcels, nine times: %v", err)
	}
	if err := lookEach(t.Context(), s.URL, 3, 9); err == nil || !strings.Contains(err.Error(), last+": status 404") {
		t.Errorf("got %v, want an error that names the parcel", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := lookEach(ended, s.URL, 2, 1); err == nil {
		t.Error("a run that was called off counts")
	}
}
