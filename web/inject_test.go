package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

// TestLinesCannotBeForged puts line breaks and quotes wherever a visitor can
// write, and wants each log line whole and each header the portal's own.
func TestLinesCannotBeForged(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	b := s.Visitor(t).Still()
	const evil = "\r\nSet-Cookie: evil=1\r\n\r\n<script>evil()</script>\n{\"level\":\"ERROR\",\"msg\":\"evil\"}"
	quoted := url.PathEscape(evil)
	pages := []*webtest.Page{
		b.Get("/track/" + quoted), b.Get("/track/" + w + quoted), b.Get("/" + quoted), b.Get("/ko/" + quoted), b.Get("/track?n=" + url.QueryEscape(evil)),
		b.Get("/track?n=" + w + "&n=" + url.QueryEscape(evil)), b.Get("/track/" + w + "?" + url.QueryEscape(evil)), b.Get("/static/" + quoted), b.Get("/dev/gallery/" + quoted),
		b.Post("/track", url.Values{"numbers": {evil}}), b.Post("/track", url.Values{"numbers": {w + evil}}), b.Post("/clock", url.Values{"zone": {evil}, "next": {evil}}),
		b.Post("/clock", url.Values{"zone": {"Asia/Seoul"}, "next": {"/" + evil}}), b.Post("/track/"+w+"/unlock", url.Values{"order_no": {evil}}),
		b.Get("/", "X-Request-Id", "evil", "User-Agent", "evil", "Referer", "https://evil.example/", "Accept-Language", "evil"),
		b.Get("/track/"+w, "If-None-Match", `W/"evil`), b.Get("/track/"+w, "Cookie", "__Host-lang=evil; tz=../evil; __Host-grant=evil"), b.Send("EVIL", "/track/"+w, nil),
	}
	for _, page := range pages {
		for name, values := range page.Header {
			if text := strings.Join(values, " "); strings.Contains(strings.ToLower(name), "evil") || strings.ContainsAny(text, "\r\n") || name == "Set-Cookie" && strings.Contains(text, "evil") {
				t.Errorf("%s: the header %s is %q", page.Path, name, text)
			}
		}
		if strings.Contains(page.Body, "<script>evil") || page.Find("script:not([src])").Length()+page.Find("[style], [onclick], [onerror]").Length() > 0 {
			t.Errorf("%s: markup of the visitor's is on the page", page.Path)
		}
		if id := page.Header.Get("X-Request-Id"); !requestID.MatchString(id) {
			t.Errorf("%s: request id %q", page.Path, id)
		}
	}
	lines := strings.Split(strings.TrimSpace(s.Log.String()), "\n")
	if len(lines) != len(pages) {
		t.Errorf("%d log lines for %d requests", len(lines), len(pages))
	}
	for _, line := range lines {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry["msg"] != "request" || strings.Contains(line, "evil") {
			t.Errorf("log line %s: %v", line, err)
		}
	}
}

// TestPathsWithoutAPlace tries the prefix and the number in odd shapes.
func TestPathsWithoutAPlace(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	for path, want := range map[string]int{
		"/ko%2Ftrack/" + w: 404, "/ko%2F": 404, "/ko%2Fko/track/" + w: 404, "/ko/ko/track/" + w: 404, "/ko/zh-Hans/": 404, "/ko/../track/" + w: 404, "/%6bo/track/" + w: 200,
		"/TRACK/" + w: 404, "/track%2F" + w: 404, "/track;x=1/" + w: 404, "/track/" + w + ";x=1": 404, "/track/..%2f" + w: 404, "/track/%2e%2e/" + w: 404,
		"/track/" + w + "%c0%af": 404, "/track/%ff%fe1234": 404, "/track/" + w + "%2500": 404, "/track/" + w + "%252F": 404, "/track/" + strings.Repeat("A", 101): 404,
		"/track/" + strings.Repeat("%E2%80%8B", 900) + w: 404, "/track/" + strings.Repeat("A/", 5000): 404, "/ko": 200, "/ko?x": 200, "/ko/track/" + w + "?n=1&n=2&n[]=3&=": 200,
		"/track/" + w + "/unlock/": 303, "/healthz/": 404, "/static/%2e%2e%2fmain.go": 404, "/static/app.css%00.js": 404, "/ko/static/": 404, "/%ef%bb%bf": 404, "/*": 404, "/:n": 404, "/track/:n": 404,
	} {
		status, head, body := raw(t, s, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.9\r\nConnection: close\r\n\r\n")
		if status != want {
			t.Errorf("%.80s: %d, want %d", path, status, want)
		}
		if !strings.Contains(head, "X-Content-Type-Options:[nosniff]") || strings.Contains(body, "goroutine ") || strings.Contains(body, "/web/") {
			t.Errorf("%.80s: an answer without protection, or with internals: %s", path, head)
		}
	}
}

// TestHeadIsGetWithoutABody, on every kind of answer.
func TestHeadIsGetWithoutABody(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	for _, path := range []string{"/", "/track/" + w, "/track/" + w + ".txt", "/track/" + w + ".json", "/track?n=" + w + "&n=NOBODY-1234", "/track/NOBODY-1234", "/track/EC00000000000A",
		"/nowhere", "/track/" + w + "/unlock", "/track", "/robots.txt", "/healthz", "/readyz", "/dev/gallery", "/clock", "/ops/shipments", "/static/none"} {
		get, head := s.Visitor(t).Still().Get(path, "Accept-Encoding", "identity"), s.Visitor(t).Still().Send(http.MethodHead, path, nil, "Accept-Encoding", "identity")
		for _, h := range []http.Header{get.Header, head.Header} {
			h.Del("X-Request-Id")
			h.Del("Date")
		}
		if head.Body != "" || head.Status != get.Status || len(head.Header) != len(get.Header) {
			t.Errorf("%s: HEAD %d with %d bytes and %d headers, GET %d and %d headers", path, head.Status, len(head.Body), len(head.Header), get.Status, len(get.Header))
		}
		for name := range get.Header {
			if head.Header.Get(name) != get.Header.Get(name) {
				t.Errorf("%s: %s is %q by HEAD and %q by GET", path, name, head.Header.Get(name), get.Header.Get(name))
			}
		}
	}
}
