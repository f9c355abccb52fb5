package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// showCheck is the third step: everything once more, and the consents.
func (p *Portal) showCheck(c echo.Context, who consignee) error {
	i, open, err := p.openForm(c, who)
	if err != nil {
		return err
	}
	if !open || i.State != customs.Draft || !i.Finished() {
		return toIdentity(c, who.parcel.Waybill, "/id")
	}
	page, err := p.checkPage(c, who, i)
	if err != nil {
		return err
	}
	return p.render(c, http.StatusOK, pages.Check(page))
}

func (p *Portal) checkPage(c echo.Context, who consignee, i customs.Identity) (page pages.CheckPage, err error) {
	clear, err := p.read(c.Request().Context(), who, i)
	if err != nil {
		return page, err
	}
	page = pages.CheckPage{
		Parcel: who.page(), Given: givenOf(clear, p.gavePerson(who, clear)), Warnings: i.Warnings, Transfer: who.rule.Transfer,
		Email: p.holderOf(c, who.by.Account) == (customs.Holder{}), Form: pages.ConsentForm{FormID: strconv.FormatInt(int64(i.ID), 10)},
	}
	if i.SavedPerson == 0 {
		if page.Keep, err = p.gaveAll(c, who, i); err != nil {
			return page, err
		}
	}
	page.Pictures, err = p.keptPictures(c, who, i)
	return page, err
}

// givenOf are a person's answers as they may be shown: names whole only to who
// gave them.
func givenOf(clear customs.Clear, own bool) pages.Given {
	who, d := clear.Person, clear.Document
	g := pages.Given{
		Name: who.NameLocal, NameLatin: who.NameLatin, Nationality: who.Nationality, Issuer: d.Issuer, Phone: customs.MaskPhone(who.Phone),
		Number: d.Masked(), Postcode: who.Postcode, Doc: d.Doc, ValidTo: d.Expiry, LongTerm: d.LongTerm, EZWay: d.EZWay,
	}
	if !own {
		g.Name, g.NameLatin, g.Postcode = maskedName(g.Name), maskedName(g.NameLatin), ""
	}
	return g
}

// submit sends the form, once however often it is pressed.
func (p *Portal) submit(c echo.Context, who consignee) error {
	ctx, w := c.Request().Context(), who.parcel.Waybill
	form := pages.ConsentForm{
		Customs: field(c, customs.FieldCustoms), Keep: field(c, customs.FieldKeep), Transfer: field(c, customs.FieldTransfer), Email: field(c, "email"),
	}
	id, err := strconv.ParseInt(field(c, "form_id"), 10, 64)
	if err != nil {
		return toIdentity(c, w, "/id/check")
	}
	sub := customs.Submission{
		Consents: customs.Consents{Customs: form.Customs != "", Keep: form.Keep != "", Transfer: form.Transfer != ""},
		Version:  pages.ConsentVersion, For: p.holderOf(c, who.by.Account),
	}
	if sub.Keep {
		if sub.Keep, err = p.mayKeep(c, who, customs.ID(id)); err != nil {
			return err
		}
	}
	prove, wrong := keeper(who, sub, &form)
	if len(wrong) > 0 {
		return p.checkAgain(c, who, form, append(missingOf(sub.Consents, who.rule), wrong...))
	}
	i, err := p.Customs.Submit(ctx, w, customs.ID(id), sub, who.by)
	var invalid fault.Invalid
	switch {
	case errors.As(err, &invalid):
		return p.checkAgain(c, who, form, invalid)
	case errors.Is(err, customs.ErrUnfinished), errors.Is(err, customs.ErrLate), errors.Is(err, fault.ErrNotFound):
		return toIdentity(c, w, "/id")
	case err != nil:
		return err
	case prove != "" && i.SavedPerson == 0:
		return p.proveToKeep(c, who, i.ID, prove)
	}
	return toIdentity(c, w, "/id?sent=yes")
}

// mayKeep tells whether a form of the parcel, sent or not, is all of the visitor's
// giving: nobody else keeps the person in it.
func (p *Portal) mayKeep(c echo.Context, who consignee, id customs.ID) (bool, error) {
	for _, find := range []func(context.Context, shipment.Waybill) (customs.Identity, error){p.Customs.Draft, p.Customs.Current} {
		i, err := find(c.Request().Context(), who.parcel.Waybill)
		if err != nil && !errors.Is(err, fault.ErrNotFound) {
			return false, err
		}
		if err == nil && i.ID == id {
			return p.gaveAll(c, who, i)
		}
	}
	return false, nil
}

// keeper is the address under which who has no account wants the person kept, and
// which a code must prove first; empty where nobody is kept, or the holder is known.
func keeper(who consignee, sub customs.Submission, form *pages.ConsentForm) (string, fault.Invalid) {
	if who.rule.Country == "KR" && customs.IsResidentNumber(form.Email) {
		form.Email = ""
	}
	if !sub.Keep || sub.For != (customs.Holder{}) {
		return "", nil
	}
	email, err := account.ReadEmail(form.Email)
	var wrong fault.Invalid
	errors.As(err, &wrong)
	return email, wrong
}

// missingOf are the consents that the rule cannot do without.
func missingOf(given customs.Consents, r customs.Rule) (wrong fault.Invalid) {
	errors.As(given.Check(r), &wrong)
	return wrong
}

// checkAgain shows the step with the ticks as they were.
func (p *Portal) checkAgain(c echo.Context, who consignee, form pages.ConsentForm, problems fault.Invalid) error {
	i, err := p.Customs.Draft(c.Request().Context(), who.parcel.Waybill)
	if errors.Is(err, fault.ErrNotFound) || err == nil && !i.Finished() {
		return toIdentity(c, who.parcel.Waybill, "/id")
	} else if err != nil {
		return err
	}
	page, err := p.checkPage(c, who, i)
	if err != nil {
		return err
	}
	form.FormID, page.Problems = page.Form.FormID, problems
	page.Form = form
	return p.render(c, http.StatusUnprocessableEntity, pages.Check(page))
}
