package pages

import (
	"time"

	"ecms/portal/internal/claim"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// shown tells how an answer speaks of a parcel: what is measured, or which clock runs.
func shown(id string) func(*locale.Locale, *TrackPage) []components.Fact {
	switch id {
	case "3.1", "3.2":
		return measuredValues
	case "4.1":
		return expectedValues
	case "4.4":
		return awaitedValues
	case "2.2", "4.6":
		return dutyValues
	case "4.9":
		return pieceValues
	case "4.13", "4.14":
		return claimValues
	}
	return nil
}

// ShowsParcel tells whether an answer has a clock or a measure of a parcel to show.
func ShowsParcel(id string) bool { return shown(id) != nil }

// parcelValues are the values of the parcel from which an answer was opened.
func parcelValues(l *locale.Locale, s layouts.Shell, p *AnswerPage) []components.Fact {
	if p.Track == nil {
		return nil
	}
	facts := []components.Fact{{
		Name: l.T("faq.parcel.number"), Value: p.Track.Parcel.Waybill.Grouped(), Href: address(s, string(p.Track.Parcel.Waybill)),
	}}
	return append(facts, shown(p.Question.ID)(l, p.Track)...)
}

// measuredValues hold the parcel to the limits; weights are for those who unlocked it.
func measuredValues(l *locale.Locale, p *TrackPage) []components.Fact {
	if p.Private == nil || p.Private.Scope != "docs" {
		return []components.Fact{{Name: l.T("faq.parcel.measured"), Value: l.T("faq.parcel.locked")}}
	}
	var list factList
	list.add(l.T("faq.parcel.stated"), measure(l, p.Private.Record.Declared))
	list.add(l.T("faq.parcel.measured"), measure(l, p.Private.Record.Measured))
	return append(list, components.Fact{Name: l.T("faq.parcel.verdict"), Value: verdict(l, p.Private.Record)})
}

// verdict is what the limits say to what was measured, else to what was stated.
func verdict(l *locale.Locale, r shipment.Record) string {
	m := r.Measured
	if measure(l, m) == "" {
		m = r.Declared
	}
	if measure(l, m) == "" {
		return l.T("faq.parcel.unmeasured")
	}
	over := shipment.ParcelLimits().Over(m)
	if len(over) == 0 {
		return l.T("faq.parcel.within")
	}
	worst, words := over[0], l.Length
	if worst.Quantity == shipment.Weight {
		words = l.Weight
	}
	return l.T("faq.parcel.over."+string(worst.Quantity), "measured", words(worst.Measured, worst.Unit), "most", words(worst.Most, worst.Unit))
}

func expectedValues(l *locale.Locale, p *TrackPage) []components.Fact {
	if on := p.Parcel.DeliveredOn; on != "" && p.Parcel.Status.Tag == shipment.Delivered {
		return []components.Fact{{Name: l.T("faq.parcel.delivered"), Value: l.Day(string(on))}}
	}
	if title, days, basis, ok := expected(l, p); ok {
		return []components.Fact{{Name: title, Value: days, Note: basis}}
	}
	return []components.Fact{{Name: l.T("faq.parcel.expected"), Value: l.T("faq.parcel.unpromised")}}
}

func awaitedValues(l *locale.Locale, p *TrackPage) []components.Fact {
	facts := []components.Fact{{Name: l.T("faq.parcel.now"), Value: sentence(l, &p.Parcel)}}
	for i, task := range tasks(l, p) {
		fact := components.Fact{Name: l.T("faq.parcel.awaited"), Value: task.Task, Note: task.NoDeadline}
		if due := p.Needs[i].Due; due != "" {
			fact.Note = l.T("needed.by") + " " + l.Day(string(due))
		}
		facts = append(facts, fact)
	}
	if len(p.Needs) == 0 {
		facts = append(facts, components.Fact{Name: l.T("faq.parcel.awaited"), Value: nothingNeeded(l, &p.Parcel)})
	}
	return facts
}

func dutyValues(l *locale.Locale, p *TrackPage) []components.Fact {
	for _, n := range p.Needs {
		if n.Kind == needs.Duty && n.Due != "" {
			return []components.Fact{{
				Name: l.T("faq.parcel.duty"), Value: l.Day(string(n.Due)), Note: left(l, daysLeft(n, p)) + " · " + l.T("need.duty.rule"),
			}}
		}
	}
	return []components.Fact{{Name: l.T("faq.parcel.duty"), Value: l.T("faq.parcel.duty.none")}}
}

func pieceValues(l *locale.Locale, p *TrackPage) []components.Fact {
	n, of := max(p.Parcel.Piece, 1), max(p.Parcel.Pieces, 1)
	return []components.Fact{{
		Name: l.T("pieces.this"), Value: l.T("pieces.of", "n", l.Number(int64(n)), "of", l.Number(int64(of))),
	}}
}

// claimValues tell the shipper's last day, which follows from the day of acceptance.
func claimValues(l *locale.Locale, p *TrackPage) []components.Fact {
	last, ok := claim.LastDay(p.Parcel.AcceptedOn).Time()
	day, _ := claim.Day(p.Parcel.AcceptedOn, p.Parcel.OriginZone, p.Now)
	if !ok {
		return []components.Fact{{Name: l.T("faq.parcel.claim"), Value: l.T("faq.parcel.claim.none")}}
	}
	return []components.Fact{{
		Name: l.T("faq.parcel.claim"), Value: l.Day(last.Format(time.DateOnly)), Note: left(l, claim.Window-day),
	}}
}

// left words how many days are left to a last day.
func left(l *locale.Locale, days int) string {
	switch {
	case days < 0:
		return l.N("deadline.over", -days)
	case days == 0:
		return l.T("deadline.today")
	}
	return l.N("deadline.left", days)
}
