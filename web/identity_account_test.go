package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestSavedPersonTakesTwoPresses gives an identity once with the tick to keep it;
// the next parcel of the account needs two presses and no typing.
func TestSavedPersonTakesTwoPresses(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := s.Member(t, "li@example.com") // the consignee's own address: the parcel is on the shelf
	page := agree(giveCard(givePerson(b, toChina).Want(http.StatusOK)), "consent_keep", "yes").Want(http.StatusOK)
	if !strings.Contains(page.Text("main"), said("id.done.kept")) {
		t.Fatalf("after sending: %s", page.Text("main"))
	}
	b.Post("/account/parcels/add", url.Values{"number": {string(another)}, "phone_last4": {"9000"}}).Want(http.StatusOK)
	if _, err := s.Portal.Web.Exec(t.Context(), `update account_parcels set side = 'to' where waybill = $1`, string(another)); err != nil {
		t.Fatal(err)
	}
	person := b.Get(idPath(another, "/id/person")).Want(http.StatusOK)
	if text := person.Text(".people"); !strings.Contains(text, "李伟") || !strings.Contains(text, "110***********002X") {
		t.Errorf("the saved person: %s", text)
	}
	check := person.Form(".people form").Submit().Want(http.StatusOK) // the first press
	if check.Path != idPath(another, "/id/check") || check.Find("figure img").Length() != 2 || check.Find(`input[name="consent_keep"]`).Length() != 0 {
		t.Fatalf("the first press leads to %s: %s", check.Path, check.Text("main"))
	}
	sent := agree(check).Want(http.StatusOK) // the second
	if sent.Text("h1") != said("id.done.title") {
		t.Errorf("after sending: %s", sent.Text("main"))
	}
	i, clear := sentOf(t, s, another)
	if i.SavedPerson == 0 || clear.Document.Number != chineseID || i.Account == 0 {
		t.Errorf("sent %+v", i)
	}
	agreed, err := s.Portal.Customs.Consents(t.Context(), i.ID)
	if err != nil || len(agreed) != 2 || agreed[0].Channel != "account" {
		t.Errorf("agreed %+v, %v", agreed, err)
	}
	// People of another country are not offered.
	if page := holder(t, s, toKorea).Get(idPath(toKorea, "/id/person")); page.Find(".people").Length() != 0 {
		t.Error("a stranger is offered people")
	}
}

// TestSavedPersonOfAnotherIsNotThere posts the numbers of people that are another
// account's, another country's, or nobody's.
func TestSavedPersonOfAnotherIsNotThere(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	owner := s.Member(t, "li@example.com")
	agree(giveCard(givePerson(owner, toChina)), "consent_keep", "yes").Want(http.StatusOK)
	i, _ := sentOf(t, s, toChina)
	id := strconv.FormatInt(int64(i.SavedPerson), 10)
	thief := s.Member(t, "wang@example.com")
	for _, forged := range []string{id, "0", "-1", "99999999999999999999", "1 or 1=1", resident, ""} {
		page := thief.Post(idPath(another, "/id/person"), url.Values{"person_id": {forged}}).Want(http.StatusOK)
		if page.Path != idPath(another, "/id/person") || strings.Contains(page.Body, "李伟") {
			t.Errorf("person %q leads to %s", forged, page.Path)
		}
		if forged != "" && strings.Contains(page.Body, forged) && len(forged) > 4 {
			t.Errorf("person %q is echoed", forged)
		}
	}
	if page := owner.Post(idPath(toKorea, "/id/person"), url.Values{"person_id": {id}}); page.Status != http.StatusNotFound {
		t.Errorf("the owner fills in another's parcel: %d", page.Status)
	}
	if draft, err := s.Portal.Customs.Draft(t.Context(), another); err == nil && draft.HasPerson {
		t.Errorf("a form is filled in: %+v", draft)
	}
}

// TestShipperHasNoRight keeps the parcel on its shelf as the one who sent it.
func TestShipperHasNoRight(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := s.Member(t, "shop@example.com")
	b.Get("/account/parcels/" + string(toChina)).Want(http.StatusOK)
	for _, path := range []string{"/needs", "/id", "/id/person", "/id/check", "/id/receipt"} {
		b.Get(idPath(toChina, path)).Want(http.StatusNotFound)
	}
	b.Post(idPath(toChina, "/id/withdraw"), nil).Want(http.StatusNotFound)
}

// TestExpiredSavedPersonIsExplained lets a saved person's card run out.
func TestExpiredSavedPersonIsExplained(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := s.Member(t, "li@example.com")
	document := givePerson(b, toChina)
	check := document.Form("form.asking").Fill("doc_number", chineseID).Fill("expiry_year", "2026").Fill("expiry_month", "4").Fill("expiry_day", "1").
		Choose("front", "f.jpg", front()).Choose("back", "b.jpg", back()).Submit().Want(http.StatusOK)
	agree(check, "consent_keep", "yes").Want(http.StatusOK)
	i, _ := sentOf(t, s, toChina)
	s.Clock.Move(30 * 24 * time.Hour)
	b = s.Member(t, "li@example.com")
	page := b.Get(idPath(toChina, "/id/person?again=yes")).Want(http.StatusOK)
	if page.Find(".people .stop").Length() != 1 || page.Find(".people form").Length() != 0 {
		t.Errorf("the expired person: %s", page.Text(".people"))
	}
	forced := b.Post(idPath(toChina, "/id/person"), url.Values{"person_id": {strconv.FormatInt(int64(i.SavedPerson), 10)}}).Want(http.StatusUnprocessableEntity)
	if forced.Find(".errors").Length() == 0 {
		t.Errorf("it is used without a word: %s", forced.Text("main"))
	}
}
