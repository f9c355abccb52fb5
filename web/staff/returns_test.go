package staff_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// TestReturnIsAnnouncedAndSeen: on the day after the last one the parcel stands on
// the staff's list, and its page tells the kind of thing that is missing, no more.
func TestReturnIsAnnouncedAndSeen(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	ship(t, s, "EARLY-123456", "KR")
	b := s.StaffMember(t, clerk)
	if page := b.Get("/staff/ids/returns").Want(200); !strings.Contains(page.Text("main"), "No return is announced.") {
		t.Errorf("at first: %s", page.Text("main"))
	}
	s.Clock.Move(15 * 24 * time.Hour)
	ship(t, s, "FRESH-123456", "CN") // reminds, too
	b = s.StaffMember(t, clerk)
	page := b.Get("/staff/ids").Want(200).Follow(`main a[href="/staff/ids/returns"]`).Want(200)
	if rows := page.Find(".parcels li"); rows.Length() != 1 || !strings.Contains(page.Text(".parcels"), "Nothing has come") || !strings.Contains(page.Text(".lead"), "1 parcel had") {
		t.Errorf("the list: %s", page.Text("main"))
	}
	page = page.Follow(`.parcels h2 a`).Want(200)
	for _, want := range []string{"Announced", "Last day", "Mails about the identity", "Return announced", "Waits to be sent"} {
		if !strings.Contains(page.Text("main"), want) {
			t.Errorf("the parcel does not say %q: %s", want, page.Text("main"))
		}
	}
	stranger := s.Visitor(t).Get("/track/EARLY-123456").Want(200)
	if text := stranger.Text("main"); !strings.Contains(text, "preparing the parcel’s return") || strings.Contains(stranger.Body, krName) || strings.Contains(text, "Reminder") {
		t.Errorf("a stranger reads %s", text)
	}
	if text := s.Visitor(t).Get("/track/FRESH-123456").Want(200).Text("main"); strings.Contains(text, "preparing the parcel’s return") {
		t.Errorf("too early: %s", text)
	}
	for _, path := range []string{"/staff/ids/returns?after=x", "/staff/ids/returns?after=-1"} {
		b.Get(path).Want(404)
	}
	s.Member(t, "lin@example.com").Get("/staff/ids/returns").Want(404)
	if fillIn(t, s, "EARLY-123456", "KR"); !strings.Contains(b.Get("/staff/ids/returns").Want(200).Text(".parcels"), "Came late, in review") {
		t.Error("what came late is not told")
	}
}

// TestReturnsPageByPage shows each parcel once.
func TestReturnsPageByPage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	const many = `
insert into identity_requests (waybill, country, asked_on, due_on, notice_at)
select 'W' || n, 'TW', '2026-01-01', '2026-01-15', now() from generate_series(1, 120) n`
	if _, err := s.Portal.Web.Exec(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	page := s.StaffMember(t, clerk).Get("/staff/ids/returns").Want(200)
	for range 4 {
		for i := range page.Find(".parcels h2 a").Length() {
			seen[page.Find(".parcels h2 a").Eq(i).AttrOr("href", "")] = true
		}
		next := page.Find(`.acts a[href*="after="]`)
		if next.Length() == 0 {
			break
		}
		page = page.Follow(`.acts a[href*="after="]`).Want(200)
	}
	if len(seen) != 120 {
		t.Errorf("%d of 120 were shown", len(seen))
	}
}

// TestAcceptingMovesTheParcel as anybody sees it, and the feed's later news win.
func TestAcceptingMovesTheParcel(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	sent := handIn(t, s, "SEOUL-123456", "KR")
	stranger := s.Visitor(t)
	before := stranger.Get("/track/SEOUL-123456").Want(200)
	if !strings.Contains(before.Text("main"), "Needed from you") {
		t.Fatalf("nothing is needed: %s", before.Text("main"))
	}
	b := s.StaffMember(t, clerk)
	take(t, b, sent)
	b.Still().Post(at(sent, "/decision"), map[string][]string{"decision": {"accept"}}).Want(http.StatusSeeOther)
	after := stranger.Get("/track/SEOUL-123456").Want(200)
	if text := after.Text("main"); strings.Contains(text, "Give the consignee’s ID") || !strings.Contains(text, "Nothing is needed from you now") {
		t.Errorf("accepted: %s", text)
	}
	p, err := s.Store.Lookup(t.Context(), "SEOUL-123456")
	if err != nil || p.Status.Customs == shipment.AwaitingID || len(p.Checkpoints) != 2 {
		t.Errorf("%+v, %v", p.Status, err)
	}
	if r, err := s.Portal.Customs.Request(t.Context(), "SEOUL-123456"); err != nil || r.MetAt.IsZero() {
		t.Errorf("the request: %+v, %v", r, err)
	}
	told, err := s.Portal.Customs.Letters(t.Context(), "SEOUL-123456")
	if err != nil || len(told) != 1 || told[0].Kind != customs.LetterAccepted {
		t.Errorf("owed: %+v, %v", told, err)
	}
	s.Clock.Move(time.Hour)
	scan(t, s, "SEOUL-123456", "KR", "awaiting_id", s.Clock.Now()) // customs asks again
	if text := stranger.Get("/track/SEOUL-123456").Want(200).Text("main"); !strings.Contains(text, "Give the consignee’s ID") {
		t.Errorf("asked again: %s", text)
	}
}
