package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// deskOf is one of the staff, who decides cases.
func deskOf(t testing.TB, s *webtest.Site) account.ID {
	t.Helper()
	s.StaffMember(t, "desk@example.com")
	found, err := s.Accounts.Find(t.Context(), "desk@example.com")
	if err != nil {
		t.Fatal(err)
	}
	return found.ID
}

// caseOf is the identity of a parcel that is in review, taken by one of the staff.
func caseOf(t testing.TB, s *webtest.Site, w shipment.Waybill) (customs.ID, account.ID) {
	t.Helper()
	staff := deskOf(t, s)
	i, err := s.Portal.Customs.Current(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Portal.Customs.Take(t.Context(), i.ID, staff); err != nil {
		t.Fatal(err)
	}
	return i.ID, staff
}

func accept(t testing.TB, s *webtest.Site, w shipment.Waybill) {
	t.Helper()
	id, staff := caseOf(t, s, w)
	if _, err := s.Portal.Customs.Accept(t.Context(), id, staff); err != nil {
		t.Fatal(err)
	}
}

func refuse(t testing.TB, s *webtest.Site, w shipment.Waybill, why customs.Reason, parts ...string) {
	t.Helper()
	id, staff := caseOf(t, s, w)
	if _, err := s.Portal.Customs.Refuse(t.Context(), id, staff, why, parts); err != nil {
		t.Fatal(err)
	}
}

func TestAcceptedIdentityIsThereToRead(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := given(t, s, toChina)
	accept(t, s, toChina)
	page := b.Get(idPath(toChina, "/id")).Want(http.StatusOK)
	if page.Text("h1") != said("id.status.accepted.title") {
		t.Errorf("an accepted identity: %s", page.Text("main"))
	}
	if tracking := b.Get("/track/" + string(toChina)); tracking.Find(".needed").Length() != 0 {
		t.Error("the tracking page asks for the identity still")
	}
	blocked := page.Form(`form[action$="/id/withdraw"]`).Submit().Want(http.StatusConflict)
	if !strings.Contains(blocked.Text("main"), said("id.withdraw.blocked", "n", "30")) {
		t.Errorf("withdrawing what customs has: %s", blocked.Text("main"))
	}
	if again := b.Get(idPath(toChina, "/id/person")); again.Path != idPath(toChina, "/id") {
		t.Errorf("the form stands open at %s", again.Path)
	}
	scan(t, s, toChina, "released", time.Minute)
	s.Clock.Move(time.Hour)
	if text := b.Get(idPath(toChina, "/id")).Want(http.StatusOK); text.Find(`form[action$="/id/withdraw"]`).Length() != 0 {
		t.Error("a released parcel's identity can be changed")
	}
}

func TestWithdrawnIdentityCanBeGivenAgain(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := given(t, s, toChina)
	page := b.Get(idPath(toChina, "/id")).Form(`form[action$="/id/withdraw"]`).Submit().Want(http.StatusOK)
	if page.Text("h1") != said("id.status.withdrawn.title") {
		t.Fatalf("after withdrawing: %s", page.Text("main"))
	}
	if receipt := b.Get(idPath(toChina, "/id/receipt")).Want(http.StatusOK).Text("main"); strings.Contains(receipt, "李") || !strings.Contains(receipt, "Withdrawn") {
		t.Errorf("the receipt of what was withdrawn: %s", receipt)
	}
	form := page.Follow(`a.btn[href*="again"]`).Want(http.StatusOK)
	if form.Find(`input[name="name_local"]`).AttrOr("value", "") != "" {
		t.Error("what was withdrawn is filled in")
	}
	sent := agree(giveCard(givePerson(b, toChina))).Want(http.StatusOK)
	if sent.Text("h1") != said("id.done.title") {
		t.Errorf("after sending again: %s", sent.Text("main"))
	}
	b.Post(idPath(toChina, "/id/withdraw"), nil).Want(http.StatusOK)
	if page := b.Post(idPath(toChina, "/id/withdraw"), nil).Want(http.StatusOK); page.Text("h1") != said("id.status.withdrawn.title") {
		t.Errorf("withdrawing twice: %s", page.Text("h1"))
	}
}

func TestIdentityIsReplacedUntilItIsReleased(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := given(t, s, toChina)
	form := b.Get(idPath(toChina, "/id")).Follow(`a.btn[href*="again"]`).Want(http.StatusOK)
	document := form.Form("form.asking").Fill("name_local", "李伟").Fill("phone", "13900139000").Submit().Want(http.StatusOK)
	if status := b.Get(idPath(toChina, "/id")).Text("h1"); status != said("id.status.review.title") {
		t.Errorf("while the new one is typed: %s", status)
	}
	agree(giveCard(document)).Want(http.StatusOK)
	receipt := b.Get(idPath(toChina, "/id/receipt")).Text("main")
	if !strings.Contains(receipt, "+86139****9000") {
		t.Errorf("the receipt tells the old one: %s", receipt)
	}
	history, err := s.Portal.Customs.History(t.Context(), toChina)
	if err != nil || len(history) != 2 || history[0].State != customs.Review || history[1].State != customs.Replaced {
		t.Errorf("the history is %+v, %v", history, err)
	}
}

func TestUnsentFormEndsAfterADay(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toChina)
	givePerson(b, toChina).Want(http.StatusOK)
	if page := b.Get(idPath(toChina, "/id")).Want(http.StatusOK); page.Path != idPath(toChina, "/id/document") {
		t.Errorf("a form that was begun leads to %s", page.Path)
	}
	s.Clock.Move(25 * time.Hour)
	if _, err := s.Portal.Customs.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	b = holder(t, s, toChina)
	page := b.Get(idPath(toChina, "/id")).Want(http.StatusOK)
	if page.Text("h1") != said("id.status.expired.title") {
		t.Errorf("after a day: %s", page.Text("main"))
	}
	if form := page.Follow(`a.btn[href*="again"]`).Want(http.StatusOK); form.Path != idPath(toChina, "/id/person?again=yes") {
		t.Errorf("it leads to %s", form.Path)
	}
}

func TestErasedIdentityLeavesATombstone(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	given(t, s, toChina)
	accept(t, s, toChina)
	scan(t, s, toChina, "released", time.Minute)
	s.Clock.Move(40 * 24 * time.Hour)
	if _, err := s.Portal.Customs.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := holder(t, s, toChina)
	page := b.Get(idPath(toChina, "/id")).Want(http.StatusOK)
	if page.Text("h1") != said("id.status.erased.title") || page.Find(`a[href*="again"], a[href$="/receipt"]`).Length() != 0 {
		t.Errorf("after its time: %s", page.Text("main"))
	}
	if end := b.Get(idPath(toChina, "/needs")).Want(http.StatusOK); end.Path != idPath(toChina, "/id") {
		t.Errorf("the needs of a parcel that is through stand at %s", end.Path)
	}
}

func TestReleasedParcelAsksNothing(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toChina)
	document := givePerson(b, toChina)
	scan(t, s, toChina, "released", 0)
	for _, path := range []string{"/id", "/needs", "/id/person", "/id/document", "/id/check", "/id/receipt"} {
		if page := b.Get(idPath(toChina, path)).Want(http.StatusNotFound); page.Text("h1") != said("id.shut.not_asked.title") {
			t.Errorf("%s: %s", path, page.Text("main"))
		}
	}
	giveCard(document).Want(http.StatusNotFound)
	b.Post(idPath(toChina, "/id/person"), nil).Want(http.StatusNotFound)
}

func TestParcelsElsewhereAskNoIdentity(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toJapan)
	for _, path := range []string{"/id", "/needs", "/id/person"} {
		if page := b.Get(idPath(toJapan, path)).Want(http.StatusNotFound); page.Text("h1") != said("id.shut.not_asked.title") {
			t.Errorf("%s: %s", path, page.Text("main"))
		}
	}
	if tracking := b.Get("/track/" + string(toJapan)).Want(http.StatusOK); tracking.Find(`.needed a[href*="/parcels/"]`).Length() != 0 {
		t.Error("the tracking page leads to a form that is not there")
	}
}
