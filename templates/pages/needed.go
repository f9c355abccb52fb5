package pages

import (
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// tasks words what a parcel needs: task, reason, last day and what happens otherwise.
func tasks(l *locale.Locale, p *TrackPage) []components.NeededTask {
	list := make([]components.NeededTask, len(p.Needs))
	for i, n := range p.Needs {
		key := "need." + string(n.Kind)
		list[i] = components.NeededTask{
			Task: l.T(key + ".task"), Why: l.T(key + ".why"),
			Missed: l.T(key + ".missed"), Where: l.T(key + ".where"),
		}
		if n.Due == "" {
			list[i].NoDeadline = l.T("needed.no_day")
			continue
		}
		list[i].Deadline = components.Deadline{
			Day: string(n.Due), Days: daysLeft(n, p), Rule: l.T(key + ".rule"),
		}
	}
	return list
}

// nothingNeeded is the plain line when a parcel waits for nobody.
func nothingNeeded(l *locale.Locale, p *shipment.Public) string {
	if p.Status.Tag == shipment.Delivered {
		return l.T("needed.nothing.delivered")
	}
	return l.T("needed.nothing")
}

// daysLeft counts the days from today to the last day, both at the destination.
func daysLeft(n needs.Need, p *TrackPage) int {
	due, err := time.Parse(time.DateOnly, string(n.Due))
	if err != nil {
		return 0
	}
	y, m, d := p.today().Date()
	return int(due.Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
}

// neededShort names what a parcel of a list waits for.
func neededShort(l *locale.Locale, list []needs.Need) string {
	if len(list) == 0 {
		return ""
	}
	return l.T("need." + string(list[0].Kind) + ".task")
}
