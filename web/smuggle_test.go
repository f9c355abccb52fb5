package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

// TestSmuggledRequests: after a body whose length is in doubt the connection
// ends, so that nothing in it is ever read as a request of somebody else.
func TestSmuggledRequests(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t, webtest.WithoutTLS())
	const (
		post   = "POST /track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		hidden = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
	)
	for name, request := range map[string]string{
		"both lengths":         post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
		"two lengths":          post + "Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + hidden,
		"a signed length":      post + "Content-Length: +0\r\n\r\n" + hidden,
		"a length in hex":      post + "Content-Length: 0x0\r\n\r\n" + hidden,
		"a list of lengths":    post + "Content-Length: 0, 0\r\n\r\n" + hidden,
		"a negative length":    post + "Content-Length: -1\r\n\r\n" + hidden,
		"two encodings":        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + hidden,
		"an odd encoding":      post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden,
		"a folded header":      post + "X: a\r\n Transfer-Encoding: chunked\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + hidden,
		"a space before colon": post + "Content-Length : 0\r\n\r\n" + hidden,
		"a bare line feed":     post + "Transfer-Encoding:\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + hidden,
		"a chunk too long":     post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + hidden,
		"a chunk of no number": post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n" + hidden,
		"a chunk that lies":    post + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n" + hidden,
	} {
		c := s.Dial(t)
		if err := c.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(c, request); err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(c)
		if err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("%s: the connection is kept: %v", name, err)
		}
		if strings.Contains(string(all), `"status":"ok"`) {
			t.Errorf("%s: the hidden request is answered:\n%s", name, all)
		}
		if strings.HasPrefix(string(all), "HTTP/1.1 2") {
			t.Errorf("%s: taken as good: %.40q", name, all)
		}
		_ = c.Close()
	}
}

// bomb is a gzip file of n zeros.
func bomb(t *testing.T, n int64) string {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(z, zeros{}, n); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestBombs(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	half := bomb(t, 33<<20)
	send := func(body string, headers ...string) *webtest.Page {
		return s.Visitor(t).Send(http.MethodPost, "/ops/checkpoints", strings.NewReader(body),
			append(headers, "Authorization", "Bearer "+webtest.OpsSecret, "Content-Type", "text/csv")...)
	}
	send(half+half, "Content-Encoding", "gzip").Want(413) // two files in a row unpack to one that is too large
	send(half[:len(half)-9], "Content-Encoding", "gzip").Want(400)
	send(zip(t, checkpointsCSV)+"rest", "Content-Encoding", "gzip").Want(400)
	send(zip(t, zip(t, checkpointsCSV)), "Content-Encoding", "gzip").Want(422) // unpacked once, no more
	send(checkpointsCSV, "Content-Encoding", "gzip, gzip").Want(415)
	send(checkpointsCSV, "Content-Encoding", "deflate").Want(415)
	// without a token nothing of it is even unpacked
	page := s.Visitor(t).Send(http.MethodPost, "/ops/checkpoints", strings.NewReader(half), "Content-Encoding", "gzip", "Content-Type", "text/csv")
	page.Want(401)
}

// TestOverload: whoever is one too many is refused at once, and all is well again
// when the crowd has gone.
func TestOverload(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t, webtest.WithoutTLS())
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	crowd := make([]net.Conn, 560)
	for i := range crowd { // each stays under way, since its body does not come
		crowd[i] = s.Dial(t)
		_, _ = io.WriteString(crowd[i], "POST /track HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n")
	}
	var refused *webtest.Page
	for start := time.Now(); refused == nil && time.Since(start) < time.Minute; { // until all of the crowd are in
		if page := s.Visitor(t).Get("/ko/track/" + w); page.Status == 503 {
			refused = page
		}
	}
	if refused == nil {
		t.Errorf("with %d requests under way the next is not refused", len(crowd))
	} else if refused.Header.Get("Retry-After") == "" || refused.Header.Get("Cache-Control") != "no-store" || refused.Find("html").AttrOr("lang", "") != "ko" {
		t.Errorf("the refusal: %v", refused.Header)
	}
	for _, c := range crowd {
		_ = c.Close()
	}
	start := time.Now()
	for s.Visitor(t).Get("/track/"+w).Status != 200 {
		if time.Since(start) > time.Minute {
			t.Fatal("not back a minute after the crowd has gone")
		}
		time.Sleep(10 * time.Millisecond)
	}
}
