package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// leaveUnlock leads whoever asks for the form's address to the parcel.
func (p *Portal) leaveUnlock(c echo.Context) error {
	number, err := p.readNumber(c)
	if err != nil {
		return err
	}
	w, err := shipment.Parse(number)
	if err != nil {
		return p.showUnknown(c, pages.UnknownPage{Number: number, Kind: kindOf(err)})
	}
	return seeOther(c, addressOfParcel(w))
}

// unlockParcel opens the unlocked view to whoever knows a second fact. The
// number of the last-mile carrier will do with it: then it leads to our own.
func (p *Portal) unlockParcel(c echo.Context) error {
	v := visitOf(c)
	number, err := p.readNumber(c)
	if err != nil {
		return err
	}
	form := pages.UnlockForm{PhoneLast4: field(c, "phone_last4"), Postcode: field(c, "postcode"), OrderNo: field(c, "order_no")}
	w, err := shipment.Parse(number)
	if err != nil {
		return p.showUnknown(c, pages.UnknownPage{Number: number, Kind: kindOf(err)})
	}
	v.path = addressOfParcel(w)
	if strings.TrimSpace(form.PhoneLast4+form.Postcode+form.OrderNo) == "" {
		return p.unlockAgain(c, w, form, fault.Invalid{{Field: "phone_last4", Key: "unlock.fact.empty"}}, 0)
	}
	if wait := p.guesses.blocked(v.address); wait > 0 && !p.holdsGrant(c, w) {
		return fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	grant, err := p.Shipments.Unlock(c.Request().Context(), w, shipment.SecondFact(form),
		network(v.address).String(), cookie(c.Request(), cookieGrant))
	if err != nil {
		return p.unlockFailed(c, w, form, err)
	}
	p.rememberGrant(c, grant)
	if c.QueryParam("next") == "needs" { // whoever came for that page
		return toIdentity(c, grant.Waybill, "/needs")
	}
	return seeOther(c, addressOfParcel(grant.Waybill))
}

// unlockFailed tells what to mend, or how long to wait.
func (p *Portal) unlockFailed(c echo.Context, w shipment.Waybill, form pages.UnlockForm, err error) error {
	var (
		invalid fault.Invalid
		tooMany fault.TooMany
	)
	switch {
	case errors.Is(err, shipment.ErrWrongFact):
		return p.unlockAgain(c, w, form, fault.Invalid{{Field: filled(form), Key: "unlock.fact.wrong"}}, 0)
	case errors.As(err, &invalid):
		return p.unlockAgain(c, w, form, invalid, 0)
	case errors.As(err, &tooMany):
		return p.unlockAgain(c, w, form, nil, tooMany.RetryAfter)
	}
	return err
}

// filled is the field that was tried: the first with a value.
func filled(f pages.UnlockForm) string {
	switch {
	case f.PhoneLast4 != "":
		return "phone_last4"
	case f.Postcode != "":
		return "postcode"
	}
	return "order_no"
}

// unlockAgain shows the page on which the form stood, with all that was typed.
// For a number that is no parcel's the same happens on the page of unknown ones,
// so that a last-mile number alone tells nothing.
func (p *Portal) unlockAgain(c echo.Context, w shipment.Waybill, form pages.UnlockForm, problems fault.Invalid, wait time.Duration) error {
	v := visitOf(c)
	status := http.StatusUnprocessableEntity
	if wait > 0 {
		status = http.StatusTooManyRequests
		c.Response().Header()["Retry-After"] = []string{seconds(wait)}
	}
	parcel, err := p.Shipments.Lookup(c.Request().Context(), w)
	if errors.Is(err, fault.ErrNotFound) {
		if blocked := p.guesses.settle(v.address, 1); blocked > 0 {
			return fault.TooMany{Limit: "lookup", RetryAfter: blocked}
		}
		if status == http.StatusTooManyRequests {
			return fault.TooMany{Limit: "unlock", RetryAfter: wait}
		}
		return p.render(c, status, pages.Unknown(pages.UnknownPage{Number: string(w), Kind: pages.NumberUnknown, Unlock: form, Problems: problems}))
	} else if err != nil {
		return err
	}
	if blocked := p.guesses.settle(v.address, 0); blocked > 0 && !p.holdsGrant(c, w) {
		return fault.TooMany{Limit: "lookup", RetryAfter: blocked}
	}
	page := p.trackPage(c, parcel, nil)
	page.Unlock, page.Problems, page.LockedFor = form, problems, wait
	return p.render(c, status, pages.Track(page))
}
