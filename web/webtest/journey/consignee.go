package journey

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Consignee is somebody made up who receives a parcel, and what they give.
type Consignee struct {
	Waybill string
	// Name, Phone and Postcode are those on the parcel, which goes to Country.
	Name, Phone, Postcode, Country string
	// Person and Document are the fields of both steps by their names; a tick is "yes".
	// Those of a document that the page does not ask at first choose doc_type.
	Person, Document map[string]string
	Pictures         map[string][]byte // by their sides
	// Keep is the address, or "account", under which the person is saved; empty: not.
	Keep string
}

// Receipt is what the portal has acknowledged.
type Receipt struct {
	// Reference is told to the person; FormID is the form's own number.
	Reference, FormID string
}

// path is an address of the consignee's parcel.
func (c Consignee) path(rest string) string { return "/parcels/" + url.PathEscape(c.Waybill) + rest }

// Fact is the last four digits of the phone on the parcel.
func (c Consignee) Fact() string { return c.Phone[len(c.Phone)-4:] }

// Unlock opens the parcel by its second fact.
func (c Consignee) Unlock(ctx context.Context, v *Visitor) error {
	page, err := v.Post(ctx, "/track/"+url.PathEscape(c.Waybill)+"/unlock", url.Values{"phone_last4": {c.Fact()}})
	if err != nil {
		return err
	}
	return page.Want(http.StatusOK, "/track/"+url.PathEscape(c.Waybill))
}

// FillPerson does the first step and gives the page after it: the last one where the
// document was given before.
func (c Consignee) FillPerson(ctx context.Context, v *Visitor) (*Page, error) {
	page, err := v.Get(ctx, c.path("/id/person"))
	if err != nil {
		return nil, err
	}
	form := page.Form(`form[action$="/id/person"]:not(:has([name="person_id"]))`)
	for name, value := range c.Person {
		form.Fill(name, value)
	}
	page, err = form.Send(ctx)
	if err != nil {
		return nil, err
	}
	if page.Want(http.StatusOK, checkPath) == nil {
		return page, nil
	}
	return page, page.Want(http.StatusOK, "/id/document")
}

// checkPath is where the last step is.
const checkPath = "/id/check"

// recallPath is where a code from a mail is typed.
const recallPath = "/id/recall"

// Prove types the code that went to the consignee's address.
func (c Consignee) Prove(ctx context.Context, v *Visitor, code string) error {
	page, err := v.Get(ctx, c.path(recallPath))
	if err != nil {
		return err
	}
	if page, err = page.Form(`form[action$="/id/recall"]:has([name="code"])`).Fill("code", code).Send(ctx); err != nil {
		return err
	}
	if page.Want(http.StatusOK, recallPath) == nil {
		return fmt.Errorf("the code is not taken: %s", page.complaint())
	}
	return page.Want(http.StatusOK, "")
}

// AtCheck tells whether only the last step is left to do.
func (p *Page) AtCheck() bool { return p.Want(http.StatusOK, checkPath) == nil }

// DocumentForm opens the second step for the consignee's document, with all filled in.
func (c Consignee) DocumentForm(ctx context.Context, v *Visitor) (*Form, error) {
	address := c.path("/id/document")
	if doc := c.Document["doc_type"]; doc != "" {
		address += "?doc_type=" + url.QueryEscape(doc)
	}
	page, err := v.Get(ctx, address)
	if err != nil {
		return nil, err
	}
	if err := page.Want(http.StatusOK, "/id/document"); err != nil {
		return nil, err
	}
	form := page.Form(`form[action$="/id/document"]`)
	for name, value := range c.Document {
		form.Fill(name, value)
	}
	for side, data := range c.Pictures {
		form.Attach(side, side+".jpg", data)
	}
	return form, nil
}

// FillDocument does the second step and gives the page after it.
func (c Consignee) FillDocument(ctx context.Context, v *Visitor) (*Page, error) {
	form, err := c.DocumentForm(ctx, v)
	if err != nil {
		return nil, err
	}
	page, err := form.Send(ctx)
	if err != nil {
		return nil, err
	}
	return page, page.Want(http.StatusOK, checkPath)
}

// Submit ticks what is needed on the page of the last step and sends it.
func (c Consignee) Submit(ctx context.Context, check *Page) (Receipt, error) {
	form := check.Form(`form[action$="/id/submit"]`)
	form.Fill("consent_customs", "yes")
	if form.Has("consent_transfer") {
		form.Fill("consent_transfer", "yes")
	}
	if c.Keep != "" {
		form.Fill("consent_keep", "yes")
		if form.Has("email") {
			form.Fill("email", c.Keep)
		}
	}
	id := form.Values.Get("form_id")
	page, err := form.Send(ctx)
	if err != nil {
		return Receipt{FormID: id}, err
	}
	if page.Want(http.StatusOK, recallPath) == nil { // sent; what is kept waits for its address to be proved
		if page, err = page.visitor.Get(ctx, c.path("/id")); err != nil {
			return Receipt{FormID: id}, err
		}
	}
	if err := page.Want(http.StatusOK, "/id"); err != nil {
		return Receipt{FormID: id}, err
	}
	reference := referenceIn(page.Body)
	if reference == "" {
		return Receipt{FormID: id}, fmt.Errorf("%s: no reference: %s", page.Path, page.complaint())
	}
	return Receipt{reference, id}, nil
}

// referenceIn finds the reference on a page: "ID-" and two groups of four.
func referenceIn(text string) string {
	for rest := text; ; {
		at := strings.Index(rest, "ID-")
		if at < 0 {
			return ""
		}
		if rest = rest[at:]; len(rest) >= 12 && rest[7] == '-' && strings.ToUpper(rest[:12]) == rest[:12] {
			return rest[:12]
		}
		rest = rest[3:]
	}
}

// Give goes all the way from the second fact to the reference.
func (c Consignee) Give(ctx context.Context, v *Visitor) (Receipt, error) {
	if err := c.Unlock(ctx, v); err != nil {
		return Receipt{}, fmt.Errorf("unlock: %w", err)
	}
	page, err := c.FillPerson(ctx, v)
	if err != nil {
		return Receipt{}, fmt.Errorf("person: %w", err)
	}
	if !page.AtCheck() {
		if page, err = c.FillDocument(ctx, v); err != nil {
			return Receipt{}, fmt.Errorf("document: %w", err)
		}
	}
	return c.Submit(ctx, page)
}

// UseSaved gives the identity of the first person that was kept: two presses.
func (c Consignee) UseSaved(ctx context.Context, v *Visitor) (Receipt, error) {
	page, err := v.Get(ctx, c.path("/id/person"))
	if err != nil {
		return Receipt{}, err
	}
	check, err := page.Form(`form:has([name="person_id"])`).Send(ctx)
	if err != nil {
		return Receipt{}, err
	}
	if err := check.Want(http.StatusOK, checkPath); err != nil {
		return Receipt{}, err
	}
	c.Keep = ""
	return c.Submit(ctx, check)
}

// SignIn signs somebody in by password.
func SignIn(ctx context.Context, v *Visitor, email, password string) error {
	page, err := v.Post(ctx, "/login", url.Values{"email": {email}, "password": {password}})
	if err != nil {
		return err
	}
	if page.Status != http.StatusOK || strings.HasSuffix(page.Path, "/login") {
		return errors.Join(fmt.Errorf("%s is not signed in: status %d", email, page.Status), page.Want(http.StatusOK, "/account"))
	}
	return nil
}
