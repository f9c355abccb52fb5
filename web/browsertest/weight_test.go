//go:build browser

package browsertest_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// The most that a page may weigh on the wire, compressed.
const (
	firstViewLimit = 14 << 10 // HTML + CSS of a parcel's page
	pageLimit      = 60 << 10 // any page with all that it loads
	scriptLimit    = 10 << 10
)

var (
	styleLink  = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"`)
	scriptLink = regexp.MustCompile(`<script src="([^"]+)"`)
	otherLink  = regexp.MustCompile(`<(?:link rel="(?:icon|manifest)"|img[^>]*) (?:href|src)="(/[^"]+)"`)
)

// weigh counts the bytes of an answer as they are sent to a reader who takes gzip.
func weigh(t *testing.T, path string, status int, headers ...string) (bytesSent int, text string) {
	t.Helper()
	body, header := send(t, http.MethodGet, path, nil, status, append(headers, "Accept-Encoding", "gzip")...)
	if header.Get("Content-Encoding") != "gzip" {
		return len(body), string(body)
	}
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return len(body), string(plain)
}

// weighAll weighs what a page loads, but for pictures of documents: those weigh
// what their owners' cameras made of them, and only their owners see them.
func weighAll(t *testing.T, links *regexp.Regexp, html string) (sum int) {
	t.Helper()
	for _, m := range links.FindAllStringSubmatch(html, -1) {
		if strings.Contains(m[1], "/id/picture/") || strings.Contains(m[1], "/pictures/") {
			continue
		}
		n, _ := weigh(t, m[1], http.StatusOK)
		sum += n
	}
	return sum
}

func TestFirstViewOfTheLongestParcel(t *testing.T) {
	p := busiest(t)
	if p.Events < 20 {
		t.Fatalf("the busiest demo parcel has %d events, want at least 20", p.Events)
	}
	for _, language := range languages {
		html, text := weigh(t, "/"+language+"/track/"+string(p.Waybill), http.StatusOK)
		css := weighAll(t, styleLink, text)
		script := weighAll(t, scriptLink, text)
		t.Logf("%s, %d events: HTML %d + CSS %d = %d bytes of %d; script %d of %d", language, p.Events, html, css, html+css, firstViewLimit, script, scriptLimit)
		if css == 0 || html+css > firstViewLimit {
			t.Errorf("%s: HTML %d + CSS %d bytes, want both and at most %d", language, html, css, firstViewLimit)
		}
		if script > scriptLimit {
			t.Errorf("%s: script %d bytes, want at most %d", language, script, scriptLimit)
		}
	}
}

func TestNoPageIsHeavy(t *testing.T) {
	heaviest, name := 0, ""
	for _, v := range views(t) {
		if v.then != nil {
			continue // the same templates as the others, by POST
		}
		for _, language := range languages {
			html, text := weigh(t, "/"+language+v.path, int(v.status), as(t, v.as)...)
			sum := html + weighAll(t, styleLink, text) + weighAll(t, scriptLink, text) + weighAll(t, otherLink, text)
			if sum > heaviest {
				heaviest, name = sum, v.name+"/"+language
			}
			if sum > pageLimit {
				t.Errorf("%s/%s weighs %d bytes, want at most %d", v.name, language, sum, pageLimit)
			}
			if at := strings.Index(text, `="http`); at >= 0 && strings.Contains(text, `src="http`) {
				t.Errorf("%s/%s loads from elsewhere: %.80s", v.name, language, text[at:])
			}
		}
	}
	t.Logf("heaviest page: %s, %d bytes of %d with all that it loads", name, heaviest, pageLimit)
}
