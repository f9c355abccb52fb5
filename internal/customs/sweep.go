package customs

import (
	"context"
	"fmt"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

const (
	sweptAtOnce = 200
	// orphanAge is how old a file must be before a missing row condemns it: far
	// longer than any upload's transaction.
	orphanAge = time.Hour
	linksKept = 30 * 24 * time.Hour
)

// Sweep lets the clocks run: forms that were never sent, identities that customs
// is done with, persons whom no parcel needed, looks whose years are over, and
// files that no row names. It tells how many. A job of every hour.
func (s *Store) Sweep(ctx context.Context) (int, error) {
	total := 0
	for _, step := range []func(context.Context) (int, error){s.setClocks, s.eraseDue, s.erasePeople, s.dropOld, s.sweepFiles} {
		n, err := step(ctx)
		total += n
		if err != nil {
			return total, fmt.Errorf("sweep identities: %w", err)
		}
	}
	return total, nil
}

// setClocks starts the clock of identities whose parcel customs is done with.
func (s *Store) setClocks(ctx context.Context) (int, error) {
	set := 0
	for last := ID(0); ; {
		var list []Identity
		const query = `
select ` + columns + ` from identities where keep_until is null and erased_at is null and id > $1 order by id limit $2`
		if err := s.work.Select(ctx, &list, query, int64(last), sweptAtOnce); err != nil || len(list) == 0 {
			return set, err
		}
		ws := make([]shipment.Waybill, len(list))
		for i, one := range list {
			ws[i], last = one.Waybill, one.ID
		}
		parcels, err := s.shipments.LookupMany(ctx, ws)
		if err != nil {
			return set, err
		}
		ends := map[shipment.Waybill]time.Time{}
		for _, p := range parcels {
			if at, done := Done(p); done {
				ends[p.Waybill] = at
			}
		}
		for _, one := range list {
			at, done := ends[one.Waybill]
			rule, known := ruleOf(one.Country)
			if !done || !known {
				continue
			}
			const start = `update identities set keep_until = $2 where id = $1 and keep_until is null and erased_at is null`
			if _, err := s.work.Exec(ctx, start, int64(one.ID), at.AddDate(0, 0, rule.Retention.Released)); err != nil {
				return set, err
			}
			set++
		}
	}
}

// eraseDue destroys identities whose time is over, one transaction each. One whose
// draft was saved meanwhile is left.
func (s *Store) eraseDue(ctx context.Context) (int, error) {
	erased := 0
	var ids []ID
	const due = `select id from identities where keep_until <= $1 and erased_at is null order by id`
	if err := s.work.Select(ctx, &ids, due, s.clock()); err != nil {
		return 0, err
	}
	for _, id := range ids {
		var files []string
		err := s.work.InTx(ctx, func(tx *postgres.Tx) error {
			files = nil
			i, err := byID(ctx, tx, id, "for update")
			if err != nil || !i.ErasedAt.IsZero() || i.KeepUntil.IsZero() || i.KeepUntil.After(s.clock()) {
				return err
			}
			state, why := Erased, WhyRetention
			switch i.State {
			case Draft:
				state, why = Expired, WhyUnsent
			case Replaced:
				state, why = Replaced, WhyReplaced
			}
			files, err = s.destroy(ctx, tx, id, state, why)
			erased++
			return err
		})
		if err != nil {
			return erased, err
		}
		_ = s.files.Remove(files...) // what stays is swept
	}
	return erased, nil
}

// erasePeople destroys saved persons whom no parcel needed, or whose document is over.
func (s *Store) erasePeople(ctx context.Context) (int, error) {
	var ids []PersonID
	const due = `select id from people where erased_at is null and (keep_until <= $1 or valid_to < $1::date)`
	if err := s.work.Select(ctx, &ids, due, s.clock()); err != nil {
		return 0, err
	}
	for n, id := range ids {
		var files []string
		err := s.work.InTx(ctx, func(tx *postgres.Tx) (err error) {
			files, err = s.destroyPerson(ctx, tx, id, WhyRetention)
			return err
		})
		if err != nil {
			return n, err
		}
		_ = s.files.Remove(files...) // what stays is swept
	}
	return len(ids), nil
}

// dropOld removes looks, mails and links whose time is over.
func (s *Store) dropOld(ctx context.Context) (int, error) {
	looks := 0
	for _, r := range Rules() {
		looks = max(looks, r.Retention.Looks)
	}
	total := 0
	for query, before := range map[string]time.Time{
		`delete from identity_looks where at < $1`:           s.clock().AddDate(0, 0, -looks),
		`delete from identity_letters where created_at < $1`: s.clock().AddDate(0, 0, -looks),
		`delete from parcel_links where expires_at < $1`:     s.clock().Add(-linksKept),
	} {
		res, err := s.work.Exec(ctx, query, before)
		if err != nil {
			return total, err
		}
		n, err := res.RowsAffected()
		if total += int(n); err != nil {
			return total, err
		}
	}
	return total, nil
}

// sweepFiles deletes files that no row names.
func (s *Store) sweepFiles(ctx context.Context) (int, error) {
	return s.files.Sweep(ctx, s.now().Add(-orphanAge), func(ctx context.Context, names []string) (map[string]bool, error) {
		var kept []string
		err := s.work.Select(ctx, &kept, `select file from identity_pictures where file = any($1)`, pq.StringArray(names))
		known := make(map[string]bool, len(kept))
		for _, name := range kept {
			known[name] = true
		}
		return known, err
	})
}
