package shipment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// The portal's own events: an identity that customs has waited for was accepted.
const (
	portalSource   = "portal"
	idAcceptedCode = "IDA"
)

// ScopeID opens the consignee's form of one parcel and nothing of the parcel itself.
const ScopeID = "id"

// AcceptID tells a parcel, in the transaction that accepts its consignee's
// identity, that customs waits for it no longer. A parcel that does not wait
// stays as it is. Whatever the feed tells later wins: an event of a later
// instant, or a greater rev of the shipment record.
func (s *Store) AcceptID(ctx context.Context, tx *postgres.Tx, w Waybill) error {
	heads, err := lockShipments(ctx, tx, []Waybill{w})
	if err != nil {
		return err
	}
	if len(heads) == 0 {
		return fmt.Errorf("accept identity: %w", fault.ErrNotFound)
	}
	h := heads[0]
	if h.status.Customs != AwaitingID {
		return nil
	}
	known, err := readCheckpoints(ctx, tx, []Waybill{w})
	if err != nil {
		return err
	}
	at := s.now().UTC().Truncate(time.Microsecond)
	if since := h.status.CustomsSince; !at.After(since) { // a carrier's clock runs ahead
		at = since.Add(time.Microsecond)
	}
	_, offset := at.In(ZoneOf(h.DestZone)).Zone()
	c := Checkpoint{
		Waybill: w, EventID: "identity " + at.Format(time.RFC3339Nano), Rev: h.Rev, At: at, OffsetMinutes: offset / 60,
		Country: h.DestCountry, Code: idAcceptedCode, Source: portalSource,
	}
	if err := copyCheckpoints(ctx, tx, []stored{{c, c.Key()}}); err != nil {
		return err
	}
	after := s.tell(h.head, append(checkpointsOf(known[w]), c), s.now())
	return s.restate(ctx, tx, heads, []told{after})
}

// acceptsID tells the portal's own event that an identity was accepted. Its rev is
// that of the shipment record then, which the feed may overtake.
func (e event) acceptsID() bool { return e.Source == portalSource && e.Code == idAcceptedCode }

// AwaitingIDs lists parcels of which customs waits for an identity, in the order
// of their numbers, from the one after the last.
func (s *Store) AwaitingIDs(ctx context.Context, after Waybill, most int) ([]Public, error) {
	var ws []Waybill
	const query = `select waybill from shipments where customs_state = 'awaiting_id' and waybill > $1 order by waybill limit $2`
	if err := s.work.Select(ctx, &ws, query, string(after), most); err != nil {
		return nil, fmt.Errorf("parcels awaiting an identity: %w", err)
	}
	return s.LookupMany(ctx, ws)
}

// Consignee is whom a parcel goes to, and where: for checks against what the
// consignee says, in the caller's transaction.
func (s *Store) Consignee(ctx context.Context, tx *postgres.Tx, w Waybill) (Party, Place, error) {
	var row recordRow
	if err := tx.Get(ctx, &row, `select `+recordColumns+` from shipments where waybill = $1`, string(w)); err != nil {
		return Party{}, Place{}, fmt.Errorf("consignee: %w", missing(err))
	}
	r := row.record()
	return r.Consignee, r.Destination, nil
}

// UnlockID gives the right to a parcel's identity form to whoever holds its link
// and knows the last four digits of the consignee's phone. Tries count together
// with those of Unlock.
func (s *Store) UnlockID(ctx context.Context, w Waybill, phoneLast4, network, oldToken string) (Grant, error) {
	var grant Grant
	fact := SecondFact{PhoneLast4: phoneLast4}
	err := s.proved(ctx, attempt{w, fact, network, oldToken}, func(tx *postgres.Tx, found Waybill) (err error) {
		if found != w { // a last-mile number that looks like a waybill
			return ErrWrongFact
		}
		scope := ScopeID
		held, err := s.holdsDocs(ctx, tx, w, oldToken)
		if held {
			scope = ScopeDocs
		}
		if err == nil {
			grant, err = s.grantScope(ctx, tx, found, scope, oldToken)
		}
		return err
	})
	if err != nil {
		return Grant{}, fmt.Errorf("unlock identity form: %w", err)
	}
	return grant, nil
}

// EndForms ends every right to a parcel's identity form that one of its links has
// given, within a transaction; those of second facts stay.
func (s *Store) EndForms(ctx context.Context, tx *postgres.Tx, w Waybill) error {
	if _, err := tx.Exec(ctx, `delete from grants where waybill = $1 and scope = 'id'`, string(w)); err != nil {
		return fmt.Errorf("end forms: %w", err)
	}
	return nil
}

// holdsDocs tells whether a token opens all of a parcel already, which a smaller
// right must not replace.
func (s *Store) holdsDocs(ctx context.Context, tx *postgres.Tx, w Waybill, token string) (held bool, err error) {
	now := s.now().UTC()
	const query = `
select exists (select from grants where token_hash = $1 and waybill = $2 and scope = 'docs' and expires_at > $3 and seen_at > $4)`
	err = tx.Get(ctx, &held, query, hashOf(token), string(w), now, now.Add(-grantIdle))
	return held, err
}

// Holds tells whether a token opens the identity form of a parcel: by its link or
// by a second fact. Looking keeps the grant from idling out.
func (s *Store) Holds(ctx context.Context, w Waybill, token string) (bool, error) {
	scope, err := s.HeldBy(ctx, w, token)
	return scope != "", err
}

// HeldBy is Holds with the scope that opens it: ScopeID who came by the link alone,
// ScopeDocs who knows a second fact; empty: nobody.
func (s *Store) HeldBy(ctx context.Context, w Waybill, token string) (scope string, err error) {
	if token == "" {
		return "", nil
	}
	scope, err = s.refresh(ctx, w, token)
	if err = missing(err); errors.Is(err, fault.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find grant: %w", err)
	}
	if scope != ScopeDocs && scope != ScopeID {
		return "", nil
	}
	return scope, nil
}
