package web_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

// TestCrawl follows every link, file and form of every page, in all languages,
// locked and unlocked, and allows no dead end.
func TestCrawl(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.AwaitingDuty, demo.Signed, demo.TwoPieces, demo.Returning)
	b := s.Visitor(t)
	b.Post("/track/"+string(parcels[2].Waybill)+"/unlock", map[string][]string{"order_no": {parcels[2].OrderNo}}).Want(200)
	todo := []string{"/", "/track/" + nobody, "/track?n=" + string(parcels[0].Waybill) + "&n=" + string(parcels[1].Waybill), "/dev/gallery", "/robots.txt"}
	for _, p := range parcels {
		todo = append(todo, "/track/"+string(p.Waybill))
	}
	seen, forms := map[string]bool{}, map[string]bool{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		page, want := b.Get(path), 200
		if strings.Contains(path, nobody) {
			want = 404
		}
		if page.Status != want {
			t.Errorf("%s: status %d, want %d", path, page.Status, want)
		}
		if !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
			continue
		}
		todo = append(todo, links(t, page, path)...)
		for _, action := range actions(page, path) {
			if forms[action] {
				continue
			}
			forms[action] = true
			if sent := b.Post(action, nil); sent.Status != 422 && sent.Status != 200 {
				t.Errorf("form of %s to %s: status %d", path, action, sent.Status)
			}
		}
	}
	if len(seen) < 60 || len(forms) < 20 {
		t.Errorf("only %d pages and %d forms were found", len(seen), len(forms))
	}
}

// nobody is a number that is nobody's.
const nobody = "NOBODY-1234"

// isSample tells the links of the gallery's made-up parcels, which have no pages.
func isSample(from, address string) bool {
	return strings.Contains(from, "/dev/gallery/") && (strings.Contains(address, "/track/") || address == "#")
}

func links(t *testing.T, page *webtest.Page, from string) (found []string) {
	t.Helper()
	page.Find("[href], [src]").Each(func(_ int, e *goquery.Selection) {
		address := e.AttrOr("href", e.AttrOr("src", ""))
		switch {
		case isSample(from, address):
		case address == "":
			t.Errorf("%s: a link leads nowhere", from)
		case strings.HasPrefix(address, "#"):
			if page.Find(address).Length() != 1 {
				t.Errorf("%s: no place %s on the page", from, address)
			}
		case strings.HasPrefix(address, "tel:"), strings.HasPrefix(address, "mailto:"):
		case !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//"):
			t.Errorf("%s: %s leads out of the portal", from, address)
		default:
			found = append(found, address)
		}
	})
	return found
}

func actions(page *webtest.Page, from string) (found []string) {
	page.Find("form[action]").Each(func(_ int, e *goquery.Selection) {
		if address := e.AttrOr("action", ""); !isSample(from, address) && e.AttrOr("method", "") == "post" {
			found = append(found, address)
		}
	})
	return found
}
