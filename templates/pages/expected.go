package pages

import (
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// expected words the days on which delivery is expected and what they rest on;
// false when there is nothing to expect any more, or no promise.
func expected(l *locale.Locale, p *shipment.Public) (days, basis string, ok bool) {
	if p.Status.Tag == shipment.Delivered || ending(p.Status) != "" {
		return "", "", false
	}
	e, ok := p.Expected()
	if !ok {
		return "", "", false
	}
	return l.Range(string(e.From), string(e.To)), l.T("expected.basis." + string(e.Basis)), true
}
