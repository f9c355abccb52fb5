package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// showPerson is the first step: who receives the parcel.
func (p *Portal) showPerson(c echo.Context, who consignee) error {
	i, open, err := p.openForm(c, who)
	if err != nil {
		return err
	}
	if !open {
		return toIdentity(c, who.parcel.Waybill, "/id")
	}
	clear, err := p.read(c.Request().Context(), who, i)
	if err != nil {
		return err
	}
	page, err := p.personPage(c, who, i, clear)
	if err != nil {
		return err
	}
	if p.gavePerson(who, clear) {
		page.Form = typedPerson(customs.PersonEntry(clear.Person))
	}
	return p.render(c, http.StatusOK, pages.Person(page))
}

func (p *Portal) personPage(c echo.Context, who consignee, i customs.Identity, clear customs.Clear) (page pages.PersonPage, err error) {
	page = pages.PersonPage{Parcel: who.page(), Rule: who.rule, Recall: p.holderOf(c, who.by.Account) == (customs.Holder{})}
	page.Only = onlyOf(i, clear, true)
	if len(partsOf(i, true)) > 0 {
		page.Reason = i.Refusal
	}
	page.People, err = p.peopleFor(c, who)
	return page, err
}

// peopleFor are the saved people for the parcel's country: the account's, or those
// behind an address that a code has proved, with masked names.
func (p *Portal) peopleFor(c echo.Context, who consignee) (list []pages.SavedPerson, err error) {
	ctx, holder := c.Request().Context(), p.holderOf(c, who.by.Account)
	if holder == (customs.Holder{}) {
		return nil, nil
	}
	saved, err := p.Customs.People(ctx, holder, who.rule.Country)
	if err != nil {
		return nil, err
	}
	for _, s := range saved {
		clear, err := p.Customs.ViewPerson(ctx, holder, s.ID, who.portal())
		if err != nil {
			return nil, err
		}
		name := nameOf(clear.Person)
		if who.by.Account == 0 {
			name = maskedName(name)
		}
		list = append(list, savedPerson(s, name, who.zone, who.today))
	}
	return list, nil
}

// nameOf is the name by which a person is called.
func nameOf(who customs.Person) string {
	if who.NameLocal != "" {
		return who.NameLocal
	}
	return who.NameLatin
}

// savePerson takes the first step's answers, or somebody saved.
func (p *Portal) savePerson(c echo.Context, who consignee) error {
	if c.Request().PostForm.Has("person_id") {
		return p.usePerson(c, who)
	}
	ctx, w := c.Request().Context(), who.parcel.Waybill
	typed := customs.PersonEntry{
		NameLocal: field(c, customs.FieldNameLocal), NameLatin: field(c, customs.FieldNameLatin), Nationality: field(c, customs.FieldNationality),
		Phone: field(c, customs.FieldPhone), Postcode: field(c, customs.FieldPostcode), NameConsent: field(c, customs.FieldNameConsent) != "",
	}
	i, err := p.Customs.Begin(ctx, w, who.by)
	if errors.Is(err, customs.ErrLate) {
		return toIdentity(c, w, "/id")
	} else if err != nil {
		return err
	}
	clear, err := p.read(ctx, who, i)
	if err != nil {
		return err
	}
	only := onlyOf(i, clear, true)
	whole := wholePerson(typed, clear, only)
	saved, _, err := p.Customs.SavePerson(ctx, w, whole, who.by)
	var invalid fault.Invalid
	if errors.As(err, &invalid) {
		return p.personAgain(c, who, i, typed, invalid)
	} else if err != nil {
		return err
	}
	if only == nil || p.gavePerson(who, clear) {
		p.notePerson(who, whole)
	}
	return toIdentity(c, w, nextStep(saved))
}

// notePerson remembers whose a person is that was just saved as typed.
func (p *Portal) notePerson(who consignee, typed customs.PersonEntry) {
	if person, _, err := who.rule.CheckPerson(typed, shipment.Party{}); err == nil {
		p.authors.note(who, partPerson, person)
	}
}

// wholePerson adds what is not asked again to what was typed.
func wholePerson(typed customs.PersonEntry, clear customs.Clear, only []string) customs.PersonEntry {
	if only == nil {
		return typed
	}
	whole := customs.PersonEntry(clear.Person)
	for name, pair := range map[string][2]*string{
		customs.FieldNameLocal: {&whole.NameLocal, &typed.NameLocal}, customs.FieldNameLatin: {&whole.NameLatin, &typed.NameLatin},
		customs.FieldPhone: {&whole.Phone, &typed.Phone}, customs.FieldPostcode: {&whole.Postcode, &typed.Postcode},
	} {
		if slices.Contains(only, name) {
			*pair[0] = *pair[1]
		}
	}
	return whole
}

// usePerson fills the form from somebody whom the visitor has saved.
func (p *Portal) usePerson(c echo.Context, who consignee) error {
	w := who.parcel.Waybill
	id, err := strconv.ParseInt(field(c, "person_id"), 10, 64)
	holder := p.holderOf(c, who.by.Account)
	if err != nil || holder == (customs.Holder{}) {
		return toIdentity(c, w, "/id/person")
	}
	i, _, err := p.Customs.UsePerson(c.Request().Context(), w, holder, customs.PersonID(id), who.by)
	var invalid fault.Invalid
	switch {
	case errors.As(err, &invalid):
		return p.personAgain(c, who, i, customs.PersonEntry{}, invalid)
	case errors.Is(err, fault.ErrNotFound), errors.Is(err, customs.ErrLate):
		return toIdentity(c, w, "/id")
	case err != nil:
		return err
	}
	if err := p.noteSaved(c, who, holder, i); err != nil {
		return err
	}
	return toIdentity(c, w, nextStep(i))
}

// noteSaved remembers whose a form is that was just filled from somebody saved.
func (p *Portal) noteSaved(c echo.Context, who consignee, holder customs.Holder, i customs.Identity) error {
	saved, err := p.Customs.ViewPerson(c.Request().Context(), holder, i.SavedPerson, who.portal())
	if err != nil {
		return err
	}
	p.notePerson(who, customs.PersonEntry(saved.Person))
	p.noteDocument(who, entryOf(saved.Document), saved.Person)
	kept, err := p.Customs.Pictures(c.Request().Context(), i.ID)
	for _, k := range kept {
		p.authors.note(who, string(k.Slot), k.Sum)
	}
	return err
}

// personAgain shows the step with all that was typed and what is wrong with it.
func (p *Portal) personAgain(c echo.Context, who consignee, i customs.Identity, typed customs.PersonEntry, problems fault.Invalid) error {
	clear, err := p.read(c.Request().Context(), who, i)
	if err != nil {
		return err
	}
	page, err := p.personPage(c, who, i, clear)
	if err != nil {
		return err
	}
	if !covers(page.Only, problems) {
		page.Only = nil
	}
	page.Form, page.Problems = typedPerson(typed.Echo(who.rule)), problems
	return p.render(c, http.StatusUnprocessableEntity, pages.Person(page))
}

func typedPerson(e customs.PersonEntry) pages.PersonForm {
	return pages.PersonForm{
		NameLocal: e.NameLocal, NameLatin: e.NameLatin, Nationality: e.Nationality, Phone: e.Phone, Postcode: e.Postcode, NameConsent: yes(e.NameConsent),
	}
}

// yes is a tick as forms write it.
func yes(ticked bool) string {
	if ticked {
		return "yes"
	}
	return ""
}
