package staff_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// TestTheQueue lists the oldest due first, by country, page by page.
func TestTheQueue(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.StaffMember(t, clerk)
	if page := b.Get("/staff/ids").Want(200); !strings.Contains(page.Text("main"), "No case waits.") {
		t.Errorf("empty: %s", page.Text("main"))
	}
	late := handIn(t, s, "LATE-123456", "CN")
	s.Clock.Move(24 * time.Hour)
	korean := handIn(t, s, "SEOUL-123456", "KR")
	b = s.StaffMember(t, clerk)
	page := b.Get("/staff/ids").Want(200)
	if rows := page.Find(".parcels li"); rows.Length() != 2 || !strings.Contains(rows.First().Text(), "Take") || rows.First().Find(`h2 a[href="`+at(late, "")+`"]`).Length() != 1 {
		t.Errorf("the oldest is not the first: %s", page.Text(".parcels"))
	}
	if !strings.Contains(page.Text(".parcels li:first-child"), "days left") && !strings.Contains(page.Text(".parcels li:first-child"), "March") {
		t.Errorf("no last day: %s", page.Text(".parcels li:first-child"))
	}
	page = page.Follow(`main nav a[href="/staff/ids?country=KR"]`).Want(200)
	if rows := page.Find(".parcels li"); rows.Length() != 1 || rows.Find(`a[href="`+at(korean, "")+`"]`).Length() != 1 || page.Find(`[aria-current]`).Length() == 0 {
		t.Errorf("Korea: %s", page.Text(".parcels"))
	}
	for _, secret := range []string{cnName, krName, cnNumber, krCode, cnPhone} {
		if strings.Contains(b.Get("/staff/ids").Want(200).Body, secret) {
			t.Errorf("the queue shows %q", secret)
		}
	}
	for _, path := range []string{"/staff/ids?country=US", "/staff/ids?country=cn", "/staff/ids?after=x", "/staff/ids?after=-1"} {
		b.Get(path).Want(404)
	}
	if n := looks(t, s, "view"); n != 0 {
		t.Errorf("the queue opened %d cases", n)
	}
	if page = b.Get("/staff").Want(200); strings.TrimSpace(page.Find(".todos .days").First().Text()) != "2" {
		t.Errorf("the overview: %s", page.Text(".todos"))
	}
}

// TestTheQueuePageByPage shows each case once.
func TestTheQueuePageByPage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	const many = `
insert into identities (waybill, country, state, reference, language, doc_type, created_at, saved_at, submitted_at)
select 'W' || n, 'TW', 'review', 'R' || n, 'zh-Hant', 'tw_ezway', now(), now(), now() from generate_series(1, 120) n`
	if _, err := s.Portal.Web.Exec(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	page, seen := s.StaffMember(t, clerk).Get("/staff/ids?country=TW").Want(200), map[string]bool{}
	for {
		for i := range page.Find(".parcels h2 a").Length() {
			seen[page.Find(".parcels h2 a").Eq(i).AttrOr("href", "")] = true
		}
		next := page.Find(`p.again a[href*="after="]`).Last()
		if next.Length() == 0 || strings.Contains(next.AttrOr("href", ""), "after=0") {
			break
		}
		page = page.Follow(`p.again a[href*="after="]`).Want(200)
	}
	if len(seen) != 120 {
		t.Errorf("%d cases are shown, want 120", len(seen))
	}
	if page = page.Follow(`p.again a[href="/staff/ids?country=TW"]`); page.Find(".parcels li").Length() != 50 {
		t.Errorf("%d cases on the first page", page.Find(".parcels li").Length())
	}
}

// TestTakenByExactlyOne of many who press at the same moment; the others are told
// who was faster, on the case's own page.
func TestTakenByExactlyOne(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	const people = 6
	staff := make([]*webtest.Browser, people)
	for n := range staff {
		staff[n] = s.StaffMember(t, fmt.Sprintf("clerk%d@ecms.example.com", n)).Still()
	}
	for round := range 5 {
		i := handIn(t, s, shipmentNo(round), "CN")
		var (
			won, lost atomic.Int32
			winner    atomic.Int64
			group     sync.WaitGroup
			start     = make(chan struct{})
			answers   [people]*webtest.Page
		)
		for n, b := range staff {
			group.Go(func() {
				<-start
				answers[n] = b.Post(at(i, "/take"), nil)
				switch answers[n].Status {
				case http.StatusSeeOther:
					won.Add(1)
					winner.Store(int64(n))
				case http.StatusConflict:
					lost.Add(1)
				}
			})
		}
		close(start)
		group.Wait()
		if won.Load() != 1 || lost.Load() != people-1 {
			t.Fatalf("round %d: %d have the case, %d were told that they were late", round, won.Load(), lost.Load())
		}
		name := fmt.Sprintf("clerk%d@ecms.example.com", winner.Load())
		for n, answer := range answers {
			if int64(n) == winner.Load() {
				continue
			}
			if text := answer.Text("main"); !strings.Contains(text, "took this case first") || !strings.Contains(text, name+" has this case") {
				t.Errorf("round %d: who was late reads %q", round, text)
			}
			if answer.Find(`main form[action$="/decision"], main form[action$="/take"], main form[action$="/view"]`).Length() != 0 {
				t.Error("who was late can act")
			}
			staff[n].Post(at(i, "/decision"), url.Values{"decision": {"accept"}}).Want(409)
			staff[n].Post(at(i, "/release"), nil).Want(409)
		}
		staff[winner.Load()].Post(at(i, "/decision"), url.Values{"decision": {"accept"}}).Want(303)
	}
}

func shipmentNo(n int) shipment.Waybill { return shipment.Waybill(fmt.Sprintf("RACE-12345%d", n)) }

// TestAccept: the parcel goes on, and the case opens no more.
func TestAccept(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "GOOD-123456", "CN")
	b := s.StaffMember(t, clerk)
	page := open(t, b, i)
	page = page.Form(`form[action$="/decision"]:has([value=accept])`).Submit().Want(200)
	if page.Path != "/staff/ids" || !strings.Contains(page.Text(".flash"), "Accepted") || page.Find(".parcels li").Length() != 0 {
		t.Errorf("after accepting: %s %s", page.Path, page.Text("main"))
	}
	public, err := s.Store.Lookup(t.Context(), "GOOD-123456")
	if err != nil || public.Status.Customs == shipment.AwaitingID {
		t.Errorf("customs still waits: %+v, %v", public.Status, err)
	}
	page = b.Get(at(i, "")).Want(200)
	if strings.Contains(page.Body, cnNumber) || page.Find("main img").Length() != 0 || page.Find(`form[action$="/decision"]`).Length() != 0 {
		t.Error("a decided case is still open")
	}
	late := b.Post(at(i, "/decision"), url.Values{"decision": {"refuse"}, "reason_code": {"expired"}})
	if late.Want(409); !strings.Contains(late.Text("main"), "was decided in the meantime") {
		t.Errorf("a second decision: %s", late.Text("main"))
	}
}

// TestRefuse with the parts that are asked again; what was typed survives errors.
func TestRefuse(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "BLUR-123456", "CN")
	b := s.StaffMember(t, clerk)
	page := open(t, b, i)
	const form = `form[action$="/decision"]:has([value=refuse])`
	page = page.Form(form).Fill("part_back", "yes").Fill("note", "asked Ben").Submit().Want(422)
	if page.Find("#note").Text() != "asked Ben" || page.Find("#part_back[checked]").Length() != 1 || !strings.Contains(page.Text(".errors"), "Choose what is wrong.") {
		t.Errorf("without a reason: %s", page.Text("main"))
	}
	page = page.Form(form).Fill("part_back", "yes").Fill("reason_code", "unreadable").Fill("note", "number is "+cnNumber).Submit().Want(422)
	if !strings.Contains(page.Text(".errors"), "Leave out numbers") || page.Find(`#reason_code option[selected]`).AttrOr("value", "") != "unreadable" {
		t.Errorf("a note with a number: %s", page.Text(".errors"))
	}
	page = page.Form(form).Fill("part_back", "yes").Fill("reason_code", "unreadable").Fill("note", "asked Ben").Submit().Want(200)
	if page.Path != "/staff/ids" || !strings.Contains(page.Text(".flash"), "asked for a correction") {
		t.Errorf("after refusing: %s %s", page.Path, page.Text("main"))
	}
	found, err := s.Portal.Customs.ByID(t.Context(), i.ID)
	if err != nil || found.State != "refused" || found.Refusal != "unreadable" || strings.Join(found.RefusedParts, " ") != "back" {
		t.Errorf("%+v, %v", found, err)
	}
	page = b.Get(at(i, "")).Want(200)
	if !strings.Contains(page.Text("main"), "Picture cannot be read") || !strings.Contains(page.Text("main"), "asked Ben") {
		t.Errorf("the refused case: %s", page.Text("main"))
	}
	draft, err := s.Portal.Customs.Begin(t.Context(), "BLUR-123456", consignee)
	if err != nil || strings.Join(draft.RefusedParts, " ") != "back" {
		t.Errorf("the next form: %+v, %v", draft, err)
	}
	b.Get("/staff/ids/" + fmt.Sprint(draft.ID)).Want(404)
}

// TestPartsByReason when nothing is ticked: those that the reason usually asks and
// the document has.
func TestPartsByReason(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.StaffMember(t, clerk)
	for n, tc := range []struct{ country, reason, want string }{
		{"CN", "unreadable", "front back"}, {"CN", "name_differs", "name_local name_latin"}, {"KR", "not_registered", "name_local phone postcode doc_number"},
	} {
		i := handIn(t, s, shipmentNo(n), tc.country)
		page := open(t, b, i)
		if tc.country == "KR" && page.Find("#part_front, #part_back, #part_permit").Length() != 0 {
			t.Error("Korea can be asked for pictures")
		}
		b.Post(at(i, "/decision"), url.Values{"decision": {"refuse"}, "reason_code": {tc.reason}}).Want(200)
		found, err := s.Portal.Customs.ByID(t.Context(), i.ID)
		if got := strings.Join(found.RefusedParts, " "); err != nil || got != tc.want {
			t.Errorf("%s: %q is asked again, want %q (%v)", tc.reason, got, tc.want, err)
		}
	}
}

// TestNotes are kept without a decision, by whoever looks at the case.
func TestNotes(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "NOTE-123456", "CN")
	b := s.StaffMember(t, clerk)
	page := b.Get(at(i, "")).Want(200).Form(`form[action$="/notes"]`).Fill("note", "<b>wait</b> for customs").Submit().Want(200)
	if !strings.Contains(page.Text("main"), "<b>wait</b> for customs") || !strings.Contains(page.Text("main"), clerk) {
		t.Errorf("the note: %s", page.Text("main"))
	}
	if page = b.Post(at(i, "/notes"), nil).Want(422); !strings.Contains(page.Text(".errors"), "Write the note first.") {
		t.Errorf("an empty note: %s", page.Text(".errors"))
	}
	if page = b.Post(at(i, "/notes"), url.Values{"note": {krCode}}).Want(422); page.Find("#note").Text() != krCode {
		t.Error("what was typed is lost")
	}
	if page = b.Post(at(i, "/notes"), url.Values{"note": {"her number is 900101-2345678"}}).Want(422); strings.Contains(page.Body, "2345678") {
		t.Error("a resident number is repeated")
	}
	take(t, b, i)
	if page = b.Get(at(i, "")).Want(200); page.Find(`button[formaction$="/notes"]`).Length() != 1 {
		t.Error("whoever has the case cannot keep a note alone")
	}
	b.Post(at(i, "/notes"), url.Values{"note": {"second"}, "decision": {"refuse"}}).Want(200)
	var n int
	if err := s.Portal.Web.Get(t.Context(), &n, `select count(*) from identity_notes`); err != nil || n != 2 {
		t.Errorf("%d notes, %v", n, err)
	}
}

// TestRelease gives the case to a colleague; half an hour of silence does so too.
func TestRelease(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "PASS-123456", "CN")
	ana, ben := s.StaffMember(t, clerk), s.StaffMember(t, clerkOther)
	open(t, ana, i)
	ben.Post(at(i, "/take"), nil).Want(409)
	page := ana.Get(at(i, "")).Want(200).Form(`form[action$="/release"]`).Submit().Want(200)
	if page.Path != "/staff/ids" || !strings.Contains(page.Text(".flash"), "back in the queue") {
		t.Errorf("after giving it back: %s", page.Text("main"))
	}
	if page = ana.Post(at(i, "/release"), nil).Want(409); !strings.Contains(page.Text("main"), "not in your hands any more") {
		t.Errorf("twice: %s", page.Text("main"))
	}
	take(t, ben, i)
	s.Clock.Move(29 * time.Minute)
	ana.Post(at(i, "/take"), nil).Want(409)
	s.Clock.Move(time.Minute)
	if page = ana.Get(at(i, "")).Want(200); page.Find(`form[action$="/take"]`).Length() != 1 {
		t.Errorf("a case that nobody works on: %s", page.Text(".acts"))
	}
	take(t, ana, i)
	s.StaffMember(t, clerkOther).Post(at(i, "/decision"), url.Values{"decision": {"accept"}}).Want(409)
}
