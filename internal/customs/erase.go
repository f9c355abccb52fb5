package customs

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// errNoRows stands for a row that is not this caller's.
var errNoRows = sql.ErrNoRows

// Why something was erased, as the tombstone says.
const (
	WhyWithdrawn = "withdrawn"
	WhyReplaced  = "replaced"
	WhyUnsent    = "unsent"
	WhyRetention = "retention"
	WhyAsked     = "asked"
)

// Done tells whether customs is done with a parcel, and since when: released,
// gone on, or going back.
func Done(p shipment.Public) (time.Time, bool) {
	c := p.Status.Customs
	switch {
	case c == shipment.Released || c == shipment.ReturnStarted:
		if !p.Status.CustomsSince.IsZero() {
			return p.Status.CustomsSince, true
		}
		return p.Status.At, true
	case p.Status.Subtag.Final(), p.Status.Subtag == shipment.Returning:
		return p.Status.At, true
	}
	return time.Time{}, false
}

// Withdraw takes back what a person gave for a parcel, the form as well as what
// was sent: its key is destroyed at once. ErrNeeded once it was accepted, until
// customs is done with the parcel.
func (s *Store) Withdraw(ctx context.Context, w shipment.Waybill, by By) error {
	return s.end(ctx, w, 0, Withdrawn, WhyWithdrawn, by)
}

// Erase destroys one identity's key on the person's wish. ErrNeeded while customs
// needs it: in review or accepted, until customs is done with the parcel.
func (s *Store) Erase(ctx context.Context, id ID, by By) error {
	var i Identity
	if err := s.web.Get(ctx, &i, `select `+columns+` from identities where id = $1`, int64(id)); err != nil {
		return fmt.Errorf("erase identity: %w", missing(err))
	}
	return s.end(ctx, i.Waybill, id, Erased, WhyAsked, by)
}

// end destroys what is open of a parcel, or one identity.
func (s *Store) end(ctx context.Context, w shipment.Waybill, one ID, state State, why string, by By) error {
	p, err := s.shipments.Lookup(ctx, w)
	if err != nil {
		return fmt.Errorf("end identity: %w", err)
	}
	_, done := Done(p)
	var files []string
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		files = nil
		if err := lockParcel(ctx, tx, w); err != nil {
			return err
		}
		var list []Identity
		const query = `
select ` + columns + ` from identities
where waybill = $1 and erased_at is null and (id = $2 or $2 = 0 and state in ('draft', 'review', 'accepted', 'refused')) for update`
		if err := tx.Select(ctx, &list, query, string(w), int64(one)); err != nil {
			return err
		}
		if len(list) == 0 {
			return ErrErased
		}
		for _, i := range list {
			if !done && (i.State == Accepted || i.State == Review && state == Erased) {
				return ErrNeeded
			}
			gone, err := s.destroy(ctx, tx, i.ID, state, why)
			if err != nil {
				return err
			}
			files = append(files, gone...)
		}
		return s.note(ctx, tx, look{by: by, what: string(state), reason: why, identity: list[0].ID, waybill: w})
	})
	if err != nil {
		return fmt.Errorf("end identity: %w", err)
	}
	_ = s.files.Remove(files...) // what stays is swept, and nobody has its key
	return nil
}

// destroy leaves a tombstone of an identity: which parcel, what, when and why. The
// sealed bytes that may be left in backups have no key any more.
func (s *Store) destroy(ctx context.Context, tx *postgres.Tx, id ID, state State, why string) (files []string, err error) {
	now := s.clock()
	if _, err := tx.Exec(ctx, `delete from sealed_keys where record = $1`, id.record()); err != nil {
		return nil, fmt.Errorf("destroy data key: %w", err)
	}
	const tomb = `
update identities set state = $2, sealed = null, number_hash = null, masked = '', warnings = '[]', keep_until = null, erased_at = $3, erased_why = $4
where id = $1`
	if _, err := tx.Exec(ctx, tomb, int64(id), string(state), now, why); err != nil {
		return nil, fmt.Errorf("erase identity: %w", err)
	}
	if _, err := tx.Exec(ctx, `update consents set withdrawn_at = $2 where identity_id = $1 and withdrawn_at is null`, int64(id), now); err != nil {
		return nil, fmt.Errorf("end consents: %w", err)
	}
	if _, err := tx.Exec(ctx, `delete from identity_notes where identity_id = $1`, int64(id)); err != nil {
		return nil, fmt.Errorf("erase notes: %w", err)
	}
	if err := tx.Select(ctx, &files, `delete from identity_pictures where identity_id = $1 returning file`, int64(id)); err != nil {
		return nil, fmt.Errorf("erase pictures: %w", err)
	}
	return files, nil
}
