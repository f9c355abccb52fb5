package staff

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

// TakeID puts a case into the hands of whoever is first.
func (d Desk) TakeID(c echo.Context) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	_, err = d.Customs.Take(c.Request().Context(), id, d.Who(c).Account.ID)
	return d.done(c, id, err, "", casePath(id, ""))
}

// ReleaseID gives a case back to the queue.
func (d Desk) ReleaseID(c echo.Context) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	_, err = d.Customs.Release(c.Request().Context(), id, d.Who(c).Account.ID)
	return d.done(c, id, err, "flash.ids.released", "/staff/ids")
}

// DecideID accepts an identity, or refuses it with a reason and the parts that are
// asked again.
func (d Desk) DecideID(c echo.Context) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	ctx, staff := c.Request().Context(), d.Who(c).Account.ID
	form := d.decision(c)
	if problems := wrongIn(form); len(problems) > 0 {
		return d.showCase(c, id, http.StatusUnprocessableEntity, func(p *pages.StaffIDPage) {
			if !p.Case.Mine { // there is no form to mend it in
				p.Lost = lost(p.Case)
				return
			}
			p.Form, p.Problems = again(form), problems
		})
	}
	if form.Note != "" {
		if err := d.Customs.AddNote(ctx, id, staff, form.Note); err != nil {
			return d.done(c, id, err, "", "")
		}
	}
	if form.Decision == "accept" {
		_, err = d.Customs.Accept(ctx, id, staff)
		return d.done(c, id, err, "flash.ids.accepted", "/staff/ids")
	}
	_, err = d.Customs.Refuse(ctx, id, staff, customs.Reason(form.Reason), form.Again)
	return d.done(c, id, err, "flash.ids.refused", "/staff/ids")
}

// decision is what was typed and ticked.
func (d Desk) decision(c echo.Context) pages.CaseForm {
	form := pages.CaseForm{Decision: d.typed(c, "decision"), Reason: d.typed(c, "reason_code"), Note: d.typed(c, "note")}
	for _, part := range customs.Parts() {
		if d.typed(c, "part_"+part) != "" {
			form.Again = append(form.Again, part)
		}
	}
	return form
}

// again is the form as it may be shown once more: without a Korean resident number.
func again(form pages.CaseForm) pages.CaseForm {
	if customs.IsResidentNumber(form.Note) {
		form.Note = ""
	}
	return form
}

func wrongIn(form pages.CaseForm) (problems fault.Invalid) {
	if _, known := customs.Reasons()[customs.Reason(form.Reason)]; form.Decision != "accept" && !known {
		problems = append(problems, fault.Problem{Field: "reason_code", Key: "id.reason_code.empty"})
	}
	var note fault.Invalid
	if form.Note != "" && errors.As(customs.CheckNote(form.Note), &note) {
		problems = append(problems, note...)
	}
	return problems
}

// NoteID keeps a note on a case for the rest of the staff.
func (d Desk) NoteID(c echo.Context) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	form := d.decision(c)
	err = d.Customs.AddNote(c.Request().Context(), id, d.Who(c).Account.ID, form.Note)
	var invalid fault.Invalid
	if errors.As(err, &invalid) {
		return d.showCase(c, id, http.StatusUnprocessableEntity, func(p *pages.StaffIDPage) { p.Form, p.Problems = again(form), invalid })
	}
	return d.done(c, id, err, "flash.ids.noted", casePath(id, ""))
}

// EraseID destroys what was given on the person's wish, or tells why it must stay.
func (d Desk) EraseID(c echo.Context) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	refuse := func(status int, key string) error {
		return d.showCase(c, id, status, func(p *pages.StaffIDPage) { p.Problems = fault.Invalid{{Field: "erase_asked", Key: key}} })
	}
	if d.typed(c, "erase_asked") == "" {
		return refuse(http.StatusUnprocessableEntity, "staff.ids.erase.tick")
	}
	err = d.Customs.Erase(c.Request().Context(), id, d.By(c))
	if errors.Is(err, customs.ErrNeeded) {
		return refuse(http.StatusConflict, "staff.ids.erase.needed")
	}
	return d.done(c, id, err, "flash.ids.erased", casePath(id, ""))
}

// done leads on after an act. Where somebody was faster, the case is shown as it
// stands now, and why nothing was done.
func (d Desk) done(c echo.Context, id customs.ID, err error, flash, to string) error {
	late := errors.Is(err, customs.ErrTaken) || errors.Is(err, customs.ErrDecided) || errors.Is(err, customs.ErrErased)
	switch {
	case err == nil && flash != "":
		d.Tell(c, flash)
		fallthrough
	case err == nil:
		return d.Lead(c, to)
	case late:
		return d.showCase(c, id, http.StatusConflict, func(p *pages.StaffIDPage) { p.Lost = lost(p.Case) })
	}
	return err
}

// lost tells how somebody else was faster.
func lost(k pages.IdentityCase) string {
	switch {
	case k.State == customs.Review && k.TakenBy != "" && !k.Mine:
		return "taken"
	case k.State == customs.Review:
		return "free"
	case k.State == customs.Accepted || k.State == customs.Refused:
		return "decided"
	}
	return "gone"
}
