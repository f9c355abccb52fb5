package web

import (
	"errors"
	"fmt"
	"slices"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// keepAbout is what a code is asked for that shall keep the person of an identity,
// by its number and its parcel's. Codes that find people are about nothing.
const keepAbout = "keep %d %s"

func readAbout(about string) (id customs.ID, w shipment.Waybill, ok bool) {
	_, err := fmt.Sscanf(about, keepAbout, &id, &w)
	return id, w, err == nil
}

// keeps tells whether a code shall keep the person of this parcel's identity.
func keeps(about string, who consignee) bool {
	_, w, ok := readAbout(about)
	return ok && w == who.parcel.Waybill
}

// about is what the next code is asked for: the same as the last, while that code
// lives; else to keep what this very browser has sent with the tick for it.
func (p *Portal) about(c echo.Context, who consignee, last account.Letter) (string, error) {
	if last.Ref != "" || who.by.Account != 0 {
		return last.Next, nil
	}
	ctx, w := c.Request().Context(), who.parcel.Waybill
	i, err := p.Customs.Current(ctx, w)
	if errors.Is(err, fault.ErrNotFound) || err == nil && (i.State != customs.Review && i.State != customs.Accepted || i.SavedPerson != 0) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	if own, err := p.gaveAll(c, who, i); err != nil || !own {
		return "", err
	}
	if _, err := p.Customs.Draft(ctx, w); !errors.Is(err, fault.ErrNotFound) { // another form is begun
		return "", err
	}
	agreed, err := p.Customs.Consents(ctx, i.ID)
	if slices.ContainsFunc(agreed, func(a customs.Agreed) bool { return a.Kind == "keep" && a.WithdrawnAt.IsZero() }) {
		return fmt.Sprintf(keepAbout, i.ID, w), err
	}
	return "", err
}

// proveToKeep asks for the code that proves the address under which a guest wants
// to keep the person of an identity just sent: one typed wrong may be a stranger's.
// The identity itself waits for nothing. Whoever presses twice gets one mail.
func (p *Portal) proveToKeep(c echo.Context, who consignee, id customs.ID, email string) error {
	about := fmt.Sprintf(keepAbout, id, who.parcel.Waybill)
	letter, err := p.recallLetter(c)
	if err != nil {
		return err
	}
	if letter.Next == about && account.EmailKey(letter.Email) == account.EmailKey(email) {
		return toIdentity(c, who.parcel.Waybill, "/id/recall")
	}
	page := pages.RecallPage{Parcel: who.page(), Keep: true, Form: pages.RecallForm{Email: email}}
	return p.askRecall(c, who, page, about)
}

// keepProved keeps the person of the identity that a code was asked for, if it was
// for one. What is withdrawn, replaced or kept by now stays as it is.
func (p *Portal) keepProved(c echo.Context, who consignee, proved account.Recalled) error {
	id, w, ok := readAbout(proved.About)
	if !ok {
		return nil
	}
	by := who.by
	by.Channel = "email"
	_, err := p.Customs.Keep(c.Request().Context(), w, id, behind(proved), by)
	if errors.Is(err, fault.ErrNotFound) {
		return nil
	}
	return err
}

// forgetRecalls lets the browser forget that an address was proved in it.
func forgetRecalls(c echo.Context) {
	for _, name := range []string{cookieRecall, cookieProof} {
		if cookie(c.Request(), name) != "" {
			setCookie(c, name, "", forget)
		}
	}
}
