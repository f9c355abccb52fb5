package rig_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/bench/rig"
)

func TestBurstSendsAllAtOnce(t *testing.T) {
	t.Parallel()
	const n = 40
	var waiting atomic.Int64
	all := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" {
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("X-Forwarded-For") != "10.0.0.1" || !strings.HasPrefix(string(body), "a=") {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if waiting.Add(1) == n { // none is answered before all have come
			close(all)
		}
		select {
		case <-all:
			w.WriteHeader(http.StatusServiceUnavailable)
		case <-time.After(20 * time.Second):
		}
	}))
	t.Cleanup(server.Close)
	shots, err := rig.Burst(t.Context(), server.URL, n, func(i int) string {
		return rig.FormRequest("/login", "10.0.0.1", fmt.Sprintf("a=%d", i))
	})
	if err != nil || len(shots) != n {
		t.Fatalf("%d answers, %v", len(shots), err)
	}
	for i, s := range shots {
		if s.Status != http.StatusServiceUnavailable || s.Took <= 0 {
			t.Errorf("request %d: %+v", i, s)
		}
	}
}

func TestBurstOnNobody(t *testing.T) {
	t.Parallel()
	addr, err := rig.FreeAddr()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rig.Burst(t.Context(), "http://"+addr, 1, func(int) string { return "" }); err == nil {
		t.Error("nobody listens, and all is well")
	}
}
