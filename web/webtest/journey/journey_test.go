package journey_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest/journey"
)

// TestPeopleAreTaken by the rules of their countries, without a warning, and differ.
func TestPeopleAreTaken(t *testing.T) {
	t.Parallel()
	const today = shipment.Date("2026-11-22")
	seen := map[string]bool{}
	for _, n := range []int{0, 1, 2, 27, 28, 335, 336, 998, 5000} {
		for _, c := range []journey.Consignee{journey.China(n), journey.Traveller(n + 10_000), journey.Korea(n), journey.Taiwan(n), journey.TaiwanCard(n + 10_000)} {
			rule, ok := customs.RuleFor(c.Country, today)
			if !ok || seen[c.Waybill] {
				t.Fatalf("%s: rule %t, seen %t", c.Waybill, ok, seen[c.Waybill])
			}
			seen[c.Waybill] = true
			who, odd, err := rule.CheckPerson(customs.PersonEntry{
				NameLocal: c.Person["name_local"], NameLatin: c.Person["name_latin"], Nationality: c.Person["nationality"],
				Phone: c.Person["phone"], Postcode: c.Person["postcode"], NameConsent: true,
			}, shipment.Party{Name: c.Name, Phone: c.Phone, Postcode: c.Postcode})
			if err != nil || len(odd) > 0 {
				t.Fatalf("%s: %v %v", c.Waybill, odd, err)
			}
			d := c.Document
			doc := d["doc_type"]
			if doc == "" {
				doc = string(rule.DocumentsFor(who.Nationality)[0].Doc)
			}
			_, odd, err = rule.CheckDocument(customs.DocumentEntry{
				DocType: doc, Number: d["doc_number"], Zone: d["mrz"], Issuer: d["issuing_country"], EZWay: d["ezway_registered"] != "",
				ExpiryYear: d["expiry_year"], ExpiryMonth: d["expiry_month"], ExpiryDay: d["expiry_day"],
			}, who, today)
			if err != nil || len(odd) > 0 {
				t.Fatalf("%s: %v %v", c.Waybill, odd, err)
			}
		}
	}
}

const page = `<!doctype html><h1>Form</h1><p class="error">wrong</p>
<form method="post" action="/to" enctype="multipart/form-data"><input type="hidden" name="doc" value="x"><input name="a" value="1">
<input type="checkbox" name="tick" value="yes"><input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
<select name="s"><option value="1">1<option value="2" selected>2</select><textarea name="t">text</textarea><input type="file" name="front"></form>
<form method="get" action="/get"><input name="q"></form> Reference ID-no ID-AB12-CD34`

func TestFormsAreSentAsBrowsersDo(t *testing.T) {
	t.Parallel()
	got := make(chan *http.Request, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseMultipartForm(1 << 20) // the other kind of form is read as well
		got <- r
		switch r.URL.Path {
		case "/":
			http.SetCookie(w, &http.Cookie{Name: "__Host-a", Value: "b", Secure: true, Path: "/"})
			_, _ = w.Write([]byte(page))
		case "/to":
			http.SetCookie(w, &http.Cookie{Name: "__Host-a", MaxAge: -1})
			http.Redirect(w, r, "/done?x=1", http.StatusSeeOther)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusSeeOther)
		}
	}))
	defer server.Close()
	v, ctx := journey.NewVisitor(server.URL, "198.51.100.9", "ko"), t.Context()
	first, err := v.Get(ctx, "/")
	if err != nil {
		t.Fatal(err)
	}
	<-got
	after, err := first.Form("form").Fill("a", "2").Fill("tick", "yes").Attach("front", "x.png", []byte("bytes")).Send(ctx)
	if err != nil || after.Want(http.StatusOK, "/done") != nil {
		t.Fatalf("%+v, %v", after, err)
	}
	sent := <-got
	for name, want := range map[string]string{"doc": "x", "a": "2", "tick": "yes", "r": "2", "s": "2", "t": "text"} {
		if sent.FormValue(name) != want {
			t.Errorf("%s: sent %q, want %q", name, sent.FormValue(name), want)
		}
	}
	if files := sent.MultipartForm.File["front"]; len(files) != 1 || files[0].Filename != "x.png" || files[0].Size != 5 {
		t.Errorf("sent files %+v", files)
	}
	if c, err := sent.Cookie("__Host-a"); err != nil || c.Value != "b" || sent.Header.Get("Sec-Fetch-Site") != "same-origin" {
		t.Errorf("sent %v, %v", c, sent.Header)
	}
	if last := <-got; last.Method != http.MethodGet || len(last.Cookies()) != 0 || last.Header.Get("X-Forwarded-For") != "198.51.100.9" {
		t.Errorf("followed by %s with %v", last.Method, last.Cookies())
	}
	if _, err := first.Form("form:nth-of-type(2)").Fill("q", "a b").Send(ctx); err != nil || (<-got).URL.RawQuery != "q=a+b" {
		t.Errorf("a form that asks: %v", err)
	}
	if _, err := v.Get(ctx, "/loop"); err == nil {
		t.Error("a loop has an end")
	}
}

func TestWhatIsNotThereIsTold(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(page)) }))
	defer server.Close()
	v, ctx := journey.NewVisitor(server.URL, "", "en"), t.Context()
	p, err := v.Get(ctx, "/x?y=1")
	if err != nil {
		t.Fatal(err)
	}
	for what, form := range map[string]*journey.Form{
		"no form": p.Form("form.other"), "no field": p.Form("form").Fill("b", ""), "no file": p.Form("form").Attach("back", "", nil), "a file is no field": p.Form("form").Attach("a", "", nil),
	} {
		if _, err := form.Send(ctx); err == nil {
			t.Errorf("%s: sent", what)
		}
	}
	if err := p.Want(http.StatusOK, "/x"); err != nil {
		t.Error(err)
	}
	for _, err := range []error{p.Want(http.StatusNotFound, "/x"), p.Want(http.StatusOK, "/z")} {
		if err == nil || !strings.Contains(err.Error(), "wrong") {
			t.Errorf("told %v", err)
		}
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := v.Get(gone, "/"); err == nil {
		t.Error("asked after the end")
	}
}

func TestFeedHoldsAParcelForEach(t *testing.T) {
	t.Parallel()
	a, b := journey.Korea(1), journey.Taiwan(2)
	b.Keep = "b@example.com"
	text := journey.Shipments(a, b)
	if strings.Count(text, "\n") != 3 || !strings.Contains(text, a.Waybill+",US,") || !strings.Contains(text, ",b@example.com,awaiting_id\n") || a.Fact() != "0001" {
		t.Errorf("%s", text)
	}
}
