package static_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"ecms/portal/static"
)

func find(t *testing.T, address string) static.File {
	t.Helper()
	f, ok := static.Find(address)
	if !ok {
		t.Fatalf("nothing at %q", address)
	}
	return f
}

func TestAddressNamesTheContent(t *testing.T) {
	url := static.URL("app.css")
	if !regexp.MustCompile(`^/static/app\.[0-9a-f]{12}\.css$`).MatchString(url) {
		t.Fatalf("address %q carries no hash", url)
	}
	f := find(t, url)
	want, err := os.ReadFile("app.css")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(f.Body, want) {
		t.Errorf("got %d bytes, want the file's %d", len(f.Body), len(want))
	}
	if f.Type != "text/css; charset=utf-8" || !f.Forever || len(f.ETag) != 14 {
		t.Errorf("got type %q, forever %v, etag %s", f.Type, f.Forever, f.ETag)
	}
}

func TestCompressedIsTheSame(t *testing.T) {
	for _, name := range []string{"app.css", "app.js"} {
		f := find(t, static.URL(name))
		z, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, f.Body) {
			t.Errorf("%s: compressed and plain differ", name)
		}
	}
	if f := find(t, "/icon-180.png"); f.Gzip != nil && len(f.Gzip) >= len(f.Body) {
		t.Errorf("icon: compressed to %d of %d bytes, which gains nothing", len(f.Gzip), len(f.Body))
	}
}

func TestFilesThatBrowsersAskForByName(t *testing.T) {
	for path, kind := range map[string]string{
		"/favicon.ico": "image/x-icon", "/manifest.webmanifest": "application/manifest+json",
		"/icon-180.png": "image/png", "/icon.svg": "image/svg+xml",
	} {
		f := find(t, path)
		if f.Type != kind || len(f.Body) == 0 {
			t.Errorf("%s: got %s of %d bytes, want %s", path, f.Type, len(f.Body), kind)
		}
		if f.Forever {
			t.Errorf("%s is kept for ever though its address never changes", path)
		}
	}
	for _, path := range []string{"", "/", "/app.src.css", "/static/", "/static/app.000000000000.css", "/static.go", "/../go.mod"} {
		if _, ok := static.Find(path); ok {
			t.Errorf("%q leads to a file", path)
		}
	}
	if got := static.URL("nothing.css"); got != "" {
		t.Errorf("a file that is none has the address %q", got)
	}
}

func TestNothingComesFromElsewhere(t *testing.T) {
	for _, name := range []string{"app.css", "app.js"} {
		f := find(t, static.URL(name))
		rules := string(f.Body)
		if name == "app.css" { // Tailwind's licence names its site
			_, rules, _ = strings.Cut(rules, "*/")
		}
		for _, bad := range []string{"http://", "https://", "@import", "url(", "eval("} {
			if strings.Contains(rules, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
	}
}
