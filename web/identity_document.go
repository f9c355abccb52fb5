package web

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

// showDocument is the second step: the document, or what stands for one.
func (p *Portal) showDocument(c echo.Context, who consignee) error {
	i, open, err := p.openForm(c, who)
	if err != nil {
		return err
	}
	if !open || i.ID == 0 {
		return toIdentity(c, who.parcel.Waybill, "/id")
	}
	page, clear, err := p.documentPage(c, who, i, c.QueryParam("doc_type"))
	if err != nil {
		return err
	}
	if clear.Person.Phone == "" {
		return toIdentity(c, who.parcel.Waybill, "/id/person")
	}
	if d := clear.Document; p.gaveDocument(who, clear) && d.Doc == page.Document.Doc {
		page.Form = typedDocument(entryOf(d))
	}
	return p.render(c, http.StatusOK, pages.Document(page))
}

// documentPage is the step for one kind of document: the one that is asked for if
// it serves the person, else the form's, else the usual one.
func (p *Portal) documentPage(c echo.Context, who consignee, i customs.Identity, doc string) (page pages.DocumentPage, clear customs.Clear, err error) {
	if clear, err = p.read(c.Request().Context(), who, i); err != nil {
		return page, clear, err
	}
	page = pages.DocumentPage{Parcel: who.page(), Choices: who.rule.DocumentsFor(clear.Person.Nationality)}
	for _, wanted := range []customs.DocType{customs.DocType(doc), clear.Document.Doc} {
		fits := func(d customs.DocumentRule) bool { return d.Doc == wanted }
		if n := slices.IndexFunc(page.Choices, fits); n >= 0 && page.Document.Doc == "" {
			page.Document = page.Choices[n]
		}
	}
	if page.Document.Doc == "" {
		page.Document = page.Choices[0]
	}
	page.Only = onlyOf(i, clear, false)
	if len(partsOf(i, false)) > 0 {
		page.Reason = i.Refusal
	}
	page.Kept, err = p.keptPictures(c, who, i)
	return page, clear, err
}

// saveDocument takes the second step's answers and pictures.
func (p *Portal) saveDocument(c echo.Context, who consignee) error {
	i, open, err := p.openForm(c, who)
	if err != nil {
		return err
	}
	if !open || i.ID == 0 {
		return toIdentity(c, who.parcel.Waybill, "/id")
	}
	ctx, w := c.Request().Context(), who.parcel.Waybill
	if i, err = p.beginAgain(ctx, who, i); err != nil {
		return err
	}
	u, err := p.readUpload(c, w, slots(who.rule), func(ctx context.Context, slot string, data []byte) (document.Flaw, error) {
		picture, odd, flaw, err := p.develop(ctx, data)
		if err != nil || flaw != "" {
			return flaw, err
		}
		return "", p.addPicture(ctx, who, customs.Slot(slot), picture, odd)
	})
	if err != nil {
		return err
	}
	typed := documentTyped(u)
	if u.busy || u.tooBig && len(u.flaws) == 0 {
		return p.documentAgain(c, who, i, typed, u, nil)
	}
	clear, err := p.read(ctx, who, i)
	if err != nil {
		return err
	}
	only := onlyOf(i, clear, false)
	whole := wholeDocument(typed, clear, only)
	saved, _, err := p.Customs.SaveDocument(ctx, w, whole, who.by)
	var invalid fault.Invalid
	switch {
	case errors.As(err, &invalid) || err == nil && len(u.flaws) > 0:
		return p.documentAgain(c, who, i, typed, u, invalid)
	case errors.Is(err, customs.ErrUnfinished), errors.Is(err, fault.ErrNotFound):
		return toIdentity(c, w, "/id")
	case err != nil:
		return err
	}
	if only == nil || slices.Contains(only, customs.FieldDocType) || p.gaveDocument(who, clear) {
		p.noteDocument(who, whole, clear.Person)
	}
	return toIdentity(c, w, nextStep(saved))
}

// beginAgain opens the form; what the visitor gave of a refused one stays theirs.
func (p *Portal) beginAgain(ctx context.Context, who consignee, open customs.Identity) (i customs.Identity, err error) {
	var refused customs.Clear
	if open.State == customs.Refused {
		if refused, err = p.read(ctx, who, open); err != nil {
			return i, err
		}
	}
	if i, err = p.Customs.Begin(ctx, who.parcel.Waybill, who.by); err != nil || open.State != customs.Refused {
		return i, err
	}
	form, err := p.read(ctx, who, i)
	p.follow(who, refused, form)
	return i, err
}

// addPicture takes a picture into the form and remembers whose it is.
func (p *Portal) addPicture(ctx context.Context, who consignee, slot customs.Slot, picture document.Picture, odd []document.Flaw) error {
	if err := p.Customs.AddPicture(ctx, who.parcel.Waybill, slot, picture, odd); err != nil {
		return err
	}
	sum, err := p.Customs.PictureSum(ctx, picture)
	if err == nil {
		p.authors.note(who, string(slot), sum)
	}
	return err
}

// noteDocument remembers whose a document is that was just saved as typed.
func (p *Portal) noteDocument(who consignee, typed customs.DocumentEntry, person customs.Person) {
	if d, _, err := who.rule.CheckDocument(typed, person, who.today); err == nil {
		p.authors.note(who, partDocument, d)
	}
}

// slots are the pictures that any document of a country asks for.
func slots(r customs.Rule) (names []string) {
	for _, slot := range []customs.Slot{customs.Front, customs.Back, customs.Permit} {
		if slices.ContainsFunc(r.Documents, func(d customs.DocumentRule) bool { return d.Takes(slot) }) {
			names = append(names, string(slot))
		}
	}
	return names
}

// documentAgain shows the step with all that was typed, the pictures that were
// good, and what is wrong with the rest.
func (p *Portal) documentAgain(c echo.Context, who consignee, i customs.Identity, typed customs.DocumentEntry, u *upload, problems fault.Invalid) error {
	echoed := typed.Echo(who.rule)
	page, _, err := p.documentPage(c, who, i, echoed.DocType)
	if err != nil {
		return err
	}
	page.Form, page.Problems, page.Busy = typedDocument(echoed), withFlaws(page.Document, problems, u.flaws), u.busy
	if !covers(page.Only, page.Problems) {
		page.Only = nil
	}
	status := http.StatusUnprocessableEntity
	switch {
	case u.busy:
		status = http.StatusServiceUnavailable
		c.Response().Header()["Retry-After"] = []string{"30"}
	case u.tooBig:
		status = http.StatusRequestEntityTooLarge
	}
	return p.render(c, status, pages.Document(page))
}

// withFlaws puts what is wrong with a file in place of "add this picture", and the
// pictures' problems in the order of the form: last.
func withFlaws(rule customs.DocumentRule, problems fault.Invalid, flaws map[string]document.Flaw) fault.Invalid {
	var all fault.Invalid
	for _, one := range problems {
		if _, told := flaws[one.Field]; !told {
			all = append(all, one)
		}
	}
	for _, slot := range rule.Pictures {
		if flaw := flaws[string(slot)]; flaw != "" {
			all = append(all, fault.Problem{Field: string(slot), Key: "id." + string(slot) + "." + string(flaw)})
		}
	}
	return all
}
