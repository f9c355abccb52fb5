//go:build browser

package browsertest_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"ecms/portal/internal/demo"
)

// press gives a step that sends the form at an address with these fields:
// name, text, name, text.
func press(path string, fields ...string) func(*tab) {
	return func(b *tab) {
		for i := 0; i+1 < len(fields); i += 2 {
			b.fill(fields[i], fields[i+1])
		}
		b.press(`form[action$="` + path + `"] button[type=submit]`)
	}
}

// doorViews are the ways in. What a mailed link opens stands in the gallery and
// is walked through by the flows.
func doorViews(t testing.TB) []view {
	mail, _ := letter(t, emptyEmail(t), "/register/confirm/")
	return []view{
		{name: "login", path: "/login", status: 200},
		{name: "login-next", path: "/login?next=%2Faccount%2Fparcels", status: 200},
		{name: "login-empty", path: "/login", status: 200, then: press("/login"), after: 422},
		{name: "login-wrong", path: "/login", status: 200, then: press("/login", "email", newcomer(), "password", renewed), after: 422},
		{name: "login-link", path: "/login/link", status: 200},
		{name: "login-code", path: "/login/link", status: 200, then: func(b *tab) { press("/login/link", "email", newcomer())(b) }, after: 200},
		{name: "login-spent", path: "/login/link/aaaa", status: 404},
		{name: "register", path: "/register", status: 200},
		{name: "register-wrong", path: "/register", status: 200, then: press("/register", "email", "nobody at home"), after: 422},
		{name: "register-sent", path: "/register/sent", status: 200},
		{name: "register-spent", path: "/register/confirm/aaaa", status: 404},
		{name: "forgot", path: "/password/forgot", status: 200},
		{name: "forgot-sent", path: "/password/sent", status: 200},
		{name: "reset-spent", path: "/password/reset/aaaa", status: 404},
		{name: "outbox", path: "/dev/outbox", status: 200},
		{name: "outbox-mail", path: mail, status: 200},
	}
}

// memberViews are the pages of an account, with nothing in it and with a lot.
func memberViews(t testing.TB) []view {
	kept := "/account/parcels/" + string(parcel(t, "kept by the consignee", keptByConsignee).Waybill)
	return []view{
		{name: "account", path: "/account", as: consignee, status: 200},
		{name: "account-empty", path: "/account", as: emptied, status: 200},
		{name: "kept", path: "/account/parcels", as: consignee, status: 200},
		{name: "kept-needed", path: "/account/parcels?state=needs&sort=needs", as: consignee, status: 200},
		{name: "kept-none-found", path: "/account/parcels?q=nothing+is+called+so", as: consignee, status: 200},
		{name: "kept-wrong-days", path: "/account/parcels?from=soon", as: consignee, status: 422},
		{name: "kept-empty", path: "/account/parcels", as: emptied, status: 200},
		{name: "kept-archive", path: "/account/parcels?archived=yes", as: emptied, status: 200},
		{name: "kept-parcel", path: kept, as: consignee, status: 200},
		{name: "kept-by-another", path: kept, as: emptied, status: 404},
		{name: "kept-add", path: "/account/parcels/add", as: emptied, status: 200},
		{name: "kept-add-empty", path: "/account/parcels/add", as: emptied, status: 200, then: press("/account/parcels/add"), after: 422},
		{name: "security", path: "/account/security", as: emptied, status: 200},
		{name: "security-saved", path: "/account/security", as: emptied, status: 200, then: press("/account/security", "name", "Mina"), after: 200},
		{name: "security-wrong", path: "/account/security", as: emptied, status: 200, then: press("/account/security/password", "old_password", secret, "password", "short"), after: 422},
		{name: "change-email", path: "/account/security/email", as: emptied, status: 200},
		{name: "change-email-wrong", path: "/account/security/email", as: emptied, status: 200, then: press("/account/security/email", "email", "nowhere"), after: 422},
		{name: "change-email-spent", path: "/account/email/aaaa", as: emptied, status: 404},
		{name: "no-staff", path: "/staff", as: emptied, status: 404},
	}
}

func keptByConsignee(s seen) bool { return s.Consignee.Email == demo.ConsigneeEmail && s.Events > 3 }

// emptyEmail is the address of the customer without a parcel.
func emptyEmail(t testing.TB) string {
	t.Helper()
	tokenOf(t, emptied)
	tokens.Lock()
	defer tokens.Unlock()
	return tokens.emptied
}

// helpViews are answers, contact and law.
func helpViews(t testing.TB) []view {
	number := string(parcel(t, "in customs", inCustoms).Waybill)
	list := []view{
		{name: "faq", path: "/faq", status: 200},
		{name: "faq-hits", path: "/faq?q=duty", status: 200},
		{name: "faq-none", path: "/faq?q=xyzzy", status: 200},
		{name: "faq-parcel", path: "/faq/4.6?parcel=" + number, status: 200},
		{name: "faq-unknown", path: "/faq/9.99", status: 404},
		{name: "contact", path: "/contact", status: 200},
		{name: "packing", path: "/help/packing", status: 200},
		{name: "who", path: "/help/who", status: 200},
		{name: "who-topic", path: "/help/who?side=to", status: 200},
		{name: "who-bought", path: "/help/who?side=to&topic=lost", status: 200},
		{name: "who-answer", path: "/help/who?side=to&topic=lost&bought=shop", status: 200},
		{name: "accessibility", path: "/accessibility", status: 200},
	}
	for _, id := range []string{"1.1", "2.2", "3.1", "4.14"} {
		list = append(list, view{name: "faq-" + id, path: "/faq/" + id, status: 200})
	}
	for _, document := range []string{"terms", "privacy", "cookies"} {
		list = append(list, view{name: document, path: "/legal/" + document, status: 200})
	}
	return list
}

// staffViews are the pages of the carrier's people.
func staffViews(t testing.TB) []view {
	p := parcel(t, "in customs", inCustoms)
	return []view{
		{name: "staff", path: "/staff", as: staff, status: 200},
		{name: "staff-search", path: "/staff/parcels", as: staff, status: 200},
		{name: "staff-search-empty", path: "/staff/parcels", as: staff, status: 200, then: press("/staff/parcels"), after: 422},
		{name: "staff-search-found", path: "/staff/parcels", as: staff, status: 200, then: press("/staff/parcels", "q", "example.com"), after: 200},
		{name: "staff-search-one", path: "/staff/parcels", as: staff, status: 200, then: press("/staff/parcels", "q", p.OrderNo), after: 200},
		{name: "staff-parcel", path: "/staff/parcels/" + string(p.Waybill), as: staff, status: 200},
		{name: "staff-no-parcel", path: "/staff/parcels/" + unknownNumber, as: staff, status: 404},
		{name: "staff-codes", path: "/staff/codes", as: staff, status: 200},
		{name: "staff-imports", path: "/staff/imports", as: staff, status: 200},
		{name: "staff-import", path: brokenImport(t), as: staff, status: 200},
	}
}

var (
	broken     sync.Mutex
	importLink = regexp.MustCompile(`/staff/imports/[0-9]+`)
)

// brokenImport sends a file with a row that can't be read, once, and gives the
// page about it.
func brokenImport(t testing.TB) string {
	t.Helper()
	broken.Lock()
	defer broken.Unlock()
	list := func() string {
		return importLink.FindString(string(fetch(t, "/en/staff/imports", http.StatusOK, as(t, staff)...)))
	}
	if path := list(); path != "" {
		return path
	}
	text, err := os.ReadFile(filepath.Join(site.dir, "ops.token"))
	if err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(strings.TrimSpace(string(text)), ":")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.url+"/ops/shipments", strings.NewReader("{broken\n"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/x-ndjson")
	res, err := plain.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close() //nolint:errcheck // the list tells
	path := list()
	if path == "" {
		t.Fatalf("a broken file, answered with %s, is on no list", res.Status)
	}
	return path
}
