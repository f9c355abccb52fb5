package pages

import (
	"ecms/portal/internal/locale"
	"ecms/portal/internal/paper"
)

// Paper is the receipt to keep: what the page shows, in the same masks.
func (p ReceiptPage) Paper(l *locale.Locale) paper.Sheet {
	number := l.T("waybill.number") + " " + p.Parcel.Waybill.Grouped()
	given := paper.Section{Title: number}
	for _, f := range p.facts(l) {
		given.Facts = append(given.Facts, paper.Fact{Name: f.Name, Values: []string{f.Value}, Note: f.Note})
	}
	agreed := paper.Section{Title: l.T("id.consents")}
	for _, c := range p.Consents {
		when := []string{l.T("id.consent.given", "when", p.Identity.when(l, c.At), "version", c.Version)}
		if !c.WithdrawnAt.IsZero() {
			when = append(when, l.T("id.consent.withdrawn", "when", p.Identity.when(l, c.WithdrawnAt)))
		}
		agreed.Facts = append(agreed.Facts, paper.Fact{Name: l.T("id.consent."+c.Kind, "country", l.Country(p.Parcel.Country)), Values: when})
	}
	sheet := paper.Sheet{
		Language: l.Language(), From: "ECMS Express", Title: l.T("id.receipt.title"), Stamp: l.T("id.state." + string(p.Identity.State)),
		Foot: number, Sections: []paper.Section{given},
		Notes: []string{l.T("id.basis." + p.Parcel.lower()), l.T("id.receipt.masked")},
	}
	if len(agreed.Facts) > 0 {
		sheet.Sections = append(sheet.Sections, agreed)
	}
	return sheet
}
