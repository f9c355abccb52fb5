package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// askForParcel shows the form that adds a parcel.
func (p *Portal) askForParcel(c echo.Context) error {
	return p.render(c, http.StatusOK, pages.ShelfAdd(pages.ShelfAddPage{}))
}

// addParcel puts a parcel into the account of whoever knows its number and a
// second fact. A wrong fact and a number that nobody has answer alike.
func (p *Portal) addParcel(c echo.Context) error {
	v := visitOf(c)
	form := pages.ShelfAddForm{Number: field(c, "number"), UnlockForm: pages.UnlockForm{
		PhoneLast4: field(c, "phone_last4"), Postcode: field(c, "postcode"), OrderNo: field(c, "order_no"),
	}}
	w, problems := readAdd(form)
	if len(problems) > 0 {
		return p.addAgain(c, form, problems, 0)
	}
	if wait := p.guesses.blocked(v.address); wait > 0 {
		return fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	added, err := p.Shelf.Add(c.Request().Context(), p.memberOf(c), w, shipment.SecondFact(form.UnlockForm), network(v.address).String())
	if err != nil {
		return p.addFailed(c, form, err)
	}
	tell(c, "flash.parcel_added")
	return seeOther(c, addressOfKept(added))
}

// readAdd reads the number, and tells all that is to mend.
func readAdd(f pages.ShelfAddForm) (w shipment.Waybill, problems fault.Invalid) {
	w, err := shipment.Parse(f.Number)
	key := "track.numbers.malformed"
	switch {
	case strings.TrimSpace(f.Number) == "":
		key = "track.numbers.empty"
	case shipment.IsMistyped(err):
		key = "track.numbers.misfit"
	}
	if err != nil {
		problems = append(problems, fault.Problem{Field: "number", Key: key})
	}
	if (shipment.SecondFact)(f.UnlockForm).Empty() {
		problems = append(problems, fault.Problem{Field: "phone_last4", Key: "unlock.fact.empty"})
	}
	return w, problems
}

// addFailed tells what to mend, or how long to wait. Each wrong answer counts as
// a guess, whether a parcel has the number or not: else the limit would tell.
func (p *Portal) addFailed(c echo.Context, form pages.ShelfAddForm, err error) error {
	var tooMany fault.TooMany
	switch {
	case errors.Is(err, shipment.ErrWrongFact):
		if wait := p.guesses.settle(visitOf(c).address, 1); wait > 0 {
			return fault.TooMany{Limit: "lookup", RetryAfter: wait}
		}
		return p.addAgain(c, form, fault.Invalid{{Field: filled(form.UnlockForm), Key: "shelf.add.wrong"}}, 0)
	case errors.As(err, &tooMany):
		return p.addAgain(c, form, nil, tooMany.RetryAfter)
	}
	return err
}

// addAgain shows the form with all that was typed.
func (p *Portal) addAgain(c echo.Context, form pages.ShelfAddForm, problems fault.Invalid, wait time.Duration) error {
	page, status := pages.ShelfAddPage{Form: form, Problems: problems}, http.StatusUnprocessableEntity
	if wait > 0 {
		status, page.Wait = http.StatusTooManyRequests, locale.For(visitOf(c).language).Wait(wait)
		c.Response().Header()["Retry-After"] = []string{seconds(wait)}
	}
	return p.render(c, status, pages.ShelfAdd(page))
}
