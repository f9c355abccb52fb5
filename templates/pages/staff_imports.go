package pages

import (
	"strconv"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

func importPath(r shipment.Report) string {
	return "/staff/imports/" + strconv.FormatInt(r.ID, 10)
}

// importName says what came in and by which way.
func importName(l *locale.Locale, r shipment.Report) string {
	return l.T("staff.import." + r.Kind + "." + r.Origin)
}

func importFacts(l *locale.Locale, r shipment.Report) []components.Fact {
	counts := []struct {
		key string
		n   int
	}{
		{"received", r.Received}, {"added", r.Added}, {"replaced", r.Replaced}, {"unchanged", r.Unchanged},
		{"waiting", r.Waiting}, {"rejected", r.Rejected},
	}
	facts := make([]components.Fact, len(counts))
	for i, c := range counts {
		facts[i] = components.Fact{Name: l.T("staff.import.count." + c.key), Value: l.Number(int64(c.n))}
	}
	return facts
}
