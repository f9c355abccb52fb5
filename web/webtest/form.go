package webtest

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Form is a form of a page, filled with what stands in it.
type Form struct {
	Action, Method string
	Values         url.Values

	page  *Page
	boxes map[string]bool // names of the boxes to tick, which are sent only when ticked
}

// Form gives the form that the selector finds.
func (p *Page) Form(selector string) *Form {
	p.browser.t.Helper()
	found := p.Find(selector).First()
	if found.Length() == 0 || goquery.NodeName(found) != "form" {
		p.browser.t.Fatalf("%s has no form %s", p.Path, selector)
	}
	f := &Form{Action: found.AttrOr("action", p.Path), Method: found.AttrOr("method", "get"), Values: url.Values{}, page: p, boxes: map[string]bool{}}
	found.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		value := field.AttrOr("value", "")
		switch goquery.NodeName(field) {
		case "input":
			if _, ticked := field.Attr("checked"); field.AttrOr("type", "") == "checkbox" && !ticked {
				f.boxes[field.AttrOr("name", "")] = true
				return
			}
		case "textarea":
			value = field.Text()
		case "select":
			value = field.Find("option[selected]").AttrOr("value", field.Find("option").First().AttrOr("value", ""))
		}
		f.Values.Add(field.AttrOr("name", ""), value)
	})
	return f
}

// Fill types a value into a field, which must be there.
func (f *Form) Fill(name, value string) *Form {
	f.page.browser.t.Helper()
	if !f.Values.Has(name) && !f.boxes[name] {
		f.page.browser.t.Fatalf("%s: the form has no field %s", f.page.Path, name)
	}
	f.Values.Set(name, value)
	return f
}

// Submit sends the form.
func (f *Form) Submit() *Page {
	f.page.browser.t.Helper()
	if f.Method == "get" || f.Method == "" {
		return f.page.browser.Get(f.Action + "?" + f.Values.Encode())
	}
	return f.page.browser.Send(http.MethodPost, f.Action, strings.NewReader(f.Values.Encode()),
		"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin", "Origin", f.page.browser.site.URL)
}
