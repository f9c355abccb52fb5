package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

// isUnlocked tells the page with the parties from the one that asks for a fact.
func isUnlocked(page *webtest.Page) bool {
	return strings.Contains(page.Text("main"), "Consignee") && page.Find(`form[action$="/unlock"]`).Length() == 0
}

func TestUnlockWithEachFact(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	for name, value := range map[string]string{"phone_last4": parcel.PhoneLast4, "postcode": parcel.Postcode, "order_no": parcel.OrderNo} {
		b := s.Visitor(t)
		public := b.Get("/track/" + string(parcel.Waybill))
		page := public.Form(".unlock form").Fill(name, value).Submit().Want(200)
		if page.Path != "/track/"+string(parcel.Waybill) || !isUnlocked(page) {
			t.Errorf("%s leads to %s without the unlocked view", name, page.Path)
		}
		if got := page.Header.Get("Cache-Control"); got != "no-store" || page.Header.Get("Etag") != "" {
			t.Errorf("the unlocked page may be kept: %q %q", got, page.Header.Get("Etag"))
		}
		if strings.Contains(public.Body, parcel.OrderNo) || !strings.Contains(page.Body, parcel.OrderNo) {
			t.Errorf("%s: the order number is in the wrong view", name)
		}
		if twin := b.Get("/track/" + string(parcel.Waybill) + ".json"); strings.Contains(twin.Body, parcel.OrderNo) {
			t.Error("the JSON twin shows private data")
		}
		if old := b.Get("/track/"+string(parcel.Waybill), "If-None-Match", public.Header.Get("Etag")); old.Status != 200 {
			t.Errorf("the holder of a grant gets %d for the public copy", old.Status)
		}
	}
}

func TestGrantCookie(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	b := s.Visitor(t).Still()
	page := b.Post("/ko/track/"+string(parcel.Waybill)+"/unlock", url.Values{"phone_last4": {parcel.PhoneLast4}}).Want(303)
	if got, want := page.Header.Get("Location"), "/ko/track/"+string(parcel.Waybill); got != want {
		t.Errorf("Location = %q, want %q", got, want)
	}
	var grant string
	for _, c := range page.Header.Values("Set-Cookie") {
		if strings.HasPrefix(c, "__Host-grant=") {
			grant = c
		}
	}
	for _, part := range []string{"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=86400"} {
		if !strings.Contains(grant, part) {
			t.Errorf("Set-Cookie %q lacks %q", grant, part)
		}
	}
	first := b.Cookie("__Host-grant")
	b.Post("/track/"+string(parcel.Waybill)+"/unlock", url.Values{"phone_last4": {parcel.PhoneLast4}}).Want(303)
	if b.Cookie("__Host-grant") == first {
		t.Error("the token was not changed by unlocking again")
	}
	stolen := s.Visitor(t).Get("/track/"+string(parcel.Waybill), "Cookie", "__Host-grant="+first)
	if isUnlocked(stolen) {
		t.Error("the old token still opens the parcel")
	}
}

func TestGrantEnds(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	path := "/track/" + string(parcel.Waybill)
	unlocked := func(b *webtest.Browser) bool { return isUnlocked(b.Get(path).Want(200)) }
	unlock := func() *webtest.Browser {
		b := s.Visitor(t)
		b.Post(path+"/unlock", url.Values{"postcode": {parcel.Postcode}}).Want(200)
		return b
	}
	idle := unlock()
	s.Clock.Move(119 * time.Minute)
	if !unlocked(idle) {
		t.Error("gone before two idle hours")
	}
	s.Clock.Move(121 * time.Minute)
	if unlocked(idle) {
		t.Error("open after two idle hours")
	}
	busy := unlock()
	for range 23 {
		s.Clock.Move(time.Hour)
		if !unlocked(busy) {
			t.Fatal("gone while in use")
		}
	}
	s.Clock.Move(61 * time.Minute)
	if unlocked(busy) {
		t.Error("open after a day")
	}
}

func TestGrantOpensOneParcel(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.AwaitingDuty, demo.Signed)
	b := s.Visitor(t)
	b.Post("/track/"+string(parcels[0].Waybill)+"/unlock", url.Values{"postcode": {parcels[0].Postcode}}).Want(200)
	if isUnlocked(b.Get("/track/" + string(parcels[1].Waybill))) {
		t.Error("one grant opens another parcel")
	}
	b.Post("/track/"+string(parcels[1].Waybill)+"/unlock", url.Values{"postcode": {parcels[1].Postcode}}).Want(200)
	if !isUnlocked(b.Get("/track/" + string(parcels[0].Waybill))) {
		t.Error("the second grant ended the first")
	}
}

func TestWrongFacts(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	b, path := s.Visitor(t), "/track/"+string(parcel.Waybill)
	empty := b.Get(path).Form(".unlock form").Submit().Want(422)
	if got := empty.Text("[data-errors], .errors"); got == "" && !strings.Contains(empty.Body, "Fill in one of the three") {
		t.Error("nothing says that no field is filled")
	}
	page := b.Get(path).Form(".unlock form").Fill("postcode", "999999").Fill("order_no", "<b>no</b>").Submit().Want(422)
	if got := page.Find("#postcode").AttrOr("value", ""); got != "999999" {
		t.Errorf("typed postcode is now %q", got)
	}
	if got := page.Find("#order_no").AttrOr("value", ""); got != "<b>no</b>" {
		t.Errorf("typed order number is now %q", got)
	}
	if !strings.HasPrefix(page.Text("title"), "Error: ") || !strings.Contains(page.Body, "This does not match the parcel") {
		t.Errorf("the mistake is not told: %q", page.Text("title"))
	}
	for range 4 {
		b.Post(path+"/unlock", url.Values{"postcode": {"999999"}}).Want(422)
	}
	locked := b.Post(path+"/unlock", url.Values{"postcode": {parcel.Postcode}}).Want(429)
	if locked.Header.Get("Retry-After") != "86400" || !strings.Contains(locked.Body, "Too many wrong answers. Try again in 24 hours") {
		t.Errorf("locked: Retry-After %q\n%s", locked.Header.Get("Retry-After"), locked.Text(".unlock"))
	}
	other := s.Visitor(t)
	other.Address = "203.0.113.9"
	other.Post(path+"/unlock", url.Values{"postcode": {parcel.Postcode}}).Want(200)
	b.Get(path).Want(200)
	s.Clock.Move(24*time.Hour + time.Second)
	b.Post(path+"/unlock", url.Values{"postcode": {parcel.Postcode}}).Want(200)
}

func TestLastMileNumber(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Signed)[0]
	public, err := s.Store.Lookup(t.Context(), parcel.Waybill)
	if err != nil || public.LastMileNumber == "" {
		t.Fatalf("the story has no last-mile number: %v", err)
	}
	known, unknown := public.LastMileNumber, strings.Repeat("9", len(public.LastMileNumber))
	same := func(what string, a, b *webtest.Page) {
		t.Helper()
		if a.Status != b.Status || strings.ReplaceAll(a.Body, known, "N") != strings.ReplaceAll(b.Body, unknown, "N") {
			t.Errorf("%s: a last-mile number differs from an unknown one: %d and %d", what, a.Status, b.Status)
		}
	}
	b := s.Visitor(t)
	same("lookup", b.Get("/track/"+known).Want(404), b.Get("/track/"+unknown))
	for i := range 6 {
		wrong := url.Values{"phone_last4": {"1111"}}
		page, other := b.Post("/track/"+known+"/unlock", wrong), b.Post("/track/"+unknown+"/unlock", wrong)
		if i < 5 {
			same("a wrong fact", page.Want(422), other)
		} else if page.Status != 429 || other.Status != 429 {
			t.Errorf("the sixth wrong fact: %d and %d, want 429", page.Status, other.Status)
		}
	}
	fresh := s.Visitor(t)
	fresh.Address = "2001:db8::1"
	page := fresh.Get("/track/"+known).Form(".unlock form").Fill("phone_last4", parcel.PhoneLast4).Submit().Want(200)
	if page.Path != "/track/"+string(parcel.Waybill) {
		t.Errorf("number and fact lead to %s", page.Path)
	}
}

func TestUnlockAddressByGet(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	if got := s.Visitor(t).Still().Get("/track/" + w + "/unlock").Want(303).Header.Get("Location"); got != "/track/"+w {
		t.Errorf("Location = %q", got)
	}
}
