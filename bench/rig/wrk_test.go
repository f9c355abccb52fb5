package rig_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ecms/portal/bench/rig"
)

func TestMedian(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		figures []float64
		want    float64
	}{
		{"one", []float64{4}, 4},
		{"odd", []float64{9, 1, 5}, 5},
		{"even, not the better half", []float64{4, 1, 2, 9}, 3},
		{"two", []float64{1, 2}, 1.5},
		{"outlier", []float64{1, 1, 1, 1, 1000}, 1},
	} {
		if got := rig.Median(c.figures); got != c.want {
			t.Errorf("%s: got %g, want %g", c.name, got, c.want)
		}
	}
	given := []float64{3, 1, 2}
	rig.Median(given)
	if given[0] != 3 || given[1] != 1 {
		t.Errorf("the figures were put in order: %v", given)
	}
}

func TestRateOfWrk(t *testing.T) {
	t.Parallel()
	const fine = "Running 10s test @ http://127.0.0.1:1\n  1 threads and 32 connections\nRequests/sec:  18214.55\nTransfer/sec:    201.2MB\n"
	for _, c := range []struct {
		name, says string
		want       float64
	}{
		{"a fine run", fine, 18214.55},
		{"whole number", "Requests/sec: 7\n", 7},
		{"failures among the answers", fine + "  Non-2xx or 3xx responses: 3\n", 0},
		{"broken connections", "  Socket errors: connect 0, read 2, write 0, timeout 0\n" + fine, 0},
		{"no rate", "unable to connect to 127.0.0.1:1 Connection refused\n", 0},
		{"nothing", "", 0},
		{"two points", "Requests/sec: 1.2.3\n", 0},
	} {
		got, err := rig.PerSecond([]byte(c.says))
		if got != c.want || (err == nil) != (c.want > 0) {
			t.Errorf("%s: got %g, %v; want %g", c.name, got, err, c.want)
		}
		if err != nil && c.says != "" && !strings.Contains(err.Error(), strings.Fields(c.says)[0]) && c.name != "two points" {
			t.Errorf("%s: %v does not show what wrk said", c.name, err)
		}
	}
}

func TestTimesOfWrk(t *testing.T) {
	t.Parallel()
	const says = "  Latency Distribution\n     50%    1.20ms\n     75%    2.00ms\n     90%    3.10ms\n     99%  "
	for typed, want := range map[string]time.Duration{
		" 4.52ms": 4520 * time.Microsecond, "812.00us": 812 * time.Microsecond, "  1.05s": 1050 * time.Millisecond, "  0.50m": 30 * time.Second, " fast": 0,
	} {
		if got := rig.Slowest([]byte(says + typed + "\n  100 requests in 1s\n")); got != want {
			t.Errorf("%q: got %s, want %s", typed, got, want)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestScriptOfWrk(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), `folder "of" tests`)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file, err := rig.Load{
		Paths: []string{"/track/EC1", "/track/EC2"}, ETags: []string{`"a1"`, `W/"b2"`}, Cookies: []string{"a=1", "b=2"}, Want: 304,
		Headers: map[string]string{"Accept-Language": "en", "X-Quote": `say "hi"`},
	}.Write(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, filepath.Join(dir, "requests.txt")), "/track/EC1\t\"a1\"\ta=1\n/track/EC2\tW/\"b2\"\tb=2\n"; got != want {
		t.Errorf("requests: got %q, want %q", got, want)
	}
	script := read(t, file)
	for _, part := range []string{
		`wrk.headers["Accept-Language"] = "en"`, `wrk.headers["X-Quote"] = "say \"hi\""`, `folder \"of\" tests/requests.txt")`,
		"turn = turn % #requests + 1",
	} {
		if !strings.Contains(script, part) {
			t.Errorf("the script lacks %s:\n%s", part, script)
		}
	}
	if strings.Contains(script, "delay") {
		t.Error("a load without pause has one")
	}
	if strings.Contains(script, "%!") {
		t.Errorf("a gap of the script was left open:\n%s", script)
	}
}

func TestPausesDiffer(t *testing.T) {
	t.Parallel()
	file, err := rig.Load{Paths: []string{"/"}, Want: 200, Pause: 5 * time.Millisecond}.Write(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if want := "function delay() return math.random(0, 10) end"; !strings.Contains(read(t, file), want) {
		t.Errorf("the script lacks %s", want)
	}
}

func TestRequestsWithoutMore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := (rig.Load{Paths: []string{"/a", "/b"}, Want: 200}).Write(dir); err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, filepath.Join(dir, "requests.txt")), "/a\t\t\n/b\t\t\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := (rig.Load{Paths: []string{"/a"}}).Write(filepath.Join(dir, "missing")); err == nil {
		t.Error("a folder that is not there was written to")
	}
}

func TestLoadIsTriedFirst(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/missing":
			w.WriteHeader(http.StatusNotFound)
		case r.URL.Path == "/account" && r.Header.Get("Cookie") == "":
			w.WriteHeader(http.StatusSeeOther)
		case r.Header.Get("If-None-Match") == `"copy"` && r.Header.Get("Accept-Language") == "en":
			w.WriteHeader(http.StatusNotModified)
		}
	}))
	t.Cleanup(server.Close)
	english := map[string]string{"Accept-Language": "en"}
	for _, c := range []struct {
		name string
		load rig.Load
		fine bool
	}{
		{"as wanted", rig.Load{Paths: []string{"/a", "/b"}, Want: 200}, true},
		{"copies hold", rig.Load{Paths: []string{"/a"}, ETags: []string{`"copy"`}, Headers: english, Want: 304}, true},
		{"signed in", rig.Load{Paths: []string{"/account"}, Cookies: []string{"a=1"}, Want: 200}, true},
		{"nobody signed in", rig.Load{Paths: []string{"/account"}, Cookies: []string{""}, Want: 200}, false},
		{"copies do not hold", rig.Load{Paths: []string{"/a"}, ETags: []string{`"older"`}, Headers: english, Want: 304}, false},
		{"the last is missing", rig.Load{Paths: []string{"/a", "/b", "/missing"}, Want: 200}, false},
		{"the middle is missing", rig.Load{Paths: []string{"/a", "/missing", "/b"}, Want: 200}, false},
	} {
		c.load.URL = server.URL
		if err := c.load.Try(t.Context()); (err == nil) != c.fine {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
