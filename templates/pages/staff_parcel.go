package pages

import (
	"strconv"
	"strings"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// staffEvent is one event with all that its source sent.
type staffEvent struct {
	day, instant, time, utc string
	what, where             string
	code, text, origin      string
}

func staffEventViews(l *locale.Locale, cs []shipment.Checkpoint) []staffEvent {
	list := make([]staffEvent, len(cs))
	day := ""
	for i, c := range cs {
		at := atPlace(c.At, c.OffsetMinutes)
		subtag, customs, _ := shipment.Translate(c.Source, c.Code)
		e := staffEvent{
			instant: c.At.UTC().Format("2006-01-02T15:04:05Z"), time: l.Time(at) + " " + l.Offset(c.OffsetMinutes), utc: clockUTC(l, c.At),
			what: l.Status(string(subtag)), where: staffPlace(l, c), code: c.Code, text: c.Text, origin: eventOrigin(l, c, subtag, customs),
		}
		if customs != "" {
			e.what = l.Customs(string(customs))
		}
		if d := l.Date(at.Date()); d != day {
			e.day, day = d, d
		}
		list[i] = e
	}
	return list
}

// staffPlace is where an event was, and whether strangers are told the place.
func staffPlace(l *locale.Locale, c shipment.Checkpoint) string {
	parts := make([]string, 0, 3)
	for _, part := range []string{c.Place, l.Country(c.Country)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if c.Place != "" && !c.Facility {
		parts = append(parts, l.T("staff.events.private"))
	}
	return strings.Join(parts, " · ")
}

// eventOrigin tells who reported an event, by which id and revision, and how we read it.
func eventOrigin(l *locale.Locale, c shipment.Checkpoint, subtag shipment.Subtag, customs shipment.CustomsState) string {
	read := strings.TrimSpace(string(subtag) + " " + string(customs))
	if read == "" {
		read = l.T("staff.events.unread")
	}
	id := c.EventID
	if id == "" {
		id = "–"
	}
	return l.T("staff.events.origin", "source", c.Source, "id", id, "rev", strconv.Itoa(c.Rev), "read", read)
}

func staffParcelFacts(l *locale.Locale, s layouts.Shell, d *shipment.Dossier) []components.Fact {
	r := &d.Record
	list := factList(parcelFacts(l, r))
	list.add(l.T("staff.parcel.service"), r.Service)
	if r.PromisedFrom != "" || r.PromisedTo != "" {
		list.add(l.T("expected.title.passed"), l.Range(string(r.PromisedFrom), string(r.PromisedTo)))
	}
	list.add(l.T("staff.parcel.accepted"), clockUTC(l, r.AcceptedAt))
	list.add(l.T("staff.parcel.delivered"), clockUTC(l, r.DeliveredAt))
	list.add(l.T("staff.parcel.origin"), placeText(l, r.Origin))
	list.add(l.T("staff.parcel.destination"), placeText(l, r.Destination))
	if d.Public.Status.Customs != "" {
		list.add(l.T("progress.customs"), l.Customs(string(d.Public.Status.Customs)))
	}
	list.add(l.T("lastmile.carrier"), r.LastMileCarrier)
	list.add(l.T("lastmile.number"), r.LastMileNumber)
	if r.Pieces > 1 {
		list.add(l.T("pieces.title"), l.T("pieces.of", "n", strconv.Itoa(r.Piece), "of", strconv.Itoa(r.Pieces)))
	}
	for _, w := range d.Siblings {
		list = append(list, components.Fact{Name: l.T("pieces.other"), Value: w.Grouped(), Href: staffAddress(s, w)})
	}
	return list
}

func placeText(l *locale.Locale, p shipment.Place) string {
	if p.Place == "" {
		return l.Country(p.Country)
	}
	return p.Place + " · " + l.Country(p.Country)
}

// staffPartyFacts are one party's data as the feed told them.
func staffPartyFacts(l *locale.Locale, p *shipment.Party) []components.Fact {
	var list factList
	list.add(l.T("party.name"), p.Name)
	if p.NameLatin != p.Name {
		list.add(l.T("party.name_latin"), p.NameLatin)
	}
	list.add(l.T("party.phone"), p.Phone)
	list.add(l.T("party.email"), p.Email)
	list.add(l.T("party.address"), p.Address)
	list.add(l.T("party.postcode"), p.Postcode)
	return list
}

// recordFacts tell where the record comes from.
func recordFacts(l *locale.Locale, d *shipment.Dossier) []components.Fact {
	seller := "staff.record.seller.no"
	if d.Record.ShipperIsSeller {
		seller = "staff.record.seller.yes"
	}
	return []components.Fact{
		{Name: l.T("staff.record.added"), Value: clockUTC(l, d.AddedAt)},
		{Name: l.T("staff.record.changed"), Value: clockUTC(l, d.ChangedAt)},
		{Name: l.T("staff.record.rev"), Value: strconv.Itoa(d.Record.Rev)},
		{Name: l.T("staff.record.seller"), Value: l.T(seller)},
		{Name: l.T("staff.record.events"), Value: l.Number(int64(len(d.Checkpoints)))},
	}
}

func lookName(look shipment.Look) string {
	if look.Name == "" {
		return look.Email
	}
	return look.Name + " · " + look.Email
}
