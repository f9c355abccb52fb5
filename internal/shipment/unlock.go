package shipment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// What wrong second facts lead to.
const (
	triesPerNetwork = 5
	triesPerParcel  = 20
	triesWindow     = 24 * time.Hour
	parcelLock      = time.Hour
)

// Unlock gives the private view of a parcel to whoever knows a second fact of
// it. The number may be the waybill or the last-mile carrier's; an unknown
// number answers just as a wrong fact does. The grants of the old token move to
// the new one. Networks are as the edge cuts them: /24 or /48.
func (s *Store) Unlock(ctx context.Context, w Waybill, f SecondFact, network, oldToken string) (Grant, error) {
	var grant Grant
	err := s.proved(ctx, attempt{w, f, network, oldToken}, func(tx *postgres.Tx, found Waybill) (err error) {
		grant, err = s.grant(ctx, tx, found, oldToken)
		return err
	})
	if err != nil {
		return Grant{}, fmt.Errorf("unlock: %w", err)
	}
	return grant, nil
}

// Proved calls then with the parcel of which somebody knows the number and a
// second fact, in the transaction that has looked. Counts, limits and work are
// those of Unlock: whoever tries here and there has no more tries for it.
func (s *Store) Proved(ctx context.Context, w Waybill, f SecondFact, network string, then func(*postgres.Tx, Waybill) error) error {
	if err := s.proved(ctx, attempt{w, f, network, ""}, then); err != nil {
		return fmt.Errorf("prove: %w", err)
	}
	return nil
}

func (s *Store) proved(ctx context.Context, a attempt, then func(*postgres.Tx, Waybill) error) error {
	if a.fact.Empty() {
		return fault.Invalid{{Field: "phone_last4", Key: "unlock.fact.empty"}}
	}
	var verdict error
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		found, err := s.try(ctx, tx, a)
		if errors.Is(err, ErrWrongFact) { // its count must be kept
			verdict = err
			return nil
		}
		if err != nil {
			return err
		}
		return then(tx, found)
	})
	if err == nil {
		err = verdict
	}
	return err
}

type attempt struct {
	number   Waybill
	fact     SecondFact
	network  string
	oldToken string
}

// try does the same work for a number that is known and for one that isn't.
func (s *Store) try(ctx context.Context, tx *postgres.Tx, a attempt) (Waybill, error) {
	candidates, decoy, err := candidatesFor(ctx, tx, a.number)
	if err != nil {
		return "", err
	}
	counted := []Waybill{a.number}
	if len(candidates) > 0 {
		counted = counted[:0]
	}
	for _, c := range candidates {
		counted = append(counted, c.Waybill)
	}
	if err := lockTries(ctx, tx, counted); err != nil {
		return "", err
	}
	now := s.now().UTC()
	holder, err := holds(ctx, tx, a.oldToken, counted, now)
	if err != nil {
		return "", err
	}
	if !holder {
		if err := locked(ctx, tx, counted, a.network, now); err != nil {
			return "", err
		}
	}
	var found *facts
	for i, c := range candidates {
		if a.fact.fits(c) && found == nil {
			found = &candidates[i]
		}
	}
	if len(candidates) == 0 {
		_ = a.fact.fits(decoy) // the same work for unknown numbers
	}
	switch {
	case found != nil:
		return found.Waybill, nil
	case holder:
		return "", ErrWrongFact
	}
	return "", errors.Join(ErrWrongFact, countFailure(ctx, tx, counted, a.network, now))
}

// candidatesFor finds the parcel of a waybill, or those of a last-mile number. It
// reads one row of the waybills in any case, the number's own or the next one's: a
// row that is read, or not, shows in the time that an answer takes. The next one's
// facts are a decoy to compare with.
func candidatesFor(ctx context.Context, tx *postgres.Tx, number Waybill) (found []facts, decoy facts, err error) {
	var rows []struct {
		facts
		Near bool `db:"near"`
	}
	const query = `
(select waybill, consignee_phone, consignee_postcode, order_no, true as near from shipments where waybill >= $1 order by waybill limit 1)
union all
(select waybill, consignee_phone, consignee_postcode, order_no, false from shipments
 where last_mile_number = $1 and last_mile_number <> '' and waybill <> $1 order by waybill limit 5)`
	if err := tx.Select(ctx, &rows, query, string(number)); err != nil {
		return nil, facts{}, fmt.Errorf("find: %w", err)
	}
	decoy = facts{Phone: "0000", Postcode: "0", OrderNo: "0"}
	for _, r := range rows {
		switch {
		case r.Near && r.Waybill == number:
			return []facts{r.facts}, decoy, nil
		case r.Near:
			decoy = r.facts
		default:
			found = append(found, r.facts)
		}
	}
	return found, decoy, nil
}

// lockTries lets one try at a time count about a number, so that no flood of
// tries at once gets more of them than one by one. However many parcels bear the
// number, it is one query, in their order.
func lockTries(ctx context.Context, tx *postgres.Tx, numbers []Waybill) error {
	const lock = `
select pg_advisory_xact_lock(hashtextextended('unlock ' || n, 0)) from (select unnest($1::text[]) as n order by 1) as numbers`
	if _, err := tx.Exec(ctx, lock, waybillArray(numbers)); err != nil {
		return fmt.Errorf("lock tries: %w", err)
	}
	return nil
}

// locked is an error while no more tries are allowed: for this network until
// its oldest counted try is a day old, for all until an hour after the last.
func locked(ctx context.Context, tx *postgres.Tx, numbers []Waybill, network string, now time.Time) error {
	var f struct {
		HereFirst *time.Time `db:"here_first"`
		AllLast   *time.Time `db:"all_last"`
	}
	const query = `
select max(here_first) filter (where here >= $4) as here_first, max(all_last) filter (where everywhere >= $5) as all_last
from (
    select count(*) filter (where network = $2) as here, min(at) filter (where network = $2) as here_first,
        count(*) as everywhere, max(at) as all_last
    from unlock_failures where waybill = any($1) and at > $3 group by waybill
) as by_waybill`
	err := tx.Get(ctx, &f, query, waybillArray(numbers), network, now.Add(-triesWindow), triesPerNetwork, triesPerParcel)
	if err != nil {
		return fmt.Errorf("count tries: %w", err)
	}
	var until time.Time
	if f.HereFirst != nil {
		until = f.HereFirst.Add(triesWindow)
	}
	if f.AllLast != nil {
		until = later(until, f.AllLast.Add(parcelLock))
	}
	if until.After(now) {
		return fault.TooMany{Limit: "unlock", RetryAfter: until.Sub(now)}
	}
	return nil
}

func countFailure(ctx context.Context, tx *postgres.Tx, numbers []Waybill, network string, now time.Time) error {
	const query = `insert into unlock_failures (waybill, network, at) select unnest($1::text[]), $2, $3`
	if _, err := tx.Exec(ctx, query, waybillArray(numbers), network, now); err != nil {
		return fmt.Errorf("count a wrong fact: %w", err)
	}
	return nil
}
