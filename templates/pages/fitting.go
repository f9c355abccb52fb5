package pages

import (
	"ecms/portal/internal/faq"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
)

// fitting picks the questions that people have about a parcel in its state, most
// pressing first.
func fitting(p *TrackPage) []string {
	for _, n := range p.Needs {
		switch n.Kind {
		case needs.ID:
			return []string{"2.6", "2.5", "4.4"}
		case needs.Duty:
			return []string{"2.2", "4.6", "2.3"}
		case needs.Invoice:
			return []string{"2.1", "4.4"}
		}
	}
	switch ending(p.Parcel.Status) {
	case "":
	case "lost":
		return []string{"4.8", "4.13", "4.14"}
	default:
		return []string{"4.3", "4.6", "4.7"}
	}
	switch p.Parcel.Status.Tag {
	case shipment.Delivered:
		return []string{"4.8", "4.9", "4.14"}
	case shipment.InTransit, shipment.Exception:
		if p.Parcel.Status.Customs == shipment.Inspection {
			return []string{"1.7", "4.4"}
		}
	}
	switch p.Parcel.Status.Tag {
	case shipment.Exception, shipment.AttemptFail, shipment.Expired:
		return []string{"4.4", "1.3", "4.11"}
	}
	return []string{"4.1", "4.4", "1.3"}
}

// fittingQuestions are those questions in the visitor's language.
func fittingQuestions(l *locale.Locale, p *TrackPage) []faq.Question {
	ids := fitting(p)
	book := faq.Load(l.Language())
	questions := make([]faq.Question, 0, len(ids))
	for _, id := range ids {
		if q, ok := book.Find(id); ok {
			questions = append(questions, q)
		}
	}
	return questions
}
