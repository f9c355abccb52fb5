package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

func TestNextLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t).Still()
	foreign := []string{
		"https://evil.example", "http://evil.example/", "//evil.example", "///evil.example", "////evil.example", `\\evil.example`, `/\evil.example`,
		`\/evil.example`, `/\/evil.example`, "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example", " //evil.example", "https:evil.example",
		"https:/evil.example", "https:///evil.example", "javascript:alert(1)", "data:text/html,x", "evil.example", "evil.example/path", "@evil.example",
		"/%5cevil.example", "/%2f/evil.example", "//%2fevil.example", "/.//evil.example/..//", "//evil.example@localhost", "http://localhost@evil.example",
		"/\x00/evil.example", "/\u2028/evil.example", "//\u3002evil.example", "?next=//evil.example", "#//evil.example", "ftp://evil.example", "/track\r\nSet-Cookie: a=b",
		"/track\r\nLocation: //evil.example", "", strings.Repeat("/a", 2000),
	}
	origin, err := url.Parse("https://localhost:8080/clock")
	if err != nil {
		t.Fatal(err)
	}
	for _, next := range foreign {
		page := b.Post("/clock", url.Values{"zone": {"Asia/Seoul"}, "next": {next}}).Want(303)
		location := page.Header.Get("Location")
		target, err := origin.Parse(location)
		if err != nil || target.Host != "localhost:8080" || target.Scheme != "https" || !strings.HasPrefix(location, "/") ||
			len(location) > 1 && strings.ContainsAny(location[1:2], `/\`) {
			t.Errorf("next %q leads to %q", next, location)
		}
		if page.Header.Get("Set-Cookie") == "" || len(page.Header.Values("Set-Cookie")) != 1 {
			t.Errorf("next %q: cookies %q", next, page.Header.Values("Set-Cookie"))
		}
	}
	for _, next := range []string{"/", "/track/ECGX1YEBF1QXCG", "/ko/track?n=A123&n=B123", "/track/AB%2F12"} {
		if got := b.Post("/clock", url.Values{"zone": {"Asia/Seoul"}, "next": {next}}).Header.Get("Location"); got != next {
			t.Errorf("next %q leads to %q", next, got)
		}
	}
}

func TestFormsFromOtherSites(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	b := s.Visitor(t).Still()
	unlock := "/track/" + string(parcel.Waybill) + "/unlock"
	for _, path := range []string{"/track", "/clock", unlock} {
		values := url.Values{"numbers": {string(parcel.Waybill)}, "zone": {"Asia/Seoul"}, "postcode": {parcel.Postcode}}
		b.Post(path, values, "Sec-Fetch-Site", "cross-site").Want(403)
		b.Post(path, values, "Sec-Fetch-Site", "same-site").Want(403)
		b.Post(path, values, "Sec-Fetch-Site", "", "Origin", "https://evil.example").Want(403)
		page := b.Post("/ko"+path, values, "Sec-Fetch-Site", "cross-site").Want(403)
		if page.Find("html").AttrOr("lang", "") != "ko" || page.Header.Get("Set-Cookie") != "" && strings.Contains(page.Header.Get("Set-Cookie"), "grant") {
			t.Errorf("%s: refused in %q with cookies %q", path, page.Find("html").AttrOr("lang", ""), page.Header.Values("Set-Cookie"))
		}
		b.Post(path, values, "Sec-Fetch-Site", "", "Origin", "https://localhost:8080").Want(303) // a proxy rewrote Host
		b.Post(path, values).Want(303)
	}
}

func TestPathTricks(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	for path, want := range map[string]int{
		"/static/../main.go": 404, "/static/%2e%2e/main.go": 404, "/static/..%2f..%2fetc%2fpasswd": 404, "/static/": 404, "/static/app.css": 404,
		"/.git/config": 404, "/.env": 404, "//": 404, "//track/" + w: 404, "/track//" + w: 404, "/track/./" + w: 404, "/%74rack/" + w: 200,
		"/track/" + w + "%00": 404, "/track/" + w + "/..": 404, "/metrics": 404, "/debug/pprof/": 404, "/track/" + w + "%0d%0aSet-Cookie:%20a=b": 404,
		"/ops/": 404, "/dev/gallery/none": 404, "/dev/gallery/..%2f": 404, "/%": 400, "/track/%zz": 400, "/ko/%2e%2e/": 404,
	} {
		status, head, _ := raw(t, s, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.1\r\nConnection: close\r\n\r\n")
		if status != want || strings.Contains(head, "a=b") {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
}

func TestRequestsThatNobodySends(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	host := "Host: localhost\r\nConnection: close\r\n"
	for request, want := range map[string]int{
		"GET / HTTP/1.1\r\n" + host + "X: " + strings.Repeat("a", 64<<10) + "\r\n\r\n":                                                                          431,
		"GET /" + strings.Repeat("a", 64<<10) + " HTTP/1.1\r\n" + host + "\r\n":                                                                                 431,
		"GET / HTTP/1.1\r\n" + host + "Bad Header: x\r\n\r\n":                                                                                                   400,
		"GET / HTTP/1.1\r\n" + host + "X: a\x00b\r\n\r\n":                                                                                                       400,
		"GET / HTTP/1.1\r\nConnection: close\r\n\r\n":                                                                                                           400,
		"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n":                                                                                     400,
		"POST /track HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef":                                                              400,
		"POST /track HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n":                                                                      501,
		"CONNECT localhost:22 HTTP/1.1\r\n" + host + "\r\n":                                                                                                     404,
		"OPTIONS * HTTP/1.1\r\n" + host + "\r\n":                                                                                                                404,
		"GET http://evil.example/ HTTP/1.1\r\n" + host + "\r\n":                                                                                                 200,
		"GET / HTTP/1.1\r\n" + host + "Cookie: " + strings.Repeat("__Host-grant=x; ", 500) + "\r\n\r\n":                                                         200,
		"GET / HTTP/1.1\r\n" + host + "Accept-Language: " + strings.Repeat("ko;q=0.1,", 1000) + "\r\n\r\n":                                                      200,
		"GET / HTTP/1.1\r\n" + host + "Accept-Encoding: " + strings.Repeat("gzip;q=,", 1000) + "\r\nIf-None-Match: " + strings.Repeat(`W/"`, 1000) + "\r\n\r\n": 200,
	} {
		if status, _, _ := raw(t, s, request); status != want {
			t.Errorf("%.60q: %d, want %d", request, status, want)
		}
	}
}

func TestHostIsNotBelieved(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t, webtest.WithoutTLS())
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	for _, path := range []string{"/", "/track/" + strings.ToLower(w), "/track?n=" + w, "/track/" + w} {
		_, head, body := raw(t, s, "GET "+path+" HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nConnection: close\r\n\r\n")
		if strings.Contains(head+body, "evil.example") {
			t.Errorf("%s: the answer names a host that anybody can send", path)
		}
	}
}

// raw sends bytes as they are and gives status, headers and body of the answer.
func raw(t *testing.T, s *webtest.Site, request string) (status int, head, body string) {
	t.Helper()
	c := s.Dial(t)
	defer func() { _ = c.Close() }()
	go func(c net.Conn) { _, _ = io.WriteString(c, request) }(c) // the portal may answer before it has all
	reader := bufio.NewReader(c)
	response, err := http.ReadResponse(reader, nil)
	if err != nil {
		t.Fatalf("%.60q: %v", request, err)
	}
	defer func() { _ = response.Body.Close() }()
	all, _ := io.ReadAll(response.Body) // cut off when the portal closes first
	return response.StatusCode, fmt.Sprint(response.Header), string(all)
}
