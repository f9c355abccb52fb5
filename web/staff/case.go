package staff

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// ShowID shows one case: shut, or open while a stated reason lets the reader see it.
func (d Desk) ShowID(c echo.Context) error {
	id, err := caseID(c)
	if err != nil {
		return err
	}
	return d.showCase(c, id, http.StatusOK, func(*pages.StaffIDPage) {})
}

// showCase answers with a case as it stands now; tell adds what went wrong.
func (d Desk) showCase(c echo.Context, id customs.ID, status int, tell func(*pages.StaffIDPage)) error {
	ctx := c.Request().Context()
	k, err := d.Customs.Case(ctx, id)
	if err != nil {
		return err
	}
	page := pages.StaffIDPage{
		Case: d.caseOf(c, k), Given: pages.Given{Doc: k.Doc, Number: k.Masked}, Warnings: k.Warnings, Askable: k.Askable(),
	}
	if err := d.openUp(c, k, &page); err != nil {
		return err
	}
	if page.Papers, err = d.Customs.Papers(ctx, k.Waybill); err != nil && !errors.Is(err, fault.ErrNotFound) {
		return err
	}
	if k.Country == "KR" {
		hideResidentNumbers(&page.Papers.Name, &page.Papers.NameLatin, &page.Papers.Phone, &page.Papers.Postcode)
	}
	if page.Others, _, err = d.handedIn(c, k.Waybill, k.ID); err != nil {
		return err
	}
	if page.Notes, err = d.Customs.Notes(ctx, k.Waybill); err != nil {
		return err
	}
	looks, err := d.Customs.Looks(ctx, k.Waybill)
	if err != nil {
		return err
	}
	page.Looks = looksOf(looks)
	tell(&page)
	return d.Render(c, status, pages.StaffID(page))
}

// openUp puts into the page what the person gave, for whoever has the case open:
// the look is written down before. When the minutes are over, the browser asks for
// the page again, and gets it shut.
func (d Desk) openUp(c echo.Context, k customs.Case, page *pages.StaffIDPage) error {
	ctx, by := c.Request().Context(), d.By(c)
	opening, err := d.Customs.Opening(ctx, k.ID, by.Account)
	if errors.Is(err, fault.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	_, clear, err := d.Customs.View(ctx, k.ID, by, opening.Reason)
	if err != nil {
		return err
	}
	page.Given, page.Clear = givenOf(k.Country, clear)
	page.ClearUntil = opening.Until()
	kept, err := d.Customs.Pictures(ctx, k.ID)
	if err != nil {
		return err
	}
	for _, p := range kept {
		if takes(k.Identity, p.Slot) {
			page.Pictures = append(page.Pictures, pages.KeptPicture{
				Slot: p.Slot, URL: d.Address(c, casePath(k.ID, "/pictures/"+string(p.Slot))), Width: p.Width, Height: p.Height,
			})
		}
	}
	left := int(opening.Until().Sub(d.Now())/time.Second) + 1
	c.Response().Header().Set("Refresh", strconv.Itoa(left)+"; url="+d.Address(c, casePath(k.ID, "")))
	return nil
}

// givenOf is what the person gave, and the whole number.
func givenOf(country string, clear customs.Clear) (g pages.Given, number string) {
	who, doc := clear.Person, clear.Document
	g = pages.Given{
		Name: who.NameLocal, NameLatin: who.NameLatin, Nationality: who.Nationality, Issuer: doc.Issuer, Phone: who.Phone, Postcode: who.Postcode,
		Number: doc.Masked(), Doc: doc.Doc, ValidTo: doc.Expiry, LongTerm: doc.LongTerm, EZWay: doc.EZWay,
	}
	number = doc.Number
	if country == "KR" {
		hideResidentNumbers(&g.Name, &g.NameLatin, &g.Phone, &g.Postcode, &g.Number, &number)
	}
	return g, number
}

// hideResidentNumbers leaves out what looks like a Korean resident number, wherever
// it may have come from.
func hideResidentNumbers(texts ...*string) {
	for _, text := range texts {
		if customs.IsResidentNumber(*text) {
			*text = ""
		}
	}
}

// handedIn lists what was sent for a parcel but for one case, newest first, and
// tells whether a form is begun.
func (d Desk) handedIn(c echo.Context, w shipment.Waybill, but customs.ID) (list []pages.IdentityCase, draft bool, err error) {
	all, err := d.Customs.History(c.Request().Context(), w)
	for _, i := range all {
		if i.SubmittedAt.IsZero() {
			draft = draft || i.State == customs.Draft
		} else if i.ID != but {
			list = append(list, d.caseOf(c, customs.Case{Identity: i}))
		}
	}
	return list, draft, err
}

// looksOf are looks as the staff's pages show them.
func looksOf(looks []customs.Look) []pages.IdentityLook {
	list := make([]pages.IdentityLook, len(looks))
	for i, l := range looks {
		list[i] = pages.IdentityLook{At: l.At, Role: l.Role, Name: l.Name, What: l.What, Reason: l.Reason, Waybill: l.Waybill}
	}
	return list
}

// casePath is where something about a case stands.
func casePath(id customs.ID, rest string) string {
	return "/staff/ids/" + url.PathEscape(strconv.FormatInt(int64(id), 10)) + rest
}
