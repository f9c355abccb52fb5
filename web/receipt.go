package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/typeface"
	"ecms/portal/templates/pages"
)

// givenIn finds what was handed in for a parcel; who has not done that is led on.
func (p *Portal) givenIn(c echo.Context, who consignee) (i customs.Identity, given bool, err error) {
	i, err = p.Customs.Current(c.Request().Context(), who.parcel.Waybill)
	if errors.Is(err, fault.ErrNotFound) || err == nil && i.SubmittedAt.IsZero() {
		return i, false, toIdentity(c, who.parcel.Waybill, "/id")
	}
	return i, err == nil, err
}

// receiptOf gathers what the paper of an identity shows: what was given, in masks alone.
func (p *Portal) receiptOf(c echo.Context, who consignee, i customs.Identity) (pages.ReceiptPage, error) {
	ctx := c.Request().Context()
	page := pages.ReceiptPage{Parcel: who.page(), Identity: who.identity(i), Given: pages.Given{Doc: i.Doc}}
	if i.ErasedAt.IsZero() {
		clear, err := p.read(ctx, who, i)
		if err != nil {
			return pages.ReceiptPage{}, err
		}
		page.Given = givenOf(clear, false)
	}
	kept, err := p.Customs.Pictures(ctx, i.ID)
	if err != nil {
		return pages.ReceiptPage{}, err
	}
	consents, err := p.Customs.Consents(ctx, i.ID)
	if err != nil {
		return pages.ReceiptPage{}, err
	}
	page.Pictures = len(kept)
	for _, one := range consents {
		page.Consents = append(page.Consents, pages.GivenConsent{Kind: one.Kind, Version: one.Version, At: one.At, WithdrawnAt: one.WithdrawnAt})
	}
	return page, nil
}

// saveReceipt gives the receipt as a file to keep.
func (p *Portal) saveReceipt(c echo.Context, who consignee) error {
	i, given, err := p.givenIn(c, who)
	if err != nil || !given {
		return err
	}
	page, err := p.receiptOf(c, who, i)
	if err != nil {
		return err
	}
	pdf, err := page.Paper(locale.For(typeface.Language(tongueOf(c)))).PDF()
	if err != nil {
		return err
	}
	name := "receipt-" + strings.ReplaceAll(string(who.parcel.Waybill), "/", "-") + ".pdf"
	c.Response().Header()["Content-Disposition"] = []string{`attachment; filename="` + name + `"`}
	return sendAsIs(c, http.StatusOK, headerPDF, pdf)
}

// showReceipt is the paper on a page.
func (p *Portal) showReceipt(c echo.Context, who consignee) error {
	i, given, err := p.givenIn(c, who)
	if err != nil || !given {
		return err
	}
	page, err := p.receiptOf(c, who, i)
	if err != nil {
		return err
	}
	return p.render(c, http.StatusOK, pages.Receipt(page))
}
