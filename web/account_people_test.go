package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/web/webtest"
)

const kim = "keeper-kim@example.com"

// keeping is a site on which a member keeps one person, used for one parcel.
func keeping(t *testing.T) (*webtest.Site, *webtest.Browser, string) {
	t.Helper()
	s := webtest.Start(t)
	b := s.Member(t, kim)
	return s, b, "/account/people/" + walkedPerson(t, s, kim)
}

// decide accepts what waits in review; then customs is done with the parcel, or not.
func decide(t *testing.T, s *webtest.Site, released bool) {
	t.Helper()
	ctx, store := t.Context(), s.Portal.Customs
	_ = s.StaffMember(t, "desk-dora@example.com")
	dora, err := s.Accounts.Find(ctx, "desk-dora@example.com")
	if err != nil {
		t.Fatal(err)
	}
	i, err := store.Current(ctx, keptParcel)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Take(ctx, i.ID, dora.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := store.View(ctx, i.ID, customs.By{Role: customs.Staff, Account: dora.ID}, "review"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Accept(ctx, i.ID, dora.ID); err != nil {
		t.Fatal(err)
	}
	if released {
		scan(t, s, keptParcel, "released", -time.Minute)
	}
}

func TestPeopleAreListed(t *testing.T) {
	t.Parallel()
	s, b, path := keeping(t)
	page := b.Get("/account").Follow(`.section a[href$="/account/people"]`).Want(http.StatusOK)
	text := page.Text("main")
	if !strings.Contains(text, keptName) || !strings.Contains(text, "P9876********") || strings.Contains(page.Body, keptCode) {
		t.Errorf("the list says %q", text)
	}
	if page.Header.Get("Cache-Control") != "no-store" {
		t.Error("the list may be kept by others")
	}
	page = page.Follow(`main a[href$="` + path + `"]`).Want(http.StatusOK)
	if page.Text("h1") != keptName {
		t.Errorf("the person's page says %q", page.Text("h1"))
	}
	if none := s.Member(t, "new-nora@example.com").Get("/account/people").Want(http.StatusOK); !strings.Contains(none.Text("main"), "Nobody is saved yet") {
		t.Errorf("an empty list says %q", none.Text("main"))
	}
}

// TestPersonTellsUsesAndLooks: which parcel, when, to whom; who looked and why, but
// not which of our people by name. The portal's own reading is no look.
func TestPersonTellsUsesAndLooks(t *testing.T) {
	t.Parallel()
	s, b, path := keeping(t)
	page := b.Get(path).Want(http.StatusOK)
	for _, want := range []string{keptParcel.Grouped(), "to South Korea", "Nobody has looked yet", "wording of 2026-11-22"} {
		if !strings.Contains(page.Text("main"), want) {
			t.Errorf("%q is missing in %q", want, page.Text("main"))
		}
	}
	decide(t, s, false)
	i, err := s.Portal.Customs.Current(t.Context(), keptParcel)
	if err != nil {
		t.Fatal(err)
	}
	s.Clock.Move(26 * time.Hour)
	if _, _, err := s.Portal.Customs.View(t.Context(), i.ID, customs.By{Role: customs.Broker}, "release"); err != nil {
		t.Fatal(err)
	}
	text := s.Member(t, kim).Get(path).Want(http.StatusOK).Text("main")
	for _, want := range []string{"Number and pictures seen: to review this case", "ECMS staff", "Handed to the customs broker in South Korea: 11 March 2026", "Handed over for customs"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %q", want, text)
		}
	}
	if strings.Contains(text, "dora") || strings.Contains(text, "Nobody has looked") || strings.Contains(text, "by the portal") {
		t.Errorf("the looks say %q", text)
	}
}

func TestPersonIsKeptForAnotherYear(t *testing.T) {
	t.Parallel()
	s, _, path := keeping(t)
	s.Clock.Move(100 * 24 * time.Hour)
	b := s.Member(t, kim)
	if text := b.Get(path).Want(http.StatusOK).Text("main"); !strings.Contains(text, "10 March 2027") {
		t.Errorf("kept until: %q", text)
	}
	page := b.Get(path).Form(`form[action$="/extend"]`).Submit().Want(http.StatusOK)
	if page.Path != path || !strings.Contains(page.Text("main"), "18 June 2027") || !strings.Contains(page.Body, "The data are kept for one more year.") {
		t.Errorf("%s says %q", page.Path, page.Text("main"))
	}
}

// TestPersonIsErasedWithEveryCopy once customs is done with the parcel.
func TestPersonIsErasedWithEveryCopy(t *testing.T) {
	t.Parallel()
	s, b, path := keeping(t)
	decide(t, s, true)
	page := b.Get(path).Want(http.StatusOK)
	if strings.Contains(page.Text("main"), "cannot be erased yet") {
		t.Errorf("the page says %q", page.Text("main"))
	}
	page = page.Form(`form[action$="/delete"]`).Submit().Want(http.StatusOK)
	if page.Path != "/account/people" || strings.Contains(page.Body, keptName) || !strings.Contains(page.Body, "The person is erased, with every copy.") {
		t.Errorf("%s says %q", page.Path, page.Text("main"))
	}
	if n := count(t, s, `select count(*) from sealed_keys where record <> 'index'`); n != 0 {
		t.Errorf("%d keys are left", n)
	}
	if count(t, s, `select count(*) from people where erased_at is null or sealed is not null or masked <> ''`) != 0 {
		t.Error("something of the person is left")
	}
	b.Get(path).Want(http.StatusNotFound)
	b.Post(path+"/delete", nil).Want(http.StatusNotFound)
	b.Post(path+"/extend", nil).Want(http.StatusNotFound)
}

// TestErasingSaysWhatMustStay: the saved person goes at once; the copy that customs
// still needs stays, and the page says so before and after.
func TestErasingSaysWhatMustStay(t *testing.T) {
	t.Parallel()
	s, b, path := keeping(t)
	for range 2 { // in review, then accepted
		if text := b.Get(path).Want(http.StatusOK).Text("main"); !strings.Contains(text, "The copy for parcel "+keptParcel.Grouped()+" cannot be erased yet: customs still needs it.") {
			t.Errorf("the page says %q", text)
		}
		if i, err := s.Portal.Customs.Current(t.Context(), keptParcel); err != nil || i.State == customs.Review {
			decide(t, s, false)
		}
	}
	page := b.Get(path).Form(`form[action$="/delete"]`).Submit().Want(http.StatusOK)
	if !strings.Contains(page.Body, "Customs still needs the copy for a parcel") {
		t.Errorf("afterwards it says %q", page.Text("body"))
	}
	if count(t, s, `select count(*) from sealed_keys where record like 'person %'`) != 0 {
		t.Error("the saved person can still be opened")
	}
	if count(t, s, `select count(*) from identities where waybill = $1 and state = 'accepted' and sealed is not null`, keptParcel) != 1 {
		t.Error("the copy that customs needs is gone")
	}
}

// TestAnothersPersonIsNotFound: whoever asks, for whatever number.
func TestAnothersPersonIsNotFound(t *testing.T) {
	t.Parallel()
	s, _, path := keeping(t)
	ben := s.Member(t, "other-ben@example.com")
	shown := map[string]bool{}
	for _, address := range []string{path, "/account/people/99999", "/account/people/0", "/account/people/x", "/account/people/-1", "/account/people/01", "/account/people/9223372036854775808"} {
		shown[ben.Get(address).Want(http.StatusNotFound).Text("main")] = true
		ben.Post(address+"/extend", nil).Want(http.StatusNotFound)
		ben.Post(address+"/delete", url.Values{"id": {"1"}}).Want(http.StatusNotFound)
	}
	request := func(text string) string { return text[:min(60, len(text))] } // the request's number differs
	begun := map[string]bool{}
	for text := range shown {
		begun[request(text)] = true
	}
	if len(begun) != 1 {
		t.Errorf("%d answers: %v", len(begun), begun)
	}
	if count(t, s, `select count(*) from people where erased_at is null`) != 1 {
		t.Error("another has erased the person")
	}
	if stranger := s.Visitor(t).Still().Get(path); stranger.Status != http.StatusSeeOther || !strings.HasPrefix(stranger.Header.Get("Location"), "/login") {
		t.Errorf("a stranger: %d", stranger.Status)
	}
}

// TestAccountAdoptsItsAddressesPeople: what a guest kept stands in the account that
// is opened with the same address.
func TestAccountAdoptsItsAddressesPeople(t *testing.T) {
	t.Parallel()
	s := kept(t)
	_, err := s.Accounts.Make(t.Context(), account.Account{Email: guest, Role: account.Customer, Language: locale.English}, webtest.Password)
	if err != nil {
		t.Fatal(err)
	}
	b := s.Member(t, guest)
	page := b.Get("/account/people").Want(http.StatusOK)
	if !strings.Contains(page.Text("main"), "李伟") || page.Find(".people li").Length() != 1 {
		t.Errorf("the account's list says %q", page.Text("main"))
	}
	other := holder(t, s, another) // and without signing in, the same address leads to it still
	found := askRecall(other, another, guest).Want(http.StatusOK).Form("main form").Fill("code", s.Letter(t, guest).Code).Submit().Want(http.StatusOK)
	if found.Path != idPath(another, "/id/person") || found.Find(`[name="person_id"]`).Length() != 1 {
		t.Errorf("%s offers %q", found.Path, found.Text("main"))
	}
}

// TestNamesOfPeopleAreInNoLog and in no address.
func TestNamesOfPeopleAreInNoLog(t *testing.T) {
	t.Parallel()
	s, b, path := keeping(t)
	b.Get("/account/people")
	b.Get(path)
	b.Post(path+"/delete", nil)
	for _, secret := range []string{keptName, keptCode, kim, "P9876"} {
		if strings.Contains(s.Log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}
