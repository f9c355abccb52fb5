package pages

import (
	"slices"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// parcelRows sets the rows of a list, those that need something first and
// otherwise in the order in which they were asked for.
func parcelRows(l *locale.Locale, s layouts.Shell, rows []ListRow) []components.ParcelRow {
	list := make([]components.ParcelRow, len(rows))
	for i := range rows {
		p := &rows[i].Parcel
		word, tone := stamp(l, p)
		days := l.Day(string(p.DeliveredOn))
		if span, ok := Expected(p); ok {
			days = l.Range(string(span.From), string(span.To))
		}
		list[i] = components.ParcelRow{
			Number: p.Waybill.Grouped(), Href: address(s, string(p.Waybill)), Tag: word, Tone: tone,
			Sentence: sentence(l, p), Updated: updated(l, p), Needed: neededShort(l, rows[i].Needs), Nothing: nothingShort(l, p), Expected: days,
		}
	}
	slices.SortStableFunc(list, func(a, b components.ParcelRow) int {
		return order(a) - order(b)
	})
	return list
}

// listTitle counts the parcels that were found.
func listTitle(l *locale.Locale, found int) string {
	if found == 0 {
		return l.T("list.empty")
	}
	return l.N("list.title", found)
}

func order(r components.ParcelRow) int {
	if r.Needed != "" {
		return 0
	}
	return 1
}
