package staff_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/golden"
	"ecms/portal/web/webtest"
)

// TestEraseOnRequest: with the person's wish, and not while customs needs it.
func TestEraseOnRequest(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "ERASE-123456", "CN")
	b := s.StaffMember(t, clerk)
	page := b.Get(at(i, "")).Want(200).Form(`form[action$="/erase"]`).Submit().Want(422)
	if !strings.Contains(page.Text(".errors"), "Tick the box") || page.Find(`.errors a[href="#erase_asked"]`).Length() != 1 {
		t.Errorf("without a tick: %s", page.Text(".errors"))
	}
	page = page.Form(`form[action$="/erase"]`).Fill("erase_asked", "yes").Submit().Want(409)
	if !strings.Contains(page.Text(".errors"), "once the parcel is released or goes back") {
		t.Errorf("in review: %s", page.Text(".errors"))
	}
	take(t, b, i)
	b.Post(at(i, "/decision"), url.Values{"decision": {"accept"}, "note": {"all fits"}}).Want(200)
	b.Post(at(i, "/erase"), url.Values{"erase_asked": {"yes"}}).Want(409)
	scan(t, s, "ERASE-123456", "CN", "released", s.Clock.Now())
	page = b.Post(at(i, "/erase"), url.Values{"erase_asked": {"yes"}}).Want(200)
	if !strings.Contains(page.Text(".flash"), "erased for good") || !strings.Contains(page.Text("main"), "the person asked for it") || strings.Contains(page.Body, "110***") {
		t.Errorf("erased: %s", page.Text("main"))
	}
	if page.Find(`form[action$="/view"], form[action$="/erase"], form[action$="/notes"], form[action$="/take"]`).Length() != 0 || strings.Contains(page.Body, "all fits") {
		t.Error("something can be done with what is gone")
	}
	b.Post(at(i, "/erase"), url.Values{"erase_asked": {"yes"}}).Want(409)
	b.Post(at(i, "/view"), url.Values{"reason": {"owner"}}).Want(409)
	b.Post(at(i, "/notes"), url.Values{"note": {"late"}}).Want(409)
	b.Get(at(i, "/pictures/front")).Want(404)
	looks, err := s.Portal.Customs.Looks(t.Context(), "ERASE-123456")
	if err != nil || looks[2].What != "erased" || looks[2].Name != clerk || looks[2].Reason != "asked" {
		t.Errorf("the record of it: %+v, %v", looks, err)
	}
}

// TestLinks are made on the parcel's page, shown once, and ended there.
func TestLinks(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	ship(t, s, "LINK-123456", "CN")
	b := s.StaffMember(t, clerk)
	page := b.Get("/staff/parcels/LINK-123456").Want(200)
	if !strings.Contains(page.Text("main"), "Nothing was handed in yet.") {
		t.Errorf("before: %s", page.Text("main"))
	}
	page = page.Form(`form[action$="/link"]`).Submit().Want(200)
	made := page.Text("[role=status] .code")
	key, found := strings.CutPrefix(made, "https://localhost:8080/p/")
	if !found || len(key) != 26 || page.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("the link: %q", made)
	}
	if w, err := s.Portal.Customs.Link(t.Context(), key); err != nil || w != "LINK-123456" {
		t.Errorf("it leads to %q, %v", w, err)
	}
	page = b.Get("/staff/parcels/LINK-123456").Want(200)
	if strings.Contains(page.Body, key) || !strings.Contains(page.Text("main"), "Not used yet") || !strings.Contains(page.Text("main"), clerk) {
		t.Errorf("afterwards: %s", page.Text("main"))
	}
	if strings.Contains(s.Log.String(), key) {
		t.Error("the log holds the link")
	}
	page = page.Form(`form[action$="/link/end"]`).Submit().Want(200)
	if page.Path != "/staff/parcels/LINK-123456" || !strings.Contains(page.Text(".flash"), "are ended") || page.Find(`form[action$="/link/end"]`).Length() != 0 {
		t.Errorf("ended: %s", page.Text("main"))
	}
	if _, err := s.Portal.Customs.Link(t.Context(), key); err == nil {
		t.Error("an ended link opens")
	}
	ship(t, s, "SL/ASH-123456", "CN") // numbers may hold slashes
	page = b.Get("/ko/staff/parcels/SL%2FASH-123456").Want(200).Form(`form[action$="/link"]`).Submit().Want(200)
	if page = page.Form(`form[action$="/link/end"]`).Submit().Want(200); page.Path != "/ko/staff/parcels/SL%2FASH-123456" {
		t.Errorf("ended: %s", page.Path)
	}
	customer := s.Member(t, "customer@example.com").Still()
	for _, path := range []string{"/staff/parcels/LINK-123456/link", "/staff/parcels/LINK-123456/link/end"} {
		customer.Post(path, nil).Want(404)
		b.Post(strings.Replace(path, "LINK", "NONE", 1), nil).Want(404)
		b.Get(path).Want(404)
	}
	scan(t, s, "LINK-123456", "CN", "released", s.Clock.Now())
	if page = b.Get("/staff/parcels/LINK-123456").Want(200); page.Find(`form[action$="/link"]`).Length() != 0 {
		t.Error("a link for a parcel that customs is done with")
	}
}

// TestParcelLeadsToItsIdentity and back.
func TestParcelLeadsToItsIdentity(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "BOTH-123456", "CN")
	b := s.StaffMember(t, clerk)
	page := b.Get("/staff/parcels/BOTH-123456").Want(200).Follow(`main a[href="` + at(i, "") + `"]`).Want(200)
	if page = page.Follow(`.acts a`).Want(200); page.Path != "/staff/parcels/BOTH-123456" {
		t.Errorf("back at %s", page.Path)
	}
}

// TestTheReport sums up the month, without anything that was seen.
func TestTheReport(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "REPORT-12345", "CN")
	b := s.StaffMember(t, clerk)
	open(t, b, i)
	b.Get(at(i, "/pictures/front")).Want(200)
	page := b.Get("/staff/ids").Want(200).Follow(`main a[href="/staff/ids/report"]`).Want(200)
	text := page.Text("main")
	for _, want := range []string{clerk, "to review this case", "A picture seen", "1–31 March 2026", "1 person’s data"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q: %s", want, text)
		}
	}
	if found := shows(page.Body); len(found) > 0 {
		t.Errorf("the report shows %q", found)
	}
	if page.Find(`a[href="/staff/ids/report?month=2026-04"]`).Length() != 0 {
		t.Error("there is a month to come")
	}
	if page = page.Follow(`a[href="/staff/ids/report?month=2026-02"]`).Want(200); !strings.Contains(page.Text("main"), "Nobody looked") {
		t.Errorf("February: %s", page.Text("main"))
	}
	page.Follow(`a[href="/staff/ids/report?month=2026-03"]`).Want(200)
	for _, month := range []string{"2026-04", "2026-13", "2024-02", "x", "2026-3", "2026-03-01"} {
		b.Get("/staff/ids/report?month=" + month).Want(404)
	}
	if page = b.Get("/staff/ids/report?month=2024-03").Want(200); page.Find(`a[href*="2024-02"]`).Length() != 0 {
		t.Error("the report leads to months whose looks are gone")
	}
	s.Member(t, "customer@example.com").Get("/staff/ids/report").Want(404)
}

// TestTheReportPageByPage shows each look once.
func TestTheReportPageByPage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.StaffMember(t, clerk)
	const many = `
insert into identity_looks (role, identity_id, waybill, what, reason, at) select 'staff', n, 'W' || n, 'view', 'review', $1 from generate_series(1, 450) n`
	if _, err := s.Portal.Web.Exec(t.Context(), many, s.Clock.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	page, seen := b.Get("/staff/ids/report").Want(200), map[string]bool{}
	for {
		for n := range page.Find("ul.codes li .code").Length() {
			seen[page.Find("ul.codes li .code").Eq(n).Text()] = true
		}
		more := page.Find(`p.again a:contains("More looks")`)
		if more.Length() == 0 {
			break
		}
		page = b.Get(more.AttrOr("href", "")).Want(200)
	}
	if len(seen) != 450 {
		t.Errorf("%d looks are shown, want 450", len(seen))
	}
}

// TestCasesInEveryLanguage are sound, are stored nowhere, and fit 320 px, shut and open.
func TestCasesInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	cn, kr := handIn(t, s, "WORDS-123456", "CN"), handIn(t, s, "WORDS-654321", "KR")
	b := s.StaffMember(t, clerk)
	shut := map[string]bool{}
	for _, pass := range []string{"shut", "open"} {
		if pass == "open" {
			open(t, b, cn)
			open(t, b, kr)
		}
		for _, lang := range locale.Languages() {
			for _, path := range []string{at(cn, ""), at(kr, ""), "/staff/ids", "/staff/ids/report"} {
				path = "/" + string(lang) + path
				page := b.Get(path).Want(200)
				golden.Check(t, path+" "+pass, page.Body)
				if page.Find("h1").Length() != 1 || page.Header.Get("Cache-Control") != "no-store" || page.Find("main table, main [style], main script").Length() > 0 {
					t.Errorf("%s %s: not sound", path, pass)
				}
				if src, there := page.Find("main img").Attr("src"); there && !strings.HasPrefix(src, path+"/pictures/") {
					t.Errorf("%s: a picture at %s", path, src)
				}
				shut[pass+path] = true
			}
		}
	}
	if len(shut) != 2*4*len(locale.Languages()) {
		t.Errorf("%d pages were seen", len(shut))
	}
	var parts []string
	for _, p := range customs.Parts() {
		parts = append(parts, "#part_"+p)
	}
	if n := b.Get(at(cn, "")).Want(200).Find(strings.Join(parts, ", ")).Length(); n != 8 {
		t.Errorf("%d parts of a Chinese identity can be asked again", n)
	}
}
