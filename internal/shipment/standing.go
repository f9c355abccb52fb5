package shipment

import (
	"cmp"
	"slices"
	"time"
)

// Silence is how long nothing may be heard of a parcel before it counts as expired.
const Silence = 30 * 24 * time.Hour

// Standing tells where a parcel stands at a moment: what its checkpoints, in
// any order, and the shipment record of the feed together say.
func Standing(cs []Checkpoint, r Record, addedAt, now time.Time) Status {
	return stand(sorted(cs), headOf(r, addedAt), now)
}

// event is a checkpoint with what its code means.
type event struct {
	Checkpoint
	meaning
	rank int
}

// sorted puts checkpoints in the order in which they happened; it depends on
// nothing but themselves, so that any order of arrival tells the same.
func sorted(cs []Checkpoint) []event {
	events := make([]event, len(cs))
	for i, c := range cs {
		subtag, customs, _ := Translate(c.Source, c.Code)
		events[i] = event{c, meaning{subtag, customs}, rankOf(subtag)}
	}
	slices.SortFunc(events, func(a, b event) int {
		if d := a.At.Compare(b.At); d != 0 {
			return d
		}
		if d := cmp.Compare(a.rank, b.rank); d != 0 {
			return d
		}
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Key(), b.Key()))
	})
	return events
}

// stand reads events in their order. After a delivery only a return or another
// delivery changes the status; a code without meaning never does, but breaks silence.
func stand(events []event, h head, now time.Time) Status {
	s := Status{Subtag: InfoGiven, Checkpoints: len(events)}
	heard, delivered := h.AcceptedAt, false
	for _, e := range events {
		heard = later(heard, e.At)
		switch tag := e.subtag.Tag(); {
		case tag == AttemptFail:
			s.Attempts++
		case tag == Delivered:
			delivered = true
		}
		if e.subtag == "" || delivered && e.subtag.Tag() != Delivered && e.subtag != Returning && e.subtag != Returned {
			continue
		}
		s.Subtag, s.At = e.subtag, e.At
	}
	s.Customs, s.CustomsSince = clearance(events, h)
	if s.At.IsZero() && h.AcceptedAt.IsZero() {
		heard = later(heard, h.AddedAt)
	}
	if silentFrom := heard.Add(Silence); !s.Subtag.Final() && s.Subtag != SilentForThirty && !now.Before(silentFrom) {
		s.Subtag, s.At = SilentForThirty, silentFrom
	}
	s.Tag = s.Subtag.Tag()
	return s
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// clearance tells the customs state and since when. The last event that tells
// a state wins; the feed's own word on the shipment replaces it. A parcel that
// has gone on or back since can't be waiting any more, whoever said so; nor for
// an identity that was accepted since, unless a newer record asks again.
func clearance(events []event, h head) (state CustomsState, since time.Time) {
	over, fed := false, h.FedCustoms
	for _, e := range events {
		if e.acceptsID() {
			if state == AwaitingID {
				state, since = "", time.Time{}
			}
			if fed == AwaitingID && e.Rev >= h.Rev {
				fed = ""
			}
		}
		if e.customs != "" {
			state, since = e.customs, e.At
			over = over && !e.customs.Pending()
		}
		if end := e.subtag.clearanceEnd(); end != "" {
			over = true
			if state.Pending() {
				state, since = end, e.At
			}
		}
	}
	if fed == "" || fed == state || over && fed.Pending() {
		return state, since
	}
	return fed, time.Time{}
}

// clearanceEnd is how customs must have ended for a parcel of which such an
// event is heard; empty when it may be waiting still.
func (s Subtag) clearanceEnd() CustomsState {
	switch s.Tag() {
	case OutForDelivery, AttemptFail, AvailableForPickup, Delivered:
		return Released
	}
	switch s {
	case Cleared:
		return Released
	case Returning, Returned:
		return ReturnStarted
	}
	return ""
}

// rankOf is a subtag's place in a parcel's life; of the same tag a finer order
// than the tag's own. Codes without meaning come first.
func rankOf(s Subtag) int {
	return slices.Index(lifeOrder, s)
}
