package pages

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// StaffOverview is how things stand, for the carrier's people.
type StaffOverview struct {
	Figures shipment.Figures
	// Rejected counts rows that imports rejected in the last day.
	Rejected int
	// FailedJobs counts background work that used up its tries.
	FailedJobs int
	// Identities counts those that wait for somebody to check them.
	Identities int
}

// StaffSearch is the search of the staff with what it found.
type StaffSearch struct {
	// Typed is what was typed or pasted; Found is nil before anything was.
	Typed    string
	Found    *shipment.Found
	Problems fault.Invalid
}

// StaffImports is a page of imports of which rows were rejected, and whether older ones follow.
type StaffImports struct {
	Reports []shipment.Report
	More    bool
}

// StaffImport is one import with a page of its rejected rows, after the first Skip.
type StaffImport struct {
	Report shipment.Report
	Rows   []shipment.RejectedRow
	Skip   int64
}

// clockUTC is a moment of our own records in words, by the clock that all of the
// staff share; empty for none.
func clockUTC(l *locale.Locale, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return l.DateTime(at.UTC()) + " UTC"
}

// tagFacts counts parcels by tag, in the order of a parcel's life.
func tagFacts(l *locale.Locale, f shipment.Figures) []components.Fact {
	var facts []components.Fact
	total := 0
	for _, tag := range shipment.Tags() {
		if n := f.Parcels[tag]; n > 0 {
			total += n
			facts = append(facts, components.Fact{Name: l.Tag(string(tag)), Value: l.Number(int64(n))})
		}
	}
	return slices.Insert(facts, 0, components.Fact{Name: l.T("staff.overview.parcels.all"), Value: l.Number(int64(total))})
}

// backlog is one count of what waits for somebody of the staff.
type backlog struct {
	name, value, why string
	more, path       string             // leads to the list; empty where there is none
	numbers          []shipment.Waybill // some of those that it counts
}

func backlogs(l *locale.Locale, p StaffOverview) []backlog {
	waiting, codes := "–", "–"
	if !p.Figures.At.IsZero() {
		waiting, codes = l.Number(int64(p.Figures.Waiting)), l.Number(int64(len(p.Figures.Codes)))
	}
	return []backlog{
		{
			name: l.T("staff.ids.title"), value: l.Number(int64(p.Identities)), why: l.T("staff.overview.ids.why"),
			more: l.T("staff.overview.ids.more"), path: "/staff/ids",
		},
		{name: l.T("staff.overview.waiting"), value: waiting, why: l.T("staff.overview.waiting.why"), numbers: p.Figures.Unclaimed},
		{
			name: l.T("staff.overview.codes"), value: codes, why: l.T("staff.overview.codes.why"),
			more: l.T("staff.overview.codes.more"), path: "/staff/codes",
		},
		{
			name: l.T("staff.overview.rejected"), value: l.Number(int64(p.Rejected)), why: l.T("staff.overview.rejected.why"),
			more: l.T("staff.overview.rejected.more"), path: "/staff/imports",
		},
		{
			name: l.T("staff.overview.jobs"), value: l.Number(int64(p.FailedJobs)),
			why: l.T("staff.overview.jobs.why", "command", "portal jobs"),
		},
	}
}

// staffAddress is where the staff finds everything about a parcel.
func staffAddress(s layouts.Shell, w shipment.Waybill) string {
	return s.URL("/staff/parcels/" + url.PathEscape(string(w)))
}

func searchField(l *locale.Locale, p StaffSearch) components.Field {
	return components.Field{
		Name: "q", Label: l.T("staff.search.label"), Hint: l.T("staff.search.hint"), Value: p.Typed, Rows: 1,
		Autocomplete: "off", Error: problemText(l, p.Problems, "q"),
	}
}

// found says how many parcels a search shows.
func found(l *locale.Locale, f *shipment.Found) string {
	switch {
	case len(f.Hits) == 0:
		return l.T("staff.search.none")
	case f.More:
		return l.T("staff.search.more", "n", l.Number(shipment.MostHits))
	}
	return l.N("staff.search.found", len(f.Hits))
}

// hitView is one parcel of a search, people's data masked.
type hitView struct {
	number, href string
	tag          string
	tone         components.Tone
	status, when string
	consignee    string
	shipper      string
	route        string
	order, local string
}

func hitViews(l *locale.Locale, s layouts.Shell, hits []shipment.Hit) []hitView {
	list := make([]hitView, len(hits))
	for i, h := range hits {
		v := hitView{number: h.Waybill.Grouped(), href: staffAddress(s, h.Waybill)}
		if h.Waiting {
			v.tag, v.tone, v.status = l.T("staff.waiting"), components.ToneWait, l.T("staff.waiting.why")
		} else {
			v.tag, v.tone = stamp(l, &shipment.Public{Status: h.Status})
			v.status, v.when = hitStatus(l, h.Status, v.tag), clockUTC(l, h.Status.At)
			v.consignee, v.shipper = maskParty(h.Consignee, h.Dest), maskParty(h.Shipper, h.Origin)
			v.route = l.Country(h.Origin) + " → " + l.Country(h.Dest)
			v.order, v.local = h.OrderNo, h.LastMileNumber
		}
		list[i] = v
	}
	return list
}

// hitStatus says more of a status than its tag does; empty when there is no more.
func hitStatus(l *locale.Locale, s shipment.Status, tag string) string {
	var parts []string
	if words := l.Status(string(s.Subtag)); words != tag {
		parts = append(parts, words)
	}
	if s.Customs != "" {
		parts = append(parts, l.Customs(string(s.Customs)))
	}
	return strings.Join(parts, " · ")
}

// maskParty is a person in a list: the first character of the name and the
// phone as it is masked in that country.
func maskParty(p shipment.Party, country string) string {
	parts := []string{maskName(p.Name)}
	if phone := maskPhone(p.Phone, country); phone != "" {
		parts = append(parts, phone)
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// maskName keeps the first character of a name and does not tell how many follow.
func maskName(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	return string(first) + "***"
}
