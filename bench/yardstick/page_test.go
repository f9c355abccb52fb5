package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"ecms/portal/bench/feedgen"
	"ecms/portal/internal/shipment/feed"
	"ecms/portal/web/webtest"
)

// The yardstick counts only as long as it shows what the portal shows.
func TestVisibleTextEqualsThePortals(t *testing.T) {
	t.Parallel()
	site := webtest.Start(t)
	span := feedgen.Span{From: 0, To: 72} // each lane, moving and delivered
	base := site.Clock.Now().Truncate(24 * time.Hour)
	var shipments, checkpoints bytes.Buffer
	if err := feedgen.Shipments(&shipments, span, base); err != nil {
		t.Fatal(err)
	}
	if _, err := feedgen.Checkpoints(&checkpoints, span, base, false); err != nil {
		t.Fatal(err)
	}
	if r, err := site.Portal.Feed.Shipments(t.Context(), &shipments, feed.CSV, feed.Options{}); err != nil || r.Rejected > 0 {
		t.Fatalf("import of shipments: %+v, %v", r, err)
	}
	if r, err := site.Portal.Feed.Checkpoints(t.Context(), &checkpoints, feed.CSV, feed.Options{}); err != nil || r.Rejected > 0 {
		t.Fatalf("import of checkpoints: %+v, %v", r, err)
	}
	pool, err := open(t.Context(), site.Wire.URL(), 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	byHand := handler(pool, site.Clock.Now)
	visitor := site.Visitor(t)
	for n := range span.Parcels() {
		path := "/track/" + string(feedgen.Waybill(n))
		page := visitor.Get(path, "Accept-Language", "en").Want(http.StatusOK)
		answer := httptest.NewRecorder()
		byHand.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, http.NoBody))
		if answer.Code != http.StatusOK {
			t.Fatalf("yardstick %s: status %d: %s", path, answer.Code, answer.Body)
		}
		doc, err := goquery.NewDocumentFromReader(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(visible(page.Find("html")), visible(doc.Find("html"))); diff != "" {
			t.Fatalf("%s (-portal +yardstick):\n%s", path, diff)
		}
	}
}

// visible is the text that a reader sees, one entry a text node.
func visible(s *goquery.Selection) []string {
	var texts []string
	s.Find("*").Each(func(_ int, e *goquery.Selection) {
		e.Contents().Each(func(_ int, c *goquery.Selection) {
			if goquery.NodeName(c) == "#text" {
				if text := strings.Join(strings.Fields(c.Text()), " "); text != "" {
					texts = append(texts, text)
				}
			}
		})
	})
	return texts
}
