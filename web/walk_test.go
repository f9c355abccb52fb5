package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/shipment"
	"ecms/portal/web"
	"ecms/portal/web/webtest"
	"ecms/portal/web/webtest/journey"
)

// estate is what one customer owns, and what stands in its place in addresses.
type estate struct {
	site  *webtest.Site
	email string
	// own are the values of A's rows by the name of the address's gap; gaps of
	// things that belong to nobody have a value here too.
	own map[string]string
	// secrets are texts that nobody else may see.
	secrets []string
}

const nickname = "Grandmother's birthday lantern"

// settle gives customer A a parcel with a nickname, a second session and letters.
func settle(t *testing.T) estate {
	t.Helper()
	s := webtest.Start(t)
	sample := s.Tell(t, demo.Moving)[0]
	e := estate{site: s, email: "owner-anna@example.com"}
	a := s.Member(t, e.email)
	_ = s.Member(t, e.email)
	n := string(sample.Waybill)
	a.Post("/account/parcels/add", url.Values{"number": {n}, "phone_last4": {sample.PhoneLast4}}).Want(http.StatusOK)
	a.Post("/account/parcels/"+n, url.Values{"nickname": {nickname}, "act": {"rename"}}).Want(http.StatusOK)
	var session, report string
	db := s.Portal.Web
	if err := db.Get(t.Context(), &session, `select max(id)::text from sessions`); err != nil {
		t.Fatal(err)
	}
	s.Visitor(t).Send(http.MethodPost, "/ops/checkpoints", strings.NewReader("waybill,event_id,at,country,code\nX,1,never,CN,X\n"),
		"Authorization", "Bearer "+webtest.OpsSecret, "Content-Type", "text/csv").Want(http.StatusOK)
	if err := db.Get(t.Context(), &report, `select max(id)::text from import_reports`); err != nil {
		t.Fatal(err)
	}
	s.Visitor(t).Post("/login/link", url.Values{"email": {e.email}}).Want(http.StatusOK)
	forged := s.Letter(t, e.email).Link
	forged = forged[strings.LastIndex(forged, "/")+1:]
	e.own = map[string]string{
		"n": n, "n...": n, "id": session, "t": strings.Repeat("a", len(forged)), "q": "4.14", "doc": "terms", "version": "2026-11-22",
		"file...": "app.css", "component": "timeline", "ref": "none",
		"key": strings.Repeat("A", 26), "slot": "front",
	}
	e.own["case"], e.own["walked"], e.own["person"] = walkedCase(t, s), string(walked), walkedPerson(t, s, e.email)
	e.secrets = []string{e.email, nickname, walkedName, walkedNumber, "13911112222", keptName, keptCode, "P9876"}
	rows := []string{}
	const facts = `
select unnest(array[consignee_name, consignee_phone, consignee_email, consignee_address, shipper_phone, shipper_email, shipper_address, order_no])
from shipments where waybill = $1`
	if err := db.Select(t.Context(), &rows, facts, n); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if len(r) > 3 {
			e.secrets = append(e.secrets, r)
		}
	}
	if len(e.secrets) < 7 {
		t.Fatalf("only %d secrets", len(e.secrets))
	}
	e.own["report"] = report
	return e
}

// fill puts A's rows into the gaps of an address.
func (e estate) fill(t *testing.T, r web.Route) string {
	t.Helper()
	path := r.Path
	for {
		before, rest, gap := strings.Cut(path, "{")
		if !gap {
			return path
		}
		name, after, _ := strings.Cut(rest, "}")
		if name == "id" && strings.HasPrefix(path, "/staff/imports/") {
			name = "report"
		} else if name == "id" && strings.HasPrefix(path, "/staff/ids/") {
			name = "case"
		} else if name == "id" && strings.HasPrefix(path, "/account/people/") {
			name = "person"
		} else if strings.HasPrefix(path, "/staff/parcels/{n}/link") {
			name = "walked"
		}
		value, known := e.own[name]
		if !known {
			t.Fatalf("%s %s: the walk knows no {%s}; give it one of customer A's", r.Method, r.Path, name)
		}
		path = before + value + after
	}
}

// holdings are all rows of A's, but for when they were last seen.
func (e estate) holdings(t *testing.T) (rows []string) {
	t.Helper()
	const query = `
with a as (select * from accounts where email = $1)
select 'account ' || to_jsonb(a)::text from a
union all select 'session ' || (to_jsonb(s) - 'seen_at')::text from sessions s where account_id = (select id from a)
union all select 'parcel ' || to_jsonb(p)::text from account_parcels p where account_id = (select id from a)
union all select 'shipment ' || to_jsonb(p)::text from shipments p where waybill = $2
union all select 'checkpoint ' || to_jsonb(c)::text from checkpoints c where waybill = $2
union all select 'identity ' || (to_jsonb(i) - 'taken_by' - 'taken_at')::text from identities i where waybill = 'WALKED-12345'
union all select 'person ' || to_jsonb(p)::text from people p where account_id = (select id from a)
union all select 'look ' || to_jsonb(l)::text from identity_looks l where person_id in (select id from people where account_id = (select id from a))
union all select 'letter used ' || encode(ref, 'hex') from letters where email = $1 and (used_at is not null or tries > 0)
order by 1`
	if err := e.site.Portal.Web.Select(t.Context(), &rows, query, e.email, e.own["n"]); err != nil {
		t.Fatal(err)
	}
	return rows
}

// attempt fills every field that any form of the portal has with what would
// change something, A's own rows among them.
func (e estate) attempt() url.Values {
	return url.Values{
		"nickname": {"walked"}, "archived": {"1"}, "act": {"remove"}, "number": {e.own["n"]}, "numbers": {e.own["n"]},
		"phone_last4": {"0000"}, "email": {"walker@example.com"}, "name": {"Walker"}, "language": {"ko"}, "account_id": {"1"}, "id": {e.own["id"]},
		"password": {"a walk along the wall"}, "old": {"a walk along the wall"}, "new": {"a walk along the wall 2"}, "code": {"00000000"},
		"useful": {"yes"}, "zone": {"Asia/Seoul"}, "q": {e.own["n"]}, "role": {"staff"}, "terms": {"yes"}, "owner": {e.email},
		"reason": {"review"}, "decision": {"refuse"}, "erase_asked": {"yes"},
	}
}

// TestNobodyReachesAnothersRows walks the whole site map with one customer's rows
// in its addresses: as a stranger, as another customer, as the carrier's people.
func TestNobodyReachesAnothersRows(t *testing.T) {
	t.Parallel()
	e := settle(t)
	before := e.holdings(t)
	for _, who := range []struct {
		name    string
		signIn  func() *webtest.Browser
		staff   bool
		member  bool
		address string
	}{
		{"a stranger", func() *webtest.Browser { return e.site.Visitor(t) }, false, false, "203.0.113.9"},
		{"the holder of another parcel's link", func() *webtest.Browser { return e.linked(t) }, false, false, "203.0.116.9"},
		{"another customer", func() *webtest.Browser { return e.site.Member(t, "other-ben@example.com") }, false, true, "203.0.114.9"},
		{"the staff", func() *webtest.Browser { return e.site.StaffMember(t, "desk@example.com") }, true, true, "203.0.115.9"},
	} {
		b := who.signIn()
		for _, r := range e.site.Portal.Routes() {
			b.Address = who.address
			path := e.fill(t, r)
			var page *webtest.Page
			if r.Method == http.MethodPost {
				page = b.Still().Post(path, e.attempt())
				if !who.member || b.Still().Get("/account").Status != http.StatusOK { // some forms end the session
					b = who.signIn()
				}
			} else {
				page = b.Still().Get(path)
			}
			door := r.Method + " " + r.Path + " as " + who.name
			e.look(t, door, page, r, who.member, who.staff)
		}
		if diff := cmp.Diff(before, e.holdings(t)); diff != "" {
			t.Fatalf("%s changed what is customer A's (-before +after):\n%s", who.name, diff)
		}
	}
}

// linked is a browser that came by the link of a parcel that is not A's.
func (e estate) linked(t *testing.T) *webtest.Browser {
	t.Helper()
	c := journey.Korea(1)
	sendFeed(t, e.site, "/ops/shipments", journey.Shipments(c))
	b := e.site.Visitor(t)
	b.Still().Post(linkTo(t, e.site, shipment.Waybill(c.Waybill)), url.Values{"phone_last4": {c.Fact()}}).Want(http.StatusSeeOther)
	b.Get("/parcels/" + c.Waybill + "/id/person").Want(http.StatusOK)
	return b
}

// look judges one answer: never forbidden, never a failure of ours, a closed door
// where one is due, and none of A's secrets but to the staff.
func (e estate) look(t *testing.T, door string, page *webtest.Page, r web.Route, member, staff bool) {
	t.Helper()
	if page.Status == http.StatusForbidden || page.Status >= 500 {
		t.Errorf("%s: status %d", door, page.Status)
	}
	inside := r.Group == web.Member && member || r.Group == web.Staff && staff
	switch {
	case r.Group != web.Member && r.Group != web.Staff:
	case !member && (page.Status != http.StatusSeeOther || !strings.HasPrefix(page.Header.Get("Location"), "/login")):
		t.Errorf("%s: status %d to %q, want the way to sign in", door, page.Status, page.Header.Get("Location"))
	case member && !inside && page.Status != http.StatusNotFound:
		t.Errorf("%s: status %d, want not found", door, page.Status)
	case inside && r.Group == web.Member && ownedByA(r) && page.Status != http.StatusNotFound:
		t.Errorf("%s: status %d, want not found as for what is not there", door, page.Status)
	case r.Method == http.MethodPost && (page.Status == http.StatusUnprocessableEntity || page.Status == http.StatusConflict):
	case inside && r.Group == web.Staff && page.Status >= 400:
		t.Errorf("%s: status %d", door, page.Status)
	}
	if (r.Group == web.Member || r.Group == web.Staff) && !strings.Contains(page.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("%s may be kept: %q", door, page.Header.Get("Cache-Control"))
	}
	if r.Group == web.Staff && staff || r.Group == web.Dev {
		return // their work; and the outbox stands in the embedded default alone
	}
	for _, secret := range e.secrets {
		if strings.Contains(page.Body, secret) {
			t.Errorf("%s shows %q", door, secret)
		}
	}
}

// ownedByA tells whether the address of a member's page names a row of A's.
func ownedByA(r web.Route) bool {
	return strings.Contains(r.Path, "{n}") || strings.Contains(r.Path, "{id}") || strings.Contains(r.Path, "{t}")
}

// TestOwnersReachTheirRows is the walk's other half: what is refused to others is
// there for A.
func TestOwnersReachTheirRows(t *testing.T) {
	t.Parallel()
	e := settle(t)
	a := e.site.Member(t, e.email)
	for _, path := range []string{"/account", "/account/parcels", "/account/parcels.csv", "/account/parcels/" + e.own["n"]} {
		if page := a.Get(path).Want(http.StatusOK); !strings.Contains(page.Body, strings.ReplaceAll(nickname, "'", "&#39;")) && !strings.Contains(page.Body, nickname) {
			t.Errorf("%s does not show A's nickname", path)
		}
	}
	for _, path := range []string{"/account/people", "/account/people/" + e.own["person"]} {
		if page := a.Get(path).Want(http.StatusOK); !strings.Contains(page.Body, keptName) {
			t.Errorf("%s does not show A's saved person", path)
		}
	}
	a.Post("/account/security/sessions/"+e.own["id"]+"/end", nil).Want(http.StatusOK)
	var left int
	if err := e.site.Portal.Web.Get(t.Context(), &left, `select count(*) from sessions where id = $1::bigint`, e.own["id"]); err != nil || left != 0 {
		t.Errorf("A's own session is there still: %d, %v", left, err)
	}
}
