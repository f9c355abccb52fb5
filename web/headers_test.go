package web_test

import (
	"net/http"
	"strings"
	"testing"

	"ecms/portal/internal/config"
	"ecms/portal/internal/demo"
	"ecms/portal/web"
	"ecms/portal/web/webtest"
)

// everyRoute asks once for each line of the site map, with a real number in it.
func everyRoute(t *testing.T, s *webtest.Site, visit func(r web.Route, page *webtest.Page)) {
	t.Helper()
	parcel := string(s.Tell(t, demo.Moving)[0].Waybill)
	fill := strings.NewReplacer("{n}", parcel, "{n...}", "AB/CD-12", "{file...}", "none.css", "{component}", "none")
	for _, r := range s.Portal.Routes() {
		visit(r, s.Visitor(t).Still().Send(r.Method, fill.Replace(r.Path), nil))
	}
	for _, other := range []string{"/nowhere", "/track/EC00000000000A", "/track/NOBODY-1234"} {
		visit(web.Route{Method: http.MethodGet, Path: other}, s.Visitor(t).Get(other))
	}
}

func TestProtectionOnEveryAnswer(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"Content-Security-Policy":      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Strict-Transport-Security":    "max-age=31536000; includeSubDomains",
	}
	everyRoute(t, webtest.Start(t), func(r web.Route, page *webtest.Page) {
		for name, value := range want {
			if got := page.Header.Values(name); len(got) != 1 || got[0] != value {
				t.Errorf("%s %s: %s is %q, want %q", r.Method, r.Path, name, got, value)
			}
		}
		if len(page.Header.Get("X-Request-Id")) != 16 || page.Header.Get("Permissions-Policy") == "" {
			t.Errorf("%s %s: no request id or permissions", r.Method, r.Path)
		}
		for _, leak := range []string{"Server", "X-Powered-By", "Access-Control-Allow-Origin"} {
			if got := page.Header.Get(leak); got != "" {
				t.Errorf("%s %s: %s is %q", r.Method, r.Path, leak, got)
			}
		}
		kind := page.Header.Get("Content-Type")
		if page.Body != "" && (strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/json")) && !strings.Contains(kind, "charset=utf-8") {
			t.Errorf("%s %s: Content-Type %q", r.Method, r.Path, kind)
		}
		if page.Body != "" && kind == "" {
			t.Errorf("%s %s: no Content-Type", r.Method, r.Path)
		}
	})
}

func TestMethodsOutsideTheSiteMap(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	b := s.Visitor(t)
	for path, allow := range map[string]string{"/": "GET, HEAD", "/track": "GET, HEAD, POST", "/track/" + w: "GET, HEAD", "/track/" + w + "/unlock": "GET, HEAD, POST", "/clock": "POST", "/ops/shipments": "POST"} {
		for _, method := range []string{"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO"} {
			page := b.Send(method, path, nil, "Sec-Fetch-Site", "same-origin").Want(405)
			if got := page.Header.Get("Allow"); got != allow {
				t.Errorf("%s %s: Allow %q, want %q", method, path, got, allow)
			}
		}
	}
	b.Get("/clock").Want(405)
	b.Post("/", nil).Want(405)
	b.Get("/", "X-Http-Method-Override", "DELETE", "X-Method-Override", "DELETE").Want(200)
	b.Get("/ops/shipments").Want(405)
}

// TestClosedDoors: what isn't there is not there for any method.
func TestClosedDoors(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t, webtest.Configured(func(c *config.Config) { c.OpsTokens, c.Embedded = nil, false })).Visitor(t)
	nowhere := b.Get("/ops/nothing").Want(404)
	for _, path := range []string{"/ops/shipments", "/ops/checkpoints", "/dev/gallery", "/dev/gallery/timeline"} {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
			page := b.Send(method, path, nil, "Sec-Fetch-Site", "same-origin", "Authorization", "Bearer "+webtest.OpsSecret).Want(404)
			if page.Header.Get("Allow") != "" || method == "GET" && page.Text("h1") != nowhere.Text("h1") {
				t.Errorf("%s %s can be told from no address: Allow %q, %q", method, path, page.Header.Get("Allow"), page.Text("h1"))
			}
		}
	}
}

func TestTransportSecurityBehindAProxy(t *testing.T) {
	t.Parallel()
	plain := func(c *config.Config) { c.BaseURL = "http://localhost:8080" }
	s := webtest.Start(t, webtest.Configured(plain), webtest.WithoutTLS())
	b := s.Visitor(t)
	if got := b.Get("/").Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("over http: %q", got)
	}
	if got := b.Get("/", "X-Forwarded-Proto", "https").Header.Get("Strict-Transport-Security"); got == "" {
		t.Error("our proxy says https, and we don't")
	}
	alone := webtest.Start(t, webtest.WithoutTLS(), webtest.Configured(plain),
		webtest.Configured(func(c *config.Config) { c.TrustedProxies = nil })).Visitor(t)
	if got := alone.Get("/", "X-Forwarded-Proto", "https").Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("a stranger's word on the scheme counts: %q", got)
	}
}

func TestCompression(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	path := "/track/" + string(s.Tell(t, demo.Moving)[0].Waybill)
	plain := s.Visitor(t).Get(path, "Accept-Encoding", "identity")
	for accept, want := range map[string]string{"gzip": "gzip", "br, gzip;q=0.5": "gzip", "*": "gzip", "gzip;q=0": "", "br": "", "": "", "gzip;q=0.0, deflate": ""} {
		page := s.Visitor(t).Get(path, "Accept-Encoding", accept).Want(200)
		if got := page.Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q: %q, want %q", accept, got, want)
		}
		if page.Header.Get("Etag") != plain.Header.Get("Etag") {
			t.Errorf("Accept-Encoding %q: another ETag", accept)
		}
		if want == "gzip" && unzip(t, page.Body) != plain.Body {
			t.Errorf("Accept-Encoding %q: another page", accept)
		}
	}
}
