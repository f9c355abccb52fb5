package pages_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

// gallery renders one state of a page as it stands in the gallery.
func gallery(t *testing.T, name string, lang locale.Language) *goquery.Document {
	t.Helper()
	page, ok := pages.GalleryPage(golden.Context(lang), "page-"+name)
	if !ok {
		t.Fatalf("no state %q", name)
	}
	return read(t, golden.Render(t, page, lang))
}

// asked lists the controls of a form that a person types into or chooses from,
// where nothing is filled in: a date counts once, ticks and folded questions not.
func asked(form *goquery.Selection) []string {
	var names []string
	form.Find("input, select, textarea").Each(func(_ int, e *goquery.Selection) {
		name := e.AttrOr("name", "")
		kind := e.AttrOr("type", "")
		date := strings.HasPrefix(name, "expiry_")
		if kind == "hidden" || kind == "checkbox" || e.ParentsFiltered("details").Length() > 0 || date && name != "expiry_year" {
			return
		}
		names = append(names, name)
	})
	return names
}

func TestNewPeopleTypeLittle(t *testing.T) {
	for _, tt := range []struct {
		country string
		most    int
		want    []string
	}{
		{"cn", 8, []string{"name_local", "phone", "doc_number", "expiry_year", "front", "back"}},
		{"kr", 4, []string{"name_local", "phone", "postcode", "doc_number"}},
		{"tw", 2, []string{"name_local", "phone"}},
	} {
		var got []string
		presses := 0
		for _, step := range []string{"person", "document"} {
			form := gallery(t, "id-"+step+"-"+tt.country, locale.English).Find("main form")
			got = append(got, asked(form)...)
			presses += form.Find("button").Length()
		}
		last := gallery(t, "id-check-"+tt.country, locale.English).Find("main form")
		presses += last.Find("button").Length()
		if !slices.Equal(got, tt.want) || len(got) > tt.most {
			t.Errorf("%s: asks %v, want %v, at most %d", tt.country, got, tt.want, tt.most)
		}
		if presses != 3 {
			t.Errorf("%s: %d presses, want 3", tt.country, presses)
		}
	}
}

func TestSavedPeopleTypeNothing(t *testing.T) {
	doc := gallery(t, "id-person-cn-saved", locale.English)
	form := doc.Find(".people form").First()
	if names := asked(form); len(names) != 0 || form.Find("button").Length() != 1 {
		t.Errorf("a saved person is asked %v", names)
	}
	if got := form.Find(`input[name="person_id"]`).AttrOr("value", ""); got != "7" {
		t.Errorf("person %q is used, want 7", got)
	}
	if n := doc.Find(".people form").Length(); n != 1 {
		t.Errorf("%d of two people can be used, want the one whose document is valid", n)
	}
}

func TestPicturesAreAskedOneByOne(t *testing.T) {
	doc := gallery(t, "id-document-cn", locale.SimplifiedChinese)
	if got := doc.Find("main form").AttrOr("enctype", ""); got != "multipart/form-data" {
		t.Errorf("the form is sent as %q", got)
	}
	files := doc.Find(`input[type="file"]`)
	if files.Length() != 2 {
		t.Fatalf("%d pictures are asked for, want 2", files.Length())
	}
	files.Each(func(_ int, e *goquery.Selection) {
		_, several := e.Attr("multiple")
		_, forced := e.Attr("capture")
		if several || forced || e.AttrOr("accept", "") != "image/*" {
			t.Errorf("%s: several %v, forced camera %v, accept %q", e.AttrOr("name", ""), several, forced, e.AttrOr("accept", ""))
		}
	})
	if n := gallery(t, "id-document-kr", locale.Korean).Find(`input[type="file"]`).Length(); n != 0 {
		t.Errorf("Korea asks for %d pictures", n)
	}
}

func TestNothingIsTickedBeforehand(t *testing.T) {
	for _, s := range pages.States(locale.For(locale.English)) {
		if !strings.HasPrefix(s.Name, "id check") || strings.HasSuffix(s.Name, "error") {
			continue
		}
		boxes := read(t, golden.Render(t, s.Body, locale.English)).Find(`.consents input[type="checkbox"]`)
		if n := boxes.Length(); n < 2 || boxes.Filter("[checked]").Length() > 0 {
			t.Errorf("%s: %d consents, %d ticked", s.Name, n, boxes.Filter("[checked]").Length())
		}
	}
}

func TestWhatWasTypedComesBack(t *testing.T) {
	typed := pages.DocumentForm{
		DocType: "passport", DocNumber: `A"<b>`, ExpiryDay: "31", ExpiryMonth: "2", ExpiryYear: "20x", IssuingCountry: "DE", MRZ: "P<D<<\nX",
	}
	p := pages.DocumentPage{Parcel: pages.IdentityParcel{Waybill: "EC7K3M9QTR2XW5", Country: "CN"}, Form: typed}
	rule, _ := customs.RuleFor("CN", "2026-11-22")
	p.Document, _ = rule.Document(customs.Passport)
	p.Problems = fault.Invalid{{Field: "expiry_day", Key: "id.expiry.date"}}
	doc := read(t, golden.Render(t, pages.Document(p), locale.TraditionalChinese))
	for name, want := range map[string]string{"doc_number": typed.DocNumber, "expiry_day": "31", "expiry_month": "2", "expiry_year": "20x"} {
		if got := doc.Find(`[name="`+name+`"]`).AttrOr("value", ""); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := doc.Find("textarea").Text(); got != typed.MRZ {
		t.Errorf("mrz: %q", got)
	}
	if got := doc.Find(`[name="issuing_country"] option[selected]`).AttrOr("value", ""); got != "DE" {
		t.Errorf("issuing country: %q", got)
	}
	if n := doc.Find(`[name^="expiry_"][aria-invalid="true"]`).Length(); n != 3 {
		t.Errorf("%d boxes of the date are marked wrong, want 3", n)
	}
}

func TestEveryFlawHasItsSentence(t *testing.T) {
	keys := customs.Keys()
	for _, flaw := range []document.Flaw{
		document.FlawEmpty, document.FlawBig, document.FlawKind, document.FlawHEIC, document.FlawPDF, document.FlawPixels, document.FlawHeavy,
		document.FlawSmall, document.FlawBroken, document.FlawBlurred, document.FlawShape, document.FlawDark,
	} {
		keys = append(keys, "id.front."+string(flaw))
	}
	for reason := range customs.Reasons() {
		keys = append(keys, "id.refusal."+string(reason), "staff.ids.reason."+string(reason))
	}
	for _, rule := range customs.Rules() {
		keys = append(keys, rule.Basis)
		for _, d := range rule.Documents {
			keys = append(keys, "id.doc."+string(d.Doc))
		}
	}
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, key := range keys {
			if !l.Has(key) {
				t.Errorf("%s has no text for %s", lang, key)
			}
		}
	}
}

func TestSentencesFitTheirDocument(t *testing.T) {
	doc := gallery(t, "id-document-cn-error", locale.English)
	first := words(doc.Find(".errors li").First())
	if want := locale.For(locale.English).T("id.doc_number.check"); first != want {
		t.Errorf("summary begins with %q", first)
	}
	if got := words(doc.Find(".errors li").Last()); !strings.HasPrefix(got, "Emblem side") {
		t.Errorf("the picture's line does not name its side: %q", got)
	}
	kr := gallery(t, "id-person-kr-error", locale.Korean)
	if got := words(kr.Find("#phone-error")); got != locale.For(locale.Korean).T("id.phone.mobile") {
		t.Errorf("phone: %q", got)
	}
}

func TestOnlyTheWrongPartIsAskedAgain(t *testing.T) {
	again := gallery(t, "id-document-cn-again", locale.English)
	if got := asked(again.Find("main form")); !slices.Equal(got, []string{"front", "back"}) {
		t.Errorf("asks %v, want the pictures alone", got)
	}
	person := gallery(t, "id-person-cn-again", locale.English)
	if n := person.Find(`[name="phone"], [name="nationality"]`).Length(); n != 0 {
		t.Error("asks for more than the names")
	}
}

func TestStaffSeesClearDataOnlyUnderAReason(t *testing.T) {
	for name, want := range map[string]bool{"staff-id": false, "staff-id-taken": false, "staff-id-lost": false, "staff-id-done": false, "staff-id-open": true} {
		doc := gallery(t, name, locale.English)
		clear := strings.Contains(doc.Text(), "11010519491231002X") && doc.Find(".shown img").Length() == 2
		if clear != want || !want && doc.Find(".shown img").Length() > 0 {
			t.Errorf("%s: number and pictures shown: %v, want %v", name, clear, want)
		}
	}
	if n := gallery(t, "staff-id", locale.English).Find(`form[action$="/view"], form[action$="/decision"]`).Length(); n != 0 {
		t.Error("a case that nobody took can be looked into or decided")
	}
}

func TestLastDayStandsOnlyWhileSomethingIsNeeded(t *testing.T) {
	for name, want := range map[string]bool{
		"id-sent-cn": false, "id-status-accepted": false, "id-status-erased": true, "id-status-refused": true, "id-needs": true, "id-person-cn": true,
	} {
		if got := gallery(t, name, locale.English).Find(".left").Length() > 0; got != want {
			t.Errorf("%s: shows days left: %v, want %v", name, got, want)
		}
	}
}

func TestLooksSayWhatWasDoneAndWhy(t *testing.T) {
	l := locale.For(locale.English)
	var got []string
	gallery(t, "id-seen", locale.English).Find("main .column:first-child .codes li").Each(func(_ int, e *goquery.Selection) {
		e.Find("small").Remove()
		got = append(got, words(e))
	})
	want := []string{
		l.T("id.look.export"), l.T("id.look.view") + ": " + l.T("id.view.review"), l.T("id.look.refused") + ": because <b>",
		l.T("id.look.copy"), l.T("id.look.withdrawn"),
	}
	if !slices.Equal(got, want) {
		t.Errorf("looks read %q, want %q", got, want)
	}
}

func TestOwnersReadNoNamesOfStaff(t *testing.T) {
	for name, want := range map[string]bool{"id-seen": false, "people-one": false, "staff-id": true} {
		if got := strings.Contains(gallery(t, name, locale.Korean).Find("main").Text(), "Ana Ruiz"); got != want {
			t.Errorf("%s: names who of the staff looked: %v, want %v", name, got, want)
		}
	}
}

func TestStatesOfferWhatTheyLet(t *testing.T) {
	for name, want := range map[string][]string{
		"id-status-review": {"withdraw", "again"}, "id-status-accepted": {"withdraw", "again"}, "id-withdraw-blocked": {},
		"id-status-withdrawn": {"again"}, "id-status-erased": {"again"}, "id-status-replaced": {},
	} {
		doc := gallery(t, name, locale.English)
		got := []string{}
		if doc.Find(`form[action$="/id/withdraw"]`).Length() > 0 {
			got = append(got, "withdraw")
		}
		if doc.Find(`a[href$="again=yes"]`).Length() > 0 {
			got = append(got, "again")
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: offers %v, want %v", name, got, want)
		}
	}
}

// consentWords is the wording of the version that ConsentVersion names.
const consentWords = "db846497eab911be"

func TestConsentsKeepTheirVersion(t *testing.T) {
	sum := sha256.New()
	for _, lang := range locale.Languages() {
		for _, kind := range []string{"customs", "transfer", "keep"} {
			for _, part := range []string{"", ".why"} {
				sum.Write([]byte(locale.For(lang).T("id.consent."+kind+part, "country", "-") + "\n"))
			}
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil))[:16]; got != consentWords {
		t.Errorf("the consents of %s read otherwise (%s): a changed wording needs a new ConsentVersion, then the new sum here", pages.ConsentVersion, got)
	}
}
