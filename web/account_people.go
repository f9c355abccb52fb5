package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// listPeople shows a member whose identity the account keeps.
func (p *Portal) listPeople(c echo.Context) error {
	saved, err := p.Customs.People(c.Request().Context(), p.ownPeople(c), "")
	if err != nil {
		return err
	}
	var page pages.PeoplePage
	for _, s := range saved {
		one, err := p.named(c, s)
		if err != nil {
			return err
		}
		page.People = append(page.People, one)
	}
	return p.render(c, http.StatusOK, pages.People(page))
}

// showPersonKept shows a member one saved person: what is kept, what it was used
// for and who looked.
func (p *Portal) showPersonKept(c echo.Context) error {
	ctx, h, zone := c.Request().Context(), p.ownPeople(c), visitOf(c).zone
	id, err := personOf(c)
	if err != nil {
		return err
	}
	saved, err := p.Customs.FindPerson(ctx, h, id)
	if err != nil {
		return err
	}
	page := pages.SavedPersonPage{Zone: zone}
	if page.Person, err = p.named(c, saved); err != nil {
		return err
	}
	if page.Uses, err = p.usesOf(c, h, saved); err != nil {
		return err
	}
	looks, err := p.Customs.PersonLooks(ctx, h, id)
	if err != nil {
		return err
	}
	for _, l := range looks {
		page.Looks = append(page.Looks, pages.IdentityLook{At: l.At, Role: l.Role, What: l.What, Reason: l.Reason, Waybill: l.Waybill})
	}
	agreed, err := p.Customs.PersonConsents(ctx, h, id)
	if err != nil {
		return err
	}
	for _, a := range agreed {
		page.Consent = pages.GivenConsent{Kind: a.Kind, Version: a.Version, At: a.At, WithdrawnAt: a.WithdrawnAt}
	}
	if page.Blocked, err = p.Customs.StillNeeded(ctx, h, id); err != nil {
		return err
	}
	return p.render(c, http.StatusOK, pages.PersonKept(page))
}

// usesOf are the parcels that a person was used for.
func (p *Portal) usesOf(c echo.Context, h customs.Holder, s customs.Saved) (list []pages.PersonUse, err error) {
	uses, err := p.Customs.Uses(c.Request().Context(), h, s.ID)
	for _, u := range uses {
		list = append(list, pages.PersonUse{Waybill: u.Waybill, Country: s.Country, At: u.At, HandedAt: u.SentAt})
	}
	return list, err
}

// extendPerson keeps a person for another year.
func (p *Portal) extendPerson(c echo.Context) error {
	id, err := personOf(c)
	if err != nil {
		return err
	}
	if _, err := p.Customs.ExtendPerson(c.Request().Context(), p.ownPeople(c), id); err != nil {
		return err
	}
	tell(c, "flash.person_extended")
	return seeOther(c, "/account/people/"+strconv.FormatInt(int64(id), 10))
}

// erasePerson erases a person and every copy but those that customs still needs,
// which the page has named with the reason.
func (p *Portal) erasePerson(c echo.Context) error {
	id, err := personOf(c)
	if err != nil {
		return err
	}
	session := p.sessionOf(c)
	needed, err := p.Customs.EraseAll(c.Request().Context(), p.ownPeople(c), id, p.byOf(c, session, "account"))
	if err != nil {
		return err
	}
	if len(needed) > 0 {
		tell(c, "flash.person_erased_but")
	} else {
		tell(c, "flash.person_erased")
	}
	return seeOther(c, "/account/people")
}

// ownPeople are those of the account that is signed in.
func (p *Portal) ownPeople(c echo.Context) customs.Holder {
	return customs.Holder{Account: p.memberOf(c)}
}

// personOf is the saved person that the address names.
func personOf(c echo.Context) (customs.PersonID, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || strconv.FormatInt(id, 10) != c.Param("id") {
		return 0, fault.ErrNotFound
	}
	return customs.PersonID(id), nil
}

// named is a person of the account's own as pages list them. The portal opens the
// sealed name for that, and nothing else of it is shown.
func (p *Portal) named(c echo.Context, s customs.Saved) (pages.SavedPerson, error) {
	v, by := visitOf(c), p.byOf(c, p.sessionOf(c), "account")
	by.Role = customs.Portal
	clear, err := p.Customs.ViewPerson(c.Request().Context(), p.ownPeople(c), s.ID, by)
	if err != nil {
		return pages.SavedPerson{}, err
	}
	zone := v.zone
	if zone == nil {
		zone = time.UTC
	}
	return savedPerson(s, nameOf(clear.Person), zone, dayIn(zone, v.began)), nil
}

// savedPerson is a person as pages list them, by the days of a zone.
func savedPerson(s customs.Saved, name string, zone *time.Location, today shipment.Date) pages.SavedPerson {
	return pages.SavedPerson{
		ID: strconv.FormatInt(int64(s.ID), 10), Name: name, Country: s.Country, Doc: s.Doc, Masked: s.Masked,
		ValidTo: s.ValidTo, Expired: s.ValidTo != "" && s.ValidTo < today,
		LastUsed: dayIn(zone, s.LastUsedAt), KeepUntil: dayIn(zone, s.KeptUntil),
	}
}

// dayIn is an instant's day by a zone's clocks.
func dayIn(zone *time.Location, at time.Time) shipment.Date {
	return shipment.Date(at.In(zone).Format(time.DateOnly))
}
