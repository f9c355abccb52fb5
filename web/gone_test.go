package web_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

// TestHalfClosedConnections are of visitors who sent a request and nothing more:
// an empty page that names itself current would stay in somebody's cache.
func TestHalfClosedConnections(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t, webtest.WithoutTLS())
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	s.Visitor(t).Get("/track/" + w).Want(200)
	for _, path := range []string{"/track/" + w, "/track/" + w + ".json", "/track?n=" + w + "&n=NOBODY-1234"} {
		s.Wire.Freeze()
		c, ok := s.Dial(t).(*net.TCPConn)
		if !ok {
			t.Fatal("no TCP connection")
		}
		if _, err := io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		if err := c.CloseWrite(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(50*time.Millisecond, s.Wire.Restore)
		response, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		whole := response.StatusCode == 200 && strings.Contains(string(body), w)
		cut := response.StatusCode == 499 && response.Header.Get("Etag") == "" && response.Header.Get("Cache-Control") == "no-store"
		if err != nil || !whole && !cut {
			t.Errorf("%s: %d with %d bytes, ETag %q: neither the page nor a refusal", path, response.StatusCode, len(body), response.Header.Get("Etag"))
		}
		_, _ = response.Body.Close(), c.Close()
	}
	if strings.Contains(s.Log.String(), `"level":"ERROR"`) {
		t.Errorf("a visitor who left is logged as our own mistake:\n%s", s.Log)
	}
}
