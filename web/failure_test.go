package web_test

import (
	"net/http"
	"strings"
	"testing"

	"ecms/portal/internal/config"
	"ecms/portal/internal/locale"
	"ecms/portal/static"
	"ecms/portal/web/webtest"
)

func TestPanicIsAPage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t, func(s *webtest.Site) { s.Portal.Shipments = nil })
	b := s.Visitor(t)
	page := b.Get("/zh-Hans/track/ABCD-1234").Want(500)
	id := page.Header.Get("X-Request-Id")
	if page.Find("html").AttrOr("lang", "") != "zh-Hans" || !strings.Contains(page.Text("main"), id) || strings.Contains(page.Body, "nil pointer") {
		t.Errorf("the page of a panic: %s", page.Text("main"))
	}
	if log := s.Log.String(); !strings.Contains(log, `"request":"`+id+`"`) || !strings.Contains(log, "nil pointer") || !strings.Contains(log, `"level":"ERROR"`) {
		t.Errorf("the log of a panic: %s", log)
	}
	if twin := b.Get("/track/ABCD-1234.json").Want(500); !strings.Contains(twin.Body, `"status":500`) {
		t.Errorf("as JSON: %s", twin.Body)
	}
	if twin := b.Get("/ko/track/ABCD-1234.txt").Want(500); strings.Contains(twin.Body, "<") || twin.Body == "" {
		t.Errorf("as text: %s", twin.Body)
	}
	b.Get("/").Want(200)
}

func TestPagesThatAreNotThere(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	page := b.Get("/ko/no/such/page").Want(404)
	if page.Find("html").AttrOr("lang", "") != "ko" || page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("404 in %q, %q", page.Find("html").AttrOr("lang", ""), page.Header.Get("Cache-Control"))
	}
	page.Follow(`main a[href="/ko/"]`).Want(200)
}

func TestStaticFiles(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t, webtest.Configured(func(c *config.Config) { c.Embedded = false }))
	b := s.Visitor(t)
	for _, name := range []string{"app.css", "app.js", "icon.svg"} {
		address := static.URL(name)
		plain := b.Get(address, "Accept-Encoding", "identity").Want(200)
		if got := plain.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control %q", address, got)
		}
		packed := b.Get(address, "Accept-Encoding", "gzip").Want(200)
		if packed.Header.Get("Content-Encoding") == "gzip" && unzip(t, packed.Body) != plain.Body {
			t.Errorf("%s: the compressed file is another", address)
		}
		b.Get(address, "If-None-Match", plain.Header.Get("Etag")).Want(304)
		b.Get(address + "x").Want(404)
	}
	if got := b.Get("/manifest.webmanifest").Want(200).Header.Get("Content-Type"); got != "application/manifest+json" {
		t.Errorf("manifest: %q", got)
	}
	if got := b.Get("/robots.txt").Want(200).Body; !strings.Contains(got, "Disallow: /track") {
		t.Errorf("robots.txt: %s", got)
	}
	b.Get("/favicon.ico").Want(200)
}

func TestFailuresHaveTheirOwnWords(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for _, l := range locale.Languages() {
		b, prefix := s.Visitor(t), "/"+string(l)
		post := func(kind, body string) *webtest.Page {
			return b.Send(http.MethodPost, prefix+"/track", strings.NewReader(body), "Content-Type", kind)
		}
		const form = "application/x-www-form-urlencoded"
		said := map[string]int{}
		for _, page := range []*webtest.Page{
			b.Get(prefix + "/nowhere").Want(404), b.Send(http.MethodPut, prefix+"/track", nil).Want(405), post("application/json", "{}").Want(415),
			post(form, "numbers="+strings.Repeat("A", 64<<10)).Want(413), post(form, "numbers=%zz").Want(400),
			b.Post(prefix+"/track", nil, "Sec-Fetch-Site", "cross-site").Want(403),
		} {
			title := page.Text("h1")
			if other, taken := said[title]; taken || title == "" || strings.Contains(page.Text("main"), "failure.") {
				t.Errorf("%s: %d says %q, as %d does", l, page.Status, title, other)
			}
			said[title] = page.Status
		}
	}
}
