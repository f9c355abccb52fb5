package pages

import (
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// DashboardPage is the first page of an account: what is needed, what moves, and
// what has ended lately.
type DashboardPage struct {
	shelf.Dashboard
	// Zone is the clock that the visitor chose; nil for each parcel's destination.
	Zone *time.Location
	Now  time.Time
}

// urgent is the panel of the one parcel that comes first.
func (p *DashboardPage) urgent(l *locale.Locale, s layouts.Shell) []components.NeededTask {
	if len(p.Needs) == 0 {
		return nil
	}
	first := &p.Needs[0]
	list := tasks(l, &TrackPage{Parcel: first.Public, Needs: needs.Of(first.Public), Now: p.Now})
	for i := range list {
		list[i].Task = l.T("dashboard.task", "task", list[i].Task, "parcel", parcelName(first))
		list[i].Action, list[i].Href = l.T("dashboard.open"), shelfAddress(s, first)
	}
	return list
}

// dueLine is one of the other parcels that wait for something.
type dueLine struct {
	Name, Number, Href, Task string
	Due                      components.Deadline
}

// others are the parcels that wait after the first.
func (p *DashboardPage) others(l *locale.Locale, s layouts.Shell) []dueLine {
	if len(p.Needs) < 2 {
		return nil
	}
	lines := make([]dueLine, 0, len(p.Needs)-1)
	for i := 1; i < len(p.Needs); i++ {
		one := &p.Needs[i]
		line := dueLine{Name: one.Nickname, Number: one.Waybill.Grouped(), Href: shelfAddress(s, one), Task: ShelfTask(l, one)}
		if one.Due != "" {
			need := needs.Need{Due: one.Due}
			line.Due = components.Deadline{Day: string(one.Due), Days: daysLeft(need, &TrackPage{Parcel: one.Public, Now: p.Now})}
		}
		lines = append(lines, line)
	}
	return lines
}

// rest counts those of a list that are not shown.
func rest(total, shown int) int { return max(0, total-shown) }
