package journey

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Resident is a made-up Korean resident number and the field into which it is typed.
type Resident struct {
	// Step is where the form goes to, Field the name in it, Number with its dash.
	Step, Field, Number string
}

// Residents lists each field of the Korean flow with a number of its own, so that
// one that is found tells where it came in.
func Residents() []Resident {
	fields := map[string][]string{
		"/id/person":   {"name_local", "name_latin", "nationality", "phone", "postcode", "name_consent", "person_id"},
		"/id/document": {"doc_type", "doc_number", "expiry_day", "expiry_month", "expiry_year", "expiry_long_term", "issuing_country", "mrz", "ezway_registered", "front", "file name"},
		"/id/submit":   {"form_id", "consent_customs", "consent_transfer", "consent_keep", "email"},
		"/id/recall":   {"email", "code"},
		"unlock":       {"phone_last4", "postcode", "order_no"},
		"question":     {"doc_type", "again", "sent"},
	}
	var list []Resident
	for _, step := range []string{"/id/person", "/id/document", "/id/submit", "/id/recall", "unlock", "question"} {
		for _, field := range fields[step] {
			n := len(list)
			list = append(list, Resident{step, field, fmt.Sprintf("%02d%02d%02d-%d%06d", 60+n, n%12+1, n%28+1, n%2+1, 918_273+n*1_377)})
		}
	}
	return list
}

// residents types each of them, in several spellings. No answer may repeat one.
func (o Office) residents(ctx context.Context, _ *Visitor, c Cast) error {
	v := NewVisitor(o.URL, "", "ko")
	if err := c.Resident.Unlock(ctx, v); err != nil {
		return err
	}
	if _, err := c.Resident.FillPerson(ctx, v); err != nil {
		return err
	}
	for _, r := range Residents() {
		for _, typed := range []string{r.Number, strings.ReplaceAll(r.Number, "-", ""), strings.ReplaceAll(r.Number, "-", " "), "홍길동 " + r.Number} {
			page, err := c.Resident.typeResident(ctx, v, r, typed)
			if err != nil {
				return err
			}
			bare := strings.ReplaceAll(r.Number, "-", "")
			if r.Step != "unlock" && (strings.Contains(page.Body, r.Number) || strings.Contains(page.Body, bare)) {
				return fmt.Errorf("%s repeats what was typed as %s", page.Path, r.Field)
			}
		}
	}
	if _, err := c.Resident.FillPerson(ctx, v); err != nil {
		return err
	}
	check, err := c.Resident.FillDocument(ctx, v)
	if err != nil {
		return err
	}
	_, err = c.Resident.Submit(ctx, check)
	return err
}

// typeResident sends what is good but for one field.
func (c Consignee) typeResident(ctx context.Context, v *Visitor, r Resident, typed string) (*Page, error) {
	good := map[string]map[string]string{
		"/id/person": c.Person, "/id/document": {"doc_type": "kr_pccc", "doc_number": c.Document["doc_number"]},
		"/id/submit": {"consent_customs": "yes", "consent_keep": "yes", "email": "kim@example.com"},
	}[r.Step]
	values := url.Values{}
	for name, value := range good {
		values.Set(name, value)
	}
	values.Set(r.Field, typed)
	switch {
	case r.Step == "unlock":
		return v.Post(ctx, "/track/"+url.PathEscape(c.Waybill)+"/unlock", values)
	case r.Step == "question":
		return v.Get(ctx, c.path("/id/document")+"?"+values.Encode())
	case r.Step != "/id/document":
		return v.Post(ctx, c.path(r.Step), values)
	}
	return c.uploadResident(ctx, v, r, values, typed)
}

// uploadResident sends the second step as a browser does, with files by that name.
func (c Consignee) uploadResident(ctx context.Context, v *Visitor, r Resident, values url.Values, typed string) (*Page, error) {
	form := &Form{Values: values, page: &Page{}}
	switch r.Field {
	case "front":
		form.files = []attachment{{"front", "front.jpg", []byte(typed)}}
	case "file name":
		form.files = []attachment{{"front", typed + ".jpg", bytes.Repeat([]byte("x"), 50)}, {typed, "x.jpg", []byte("x")}}
	}
	body, kind, err := form.parts()
	if err != nil {
		return nil, err
	}
	return v.send(ctx, http.MethodPost, c.path("/id/document"), body, kind)
}
