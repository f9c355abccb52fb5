package pages

import (
	"net/url"
	"strings"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// ShelfPage is the list of an account's parcels.
type ShelfPage struct {
	shelf.Page
	// Form is what the list was asked for, as typed, Problems what of it could not be read.
	Form     ShelfForm
	Problems fault.Invalid
	// Query is the form's part of the address, without a place; After is the place.
	Query, After string
	Zone         *time.Location
}

// ShelfForm is what GET /account/parcels takes.
type ShelfForm struct {
	Text     string `query:"q"`
	Side     string `query:"side"`
	State    string `query:"state"`
	Country  string `query:"country"`
	From     string `query:"from"`
	To       string `query:"to"`
	Sort     string `query:"sort"`
	Archived string `query:"archived"`
}

// filtered tells whether the form asks for some parcels only.
func (f ShelfForm) filtered() bool {
	f.Sort, f.Archived = "", ""
	return f != ShelfForm{}
}

// opened tells whether more than the text is asked for.
func (f ShelfForm) opened() bool {
	f.Text, f.Archived = "", ""
	return f != ShelfForm{}
}

// parcelName is how a parcel is called: by its keeper's name for it, or its
// number, which stays on one line.
func parcelName(p *shelf.Parcel) string {
	if p.Nickname != "" {
		return p.Nickname
	}
	return strings.ReplaceAll(p.Waybill.Grouped(), " ", "\u00a0")
}

// shelfAddress is where a parcel's page stands in the account.
func shelfAddress(s layouts.Shell, p *shelf.Parcel) string {
	return s.Prefix + "/account/parcels/" + url.PathEscape(string(p.Waybill))
}

// shelfRows sets parcels of an account for a list, in their order.
func shelfRows(l *locale.Locale, s layouts.Shell, ps []shelf.Parcel, zone *time.Location, under bool) []components.ParcelRow {
	rows := make([]components.ParcelRow, len(ps))
	for i := range ps {
		p := &ps[i]
		word, tone := stamp(l, &p.Public)
		rows[i] = components.ParcelRow{
			Number: p.Waybill.Grouped(), Name: p.Nickname, Href: shelfAddress(s, p), Under: under, Tag: word, Tone: tone,
			Sentence: ShelfStatus(l, p), Needed: shelfNeed(l, p), Nothing: nothingShort(l, &p.Public), Expected: shelfDays(l, p),
		}
		if !p.NewsAt.IsZero() {
			rows[i].Updated = l.T("shelf.news", "day", l.Date(newsAt(p, zone).Date()))
		}
	}
	return rows
}

// ShelfStatus says in a short line where a parcel stands. A list reads no events,
// so the line names no country.
func ShelfStatus(l *locale.Locale, p *shelf.Parcel) string {
	if customsSpeaks(&p.Public) {
		return l.Customs(string(p.Status.Customs))
	}
	return l.Status(string(p.Status.Subtag))
}

// ShelfTask names what a parcel waits for; empty when for nothing.
func ShelfTask(l *locale.Locale, p *shelf.Parcel) string { return neededShort(l, needs.Of(p.Public)) }

// shelfNeed is the same with the last day.
func shelfNeed(l *locale.Locale, p *shelf.Parcel) string {
	task := ShelfTask(l, p)
	if task == "" || p.Due == "" {
		return task
	}
	return l.T("shelf.needed.by", "task", task, "day", l.Day(string(p.Due)))
}

// shelfDays are the days on which a parcel is expected, or the day of its delivery.
func shelfDays(l *locale.Locale, p *shelf.Parcel) string {
	if span, ok := Expected(&p.Public); ok {
		return l.Range(string(span.From), string(span.To))
	}
	return l.Day(string(p.DeliveredOn))
}

// newsAt is when the latest event was, by the chosen clock or the destination's.
func newsAt(p *shelf.Parcel, zone *time.Location) time.Time {
	if zone == nil {
		zone = shipment.ZoneOf(p.DestZone)
	}
	return p.NewsAt.In(zone)
}
