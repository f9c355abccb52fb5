package webtest

import (
	"bytes"
	"errors"
	"mime/multipart"
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
	files []file          // the controls for files, in the form's order
}

// file is a control for a file: empty, or with what was chosen.
type file struct {
	field, name string
	data        []byte
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
			if field.AttrOr("type", "") == "file" {
				f.files = append(f.files, file{field: field.AttrOr("name", "")})
				return
			}
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

// Choose chooses a file, for a control that must be there.
func (f *Form) Choose(field, name string, data []byte) *Form {
	f.page.browser.t.Helper()
	for i := range f.files {
		if f.files[i].field == field {
			f.files[i].name, f.files[i].data = name, data
			return f
		}
	}
	f.page.browser.t.Fatalf("%s: the form has no control for a file %s", f.page.Path, field)
	return f
}

// upload sends the form with its files, as browsers do: what was not chosen goes
// as an empty file without a name.
func (f *Form) upload() *Page {
	f.page.browser.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	err := error(nil)
	for name, values := range f.Values {
		for _, value := range values {
			err = errors.Join(err, w.WriteField(name, value))
		}
	}
	for _, one := range f.files {
		part, failed := w.CreateFormFile(one.field, one.name)
		if err = errors.Join(err, failed); failed == nil {
			_, _ = part.Write(one.data) // into memory
		}
	}
	if err = errors.Join(err, w.Close()); err != nil {
		f.page.browser.t.Fatalf("webtest: %v", err)
	}
	return f.page.browser.Send(http.MethodPost, f.Action, &body,
		"Content-Type", w.FormDataContentType(), "Sec-Fetch-Site", "same-origin", "Origin", f.page.browser.site.URL)
}

// Submit sends the form.
func (f *Form) Submit() *Page {
	f.page.browser.t.Helper()
	if f.Method == "get" || f.Method == "" {
		return f.page.browser.Get(f.Action + "?" + f.Values.Encode())
	}
	if len(f.files) > 0 {
		return f.upload()
	}
	return f.page.browser.Send(http.MethodPost, f.Action, strings.NewReader(f.Values.Encode()),
		"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin", "Origin", f.page.browser.site.URL)
}
