package web_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/config"
	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

// serving runs the site's own servers and gives their addresses.
func serving(t *testing.T) (s *webtest.Site, public, admin string, stop context.CancelFunc, done chan error) {
	t.Helper()
	free := func() string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		return l.Addr().String()
	}
	public, admin = free(), free()
	s = webtest.Start(t, webtest.Configured(func(c *config.Config) { c.Addr, c.AdminAddr = public, admin }))
	ctx, stop := context.WithCancel(t.Context())
	done, ready := make(chan error, 1), make(chan struct{})
	go func() { done <- s.Portal.Serve(ctx, func(net.Addr) { close(ready) }) }()
	select {
	case <-ready:
	case err := <-done:
		t.Fatalf("serve: %v", err)
	}
	return s, public, admin, stop, done
}

// end stops the servers and waits until they have.
func end(t *testing.T, stop context.CancelFunc, done <-chan error) {
	t.Helper()
	stop()
	if err := <-done; err != nil {
		t.Errorf("serve: %v", err)
	}
}

func fetch(t *testing.T, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url) //nolint:noctx // our own server
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestMetricsStayOnTheAdminAddress(t *testing.T) {
	t.Parallel()
	s, public, admin, stop, done := serving(t)
	defer end(t, stop, done)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	fetch(t, "http://"+public+"/track/"+w)
	fetch(t, "http://"+public+"/no/such/page/"+w)
	s.Portal.Metrics.Job("shipment.sweep", time.Second, nil)
	for path, want := range map[string]int{"/metrics": 404, "/debug/pprof/": 404, "/healthz": 200, "/readyz": 200} {
		if status, _ := fetch(t, "http://"+public+path); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
	status, metrics := fetch(t, "http://"+admin+"/metrics")
	for _, line := range []string{
		`portal_requests_total{route="/track/{n}",status="200"} 1`, `portal_requests_total{route="-",status="404"}`,
		`portal_request_seconds_bucket{route="/track/{n}",le="0.005"}`, `portal_job_seconds_count{kind="shipment.sweep",outcome="done"} 1`,
		"go_goroutines", "process_resident_memory_bytes", "portal_requests_in_flight",
	} {
		if !strings.Contains(metrics, line) {
			t.Errorf("metrics (%d) lack %s", status, line)
		}
	}
	if strings.Contains(metrics, w) {
		t.Error("a waybill is in the metrics")
	}
	for _, path := range []string{"/debug/pprof/", "/debug/pprof/heap", "/healthz", "/readyz"} {
		if status, _ := fetch(t, "http://"+admin+path); status != 200 {
			t.Errorf("admin %s: %d", path, status)
		}
	}
}

func TestGracefulStop(t *testing.T) {
	t.Parallel()
	s, public, _, stop, done := serving(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	fetch(t, "http://"+public+"/track/"+w)
	s.Wire.Freeze()
	answers := make(chan int, 4)
	for range 4 {
		go func() {
			status, _ := fetch(t, "http://"+public+"/track/"+w)
			answers <- status
		}()
	}
	time.Sleep(200 * time.Millisecond) // the four are under way
	stop()
	time.Sleep(100 * time.Millisecond)
	if c, err := net.Dial("tcp", public); err == nil {
		_ = c.Close()
		t.Error("a new visitor is let in while stopping")
	}
	s.Wire.Restore()
	for range 4 {
		if status := <-answers; status != 200 {
			t.Errorf("a running request got %d", status)
		}
	}
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("serve ended with %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("serve goes on after the last answer")
	}
}

func TestSlowVisitorsAreShutOut(t *testing.T) {
	t.Parallel()
	_, public, _, stop, done := serving(t)
	defer end(t, stop, done)
	drip := func(start string) time.Duration {
		c, err := net.Dial("tcp", public)
		if err != nil {
			t.Error(err)
			return 0
		}
		defer func() { _ = c.Close() }()
		began := time.Now()
		_, _ = io.WriteString(c, start)
		go func() {
			for {
				if _, err := io.WriteString(c, "a"); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		}()
		_, _ = io.Copy(io.Discard, c)
		return time.Since(began)
	}
	took := make(chan time.Duration)
	starts := []string{"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "POST /track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nnumbers="}
	for _, start := range starts {
		go func() { took <- drip(start) }()
	}
	for range starts {
		if d := <-took; d > 30*time.Second || d == 0 {
			t.Errorf("a dripping visitor was kept for %s", d)
		}
	}
}
