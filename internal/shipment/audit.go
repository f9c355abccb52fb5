package shipment

import (
	"context"
	"fmt"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
)

// lastLooks is how many looks of the staff at a parcel are listed.
const lastLooks = 50

// Look is one time that somebody of the staff opened a parcel.
type Look struct {
	At time.Time `db:"at"`
	// Name and Email are those of the member of the staff; Name may be empty.
	Name  string `db:"name"`
	Email string `db:"email"`
}

// Unlocked is a grant that is alive: somebody has the parcel open with a second fact.
type Unlocked struct {
	Scope     string    `db:"scope"`
	CreatedAt time.Time `db:"created_at"`
	SeenAt    time.Time `db:"seen_at"`
	ExpiresAt time.Time `db:"expires_at"`
}

// Dossier is all that is known of a parcel, for the carrier's people alone.
type Dossier struct {
	Waybill Waybill
	// Waiting tells that only events have come: there is no record and no public view.
	Waiting bool
	Public  Public
	Private
	// AddedAt is when the record first came in, ChangedAt when record or status last changed.
	AddedAt, ChangedAt time.Time
	// Unlocked lists the live grants; WrongFacts counts wrong second facts in the last 24 hours.
	Unlocked   []Unlocked
	WrongFacts int
	// Looks are the latest looks of the staff, this one first.
	Looks []Look
}

// Dossier opens a parcel for somebody of the staff. The look is written down
// first: without that there is no answer.
func (s *Store) Dossier(ctx context.Context, by account.ID, w Waybill) (Dossier, error) {
	if err := s.noteLook(ctx, by, w); err != nil {
		return Dossier{}, err
	}
	d := Dossier{Waybill: w, Private: Private{Scope: ScopeDocs}}
	if err := s.fillRecord(ctx, &d); err != nil {
		return Dossier{}, fmt.Errorf("dossier: %w", err)
	}
	var err error
	if d.Checkpoints, err = s.newestFirst(ctx, w); err != nil {
		return Dossier{}, err
	}
	if err := s.fillAccess(ctx, &d); err != nil {
		return Dossier{}, fmt.Errorf("dossier: %w", err)
	}
	return d, nil
}

// noteLook writes down who opens which parcel; a number of which nothing is known is not found.
func (s *Store) noteLook(ctx context.Context, by account.ID, w Waybill) error {
	const query = `
insert into staff_looks (account_id, at, what, waybill) select $1::bigint, $2::timestamptz, 'parcel', $3::text
where exists (select from shipments where waybill = $3::text) or exists (select from checkpoints where waybill = $3::text)`
	res, err := s.web.Exec(ctx, query, int64(by), s.now().UTC().Truncate(time.Microsecond), string(w))
	if err != nil {
		return fmt.Errorf("note a look: %w", err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return fmt.Errorf("note a look: %w", err)
	}
	if n == 0 {
		return fmt.Errorf("dossier: %w", fault.ErrNotFound)
	}
	return nil
}

// fillRecord reads the shipment, its public view and the other pieces; a parcel
// of which only events have come is marked as waiting.
func (s *Store) fillRecord(ctx context.Context, d *Dossier) error {
	var rows []struct {
		recordRow
		ChangedAt time.Time `db:"changed_at"`
	}
	const query = `select ` + recordColumns + `, changed_at from shipments where waybill = $1`
	if err := s.web.Select(ctx, &rows, query, string(d.Waybill)); err != nil {
		return fmt.Errorf("read record: %w", err)
	}
	if d.Waiting = len(rows) == 0; d.Waiting {
		return nil
	}
	d.Record = rows[0].record()
	d.AddedAt, d.ChangedAt = rows[0].AddedAt.UTC(), rows[0].ChangedAt.UTC()
	var err error
	if d.Public, err = s.Lookup(ctx, d.Waybill); err != nil {
		return err
	}
	d.Siblings, err = s.siblings(ctx, d.Record)
	return err
}

// newestFirst reads every event of a parcel.
func (s *Store) newestFirst(ctx context.Context, w Waybill) ([]Checkpoint, error) {
	known, err := readCheckpoints(ctx, s.web, []Waybill{w})
	if err != nil {
		return nil, err
	}
	events := sorted(checkpointsOf(known[w]))
	list := make([]Checkpoint, len(events))
	for i, e := range events {
		list[len(events)-1-i] = e.Checkpoint
	}
	return list, nil
}

// fillAccess reads who has the parcel open, who tried to, and who of the staff looked.
func (s *Store) fillAccess(ctx context.Context, d *Dossier) error {
	now, w := s.now().UTC(), string(d.Waybill)
	const grants = `
select scope, created_at, seen_at, expires_at from grants
where waybill = $1 and expires_at > $2 and seen_at > $3 order by created_at desc limit 50`
	if err := s.web.Select(ctx, &d.Unlocked, grants, w, now, now.Add(-grantIdle)); err != nil {
		return fmt.Errorf("live grants: %w", err)
	}
	const wrong = `select count(*) from unlock_failures where waybill = $1 and at > $2`
	if err := s.web.Get(ctx, &d.WrongFacts, wrong, w, now.Add(-triesWindow)); err != nil {
		return fmt.Errorf("wrong facts: %w", err)
	}
	const looks = `
select l.at, a.name, a.email from staff_looks l join accounts a on a.id = l.account_id
where l.waybill = $1 and l.waybill <> '' order by l.at desc, l.id desc limit $2`
	if err := s.web.Select(ctx, &d.Looks, looks, w, lastLooks); err != nil {
		return fmt.Errorf("looks: %w", err)
	}
	return nil
}
