package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// showParcel shows one parcel, as page, text or JSON. A number typed in another
// way leads to its one address.
func (p *Portal) showParcel(c echo.Context) error {
	typed, err := p.readNumber(c)
	if err != nil {
		return err
	}
	number := typed
	if c.Request().URL.RawPath == "" { // a bare slash at the end is the address's
		number = strings.TrimRight(typed, "/")
	}
	w, err := shipment.Parse(number)
	if err != nil {
		return p.showUnknown(c, pages.UnknownPage{Number: typed, Kind: kindOf(err)})
	}
	if string(w) != typed {
		return seeOther(c, addressOfParcel(w)+string(visitOf(c).form))
	}
	if token := cookie(c.Request(), cookieGrant); token != "" && visitOf(c).form == twinPage {
		parcel, private, err := p.Shipments.Private(c.Request().Context(), w, token)
		if err == nil {
			return p.writeParcel(c, p.trackPage(c, parcel, &private))
		} else if !errors.Is(err, fault.ErrNotFound) {
			return err
		}
	}
	return p.showPublic(c, w)
}

// readNumber takes the number out of the address, with the ending of its twins.
func (p *Portal) readNumber(c echo.Context) (string, error) {
	number := c.Param("n")
	if number == "" {
		number = c.Param("*")
	}
	if c.Request().URL.RawPath != "" {
		plain, err := url.PathUnescape(number)
		if err != nil {
			return "", fault.ErrNotFound
		}
		number = plain
	}
	v := visitOf(c)
	for _, form := range []twin{twinText, twinJSON} {
		if plain, found := strings.CutSuffix(number, string(form)); found {
			v.form = form
			return plain, nil
		}
	}
	return number, nil
}

// showPublic is the hot path: one query, or with If-None-Match one that reads
// the version alone.
func (p *Portal) showPublic(c echo.Context, w shipment.Waybill) error {
	v, ctx := visitOf(c), c.Request().Context()
	if wait := p.guesses.blocked(v.address); wait > 0 && !p.holdsGrant(c, w) {
		return fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	if asked := c.Request().Header["If-None-Match"]; len(asked) > 0 {
		version, err := p.Shipments.Version(ctx, w)
		if errors.Is(err, fault.ErrNotFound) {
			return p.guessed(c, pages.UnknownPage{Number: string(w), Kind: pages.NumberUnknown})
		} else if err != nil {
			return err
		}
		if tag, ok := p.fresh(v, version, asked); ok && p.guesses.settle(v.address, 0) == 0 {
			return p.notModified(c, tag)
		}
	}
	parcel, err := p.Shipments.Lookup(ctx, w)
	if errors.Is(err, fault.ErrNotFound) {
		return p.guessed(c, pages.UnknownPage{Number: string(w), Kind: pages.NumberUnknown})
	} else if err != nil {
		return err
	}
	if wait := p.guesses.settle(v.address, 0); wait > 0 && !p.holdsGrant(c, w) {
		return fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	h := c.Response().Header()
	h["Etag"] = []string{p.tag(v, parcel.Version, parcel.DestZone)}
	h["Cache-Control"] = headerRevalidate
	return p.writeParcel(c, p.trackPage(c, parcel, nil))
}

// holdsGrant tells whether the visitor has unlocked the parcel: then no limit on
// guessing concerns them.
func (p *Portal) holdsGrant(c echo.Context, w shipment.Waybill) bool {
	token := cookie(c.Request(), cookieGrant)
	if token == "" {
		return false
	}
	_, _, err := p.Shipments.Private(c.Request().Context(), w, token)
	return err == nil
}

// guessed answers for a well formed number that we don't know, and counts it.
func (p *Portal) guessed(c echo.Context, page pages.UnknownPage) error {
	if wait := p.guesses.settle(visitOf(c).address, 1); wait > 0 {
		return fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	return p.writeUnknown(c, page)
}

// showUnknown answers for what can't be a number of ours; that tells nothing
// about any parcel and counts as no guess.
func (p *Portal) showUnknown(c echo.Context, page pages.UnknownPage) error {
	if wait := p.guesses.blocked(visitOf(c).address); wait > 0 {
		return fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	return p.writeUnknown(c, page)
}

func (p *Portal) writeUnknown(c echo.Context, page pages.UnknownPage) error {
	if visitOf(c).form != twinPage {
		return p.writeUnknownTwin(c, page.Kind)
	}
	page.Number = clean(page.Number)
	return p.render(c, http.StatusNotFound, pages.Unknown(page))
}

func kindOf(err error) pages.UnknownKind {
	if shipment.IsMistyped(err) {
		return pages.NumberMisfit
	}
	return pages.NumberMalformed
}

func (p *Portal) trackPage(c echo.Context, parcel shipment.Public, private *shipment.Private) pages.TrackPage {
	v := visitOf(c)
	page := pages.TrackPage{Parcel: parcel, Needs: needs.Of(parcel), Private: private, Now: v.began,
		Zone: v.zone, ZoneChosen: v.zone != nil}
	if v.zone == nil {
		page.Zone = p.zones.orUTC(parcel.DestZone)
	}
	page.ZoneName = page.Zone.String()
	return page
}

// writeParcel writes the parcel in the form that was asked for.
func (p *Portal) writeParcel(c echo.Context, page pages.TrackPage) error {
	switch visitOf(c).form {
	case twinJSON:
		return p.writeJSON(c, page)
	case twinText:
		return p.writeText(c, page)
	default:
		return p.render(c, http.StatusOK, pages.Track(page))
	}
}
