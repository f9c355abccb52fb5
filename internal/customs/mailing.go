package customs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// Mailing is a mail about a parcel's identity that is to be sent now. It holds
// nothing that somebody gave.
type Mailing struct {
	Ref      string
	Kind     LetterKind
	Waybill  shipment.Waybill
	To       string
	Language locale.Language
	Country  string // of destination, ISO 3166-1 alpha-2
	// Due is the last day for an identity and Left the days until then, both at the
	// destination; Due is empty when customs does not wait for one.
	Due  shipment.Date
	Left int
	// Link is the key of a link to the form, which opens it until the day Until; empty
	// for mails that ask for nothing.
	Link  string
	Until shipment.Date
	// Reason, Doc and Parts tell what was refused, and what is asked again.
	Reason Reason
	Doc    DocType
	Parts  []string
}

// ToSend is what an owed mail has to say now. fault.ErrNotFound when it was sent,
// when it is true no more, or when nobody is known to get it. Asked again after
// a kill, it says the same, with the same link.
func (s *Store) ToSend(ctx context.Context, ref string) (Mailing, error) {
	var l letter
	err := s.work.Get(ctx, &l, `select `+letterColumns+` from identity_letters where ref = $1 and ended_at is null`, ref)
	if err != nil {
		return Mailing{}, fmt.Errorf("mail to send: %w", missing(err))
	}
	m, how, err := s.compose(ctx, l)
	if errors.Is(err, fault.ErrNotFound) {
		err = errors.Join(err, s.endLetter(ctx, ref, how))
	}
	if err != nil {
		return Mailing{}, fmt.Errorf("mail to send: %w", err)
	}
	return m, nil
}

// compose fills in what a mail tells; how is why there is none where none is found.
func (s *Store) compose(ctx context.Context, l letter) (m Mailing, how string, err error) {
	p, err := s.shipments.Lookup(ctx, l.Waybill)
	if err != nil {
		return m, endedMoot, err
	}
	m = Mailing{Ref: l.Ref, Kind: l.Kind, Waybill: l.Waybill, Country: p.DestCountry}
	switch l.Kind {
	case LetterAccepted, LetterRefused:
		err = s.tellDecision(ctx, l, p, &m)
	case LetterAsked, LetterReminder, LetterReturn:
		err = s.tellRequest(ctx, l, p, &m)
	}
	if err != nil {
		return m, endedMoot, err
	}
	if err = s.address(ctx, l, &m); err != nil {
		return m, endedNobody, err
	}
	if l.Kind == LetterAccepted {
		return m, "", nil
	}
	var until time.Time
	m.Link, until, err = s.linkOf(ctx, l)
	m.Until = localDay(until, p.DestZone)
	return m, endedMoot, err
}

// tellRequest is true while the request is the one that the mail is about. Nobody
// is reminded of what they have done, have taken back, or can do in time no more.
func (s *Store) tellRequest(ctx context.Context, l letter, p shipment.Public, m *Mailing) error {
	r, err := s.ToRemind(ctx, l.Waybill)
	if err != nil {
		return err
	}
	m.Due, m.Left = r.DueOn, daysBetween(localDay(s.now(), p.DestZone), r.DueOn)
	switch {
	case r.AskedOn != l.AskedOn, (l.Kind == LetterReturn) != (m.Left < 0):
		return fault.ErrNotFound
	case l.Kind == LetterReturn:
		return nil
	}
	last, err := s.Current(ctx, l.Waybill)
	switch {
	case errors.Is(err, fault.ErrNotFound):
		return nil
	case err == nil && last.State == Withdrawn:
		return fault.ErrNotFound
	}
	return err
}

// tellDecision is true while the decision stands, and a part is asked again while
// customs still asks.
func (s *Store) tellDecision(ctx context.Context, l letter, p shipment.Public, m *Mailing) error {
	i, err := s.ByID(ctx, l.Identity)
	if err != nil {
		return err
	}
	if string(i.State) != string(l.Kind) {
		return fault.ErrNotFound
	}
	m.Reason, m.Doc, m.Parts = i.Refusal, i.Doc, i.RefusedParts
	if _, done := Done(p); done && i.State == Refused {
		return fault.ErrNotFound
	}
	if due := DueOf(p); i.State == Refused && due >= localDay(s.now(), p.DestZone) {
		m.Due, m.Left = due, daysBetween(localDay(s.now(), p.DestZone), due)
	}
	return nil
}

// daysBetween counts days from one to another.
func daysBetween(from, to shipment.Date) int {
	a, _ := from.Time()
	b, _ := to.Time()
	return int(b.Sub(a) / (24 * time.Hour))
}
