package pages

import (
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
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

func (p NeedsPage) fix() string {
	if p.Identity.State == customs.Refused && p.Identity.Fix != "" {
		return p.Identity.Fix
	}
	return "/id"
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
	// Blocked says that withdrawing was asked for and can't be.
	Blocked bool
}

func (p IdentityPage) head(l *locale.Locale) identityHead {
	state := string(p.Identity.State)
	h := identityHead{Title: l.T("id.status." + state + ".title"), Lead: l.T("id.status." + state + ".lead"), Parcel: p.Parcel}
	if p.Just {
		h.Title, h.Lead = l.T("id.done.title"), l.T("id.done.lead")
	}
	if p.Blocked {
		h.Halt.Text = l.T("id.withdraw.blocked", "n", p.Parcel.released())
	}
	return h
}

// again tells whether the whole identity is to be given anew.
func (p IdentityPage) again() bool {
	switch p.Identity.State {
	case customs.Withdrawn, customs.Expired, customs.Erased:
		return p.Open
	}
	return false
}

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
	keep := l.T("id.keep.released", "n", p.Parcel.released())
	if i.KeepUntil != "" {
		keep = l.Day(string(i.KeepUntil))
	}
	if i.State != customs.Erased {
		put("id.keep.until", keep)
	}
	return facts
}

// GivenConsent is a consent on a receipt.
type GivenConsent struct {
	Kind    string // customs, keep or transfer
	Version string
	At      time.Time
	// WithdrawnAt is zero while it stands.
	WithdrawnAt time.Time
}

// ReceiptPage is the paper that shows what was given, masked.
type ReceiptPage struct {
	Parcel   IdentityParcel
	Identity Identity
	Given    Given
	// Pictures counts them; they are not shown again.
	Pictures int
	Consents []GivenConsent
}

func (p ReceiptPage) facts(l *locale.Locale) []components.Fact {
	page := IdentityPage{Parcel: p.Parcel, Identity: p.Identity}
	facts := page.facts(l)
	for _, a := range (CheckPage{Parcel: p.Parcel, Given: p.Given}).answers(l) {
		facts = append(facts, components.Fact{Name: a.name, Value: a.value})
	}
	if p.Pictures > 0 {
		facts = append(facts, components.Fact{Name: l.T("id.check.pictures"), Value: l.N("id.receipt.pictures", p.Pictures)})
	}
	return facts
}

// IdentityLinkPage asks for the second fact behind the link of a parcel.
type IdentityLinkPage struct {
	Waybill shipment.Waybill
	Country string
	// PhoneLast4 is what was typed; the form posts to its own address.
	PhoneLast4 string
	Problems   fault.Invalid
	// LockedFor is how long it stays shut after too many wrong tries.
	LockedFor time.Duration
}

// IdentityLinkForm is what POST /p/{key} takes.
type IdentityLinkForm struct {
	PhoneLast4 string `form:"phone_last4"`
}

func (p IdentityLinkPage) head(l *locale.Locale) identityHead {
	h := stepHead(IdentityParcel{}, 0, p.Problems, func(one fault.Problem) string { return flawText(l, one, "") })
	h.Title, h.Lead = l.T("id.link.title"), l.T("id.link.lead", "country", l.Country(p.Country))
	if p.LockedFor > 0 {
		h.Halt.Text = l.T("unlock.locked", "wait", l.Wait(p.LockedFor))
	}
	return h
}

func (p IdentityLinkPage) field(l *locale.Locale) components.Field {
	return components.Field{
		Name: "phone_last4", Label: l.T("unlock.phone_last4"), Hint: l.T("unlock.phone_last4.hint"), Value: p.PhoneLast4,
		InputMode: "numeric", Autocomplete: "off", Max: 12, Short: true, Error: problemText(l, p.Problems, "phone_last4"),
	}
}

// IdentityShut tells why a parcel's identity can't be given here.
type IdentityShut string

// The reasons.
const (
	ShutSpent    IdentityShut = "spent"     // the link expired, was revoked or never was
	ShutNoRight  IdentityShut = "no_right"  // neither link, second fact nor account opens the parcel
	ShutNotAsked IdentityShut = "not_asked" // customs there asks for no identity, or the parcel is through
)

// RecallPage looks for saved people of who has no account: by an address, then by
// the code that was sent there.
type RecallPage struct {
	Parcel IdentityParcel
	// Sent tells that a code is on its way, if the address is known.
	Sent     bool
	Form     RecallForm
	Problems fault.Invalid
	Wait     time.Duration
}

// RecallForm is what POST /parcels/{n}/id/recall takes: an address, or a code.
type RecallForm struct {
	Email string `form:"email"`
	Code  string `form:"code"`
}

func (p RecallPage) head(l *locale.Locale) identityHead {
	h := stepHead(p.Parcel, 1, p.Problems, func(one fault.Problem) string { return flawText(l, one, "") })
	h.Title, h.Lead = l.T("id.recall.title"), l.T("id.recall.lead")
	if p.Sent {
		h.Lead = l.T("id.recall.sent")
	}
	if p.Wait > 0 {
		h.Halt.Text = l.T("door.letters.wait", "wait", l.Wait(p.Wait))
	}
	return h
}

func (p RecallPage) field(l *locale.Locale) components.Field {
	if !p.Sent {
		return emailField(l, p.Form.Email, "email", p.Problems)
	}
	return components.Field{
		Name: "code", Label: l.T("code.code"), Hint: l.T("code.code.hint"), Value: p.Form.Code, InputMode: "numeric",
		Autocomplete: "one-time-code", Max: 20, Short: true, Error: problemText(l, p.Problems, "code"),
	}
}
