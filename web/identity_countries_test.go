package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/customs"
)

func TestKoreanGivesACode(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toKorea)
	page := b.Get(idPath(toKorea, "/id")).Want(http.StatusOK)
	if got := asked(page); !slices.Equal(got, []string{"name_local", "phone", "postcode", "name_consent"}) {
		t.Errorf("the person is asked for %v", got)
	}
	document := page.Form("form.asking").Fill("name_local", "홍길동").Fill("phone", "010-2000-8000").Fill("postcode", "04524").Submit().Want(http.StatusOK)
	if got := asked(document); !slices.Equal(got, []string{"doc_number"}) {
		t.Errorf("the code's page asks for %v", got)
	}
	check := document.Form("form.asking").Fill("doc_number", "p1234 5678-9012").Submit().Want(http.StatusOK)
	if text := check.Text(".answers-given"); !strings.Contains(text, "P1234********") || strings.Contains(check.Body, koreanCode) {
		t.Errorf("the check shows %s", text)
	}
	sent := agree(check).Want(http.StatusOK)
	if sent.Path != idPath(toKorea, "/id?sent=yes") {
		t.Errorf("sending leads to %s", sent.Path)
	}
	if _, clear := sentOf(t, s, toKorea); clear.Document.Number != koreanCode || clear.Person.Phone != "+821020008000" {
		t.Errorf("kept %s", clear.Document.Masked())
	}
}

func TestTaiwaneseIsRegisteredInTheApp(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toTaiwan)
	document := b.Get(idPath(toTaiwan, "/id/person")).Form("form.asking").Fill("name_local", "林美玲").Fill("phone", "0912 348 000").Submit().Want(http.StatusOK)
	if document.Find(`input[name="doc_type"]`).AttrOr("value", "") != "tw_ezway" {
		t.Errorf("the first choice is %s", document.Text("h1"))
	}
	if wrong := document.Form("form.asking").Submit().Want(http.StatusUnprocessableEntity); !strings.Contains(wrong.Text(".errors"), "EZ WAY") {
		t.Errorf("without the tick: %s", wrong.Text(".errors"))
	}
	check := document.Form("form.asking").Fill("ezway_registered", "yes").Submit().Want(http.StatusOK)
	if sent := agree(check).Want(http.StatusOK); !strings.Contains(sent.Text("main"), "申報相符") {
		t.Errorf("nobody tells of the app: %s", sent.Text("main"))
	}
	if _, clear := sentOf(t, s, toTaiwan); clear.Document.Doc != customs.TWEZWay || !clear.Document.EZWay || clear.Document.Number != "" {
		t.Errorf("kept %+v", clear.Document.Doc)
	}
}

// TestTaiwaneseWithoutTheAppSendsACard goes the other way: a number and two pictures.
func TestTaiwaneseWithoutTheAppSendsACard(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toTaiwan)
	b.Get(idPath(toTaiwan, "/id/person")).Form("form.asking").Fill("name_local", "林美玲").Fill("phone", "0912348000").Submit().Want(http.StatusOK)
	document := b.Get(idPath(toTaiwan, "/id/document?doc_type=tw_id")).Want(http.StatusOK)
	wrong := document.Form("form.asking").Fill("doc_number", "A123456788").Choose("front", "f.png", front()).Submit().Want(http.StatusUnprocessableEntity)
	if wrong.Find(`input[name="doc_number"]`).AttrOr("value", "") != "A123456788" || wrong.Find(".upload figure img").Length() != 1 {
		t.Errorf("typed or sent things are lost: %s", wrong.Text("form.asking"))
	}
	check := wrong.Form("form.asking").Fill("doc_number", "A123456789").Choose("back", "b.png", back()).Submit().Want(http.StatusOK)
	if check.Path != idPath(toTaiwan, "/id/check") || !strings.Contains(check.Text(".answers-given"), "A12345****") {
		t.Errorf("%s shows %s %s", check.Path, check.Text(".answers-given"), check.Text(".errors"))
	}
}

func TestForeignerInChinaGivesAPassport(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toChina)
	document := b.Get(idPath(toChina, "/id/person")).Form("form.asking").
		Fill("nationality", "DE").Fill("name_latin", "Anna Meyer").Fill("phone", "13800138000").Submit().Want(http.StatusOK)
	if document.Find(`input[name="doc_type"]`).AttrOr("value", "") != "passport" {
		t.Errorf("the first choice is %s", document.Text("h1"))
	}
	check := document.Form("form.asking").Fill("doc_number", "C01X00T47").Fill("issuing_country", "DE").
		Fill("expiry_year", "2031").Fill("expiry_month", "1").Fill("expiry_day", "5").Choose("front", "p.jpg", front()).Submit().Want(http.StatusOK)
	if check.Path != idPath(toChina, "/id/check") {
		t.Fatalf("%s: %s", check.Path, check.Text(".errors"))
	}
	agree(check).Want(http.StatusOK)
}

// TestWarningsNeverBlock gives another name than the parcel's and a card that ends soon.
func TestWarningsNeverBlock(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toChina)
	document := b.Get(idPath(toChina, "/id/person")).Form("form.asking").Fill("name_local", "王伟").Fill("phone", "13700137000").Submit().Want(http.StatusOK)
	check := document.Form("form.asking").Fill("doc_number", chineseID).Fill("expiry_year", "2026").Fill("expiry_month", "3").Fill("expiry_day", "20").
		Choose("front", "f.jpg", front()).Choose("back", "b.jpg", back()).Submit().Want(http.StatusOK)
	if n := check.Find(".odd li").Length(); n != 3 {
		t.Errorf("%d warnings, want name, phone and date: %s", n, check.Text(".odd"))
	}
	agree(check).Want(http.StatusOK)
}

func TestConsentsAreEachAsked(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toChina)
	check := giveCard(givePerson(b, toChina))
	if check.Find("form.consents input[checked]").Length() != 0 {
		t.Error("a consent is ticked beforehand")
	}
	wrong := check.Form("form.consents").Fill("consent_customs", "yes").Fill("consent_keep", "yes").Submit().Want(http.StatusUnprocessableEntity)
	if got := wrong.Find(".errors a").Length(); got != 2 {
		t.Errorf("%d errors, want the transfer and the address: %s", got, wrong.Text(".errors"))
	}
	if wrong.Find("form.consents input[checked]").Length() != 2 {
		t.Error("what was ticked is lost")
	}
	if i, err := s.Portal.Customs.Current(t.Context(), toChina); err != nil || i.State != customs.Draft {
		t.Errorf("sent without consent: %v, %v", i.State, err)
	}
	agree(wrong, "consent_keep", "").Want(http.StatusOK)
	i, _ := sentOf(t, s, toChina)
	agreed, err := s.Portal.Customs.Consents(t.Context(), i.ID)
	if err != nil || len(agreed) < 2 || agreed[0].Channel != "parcel" || agreed[0].Language != "en" || agreed[0].Version == "" {
		t.Errorf("kept %+v, %v", agreed, err)
	}
}

// TestSendingTwiceSendsOnce presses the last button twice, and once more later.
func TestSendingTwiceSendsOnce(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toChina)
	check := giveCard(givePerson(b, toChina))
	first, second := agree(check).Want(http.StatusOK), agree(check).Want(http.StatusOK)
	if first.Path != second.Path || first.Text(".facts .code") != second.Text(".facts .code") {
		t.Errorf("%s and %s", first.Path, second.Path)
	}
	if history, err := s.Portal.Customs.History(t.Context(), toChina); err != nil || len(history) != 1 {
		t.Errorf("%d identities, %v", len(history), err)
	}
}
