package pages

import (
	"net/url"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// address is where a parcel's page stands, in the language of the request.
func address(s layouts.Shell, number string) string {
	return s.URL("/track/" + url.PathEscape(number))
}

func waybillHead(l *locale.Locale, p *shipment.Public, mark int) components.WaybillHead {
	word, tone := stamp(l, p)
	return components.WaybillHead{
		Number: p.Waybill.Grouped(), Copy: string(p.Waybill),
		Sentence: sentence(l, p), Tag: word, Tone: tone, Updated: updated(l, p),
		From: l.Country(p.OriginCountry), To: l.Country(p.DestCountry), Mark: mark,
	}
}

// sentence is the one line that answers where the parcel is. Customs speaks
// first as long as the parcel waits for it.
func sentence(l *locale.Locale, p *shipment.Public) string {
	if customsSpeaks(p) {
		return l.CustomsSentence(string(p.Status.Customs), customsCountry(p))
	}
	subtag, country := p.Status.Subtag, ""
	for i := range p.Checkpoints {
		if p.Checkpoints[i].Subtag == subtag {
			country = p.Checkpoints[i].Country
			break
		}
	}
	if country == "" && (subtag == "InTransit_003" || subtag == "InTransit_007") {
		subtag = "InTransit_001" // a sorting centre in no country we know of: just on its way
	}
	return l.StatusSentence(string(subtag), country, p.DestCountry)
}

// customsCountry is whose customs speaks: that of the event that told the state,
// otherwise the destination's.
func customsCountry(p *shipment.Public) string {
	for i := range p.Checkpoints {
		if c := &p.Checkpoints[i]; c.Customs == p.Status.Customs && c.Country != "" {
			return c.Country
		}
	}
	return p.DestCountry
}

// customsSpeaks tells whether the customs state is the latest news.
func customsSpeaks(p *shipment.Public) bool {
	s := p.Status
	switch {
	case s.Customs == "" || s.Tag == shipment.Delivered:
		return false
	case s.CustomsSince.IsZero():
		return s.Customs != shipment.Released
	}
	return !s.CustomsSince.Before(s.At)
}

// updated tells when the latest event was, by the clock of its place.
func updated(l *locale.Locale, p *shipment.Public) string {
	if len(p.Checkpoints) == 0 {
		return ""
	}
	c := p.Checkpoints[0]
	return l.T("track.updated", "when", l.DateTime(atPlace(c.At, c.OffsetMinutes)), "offset", l.Offset(c.OffsetMinutes))
}

// stamp is the word and the tone of a parcel's status.
func stamp(l *locale.Locale, p *shipment.Public) (word string, tone components.Tone) {
	if key := ending(p.Status); key != "" {
		return l.T("stamp." + key), components.ToneStop
	}
	tag := l.Tag(string(p.Status.Tag))
	switch p.Status.Tag {
	case shipment.Delivered:
		return tag, components.ToneDone
	case shipment.InTransit, shipment.OutForDelivery:
		if waits(p.Status.Customs) && customsSpeaks(p) {
			return l.T("stamp.waiting"), components.ToneWait
		}
		return tag, components.ToneMoving
	}
	if waits(p.Status.Customs) && customsSpeaks(p) {
		return l.T("stamp.waiting"), components.ToneWait
	}
	return tag, components.ToneWait
}

func waits(c shipment.CustomsState) bool {
	return c == shipment.AwaitingID || c == shipment.AwaitingDuty || c == shipment.AwaitingInvoice
}

// ending names the bad end that a parcel has come to or is coming to; empty for all others.
func ending(s shipment.Status) string {
	switch s.Subtag {
	case shipment.Returning:
		return "returning"
	case shipment.Returned:
		return "returned"
	case shipment.Lost:
		return "lost"
	case shipment.Cancelled:
		return "cancelled"
	case shipment.Disposed:
		return "disposed"
	}
	if s.Tag == shipment.Delivered {
		return ""
	}
	switch s.Customs {
	case shipment.Refused:
		return "refused"
	case shipment.ReturnStarted:
		return "returning"
	}
	return ""
}
