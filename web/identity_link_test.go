package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// linkTo is the path of a parcel's link.
func linkTo(t testing.TB, s *webtest.Site, w shipment.Waybill) string {
	t.Helper()
	key, _, err := s.Portal.Customs.MakeLink(t.Context(), w, 0)
	if err != nil {
		t.Fatal(err)
	}
	return "/p/" + key
}

// byLink is a browser that came by a parcel's link.
func byLink(t testing.TB, s *webtest.Site, w shipment.Waybill) *webtest.Browser {
	t.Helper()
	b := s.Visitor(t)
	page := b.Get(linkTo(t, s, w)).Want(http.StatusOK).Form("form.sheet").Fill("phone_last4", lastFour).Submit().Want(http.StatusOK)
	if page.Path != idPath(w, "/id/person") {
		t.Fatalf("the link leads to %s", page.Path)
	}
	return b
}

func TestLinkOpensOneForm(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := byLink(t, s, toChina)
	if page := b.Get("/track/" + string(toChina)).Want(http.StatusOK); isUnlocked(page) {
		t.Error("the link opens the parcel's private view")
	}
	for _, other := range []shipment.Waybill{toKorea, toTaiwan, another} {
		b.Get(idPath(other, "/id/person")).Want(http.StatusNotFound)
	}
	agree(giveCard(givePerson(b, toChina))).Want(http.StatusOK)
	i, _ := sentOf(t, s, toChina)
	if agreed, err := s.Portal.Customs.Consents(t.Context(), i.ID); err != nil || len(agreed) == 0 || agreed[0].Channel != "link" {
		t.Errorf("the way in is not kept: %+v, %v", agreed, err)
	}
}

func TestLooksAtALinkOpenNothing(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	link, b := linkTo(t, s, toChina), s.Visitor(t)
	for range 3 { // a scanner of mails
		page := b.Get(link).Want(http.StatusOK)
		if strings.Contains(page.Text("main"), "李") || page.Header.Get("Cache-Control") != "no-store" || len(page.Header.Values("Set-Cookie")) != 0 {
			t.Errorf("looking gives %v and %s", page.Header, page.Text("main"))
		}
	}
	b.Get(idPath(toChina, "/id")).Want(http.StatusNotFound)
	if again := byLink(t, s, toChina); again.Get(linkTo(t, s, toChina)).Path != idPath(toChina, "/id/person") {
		t.Error("who is in is asked again")
	}
	if page := s.Member(t, "li@example.com").Get(linkTo(t, s, toChina)); page.Path != idPath(toChina, "/id/person") {
		t.Errorf("the consignee's own account is led to %s", page.Path)
	}
	if page := s.Member(t, "wang@example.com").Get(linkTo(t, s, toChina)); page.Path == idPath(toChina, "/id/person") {
		t.Error("any account needs no second fact")
	}
}

func TestLinkNeedsTheLastDigits(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	link, b := linkTo(t, s, toChina), s.Visitor(t)
	for typed, want := range map[string]string{"": "four", "12": "4 digits", "0001": "does not match"} {
		page := b.Post(link, url.Values{"phone_last4": {typed}}).Want(http.StatusUnprocessableEntity)
		if page.Find(`input[name="phone_last4"]`).AttrOr("value", "?") != typed || page.Find(".errors").Length() == 0 {
			t.Errorf("%q is not shown again, or refused without a word (%s)", typed, want)
		}
	}
	var last *webtest.Page
	for range 6 {
		last = b.Post(link, url.Values{"phone_last4": {"0002"}})
	}
	if last.Status != http.StatusTooManyRequests || last.Header.Get("Retry-After") == "" || last.Find("form.sheet").Length() != 0 {
		t.Errorf("after many tries: %d", last.Status)
	}
	b.Post(link, url.Values{"phone_last4": {lastFour}}).Want(http.StatusTooManyRequests)
	if b.Cookie("__Host-grant") != "" {
		t.Error("a grant was given")
	}
	// The same count as that of the parcel's page.
	if page := b.Post("/track/"+string(toChina)+"/unlock", url.Values{"phone_last4": {lastFour}}); page.Status != http.StatusTooManyRequests {
		t.Errorf("the parcel's page takes more tries: %d", page.Status)
	}
}

// TestSpentLinksLookAlike tries links that open nothing: made up, of another form,
// expired, revoked, of a parcel that is through.
func TestSpentLinksLookAlike(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	old := linkTo(t, s, toChina)
	revoked := linkTo(t, s, toKorea)
	if n, err := s.Portal.Customs.RevokeLinks(t.Context(), toKorea); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	through := linkTo(t, s, toTaiwan)
	scan(t, s, toTaiwan, "released", 0)
	made := "/p/" + strings.Repeat("A", 26)
	s.Clock.Move(15 * 24 * time.Hour)
	bodies := map[string]string{}
	for name, link := range map[string]string{"made up": made, "odd": "/p/%00%27", "short": "/p/x", "expired": old, "revoked": revoked, "through": through} {
		for _, page := range []*webtest.Page{s.Visitor(t).Get(link), s.Visitor(t).Post(link, url.Values{"phone_last4": {lastFour}})} {
			bodies[page.Want(http.StatusNotFound).Text("main")] = name
			if page.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s sets a cookie", name)
			}
		}
	}
	if len(bodies) != 1 {
		t.Errorf("spent links differ: %v", bodies)
	}
}

func TestLinkKeepsWhatWasUnlocked(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, another)
	page := b.Get(linkTo(t, s, toChina)).Form("form.sheet").Fill("phone_last4", lastFour).Submit()
	if page.Path != idPath(toChina, "/id/person") || !isUnlocked(b.Get("/track/"+string(another))) {
		t.Error("the link took another parcel's unlocked view away")
	}
}

// TestUnlockLeadsToTheNeeds comes from the tracking page of a parcel that is locked.
func TestUnlockLeadsToTheNeeds(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := s.Visitor(t)
	b.Language = "zh-CN"
	locked := b.Get("/track/" + string(toChina)).Want(http.StatusOK).Follow(".needed a.btn").Want(http.StatusNotFound)
	page := locked.Form(".unlock form").Fill("phone_last4", lastFour).Submit().Want(http.StatusOK)
	if !strings.HasSuffix(page.Path, idPath(toChina, "/needs")) {
		t.Errorf("unlocking leads to %s", page.Path)
	}
	text := b.Get("/track/" + string(toChina) + ".txt").Want(http.StatusOK)
	if !strings.Contains(text.Body, "2026年3月19日") {
		t.Errorf("the text names no last day: %s", text.Body)
	}
}
