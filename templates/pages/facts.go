package pages

import (
	"strconv"
	"strings"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// lastMile tells who delivers in the destination country, and under which number.
func lastMile(l *locale.Locale, p *shipment.Public) []components.Fact {
	var facts []components.Fact
	if p.LastMileCarrier != "" {
		facts = append(facts, components.Fact{Name: l.T("lastmile.carrier"), Value: p.LastMileCarrier})
	}
	if p.LastMileNumber != "" {
		facts = append(facts, components.Fact{
			Name: l.T("lastmile.number"), Value: p.LastMileNumber, Note: l.T("lastmile.note"), Code: true,
		})
	}
	return facts
}

// pieces tells which of how many boxes this is; the others are named after unlocking.
func pieces(l *locale.Locale, s layouts.Shell, p *TrackPage) []components.Fact {
	if p.Parcel.Pieces < 2 {
		return nil
	}
	facts := []components.Fact{{
		Name:  l.T("pieces.this"),
		Value: l.T("pieces.of", "n", strconv.Itoa(p.Parcel.Piece), "of", strconv.Itoa(p.Parcel.Pieces)),
	}}
	if p.Private == nil {
		facts[0].Note = l.T("pieces.locked")
		return facts
	}
	for _, w := range p.Private.Siblings {
		facts = append(facts, components.Fact{Name: l.T("pieces.other"), Value: w.Grouped(), Href: address(s, string(w))})
	}
	return facts
}

// parcelFacts are order, terms, weights and sizes; unlocked view only.
func parcelFacts(l *locale.Locale, r *shipment.Record) []components.Fact {
	var list factList
	list.add(l.T("parcel.order"), r.OrderNo)
	if r.Incoterm != "" {
		list.add(l.T("parcel.terms"), l.T("parcel.terms."+strings.ToLower(r.Incoterm)))
	}
	list.add(l.T("parcel.declared"), measure(l, r.Declared))
	list.add(l.T("parcel.measured"), measure(l, r.Measured))
	return list
}

func measure(l *locale.Locale, m shipment.Measure) string {
	weight, size := l.Weight(m.Weight, m.WeightUnit), l.Size(m.Length, m.Width, m.Height, m.DimUnit)
	if weight == "" || size == "" {
		return weight + size
	}
	return weight + " · " + size
}

// partyFacts are one party's data with phone and e-mail masked; unlocked view only.
func partyFacts(l *locale.Locale, p *shipment.Party, country string) []components.Fact {
	var list factList
	list.add(l.T("party.name"), p.Name)
	if p.NameLatin != p.Name {
		list.add(l.T("party.name_latin"), p.NameLatin)
	}
	list.add(l.T("party.phone"), maskPhone(p.Phone, country))
	list.add(l.T("party.email"), maskEmail(p.Email))
	list.add(l.T("party.address"), p.Address)
	list.add(l.T("party.postcode"), p.Postcode)
	return list
}

type factList []components.Fact

func (f *factList) add(name, value string) {
	if value != "" {
		*f = append(*f, components.Fact{Name: name, Value: value})
	}
}

// maskPhone hides the last four digits of a Korean number and four in the
// middle of all others, as people of each country know it.
func maskPhone(phone, country string) string {
	at := make([]int, 0, 16) // where the digits are
	for i := range len(phone) {
		if phone[i] >= '0' && phone[i] <= '9' {
			at = append(at, i)
		}
	}
	if len(at) < 7 {
		return strings.Repeat("*", len(at))
	}
	from := len(at) - 8
	if country == "KR" {
		from = len(at) - 4
	}
	masked := []byte(phone)
	for _, i := range at[max(from, 0) : max(from, 0)+4] {
		masked[i] = '*'
	}
	return string(masked)
}

// maskEmail keeps the first letter and the domain.
func maskEmail(email string) string {
	name, domain, ok := strings.Cut(email, "@")
	if !ok || name == "" {
		return ""
	}
	first := []rune(name)[:1]
	return string(first) + "***@" + domain
}
