package rig

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Load is one kind of request that wrk repeats with one thread and 32
// connections, each time for another of the paths.
type Load struct {
	URL     string
	Paths   []string
	Headers map[string]string
	// Want is the only status that counts: some of the requests are tried before
	// the run, and an error among the answers ends it.
	Want int
	// ETags, when given, are sent as If-None-Match beside the path of the same index.
	ETags []string
	// Cookies, when given, are sent beside the path of the same index.
	Cookies []string
	// Pause is how long each connection waits on average before it asks again.
	Pause time.Duration
}

var rate = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)

// Connections are those that wrk keeps open.
const Connections = 32

// Wrk drives the load for a while and gives requests per second.
func Wrk(ctx context.Context, dir string, l Load, d time.Duration) (float64, error) {
	r, err := WrkTimes(ctx, dir, l, d)
	return r.PerSecond, err
}

// Result is what wrk found: requests per second, and the time within which 99 of
// 100 were answered.
type Result struct {
	PerSecond float64
	P99       time.Duration
}

// WrkTimes drives the load for a while and gives its rate and times.
func WrkTimes(ctx context.Context, dir string, l Load, d time.Duration) (Result, error) {
	if err := l.try(ctx); err != nil {
		return Result{}, err
	}
	file, err := l.write(dir)
	if err != nil {
		return Result{}, err
	}
	cmd := exec.CommandContext(ctx, "wrk", "-t1", "--latency", fmt.Sprintf("-c%d", Connections), //nolint:gosec // own arguments
		fmt.Sprintf("-d%ds", int(d.Seconds())), "-s", file, l.URL)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return Result{}, fmt.Errorf("wrk: %w: %s", err, out)
	}
	r := Result{P99: percentile99(out)}
	r.PerSecond, err = perSecond(out)
	return r, err
}

var slowest = regexp.MustCompile(`(?m)^\s+99%\s+([0-9.]+(?:us|ms|s|m))$`)

// percentile99 reads the time of the 99th percentile out of what wrk says.
func percentile99(out []byte) time.Duration {
	m := slowest.FindSubmatch(out)
	if m == nil {
		return 0
	}
	d, err := time.ParseDuration(string(m[1]))
	if err != nil {
		return 0
	}
	return d
}

// try sends the first, the middle and the last request. Asking wrk for each
// answer's status instead would make it read every page, and the load generator
// would cost more than the portal.
func (l Load) try(ctx context.Context) error {
	for _, i := range []int{0, len(l.Paths) / 2, len(l.Paths) - 1} {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.URL+l.Paths[i], http.NoBody)
		if err != nil {
			return err
		}
		for name, value := range l.Headers {
			req.Header.Set(name, value)
		}
		if l.ETags != nil {
			req.Header.Set("If-None-Match", l.ETags[i])
		}
		if l.Cookies != nil {
			req.Header.Set("Cookie", l.Cookies[i])
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		_ = resp.Body.Close()
		if resp.StatusCode != l.Want {
			return fmt.Errorf("%s answers %d, want %d", l.Paths[i], resp.StatusCode, l.Want)
		}
	}
	return nil
}

// perSecond reads the rate out of what wrk says; a run with failures has none.
func perSecond(out []byte) (float64, error) {
	m := rate.FindSubmatch(out)
	if m == nil || bytes.Contains(out, []byte("Non-2xx or 3xx")) || bytes.Contains(out, []byte("Socket errors")) {
		return 0, fmt.Errorf("wrk says: %s", out)
	}
	return strconv.ParseFloat(string(m[1]), 64)
}

// script prepares every request once, so that the load generator costs little.
const script = `local requests, turn = {}, 0
function init(args)
  for line in io.lines(%q) do
    local path, etag, cookie = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
    if etag ~= "" then wrk.headers["If-None-Match"] = etag end
    if cookie ~= "" then wrk.headers["Cookie"] = cookie end
    requests[#requests + 1] = wrk.format("GET", path)
  end
end
function request() turn = turn %% #requests + 1; return requests[turn] end
`

// at is the i-th of some texts, nothing where there are none.
func at(texts []string, i int) string {
	if texts == nil {
		return ""
	}
	return texts[i]
}

func (l Load) write(dir string) (string, error) {
	var list, lua strings.Builder
	for i, path := range l.Paths {
		list.WriteString(path + "\t" + at(l.ETags, i) + "\t" + at(l.Cookies, i) + "\n")
	}
	requests := filepath.Join(dir, "requests.txt")
	for name, value := range l.Headers {
		fmt.Fprintf(&lua, "wrk.headers[%q] = %q\n", name, value)
	}
	fmt.Fprintf(&lua, script, requests)
	if l.Pause > 0 { // twice the pause at most, so that the connections don't march in step
		fmt.Fprintf(&lua, "function delay() return math.random(0, %d) end\n", 2*l.Pause.Milliseconds())
	}
	file := filepath.Join(dir, "load.lua")
	return file, errors.Join(os.WriteFile(requests, []byte(list.String()), 0o600), os.WriteFile(file, []byte(lua.String()), 0o600))
}

// Median is the middle of some figures.
func Median(figures []float64) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
