package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestGracefulStop lets a request under way finish, refuses new ones, and leaves
// a folder from which the next start goes on.
func TestGracefulStop(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	portal, _ := h.serve(t)
	secret, err := os.ReadFile(filepath.Join(h.dir, "ops.token"))
	if err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(strings.TrimSpace(string(secret)), ":")
	body, slow := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+h.addr+"/ops/shipments", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "text/csv")
	answered := make(chan string, 1)
	go func() {
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			answered <- err.Error()
			return
		}
		defer func() { _ = response.Body.Close() }()
		text, err := io.ReadAll(response.Body)
		answered <- fmt.Sprint(response.StatusCode, " ", string(text), " ", err)
	}()
	if _, err := io.WriteString(slow, "waybill,origin_country,origin_zone,destination_country,destination_zone\n"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond) // the request is under way
	if err := portal.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		c, err := net.Dial("tcp", h.addr)
		if err != nil {
			break // new ones are refused
		}
		_ = c.Close()
		if time.Now().After(end) {
			t.Fatal("the portal still takes connections")
		}
	}
	_, _ = io.WriteString(slow, "SLOW-1,US,UTC,CN,Asia/Shanghai\n")
	_ = slow.Close()
	if got := <-answered; !strings.HasPrefix(got, "200 ") || !strings.Contains(got, `"added":1`) {
		t.Errorf("the request under way: %s", got)
	}
	if err := portal.Wait(); err != nil {
		t.Errorf("stopped: %v", err)
	}
	events := "waybill,at,code\nSLOW-1,2026-03-03T10:00:00Z,InTransit_004\n"
	if status, report, errs := h.run(t, events, "import", "checkpoints", "-"); status != 0 || !strings.Contains(report, `"added": 1`) {
		t.Errorf("what was acknowledged is not there: status %d\n%s%s", status, report, errs)
	}
}

// TestAddressInUse is told in one line, and the database does not stay behind.
func TestAddressInUse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	taken, err := net.Listen("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	status, out, errs := h.run(t, "", "serve")
	var said []string
	for line := range strings.Lines(errs) {
		if strings.HasPrefix(line, "portal ") { // the log lies beside it
			said = append(said, line)
		}
	}
	if status != 1 || out != "" || len(said) != 1 || !strings.Contains(said[0], h.addr) || !strings.Contains(said[0], "in use") {
		t.Errorf("status %d, %q, %q", status, out, errs)
	}
	_ = taken.Close()
	h.serve(t) // the folder is free again, and its first start is finished
}
