package web_test

import (
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Moving)[0]
	path, b := "/track/"+string(parcel.Waybill), s.Visitor(t)
	tag := b.Get(path).Want(200).Header.Get("Etag")
	within := func(page func() *webtest.Page) {
		t.Helper()
		start := time.Now()
		answer := page().Want(503)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %s", answer.Path, took)
		}
		if answer.Header.Get("Retry-After") == "" || answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("Etag") != "" {
			t.Errorf("%s: %v", answer.Path, answer.Header)
		}
	}
	for name, end := range map[string]func(){"cut": s.Wire.Cut, "frozen": s.Wire.Freeze} {
		end()
		within(func() *webtest.Page { return b.Get(path) })
		within(func() *webtest.Page { return b.Get(path + ".json") })
		within(func() *webtest.Page { return b.Get(path, "If-None-Match", tag) })
		within(func() *webtest.Page { return b.Get("/track?n=ABCD-1234&n=ABCD-1235") })
		within(func() *webtest.Page { return b.Post(path+"/unlock", url.Values{"postcode": {"1"}}) })
		within(func() *webtest.Page { return b.Get("/ko/track/NOBODY-1234") })
		b.Get("/").Want(200)
		b.Get("/healthz").Want(200)
		ready := b.Get("/readyz").Want(503)
		if !strings.Contains(ready.Body, `"database":"away"`) {
			t.Errorf("%s: readyz says %s", name, ready.Body)
		}
		s.Wire.Restore()
		start := time.Now()
		for b.Get(path).Status != 200 {
			if time.Since(start) > 2*time.Second {
				t.Fatalf("%s: not back after 2 s", name)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	if strings.Contains(s.Log.String(), `"level":"ERROR"`) {
		t.Errorf("an absent database is logged as our own mistake:\n%s", s.Log)
	}
}

func TestManyVisitorsWhileTheDatabaseHangs(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	path := "/track/" + string(s.Tell(t, demo.Moving)[0].Waybill)
	s.Visitor(t).Get(path).Want(200)
	s.Wire.Freeze()
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			start := time.Now()
			page := s.Visitor(t).Get(path)
			if took := time.Since(start); page.Status != 503 || took > 5*time.Second { // one after the other would take nine
				t.Errorf("status %d after %s", page.Status, took)
			}
		})
	}
	all.Wait()
	s.Wire.Restore()
}

func TestProbes(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	if got := b.Get("/healthz").Want(200).Body; got != `{"status":"ok"}`+"\n" {
		t.Errorf("healthz: %s", got)
	}
	if got := b.Get("/readyz").Want(200).Body; got != `{"status":"ok","database":"ok","migrations":"current"}`+"\n" {
		t.Errorf("readyz: %s", got)
	}
}
