package pages

import (
	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// NeedsPage lists what a parcel needs, done and to do.
type NeedsPage struct {
	Parcel   IdentityParcel
	Identity Identity
	// Others are the needs beside the identity.
	Others []needs.Need
}

// tasks are the open ones, the identity first.
func (p NeedsPage) tasks(l *locale.Locale, s layouts.Shell) (list []components.NeededTask) {
	if p.open() {
		t := components.NeededTask{
			Task: l.T("need.id.task"), Why: l.T(whyID(p.Parcel.Country)), Missed: l.T("need.id.missed"),
			Action: l.T("id.needs." + p.action()), Href: identityURL(s, p.Parcel, p.fix()),
		}
		if p.Identity.State == customs.Refused {
			t.Why = l.T("id.refusal." + string(p.Identity.Reason))
		}
		if p.Parcel.Due == "" {
			t.NoDeadline = l.T("needed.no_day")
		} else {
			t.Deadline = p.Parcel.deadline(l)
			if t.Deadline.Days < 0 {
				t.Missed = l.T("need.id.late")
			}
		}
		list = append(list, t)
	}
	for _, n := range p.Others {
		key := "need." + string(n.Kind)
		list = append(list, components.NeededTask{
			Task: l.T(key + ".task"), Why: l.T(key + ".why"), Missed: l.T(key + ".missed"), Where: l.T(key + ".where"), NoDeadline: l.T("needed.no_day"),
		})
	}
	return list
}

// open tells whether the identity is still to be given.
func (p NeedsPage) open() bool {
	return p.Identity.State != customs.Review && p.Identity.State != customs.Accepted
}

func (p NeedsPage) action() string {
	switch p.Identity.State {
	case customs.Draft:
		return "continue"
	case customs.Refused:
		return "correct"
	}
	return "start"
}

// fix is the step at which the identity is given, mended, or given anew.
func (p NeedsPage) fix() string {
	switch p.Identity.State {
	case customs.Refused:
		if p.Identity.Fix != "" {
			return p.Identity.Fix
		}
	case customs.Withdrawn, customs.Expired, customs.Erased:
		return "/id/person"
	}
	return "/id"
}
