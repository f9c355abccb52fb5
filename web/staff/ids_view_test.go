package staff_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// shows tells which of what the person gave stands in an answer.
func shows(body string) (found []string) {
	for _, secret := range []string{cnNumber, cnName, "+86" + cnPhone, krCode, krName, "+821012345678"} {
		if strings.Contains(body, secret) {
			found = append(found, secret)
		}
	}
	return found
}

// TestSeeingTakesAReason: shut before, open for ten minutes after, each look
// written down, shut again by itself.
func TestSeeingTakesAReason(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "VIEW-123456", "CN")
	b := s.StaffMember(t, clerk)
	page := b.Get(at(i, "")).Want(200)
	if found := shows(page.Body); len(found) > 0 || !strings.Contains(page.Text("main"), "110***********002X") || !strings.Contains(page.Text("main"), "Take the case") {
		t.Errorf("shut, it shows %q: %s", found, page.Text("main"))
	}
	take(t, b, i)
	page = b.Get(at(i, "")).Want(200)
	if found := shows(page.Body); len(found) > 0 || page.Find("main img").Length() != 0 || looks(t, s, "view") != 0 {
		t.Errorf("taken, it shows %q", found)
	}
	if page = b.Post(at(i, "/view"), nil).Want(422); !strings.Contains(page.Text(".errors"), "Choose why you need to see it.") || len(shows(page.Body)) > 0 {
		t.Errorf("without a reason: %s", page.Text("main"))
	}
	b.Post(at(i, "/view"), url.Values{"reason": {"curiosity"}}).Want(422)
	page = page.Form(`form[action$="/view"]`).Fill("reason", "review").Submit().Want(200)
	if found := shows(page.Body); len(found) != 3 || page.Path != at(i, "") {
		t.Fatalf("open, it shows %q", found)
	}
	if refresh := page.Header.Get("Refresh"); !strings.HasPrefix(refresh, "601; url=/staff/ids/") {
		t.Errorf("the page does not shut by itself: %q", refresh)
	}
	if page.Find("main .tag.done").Length() < 3 { // checks, name, phone
		t.Errorf("what fits is not said: %s", page.Text(".compared"))
	}
	pictures := page.Find("main figure img")
	if pictures.Length() != 2 {
		t.Fatalf("%d pictures", pictures.Length())
	}
	for n := range 2 {
		address := pictures.Eq(n).AttrOr("src", "")
		answer := b.Get(address, "Sec-Fetch-Dest", "image", "Sec-Fetch-Site", "same-origin").Want(200)
		if h := answer.Header; h.Get("Content-Type") != "image/jpeg" || h.Get("Cache-Control") != "no-store" || h.Get("Content-Disposition") != "inline" ||
			h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("headers of a picture: %v", h)
		}
		if !isPicture(answer.Body) || answer.Body == string(card(uint64(len("VIEW-123456"))).JPEG) {
			t.Error("no picture with its strip")
		}
	}
	if strings.Contains(page.Body, "data:") || page.Find("main a[download], main object, main embed, main iframe").Length() != 0 {
		t.Error("the page has something to save")
	}
	if o, v, p := looks(t, s, "open"), looks(t, s, "view"), looks(t, s, "picture"); o != 1 || v != 1 || p != 2 {
		t.Errorf("%d openings, %d views and %d pictures are written down", o, v, p)
	}
	s.Clock.Move(10 * time.Minute)
	page = b.Get(at(i, "")).Want(200)
	if found := shows(page.Body); len(found) > 0 || page.Find("main img").Length() != 0 || page.Header.Get("Refresh") != "" {
		t.Errorf("after ten minutes it shows %q", found)
	}
	b.Get(at(i, "/pictures/front")).Want(404)
	if text := page.Text("main section:last-of-type"); !strings.Contains(text, "to review this case") || !strings.Contains(text, clerk) {
		t.Errorf("the looks: %s", text)
	}
	for _, secret := range []string{cnNumber, cnName, cnPhone} {
		if strings.Contains(s.Log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// TestOpenToOneAlone: nobody sees by a colleague's opening, by an address, or by
// going through the numbers.
func TestOpenToOneAlone(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	first, second := handIn(t, s, "MINE-123456", "CN"), handIn(t, s, "THEIRS-12345", "CN")
	ana, ben := s.StaffMember(t, clerk), s.StaffMember(t, clerkOther)
	customer, stranger := s.Member(t, "customer@example.com").Still(), s.Visitor(t).Still()
	open(t, ana, first)
	refusals := 0
	for n := range 40 {
		for _, rest := range []string{"", "/pictures/front", "/pictures/back"} {
			path := fmt.Sprintf("/staff/ids/%d%s", n, rest)
			page := ben.Get(path)
			if found := shows(page.Body); len(found) > 0 || isPicture(page.Body) {
				t.Fatalf("%s shows %q to a colleague", path, found)
			}
			if rest != "" {
				page.Want(404)
				if customs.ID(n) == first.ID || customs.ID(n) == second.ID {
					refusals++
				}
			}
			if answer := customer.Get(path).Want(404); len(shows(answer.Body)) > 0 {
				t.Errorf("%s shows something to a customer", path)
			}
			if to := stranger.Get(path).Want(303).Header.Get("Location"); !strings.HasPrefix(to, "/login") {
				t.Errorf("a stranger is led to %s", to)
			}
		}
		ben.Post(fmt.Sprintf("/staff/ids/%d/view", n), url.Values{"reason": {"fraud"}})
	}
	if n := looks(t, s, "refused"); n != refusals+2 || refusals != 4 {
		t.Errorf("%d refusals are written down, want %d and 2", n, refusals)
	}
	if n := looks(t, s, "view"); n != 1 {
		t.Errorf("%d views, want Ana's one", n)
	}
	for _, act := range []string{"take", "view", "notes", "decision", "erase", "release"} {
		customer.Post(at(first, "/"+act), url.Values{"reason": {"review"}, "note": {"x"}, "erase_asked": {"yes"}}).Want(404)
	}
	for _, path := range []string{"/pictures/permit", "/pictures/back.jpg", "/pictures/..%2ffront", "/pictures/FRONT"} {
		ana.Get(at(first, path)).Want(404)
	}
	ana.Get(at(second, "/pictures/front")).Want(404)
	for _, header := range [][]string{{"Sec-Fetch-Dest", "document"}, {"Sec-Fetch-Dest", "empty"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "none"}} {
		ana.Get(at(first, "/pictures/front"), header...).Want(404)
	}
	ana.Get(at(first, "/pictures/front")).Want(200)
	for _, path := range []string{"/staff/ids/0", "/staff/ids/x", "/staff/ids/-1", "/staff/ids/9999999999999999999", "/staff/ids/41/nothing"} {
		ana.Get(path).Want(404)
	}
}

// TestOpeningEndsEarly when the case leaves the hands, and opens anew for another
// reason once it is decided.
func TestOpeningEndsEarly(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "BACK-123456", "CN")
	ana, ben := s.StaffMember(t, clerk), s.StaffMember(t, clerkOther)
	open(t, ana, i)
	ana.Post(at(i, "/release"), nil).Want(200)
	if found := shows(ana.Get(at(i, "")).Want(200).Body); len(found) > 0 {
		t.Errorf("given back, it shows %q", found)
	}
	ana.Get(at(i, "/pictures/front")).Want(404)
	ana.Post(at(i, "/view"), url.Values{"reason": {"review"}}).Want(409)
	s.Clock.Move(time.Minute)
	take(t, ben, i)
	ben.Post(at(i, "/decision"), url.Values{"decision": {"accept"}}).Want(200)
	s.Clock.Move(time.Minute)
	page := ana.Get(at(i, "")).Want(200)
	if page.Find(`#reason option[value="review"]`).Length() != 0 || page.Find(`#reason option[value="customs"]`).Length() != 1 {
		t.Error("the reasons of a decided case")
	}
	page = page.Form(`form[action$="/view"]`).Fill("reason", "customs").Submit().Want(200)
	if len(shows(page.Body)) != 3 || len(shows(ben.Get(at(i, "")).Body)) != 0 {
		t.Error("a decided case opens to the one who states why, alone")
	}
	ana.Get(at(i, "/pictures/back")).Want(200)
}

// TestWithoutTheRecordNothing is shown: not the fields, not a picture.
func TestWithoutTheRecordNothing(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "BOOK-123456", "CN")
	b := s.StaffMember(t, clerk)
	open(t, b, i)
	const shut = `create function looks_shut() returns trigger language plpgsql as 'begin raise exception ''shut''; end'`
	for _, q := range []string{shut, `create trigger looks_shut before insert on identity_looks for each row execute function looks_shut()`} {
		if _, err := database(t, s).ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	for _, page := range []*webtest.Page{
		b.Get(at(i, "")), b.Get(at(i, "/pictures/front")), b.Post(at(i, "/view"), url.Values{"reason": {"review"}}),
		b.Post(at(i, "/decision"), url.Values{"decision": {"refuse"}}),
	} {
		if page.Status != 500 || len(shows(page.Body)) > 0 || isPicture(page.Body) {
			t.Errorf("%s: status %d, shows %q", page.Path, page.Status, shows(page.Body))
		}
	}
}

// TestKorea shows no picture, and no resident number even where one got in.
func TestKorea(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	i := handIn(t, s, "KOREA-123456", "KR")
	b := s.StaffMember(t, clerk)
	page := open(t, b, i)
	if !strings.Contains(page.Body, krCode) || page.Find("main img").Length() != 0 {
		t.Errorf("%d pictures, %q", page.Find("main img").Length(), shows(page.Body))
	}
	const forged = `
insert into identity_pictures (file, identity_id, slot, sum, look, width, height, created_at) values ('none', $1, 'front', '', 0, 9, 9, now())`
	if _, err := s.Portal.Web.Exec(t.Context(), forged, int64(i.ID)); err != nil {
		t.Fatal(err)
	}
	if page = b.Get(at(i, "")).Want(200); page.Find("main img").Length() != 0 {
		t.Error("a Korean identity has a picture")
	}
	for _, slot := range []string{"front", "back", "permit"} {
		b.Get(at(i, "/pictures/"+slot)).Want(404)
	}
	const wrong = `update shipments set consignee_name = '홍길동 900101-1234567', consignee_phone = '900101-1234567' where waybill = 'KOREA-123456'`
	if _, err := s.Portal.Web.Exec(t.Context(), wrong); err != nil {
		t.Fatal(err)
	}
	if page = b.Get(at(i, "")).Want(200); strings.Contains(page.Body, "1234567<") || strings.Contains(page.Body, "900101") || !strings.Contains(page.Body, krCode) {
		t.Errorf("a resident number on the parcel's papers is shown: %s", page.Text(".compared"))
	}
	if n := looks(t, s, "picture"); n != 0 {
		t.Errorf("%d pictures were opened", n)
	}
}

// TestOthersOfTheParcel: what was refused before stands beside its successor, and
// what was replaced is closed.
func TestOthersOfTheParcel(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := shipment.Waybill("AGAIN-123456")
	old := handIn(t, s, w, "CN")
	b := s.StaffMember(t, clerk)
	take(t, b, old)
	s.Clock.Move(time.Minute)
	next := fillIn(t, s, w, "CN")
	page := b.Post(at(old, "/decision"), url.Values{"decision": {"accept"}}).Want(409)
	if !strings.Contains(page.Text("main"), "withdrawn or replaced") || page.Find(`form[action$="/view"]`).Length() != 0 {
		t.Errorf("replaced: %s", page.Text("main"))
	}
	page = page.Follow(`main a[href="` + at(next, "") + `"]`).Want(200)
	if page.Find(`main a[href="`+at(old, "")+`"]`).Length() != 1 {
		t.Error("the case does not name the one before")
	}
	b.Post(at(old, "/view"), url.Values{"reason": {"fraud"}}).Want(409)
}
