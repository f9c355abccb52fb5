package customs

import (
	"context"
	"fmt"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// A reason opens a case to one of the staff for so long; whoever works through a
// full queue opens fewer cases an hour than the most.
const (
	openFor  = 10 * time.Minute
	mostOpen = 120
)

// Opening is that one of the staff sees a case for some minutes, for the reason
// that they stated.
type Opening struct {
	Reason string    `db:"reason"`
	At     time.Time `db:"at"`
}

// Until is when the case is shut again.
func (o Opening) Until() time.Time { return o.At.Add(openFor) }

// Open lets one of the staff see a case for some minutes, and writes down why. In
// review it must be in their hands (ErrTaken); a decided one is open to all of
// them; of any other there is nothing to see (fault.ErrNotFound). The number of
// cases an hour is bounded: fault.TooMany.
func (s *Store) Open(ctx context.Context, id ID, by By, reason string) error {
	reason, err := stated(by, reason)
	if err != nil {
		return err
	}
	err = s.looked(ctx, id, by, reason, func(tx *postgres.Tx, i Identity) error {
		if err := i.opensTo(by.Account); err != nil {
			return err
		}
		if err := s.mayOpen(ctx, tx, by.Account); err != nil {
			return err
		}
		return s.note(ctx, tx, look{by: by, what: WhatOpen, reason: reason, identity: id, waybill: i.Waybill})
	})
	if err != nil {
		return fmt.Errorf("open case: %w", err)
	}
	return nil
}

func (i Identity) opensTo(staff account.ID) error {
	switch i.State {
	case Review:
		if i.TakenBy != staff {
			return ErrTaken
		}
		return nil
	case Accepted, Refused:
		return nil
	}
	return ErrErased
}

// mayOpen bounds how many cases one of the staff opens within an hour.
func (s *Store) mayOpen(ctx context.Context, tx *postgres.Tx, staff account.ID) error {
	const one = `select pg_advisory_xact_lock(hashtextextended('openings of ' || $1::bigint::text, 0))`
	if _, err := tx.Exec(ctx, one, int64(staff)); err != nil {
		return err
	}
	var lately struct {
		N     int       `db:"n"`
		First time.Time `db:"first"`
	}
	const query = `
select count(*) as n, coalesce(min(at), ` + never + `) as first from identity_looks where actor_id = $1 and what = 'open' and at > $2`
	now := s.clock()
	if err := tx.Get(ctx, &lately, query, int64(staff), now.Add(-time.Hour)); err != nil {
		return err
	}
	if lately.N >= mostOpen {
		return fault.TooMany{Limit: "open", RetryAfter: lately.First.Add(time.Hour).Sub(now)}
	}
	return nil
}

// Opening finds the opening by which one of the staff sees a case now;
// fault.ErrNotFound when there is none. It ends with its minutes, and before
// them when the case leaves their hands or is decided.
func (s *Store) Opening(ctx context.Context, id ID, staff account.ID) (o Opening, err error) {
	const query = `
select l.reason, l.at from identity_looks l join identities i on i.id = l.identity_id
where l.identity_id = $1 and l.actor_id = $2 and l.role = 'staff' and l.what = 'open' and l.at > $3
    and (i.state = 'review' and i.taken_by = $2 and l.at >= i.taken_at or i.state in ('accepted', 'refused') and l.at > i.decided_at)
order by l.id desc limit 1`
	err = s.web.Get(ctx, &o, query, int64(id), int64(staff), s.clock().Add(-openFor))
	return o, missing(err)
}

// Shut writes down that one of the staff asked for what no opening lets them see.
func (s *Store) Shut(ctx context.Context, id ID, by By) error {
	return s.web.InTx(ctx, func(tx *postgres.Tx) error {
		i, err := byID(ctx, tx, id, "")
		if err != nil {
			return err
		}
		return s.note(ctx, tx, look{by: by, what: WhatRefused, reason: "shut", identity: id, waybill: i.Waybill})
	})
}
