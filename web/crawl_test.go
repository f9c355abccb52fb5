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
	if pages, forms := crawl(t, b, todo); pages < 60 || forms < 20 {
		t.Errorf("only %d pages and %d forms were found", pages, forms)
	}
}

// TestCrawlOfMembersAndStaff does the same for who is signed in.
func TestCrawlOfMembersAndStaff(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Tell(t, demo.AwaitingDuty, demo.Signed)
	walkedCase(t, s)
	for _, tc := range []struct {
		start string
		b     *webtest.Browser
	}{{"/account", s.Member(t, "mina@example.com")}, {"/staff", s.StaffMember(t, "clerk@example.com")}} {
		signedInFrom(t, s, "mina@example.com", firefox) // one more session to be ended
		if pages, forms := crawl(t, tc.b, []string{tc.start}); pages < 20 || forms < 5 {
			t.Errorf("%s: only %d pages and %d forms were found", tc.start, pages, forms)
		}
		if !isIn(tc.b) {
			t.Errorf("%s: signed out on the way", tc.start)
		}
	}
}

// crawl goes from page to page, and sends each form empty once.
func crawl(t *testing.T, b *webtest.Browser, todo []string) (pages, sent int) {
	t.Helper()
	seen, forms := map[string]bool{}, map[string]bool{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		page, want := b.Get(path), 200
		shut := strings.Contains(path, string(walked)) && strings.HasSuffix(path, "needs") // to who has no right to it
		if shut || strings.Contains(path, nobody) {
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
			if forms[action] || strings.HasSuffix(action, "/logout") {
				continue
			}
			forms[action] = true
			if sent := b.Post(action, nil); sent.Status != 422 && sent.Status != 200 {
				t.Errorf("form of %s to %s: status %d", path, action, sent.Status)
			}
		}
	}
	return len(seen), len(forms)
}

// nobody is a number that is nobody's.
const nobody = "NOBODY-1234"

// isSample tells what the gallery's made-up pages lead to: parcels, letters and
// people that are not there. The frame around them is the portal's own.
func isSample(from string, e *goquery.Selection) bool {
	return strings.Contains(from, "/dev/gallery/") && e.Closest("main, .section").Length() > 0
}

func links(t *testing.T, page *webtest.Page, from string) (found []string) {
	t.Helper()
	page.Find("[href], [src]").Each(func(_ int, e *goquery.Selection) {
		address := e.AttrOr("href", e.AttrOr("src", ""))
		switch {
		case isSample(from, e):
		case address == "":
			t.Errorf("%s: a link leads nowhere", from)
		case strings.HasPrefix(address, "#"):
			if page.Find(`[id="`+address[1:]+`"]`).Length() != 1 {
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
		if address := e.AttrOr("action", ""); !isSample(from, e) && e.AttrOr("method", "") == "post" {
			found = append(found, address)
		}
	})
	return found
}
