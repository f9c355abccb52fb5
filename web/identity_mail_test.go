package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/shipment"
	"ecms/portal/templates/mails"
	"ecms/portal/web/webtest"
)

// mailed is the text of the newest mail owed about a parcel's identity, as it is sent.
func mailed(t testing.TB, s *webtest.Site, w shipment.Waybill) string {
	t.Helper()
	var ref string
	const newest = `select ref from identity_letters where waybill = $1 and ended_at is null order by created_at desc limit 1`
	if err := s.Portal.Web.Get(t.Context(), &ref, newest, string(w)); err != nil {
		t.Fatalf("no mail about %s: %v", w, err)
	}
	owed, err := s.Portal.Customs.ToSend(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mails.ComposeIdentity(t.Context(), owed, mails.House{From: "parcels@ecms.example.com", Base: s.URL, Now: s.Clock.Now()})
	if err != nil {
		t.Fatal(err)
	}
	return m.Text
}

// linkIn is the path of the link to a form that a mail holds.
func linkIn(t testing.TB, s *webtest.Site, text string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, s.URL)
	path, _, _ := strings.Cut(rest, "\n")
	if !found || !strings.Contains(path, "/p/") {
		t.Fatalf("no link in\n%s", text)
	}
	return path
}

// TestMailLeadsToTheForm in the consignee's language, for whoever knows the phone,
// and to that of no other parcel.
func TestMailLeadsToTheForm(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	if _, err := s.Portal.Customs.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
	for w, language := range map[shipment.Waybill]string{toChina: "/zh-Hans/p/", toKorea: "/ko/p/", toTaiwan: "/zh-Hant/p/"} {
		path := linkIn(t, s, mailed(t, s, w))
		if !strings.HasPrefix(path, language) {
			t.Errorf("%s: %s", w, path)
		}
		b := s.Visitor(t)
		if text := b.Get(path).Want(200).Body; strings.Contains(text, "@example.com") || strings.Contains(text, "1 Lantern Lane") {
			t.Errorf("%s: the link alone tells %s", w, text)
		}
		b.Still().Post(path, url.Values{"phone_last4": {"0001"}}).Want(422)
		b.Still().Post(path, url.Values{"phone_last4": {lastFour}}).Want(303)
		b.Get("/parcels/" + string(w) + "/id").Want(200)
		b.Get("/parcels/" + string(another) + "/id").Want(404)
	}
}

// TestMailsLinkEndsWithTheWait: the same link, when customs has released the parcel.
func TestMailsLinkEndsWithTheWait(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	if _, err := s.Portal.Customs.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := linkIn(t, s, mailed(t, s, toKorea))
	s.Visitor(t).Get(path).Want(200)
	scan(t, s, toKorea, "released", -time.Minute)
	s.Visitor(t).Get(path).Want(404)
	chinese := linkIn(t, s, mailed(t, s, toChina))
	s.Clock.Move(15 * 24 * time.Hour)
	s.Visitor(t).Get(chinese).Want(404)
}
