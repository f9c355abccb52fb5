package pages

import (
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// stateTone tells a state by a shape beside the word.
func stateTone(s customs.State) components.Tone {
	switch s {
	case customs.Accepted:
		return components.ToneDone
	case customs.Refused:
		return components.ToneStop
	case customs.Review:
		return components.ToneMoving
	}
	return components.ToneWait
}

// Identity is a parcel's identity as its owner sees it.
type Identity struct {
	State customs.State // empty when nothing was given yet
	// Reference is what the person was given to ask by.
	Reference string
	// SubmittedAt and DecidedAt are zero while that is to come.
	SubmittedAt, DecidedAt time.Time
	// Zone is the destination's clock.
	Zone *time.Location
	// Reason is the code of a refusal, Fix where it is mended: "/id/person" or "/id/document".
	Reason customs.Reason
	Fix    string
	// KeepUntil is the day of erasure; empty while the parcel is on its way.
	KeepUntil shipment.Date
}

func (i Identity) when(l *locale.Locale, at time.Time) string {
	if i.Zone != nil {
		at = at.In(i.Zone)
	}
	return l.DateTime(at)
}

// IdentityPage tells what became of an identity, and what can be done about it.
type IdentityPage struct {
	Parcel   IdentityParcel
	Identity Identity
	// Just tells that it was sent a moment ago: the page confirms it.
	Just bool
	// Kept tells that the person is saved for the next parcel.
	Kept bool
	// Open tells that it may still be replaced or withdrawn: customs has not released the parcel.
	Open bool
	// Looks are who saw or handled it, newest first.
	Looks []IdentityLook
	// Blocked says that withdrawing was asked for and can't be.
	Blocked bool
}

func (p IdentityPage) head(l *locale.Locale) identityHead {
	key := "id.status." + string(p.Identity.State)
	if p.Just {
		key = "id.done"
	}
	h := identityHead{Title: l.T(key + ".title"), Lead: l.T(key + ".lead"), Parcel: p.Parcel}
	if own := key + ".lead." + p.Parcel.lower(); l.Has(own) { // where something is left to do elsewhere
		h.Lead = l.T(own)
	}
	if p.Blocked {
		h.Halt.Text = l.T("id.withdraw.blocked", "n", p.Parcel.released())
	}
	return h
}

// aside is the parcel as it stands beside the state: with its last day only while
// something is still to be given.
func (p IdentityPage) aside() IdentityParcel {
	if p.Identity.State != customs.Refused && !p.again() {
		p.Parcel.Due = ""
	}
	return p.Parcel
}

// again tells whether the whole identity is to be given anew.
func (p IdentityPage) again() bool { return p.gone() && p.Open }

func (p IdentityPage) facts(l *locale.Locale) []components.Fact {
	i := p.Identity
	facts := []components.Fact{{Name: l.T("id.reference"), Value: i.Reference, Code: true, Note: l.T("id.reference.note")}}
	put := func(key, value string) {
		if value != "" {
			facts = append(facts, components.Fact{Name: l.T(key), Value: value})
		}
	}
	if !i.SubmittedAt.IsZero() {
		put("id.submitted", i.when(l, i.SubmittedAt))
	}
	if !i.DecidedAt.IsZero() {
		put("id.decided", i.when(l, i.DecidedAt))
	}
	if p.gone() {
		return facts
	}
	keep := l.T("id.keep.released", "n", p.Parcel.released())
	if i.KeepUntil != "" {
		keep = l.Day(string(i.KeepUntil))
	}
	put("id.keep.until", keep)
	return facts
}

// gone tells that what was given can't be read any more: only that it was given is known.
func (p IdentityPage) gone() bool {
	switch p.Identity.State {
	case customs.Withdrawn, customs.Expired, customs.Erased:
		return true
	}
	return false
}

// summary is what the facts are called.
func (p IdentityPage) summary() string {
	if p.gone() {
		return "id.receipt.title"
	}
	return "id.receipt.short"
}
