package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// asked lists the controls of a page's form in which something is typed or chosen.
func asked(page *webtest.Page) (names []string) {
	page.Find("form.asking").Find("input:not([type=hidden]), select, textarea").Each(func(_ int, e *goquery.Selection) {
		names = append(names, e.AttrOr("name", ""))
	})
	return names
}

// TestOnlyTheWrongPartIsAskedAgain refuses each part for its reason and mends it
// by what the page asks then, and nothing else.
func TestOnlyTheWrongPartIsAskedAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		why   customs.Reason
		parts []string
		fix   string
		asked []string
		typed map[string]string
		files map[string][]byte
	}{
		"one picture": {"unreadable", []string{"back"}, "/id/document", []string{"back"}, nil, map[string][]byte{"back": back()}},
		"both pictures": {
			"cut_off", nil, "/id/document", []string{"front", "back"}, nil, map[string][]byte{"front": front(), "back": back()},
		},
		"number": {"number_differs", nil, "/id/document", []string{"doc_number"}, map[string]string{"doc_number": "110101199003074258"}, nil},
		"expired": {
			"expired", nil, "/id/document", []string{"expiry_day", "expiry_month", "expiry_year", "expiry_long_term", "front", "back"},
			map[string]string{"expiry_year": "2039", "expiry_month": "1", "expiry_day": "31"}, map[string][]byte{"front": front(), "back": back()},
		},
		"name":  {"name_differs", []string{"name_local"}, "/id/person", []string{"name_local"}, map[string]string{"name_local": "李玮"}, nil},
		"phone": {"phone_differs", nil, "/id/person", []string{"phone"}, map[string]string{"phone": "13700137000"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := awaiting(t)
			b := given(t, s, toChina)
			refuse(t, s, toChina, c.why, c.parts...)
			page := b.Get(idPath(toChina, "/id")).Want(http.StatusOK)
			if page.Text("h1") != said("id.status.refused.title") {
				t.Fatalf("a refused identity: %s", page.Text("main"))
			}
			page = page.Follow(".needed a.btn").Want(http.StatusOK)
			if page.Path != idPath(toChina, c.fix) || !strings.Contains(page.Text("main"), said("id.refused.only")) {
				t.Fatalf("the correction stands at %s: %s", page.Path, page.Text("main"))
			}
			got := asked(page)
			slices.Sort(got)
			if slices.Sort(c.asked); !slices.Equal(got, c.asked) {
				t.Fatalf("%v is asked again, want %v", got, c.asked)
			}
			form := page.Form("form.asking")
			for field, value := range c.typed {
				form.Fill(field, value)
			}
			for field, data := range c.files {
				form.Choose(field, field+".jpg", data)
			}
			check := form.Submit().Want(http.StatusOK)
			if check.Path != idPath(toChina, "/id/check") {
				t.Fatalf("the correction leads to %s: %s", check.Path, check.Text(".errors"))
			}
			if sent := agree(check).Want(http.StatusOK); sent.Text("h1") != said("id.done.title") {
				t.Fatalf("after sending: %s", sent.Text("main"))
			}
			i, clear := sentOf(t, s, toChina)
			if i.State != customs.Review || clear.Document.Number == "" || clear.Document.Expiry == "" && !clear.Document.LongTerm || clear.Person.NameLocal == "" || clear.Person.Phone == "" {
				t.Errorf("sent %+v, %v, %v", i, clear.Person, clear.Document)
			}
			if kept, err := s.Portal.Customs.Pictures(t.Context(), i.ID); err != nil || len(kept) != 2 {
				t.Errorf("%d pictures are sent, %v", len(kept), err)
			}
		})
	}
}

// TestAnotherDocumentAfterARefusal lets the person choose another document.
func TestAnotherDocumentAfterARefusal(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := given(t, s, toChina)
	refuse(t, s, toChina, "wrong_document")
	page := b.Get(idPath(toChina, "/id/document")).Want(http.StatusOK)
	page = page.Follow(`a[href$="doc_type=cn_hmt_residence"]`).Want(http.StatusOK)
	check := page.Form("form.asking").Fill("doc_number", "810000199408230021").
		Fill("expiry_year", "2030").Fill("expiry_month", "2").Fill("expiry_day", "3").
		Choose("front", "a.jpg", front()).Choose("back", "b.jpg", back()).Submit().Want(http.StatusOK)
	agree(check).Want(http.StatusOK)
	if _, clear := sentOf(t, s, toChina); clear.Document.Doc != customs.CNHMTResidence {
		t.Errorf("sent a %s", clear.Document.Doc)
	}
}

// TestDraftBesideARefusalAsksAll begins to replace an identity that is refused
// meanwhile: nothing was given in the new form yet, so that all is asked.
func TestDraftBesideARefusalAsksAll(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := given(t, s, toChina)
	document := b.Get(idPath(toChina, "/id/person?again=yes")).Form("form.asking").Fill("name_local", "李伟").Fill("phone", "13800138000").Submit()
	refuse(t, s, toChina, "unreadable")
	document = b.Get(document.Path).Want(http.StatusOK)
	if check := giveCard(document).Want(http.StatusOK); check.Path != idPath(toChina, "/id/check") {
		t.Errorf("the document leads to %s: %s", check.Path, check.Text(".errors"))
	}
}

// sentOf is what was sent for a parcel, opened.
func sentOf(t testing.TB, s *webtest.Site, w shipment.Waybill) (customs.Identity, customs.Clear) {
	t.Helper()
	i, err := s.Portal.Customs.Current(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	_, clear, err := s.Portal.Customs.View(t.Context(), i.ID, customs.By{Role: customs.Portal}, "test")
	if err != nil {
		t.Fatal(err)
	}
	return i, clear
}
