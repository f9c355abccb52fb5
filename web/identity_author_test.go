package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"ecms/portal/internal/document/specimen"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// shopOf is a browser that has unlocked a parcel with its order number.
func shopOf(t testing.TB, s *webtest.Site, w shipment.Waybill) *webtest.Browser {
	t.Helper()
	b := s.Visitor(t)
	b.Still().Post("/track/"+string(w)+"/unlock", url.Values{"order_no": {"ORDER-" + string(w)}}).Want(http.StatusSeeOther)
	return b
}

// readsNone walks the form's pages for what another browser has given.
func readsNone(t testing.TB, b *webtest.Browser, w shipment.Waybill, secrets ...string) {
	t.Helper()
	for _, path := range []string{"/id", "/id/person", "/id/document", "/id/check", "/id/person?again=yes", "/id/document?again=yes"} {
		page := b.Get(idPath(w, path))
		for _, secret := range secrets {
			if strings.Contains(page.Body, secret) {
				t.Errorf("%s shows %q", path, secret)
			}
		}
	}
}

// typedByShop is a first step typed by the shop.
func typedByShop() url.Values {
	return url.Values{"name_local": {"王芳"}, "phone": {"13900139000"}, "nationality": {"CN"}, "name_consent": {"yes"}}
}

// TestWritingOneStepReadsNoOther gives the shop's browser a part of the form; what
// the consignee's has given stays shut to it.
func TestWritingOneStepReadsNoOther(t *testing.T) {
	t.Parallel()
	t.Run("the person", func(t *testing.T) {
		t.Parallel()
		s := awaiting(t)
		giveCard(givePerson(holder(t, s, toChina), toChina)).Want(http.StatusOK)
		shop := shopOf(t, s, toChina)
		shop.Post(idPath(toChina, "/id/person"), typedByShop()).Want(http.StatusOK)
		readsNone(t, shop, toChina, chineseID, "13800138000", "/id/picture/")
		if shop.Get(idPath(toChina, "/id/picture/front")).Status != http.StatusNotFound {
			t.Error("it sees the consignee's picture")
		}
	})
	t.Run("one picture", func(t *testing.T) {
		t.Parallel()
		s := awaiting(t)
		giveCard(givePerson(holder(t, s, toChina), toChina)).Want(http.StatusOK)
		shop := shopOf(t, s, toChina)
		shop.Get(idPath(toChina, "/id/document")).Form("form.asking").Choose("back", "b.jpg", specimen.JPEG(specimen.Card(1200, 800, 5))).Submit()
		readsNone(t, shop, toChina, "李伟", chineseID, "13800138000", "/id/picture/front")
		if shop.Get(idPath(toChina, "/id/picture/front")).Status != http.StatusNotFound {
			t.Error("it sees the consignee's picture")
		}
		if shop.Get(idPath(toChina, "/id/picture/back")).Status != http.StatusOK {
			t.Error("its own picture is gone")
		}
	})
	t.Run("an empty document", func(t *testing.T) {
		t.Parallel()
		s := awaiting(t)
		giveCard(givePerson(holder(t, s, toChina), toChina)).Want(http.StatusOK)
		shop := shopOf(t, s, toChina)
		shop.Post(idPath(toChina, "/id/document"), url.Values{"x": {"y"}})
		readsNone(t, shop, toChina, "李伟", chineseID, "13800138000", "/id/picture/")
	})
	t.Run("what was refused", func(t *testing.T) {
		t.Parallel()
		s := awaiting(t)
		given(t, s, toChina)
		refuse(t, s, toChina, "name_differs", "name_local")
		shop := shopOf(t, s, toChina)
		shop.Post(idPath(toChina, "/id/person"), typedByShop()).Want(http.StatusOK)
		readsNone(t, shop, toChina, chineseID, "13800138000", "/id/picture/")
	})
	t.Run("the day of expiry", func(t *testing.T) {
		t.Parallel()
		s := awaiting(t)
		given(t, s, toChina)
		refuse(t, s, toChina, "expired", "expiry_day")
		shop := shopOf(t, s, toChina)
		shop.Post(idPath(toChina, "/id/document"), url.Values{"expiry_year": {"2039"}, "expiry_month": {"1"}, "expiry_day": {"31"}}).Want(http.StatusOK)
		readsNone(t, shop, toChina, "李伟", chineseID, "13800138000", "/id/picture/")
	})
}

// TestNobodyKeepsAnothersPerson sends a form that another browser has filled in, or
// sends it again, with the tick to keep the person under an address of one's own.
func TestNobodyKeepsAnothersPerson(t *testing.T) {
	t.Parallel()
	const thief = "thief@example.com"
	for name, before := range map[string]func(testing.TB, *webtest.Site){
		"to be sent": func(t testing.TB, s *webtest.Site) {
			giveCard(givePerson(holder(t, s, toChina), toChina)).Want(http.StatusOK)
		},
		"sent": func(t testing.TB, s *webtest.Site) { sentToKeep(t, s, toChina, guest) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := awaiting(t)
			before(t, s)
			i, err := s.Portal.Customs.Current(t.Context(), toChina)
			if err != nil {
				t.Fatal(err)
			}
			shop := shopOf(t, s, toChina)
			shop.Post(idPath(toChina, "/id/submit"), url.Values{
				"form_id": {strconv.FormatInt(int64(i.ID), 10)}, "consent_customs": {"yes"}, "consent_transfer": {"yes"}, "consent_keep": {"yes"}, "email": {thief},
			})
			if n := count(t, s, `select count(*) from letters where email_key = $1`, thief); n != 0 {
				shop.Post(idPath(toChina, "/id/recall"), url.Values{"code": {s.Letter(t, thief).Code}})
			}
			if n := count(t, s, `select count(*) from people`); n != 0 {
				t.Errorf("%d people are kept for another", n)
			}
		})
	}
}

// TestWhoeverSendsHearsOfIt: the decision's mail goes to the account that has sent
// the form or to the consignee, not to one that has opened it before.
func TestWhoeverSendsHearsOfIt(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	shop := s.Member(t, "nosy@example.com")
	shop.Still().Post("/track/"+string(toChina)+"/unlock", url.Values{"order_no": {"ORDER-" + string(toChina)}}).Want(http.StatusSeeOther)
	shop.Post(idPath(toChina, "/id/person"), url.Values{"name_local": {""}}).Want(http.StatusUnprocessableEntity)
	given(t, s, toChina)
	refuse(t, s, toChina, "phone_differs")
	var ref string
	if err := s.Portal.Web.Get(t.Context(), &ref, `select ref from identity_letters where waybill = $1 and kind = 'refused'`, string(toChina)); err != nil {
		t.Fatal(err)
	}
	m, err := s.Portal.Customs.ToSend(t.Context(), ref)
	if err != nil || m.To != "li@example.com" {
		t.Errorf("the mail goes to %s, %v", m.To, err)
	}
}
