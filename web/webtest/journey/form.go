package journey

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Form is a form of a page, filled with what stands in it.
type Form struct {
	Action string
	Values url.Values

	page   *Page
	method string
	parted bool            // multipart, for files
	may    map[string]bool // boxes, choices and files that are not sent as they stand
	files  []attachment
	err    error
}

type attachment struct {
	field, name string
	data        []byte
}

// Form gives the form that the selector finds. Errors come when it is sent.
func (p *Page) Form(selector string) *Form {
	f := &Form{Action: p.Path, Values: url.Values{}, page: p, may: map[string]bool{}}
	found := p.Find(selector).First()
	if found.Length() == 0 || goquery.NodeName(found) != "form" {
		f.err = fmt.Errorf("%s: status %d has no form %s: %s", p.Path, p.Status, selector, p.complaint())
		return f
	}
	f.Action, f.method = found.AttrOr("action", p.Path), found.AttrOr("method", "get")
	f.parted = found.AttrOr("enctype", "") == "multipart/form-data"
	found.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) { f.take(field) })
	return f
}

func (f *Form) take(field *goquery.Selection) {
	name, value := field.AttrOr("name", ""), field.AttrOr("value", "")
	switch goquery.NodeName(field) {
	case "input":
		kind := field.AttrOr("type", "")
		_, ticked := field.Attr("checked")
		if kind == "file" || (kind == "checkbox" || kind == "radio") && !ticked {
			f.may[name] = true
			return
		}
	case "textarea":
		value = field.Text()
	case "select":
		value = field.Find("option[selected]").AttrOr("value", field.Find("option").First().AttrOr("value", ""))
	}
	f.Values.Add(name, value)
}

// Fill types a value into a field, or ticks a box with it; the page must have it.
func (f *Form) Fill(name, value string) *Form {
	if f.err == nil && !f.Has(name) {
		f.err = fmt.Errorf("%s: the form has no field %s", f.page.Path, name)
	}
	f.Values.Set(name, value)
	return f
}

// Has tells whether the page has a field by this name.
func (f *Form) Has(name string) bool { return f.Values.Has(name) || f.may[name] }

// Choice is the first real answer of a list; empty when there is none.
func (f *Form) Choice(name string) string {
	return f.page.Find(`select[name="`+name+`"] option[value]:not([value=""])`).First().AttrOr("value", "")
}

// Attach chooses a file; the page must have a control for it.
func (f *Form) Attach(field, name string, data []byte) *Form {
	if f.err == nil && !f.may[field] {
		f.err = fmt.Errorf("%s: the form has no file %s", f.page.Path, field)
	}
	f.files = append(f.files, attachment{field, name, data})
	return f
}

// Send presses the button and follows where it leads.
func (f *Form) Send(ctx context.Context) (*Page, error) {
	v := f.page.visitor
	switch {
	case f.err != nil:
		return nil, f.err
	case !strings.EqualFold(f.method, http.MethodPost):
		return v.Get(ctx, f.Action+"?"+f.Values.Encode())
	case !f.parted:
		return v.Post(ctx, f.Action, f.Values)
	}
	body, kind, err := f.parts()
	if err != nil {
		return nil, err
	}
	return v.send(ctx, http.MethodPost, f.Action, body, kind)
}

// parts writes the form as browsers write one with files: a control that was left
// empty comes as a file without name and bytes.
func (f *Form) parts() (io.Reader, string, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	names := make([]string, 0, len(f.Values))
	for name := range f.Values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range f.Values[name] {
			if err := w.WriteField(name, value); err != nil {
				return nil, "", err
			}
		}
	}
	for _, file := range f.files {
		head := textproto.MIMEHeader{
			"Content-Disposition": {fmt.Sprintf("form-data; name=%q; filename=%q", file.field, file.name)}, "Content-Type": {"image/jpeg"},
		}
		part, err := w.CreatePart(head)
		if err != nil {
			return nil, "", err
		}
		if _, err := part.Write(file.data); err != nil {
			return nil, "", err
		}
	}
	return &body, w.FormDataContentType(), w.Close()
}
