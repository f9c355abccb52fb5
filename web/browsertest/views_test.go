//go:build browser

package browsertest_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// languages are the prefixes that every page is looked at in.
var languages = []string{"en", "zh-Hans", "zh-Hant", "ko"}

// unknownNumber has a check character that fits and belongs to no parcel;
// misfitNumber is the same with a wrong one.
const (
	unknownNumber = "EC000000000000"
	misfitNumber  = "EC000000000001"
	malformed     = "EC0"
)

// view is one page in one state, and how a reader gets there.
type view struct {
	name   string
	path   string // opened first, below the language prefix
	status int64
	as     string       // who is signed in; empty for nobody
	then   func(b *tab) // what the reader does next, if anything
	after  int64        // the status of the page that this leads to
	// repeats: the page shows one component many times over, each with the same name.
	repeats bool
}

// views is the one list of pages that all looks use: every page, in each state
// that a reader can meet.
func views(t testing.TB) []view {
	t.Helper()
	track := func(kind string, is func(seen) bool) string { return "/track/" + string(parcel(t, kind, is).Waybill) }
	two := track("moving", moving) + "&n=" + string(parcel(t, "delivered", delivered).Waybill)
	locked := parcel(t, "in customs", inCustoms)
	list := []view{
		{name: "home", path: "/", status: 200},
		{name: "home-empty", path: "/", status: 200, then: sendNumbers(""), after: 422},
		{name: "moving", path: track("moving", moving), status: 200},
		{name: "customs", path: track("in customs", inCustoms), status: 200},
		{name: "returning", path: track("returning", returning), status: 200},
		{name: "delivered", path: track("delivered", delivered), status: 200},
		{name: "delayed", path: track("delayed", delayed), status: 200},
		{name: "pieces", path: track("in pieces", inPieces), status: 200},
		{name: "longest", path: "/track/" + string(busiest(t).Waybill), status: 200},
		{name: "wrong-fact", path: track("delivered", delivered), status: 200, then: sendFact("order_no", "no such order"), after: 422},
		{name: "no-fact", path: "/track/" + string(locked.Waybill), status: 200, then: sendFact("order_no", ""), after: 422},
		{name: "unlocked", path: "/track/" + string(locked.Waybill), status: 200, then: sendFact("order_no", locked.OrderNo), after: 200},
		{name: "list", path: strings.Replace(two, "/track/", "/track?n=", 1), status: 200},
		{name: "list-mixed", path: "/", status: 200, then: sendNumbers(string(locked.Waybill) + "\n" + unknownNumber + "\n" + misfitNumber), after: 200},
		{name: "unknown", path: "/track/" + unknownNumber, status: 404},
		{name: "misfit", path: "/track/" + misfitNumber, status: 404},
		{name: "malformed", path: "/track/" + malformed, status: 404},
		{name: "not-found", path: "/no/such/page", status: 404},
	}
	return slices.Concat(list, doorViews(t), memberViews(t), helpViews(t), staffViews(t), identityViews(t), galleryViews(t))
}

func sendNumbers(numbers string) func(*tab) {
	return func(b *tab) {
		if numbers != "" {
			b.write("#numbers", numbers)
		}
		b.press("form.numbers button[type=submit]")
	}
}

func sendFact(field, value string) func(*tab) {
	return func(b *tab) {
		if value != "" {
			b.write("#"+field, value)
		}
		b.press("section.unlock button[type=submit]")
	}
}

// open brings a tab to the view and tells the status of the page it shows.
func (v view) open(b *tab, language string) int64 {
	b.t.Helper()
	if v.as != nobody {
		b.enter(tokenOf(b.t, v.as))
	}
	b.visit(site.url+"/"+language+v.path, v.status)
	if v.then == nil {
		return v.status
	}
	v.then(b)
	if got := b.status(); got != v.after {
		b.fail("%s: got status %d, want %d", v.name, got, v.after)
	}
	return v.after
}

var galleryLink = regexp.MustCompile(`href="(?:/[A-Za-z-]+)?(/dev/gallery/[^"#?]+)"`)

// galleryViews are the gallery's pages, found by its own links: a new component
// is looked at without a change here.
func galleryViews(t testing.TB) []view {
	t.Helper()
	html := string(fetch(t, "/en/dev/gallery", http.StatusOK))
	list := []view{{name: "gallery", path: "/dev/gallery", status: 200}}
	var paths []string
	for _, m := range galleryLink.FindAllStringSubmatch(html, -1) {
		if !slices.Contains(paths, m[1]) {
			paths = append(paths, m[1])
			name := strings.ReplaceAll(strings.TrimPrefix(m[1], "/dev/"), "/", "-")
			list = append(list, view{name: name, path: m[1], status: 200, repeats: !strings.HasPrefix(name, "gallery-page-")})
		}
	}
	if len(paths) < 5 {
		t.Fatalf("the gallery links to %d pages only", len(paths))
	}
	return list
}
