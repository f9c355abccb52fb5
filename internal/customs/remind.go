package customs

import (
	"context"

	"ecms/portal/internal/account"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// remind does what is due for one parcel.
func (s *Store) remind(ctx context.Context, p shipment.Public) (wrote int, err error) {
	today := localDay(s.now(), p.DestZone)
	rule, asked := RuleFor(p.DestCountry, today)
	if !asked || !waits(p) {
		return 0, nil
	}
	since := today
	if !p.Status.CustomsSince.IsZero() {
		since = localDay(p.Status.CustomsSince, p.DestZone)
	}
	err = s.work.InTx(ctx, func(tx *postgres.Tx) error {
		wrote = 0
		r, opened, err := openRequest(ctx, tx, p.Waybill, rule, since)
		if err != nil {
			return err
		}
		if opened {
			wrote++
		}
		last, err := handed(ctx, tx, p.Waybill)
		if err != nil || last == Review || last == Accepted { // whoever has done their part is not reminded
			return err
		}
		n, err := s.remindOnce(ctx, tx, r, rule, today, last == Withdrawn)
		wrote += n
		return err
	})
	return wrote, err
}

// openRequest notes since when customs has waited, unless that is noted, and locks the note.
func openRequest(ctx context.Context, tx *postgres.Tx, w shipment.Waybill, rule Rule, since shipment.Date) (r Request, opened bool, err error) {
	const note = `
insert into identity_requests (waybill, country, asked_on, due_on) values ($1, $2, $3, $4)
on conflict (waybill) do update set asked_on = excluded.asked_on, due_on = excluded.due_on, reminded = 0, met_at = null, notice_at = null
where identity_requests.met_at is not null`
	res, err := tx.Exec(ctx, note, string(w), rule.Country, string(since), string(rule.Due(since)))
	if err != nil {
		return Request{}, false, err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return Request{}, false, err
	}
	err = tx.Get(ctx, &r, `select `+requestColumns+` from identity_requests where waybill = $1 for update`, string(w))
	return r, n > 0, err
}

// handed is the state of what was handed in for a parcel last, forms left out that
// nobody sent; empty when nothing was.
func handed(ctx context.Context, tx *postgres.Tx, w shipment.Waybill) (State, error) {
	var states []State
	const query = `
select state from identities where waybill = $1 and (state in ('draft', 'review', 'accepted') or submitted_at is not null)
order by state in ('review', 'accepted') desc, id desc limit 1`
	if err := tx.Select(ctx, &states, query, string(w)); err != nil || len(states) == 0 {
		return "", err
	}
	return states[0], nil
}

// remindOnce owes the mail that asks, the next reminder, or the notice of return.
// Of reminders that were missed while the portal was away only the last goes out,
// none beside the mail that asks, and none to whoever has withdrawn.
func (s *Store) remindOnce(ctx context.Context, tx *postgres.Tx, r Request, rule Rule, today shipment.Date, withdrawn bool) (int, error) {
	if today > r.DueOn {
		if mending, err := s.mending(ctx, tx, r, rule); err != nil || mending || !r.NoticeAt.IsZero() {
			return 0, err
		}
		const notice = `update identity_requests set notice_at = $2 where waybill = $1`
		if _, err := tx.Exec(ctx, notice, string(r.Waybill), s.clock()); err != nil {
			return 0, err
		}
		return 1, s.oweFor(ctx, tx, r, LetterReturn, 0)
	}
	if withdrawn {
		return 0, nil
	}
	wrote, err := s.askOnce(ctx, tx, r)
	if err != nil {
		return 0, err
	}
	due := 0
	for _, days := range rule.Remind {
		if today >= r.DueOn.AddDays(-days) {
			due++
		}
	}
	if due <= r.Reminded {
		return wrote, nil
	}
	const reminded = `update identity_requests set reminded = $2, reminded_at = $3 where waybill = $1`
	if _, err := tx.Exec(ctx, reminded, string(r.Waybill), due, s.clock()); err != nil || wrote > 0 {
		return wrote, err
	}
	return 1, s.oweFor(ctx, tx, r, LetterReminder, due)
}

// mending tells whether somebody was refused so lately that they may still mend it.
func (s *Store) mending(ctx context.Context, tx *postgres.Tx, r Request, rule Rule) (is bool, err error) {
	const lately = `select exists (select from identities where waybill = $1 and state = 'refused' and decided_at > $2)`
	err = tx.Get(ctx, &is, lately, string(r.Waybill), s.clock().AddDate(0, 0, -rule.Mend))
	return is, err
}

// askOnce owes the mail that asks for the identity as soon as the consignee's
// address is known.
func (s *Store) askOnce(ctx context.Context, tx *postgres.Tx, r Request) (int, error) {
	var asked bool
	const query = `select exists (select from identity_letters where waybill = $1 and kind = 'asked' and asked_on = $2)`
	if err := tx.Get(ctx, &asked, query, string(r.Waybill), string(r.AskedOn)); err != nil || asked {
		return 0, err
	}
	who, _, err := s.shipments.Consignee(ctx, tx, r.Waybill)
	if _, ok := account.WireEmail(who.Email); err != nil || !ok {
		return 0, err
	}
	return 1, s.oweFor(ctx, tx, r, LetterAsked, 0)
}
