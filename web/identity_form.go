package web

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/templates/pages"
)

// openForm finds the form to show: the draft, else what was refused, else an empty
// one. False: there is nothing to fill in, and the status page says why.
func (p *Portal) openForm(c echo.Context, who consignee) (i customs.Identity, open bool, err error) {
	if who.released() {
		return i, false, nil
	}
	ctx, w := c.Request().Context(), who.parcel.Waybill
	i, err = p.Customs.Draft(ctx, w)
	if !errors.Is(err, fault.ErrNotFound) {
		return i, err == nil, err
	}
	i, err = p.Customs.Current(ctx, w)
	switch {
	case errors.Is(err, fault.ErrNotFound):
		return customs.Identity{}, true, nil
	case err != nil:
		return customs.Identity{}, false, err
	case i.State == customs.Refused:
		return i, true, nil
	case i.State == customs.Review || i.State == customs.Accepted:
		return customs.Identity{}, c.QueryParam("again") != "", nil
	}
	return customs.Identity{}, true, nil
}

// nextStep is the first step of a form that is still to be done.
func nextStep(i customs.Identity) string {
	switch {
	case !i.HasPerson:
		return "/id/person"
	case !i.HasDocument:
		return "/id/document"
	}
	return "/id/check"
}

// read opens what a form holds, for the portal's own work.
func (p *Portal) read(ctx context.Context, who consignee, i customs.Identity) (customs.Clear, error) {
	if i.ID == 0 || !i.ErasedAt.IsZero() {
		return customs.Clear{}, nil
	}
	_, clear, err := p.Customs.View(ctx, i.ID, who.portal(), "form")
	return clear, err
}

// partsOf picks from the refused parts those that one step asks, nil for none.
func partsOf(i customs.Identity, person bool) (parts []string) {
	for _, part := range i.RefusedParts {
		if personPart(part) == person {
			parts = append(parts, part)
		}
	}
	return parts
}

// onlyOf are the fields of one step that a page asks again; nil asks all, also
// where nothing was given yet that could stay.
func onlyOf(i customs.Identity, clear customs.Clear, person bool) []string {
	if person && clear.Person.Phone == "" && clear.Person.NameLocal+clear.Person.NameLatin == "" || !person && clear.Document.Doc == "" {
		return nil
	}
	return partsOf(i, person)
}

func personPart(part string) bool {
	return slices.Contains([]string{customs.FieldNameLocal, customs.FieldNameLatin, customs.FieldPhone, customs.FieldPostcode}, part)
}

// fixOf is the step at which a refused identity is mended.
func fixOf(i customs.Identity) string {
	if len(partsOf(i, true)) > 0 {
		return "/id/person"
	}
	return "/id/document"
}

// covers tells whether all problems are of fields that the page asks; nil asks all.
func covers(only []string, problems fault.Invalid) bool {
	return only == nil || !slices.ContainsFunc(problems, func(one fault.Problem) bool {
		field := one.Field
		if field == customs.FieldExpiryMonth || field == customs.FieldExpiryYear {
			field = customs.FieldExpiryDay
		}
		return !slices.Contains(only, field)
	})
}

// maskedName is a name as whoever holds a link may see it: its first character,
// of a Korean one also the last, as Korea's guidance has it.
func maskedName(name string) string {
	runes := []rune(strings.TrimSpace(name))
	if len(runes) == 0 {
		return ""
	}
	first, n := runes[0], len(runes)
	switch {
	case unicode.Is(unicode.Hangul, first) && n > 2 && n < 6:
		return string(first) + strings.Repeat("*", n-2) + string(runes[n-1])
	case (unicode.Is(unicode.Hangul, first) || unicode.Is(unicode.Han, first)) && n > 1 && n < 6:
		return string(first) + strings.Repeat("*", n-1)
	}
	return string(first) + "***"
}

// keptPictures are the pictures of a form that the visitor has given.
func (p *Portal) keptPictures(c echo.Context, who consignee, i customs.Identity) ([]pages.KeptPicture, error) {
	if i.ID == 0 || i.State != customs.Draft {
		return nil, nil
	}
	kept, err := p.ownPictures(c, who, i)
	list := make([]pages.KeptPicture, len(kept))
	for n, k := range kept {
		list[n] = pages.KeptPicture{Slot: k.Slot, URL: pictureAddress(who, k), Width: k.Width, Height: k.Height}
	}
	return list, err
}
