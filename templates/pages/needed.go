package pages

import (
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
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
		if n.Kind == needs.ID {
			list[i].Why = l.T(whyID(p.Parcel.DestCountry))
			if p.asksID() {
				list[i].Where = l.T("need.id.here")
			}
		}
		if n.Due == "" {
			list[i].NoDeadline = l.T("needed.no_day")
			continue
		}
		list[i].Deadline = components.Deadline{
			Day: string(n.Due), Days: daysLeft(n, p), Rule: l.T(key + ".rule"),
		}
		if n.Kind == needs.ID && list[i].Deadline.Days < 0 {
			list[i].Missed = l.T("need.id.late")
		}
	}
	return list
}

// openTasks are the tasks with the way to do them: an identity is given on pages of
// its own, where customs there asks for one.
func openTasks(l *locale.Locale, s layouts.Shell, p *TrackPage) []components.NeededTask {
	list := tasks(l, p)
	for i, n := range p.Needs {
		if n.Kind == needs.ID && p.asksID() {
			list[i].Where, list[i].Action = "", l.T("id.needs.start")
			list[i].Href = identityURL(s, IdentityParcel{Waybill: p.Parcel.Waybill}, "/needs")
		}
	}
	return list
}

// asksID tells whether customs at the destination asks for an identity today.
func (p *TrackPage) asksID() bool {
	_, asked := customs.RuleFor(p.Parcel.DestCountry, shipment.Date(p.today().Format(time.DateOnly)))
	return asked
}

// nothingNeeded is the plain line when customs waits for nothing: most often
// that nothing is needed, otherwise whom to ask.
func nothingNeeded(l *locale.Locale, p *shipment.Public) string { return l.T(nothingKey(p)) }

// nothingShort is the same in a word, for a list.
func nothingShort(l *locale.Locale, p *shipment.Public) string {
	switch nothingKey(p) {
	case "needed.nothing", "needed.nothing.delivered", "needed.nothing.shop":
		return l.T("list.nothing")
	}
	return l.T("list.look")
}

func nothingKey(p *shipment.Public) string {
	if ending(p.Status) != "" {
		return "needed.nothing.shop"
	}
	switch p.Status.Tag {
	case shipment.Delivered:
		return "needed.nothing.delivered"
	case shipment.AvailableForPickup:
		return "needed.nothing.pickup"
	case shipment.AttemptFail:
		return "needed.nothing.attempt"
	case shipment.Expired:
		return "needed.nothing.silent"
	}
	switch p.Status.Subtag {
	case "Exception_002", "Exception_007":
		return "needed.nothing.address"
	case "Exception_006":
		return "needed.nothing.payment"
	case "Exception_018":
		return "needed.nothing.documents"
	case "Exception_003", "Exception_008", "Exception_009", "Exception_012":
		return "needed.nothing.shop"
	}
	return "needed.nothing"
}

// whyID names the document that customs of a destination asks for.
func whyID(country string) string {
	switch country {
	case "CN", "KR", "TW":
		return "need.id.why." + country
	}
	return "need.id.why"
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
