package customs

import (
	"context"
	"fmt"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// Request is that customs waits for an identity.
type Request struct {
	Waybill shipment.Waybill `db:"waybill"`
	Country string           `db:"country"`
	// AskedOn and DueOn are days at the destination; on the day after DueOn the
	// return is announced.
	AskedOn shipment.Date `db:"asked_on"`
	DueOn   shipment.Date `db:"due_on"`
	// Reminded counts the reminders that were queued.
	Reminded int `db:"reminded"`
	// MetAt is when customs no longer waited, NoticeAt when the return was
	// announced; zero when it has not come to that.
	MetAt    time.Time `db:"met_at"`
	NoticeAt time.Time `db:"notice_at"`
}

const requestColumns = `
waybill, country, asked_on::text as asked_on, due_on::text as due_on, reminded, coalesce(met_at, ` + never + `) as met_at,
coalesce(notice_at, ` + never + `) as notice_at`

// Request tells since when customs has waited for a parcel's identity, and until when.
func (s *Store) Request(ctx context.Context, w shipment.Waybill) (r Request, err error) {
	err = s.web.Get(ctx, &r, `select `+requestColumns+` from identity_requests where waybill = $1`, string(w))
	return r, missing(err)
}

// Remind looks after all parcels of which customs waits for an identity: it notes
// since when, queues the reminders that are due, and opens the notice of return
// when the last day has passed. A request that ended by other means is closed. It
// tells how many it wrote; a job of every hour.
func (s *Store) Remind(ctx context.Context) (int, error) {
	wrote := 0
	for last := shipment.Waybill(""); ; {
		list, err := s.shipments.AwaitingIDs(ctx, last, sweptAtOnce)
		if err != nil {
			return wrote, err
		}
		if len(list) == 0 {
			break
		}
		for _, p := range list {
			last = p.Waybill
			n, err := s.remind(ctx, p)
			if wrote += n; err != nil {
				return wrote, fmt.Errorf("remind: %w", err)
			}
		}
	}
	n, err := s.closeMet(ctx)
	return wrote + n, err
}

// DueOf is the last day for a parcel's identity as its public view tells it; empty
// when customs does not wait for one, or nobody knows since when.
func DueOf(p shipment.Public) shipment.Date {
	if p.Status.Customs != shipment.AwaitingID || p.Status.CustomsSince.IsZero() {
		return ""
	}
	since := localDay(p.Status.CustomsSince, p.DestZone)
	rule, asked := RuleFor(p.DestCountry, since)
	if !asked {
		return ""
	}
	return rule.Due(since)
}

// waits tells whether customs waits for an identity that can still help the parcel.
func waits(p shipment.Public) bool {
	_, done := Done(p)
	return p.Status.Customs == shipment.AwaitingID && !done
}

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

// closeMet closes requests of parcels that customs no longer waits for.
func (s *Store) closeMet(ctx context.Context) (int, error) {
	var open []shipment.Waybill
	if err := s.work.Select(ctx, &open, `select waybill from identity_requests where met_at is null order by waybill`); err != nil {
		return 0, err
	}
	closed := 0
	for ; len(open) > 0; open = open[min(len(open), sweptAtOnce):] {
		list, err := s.shipments.LookupMany(ctx, open[:min(len(open), sweptAtOnce)])
		if err != nil {
			return closed, err
		}
		for _, p := range list {
			if waits(p) {
				continue
			}
			if _, err := s.work.Exec(ctx, `update identity_requests set met_at = $2 where waybill = $1 and met_at is null`, string(p.Waybill), s.clock()); err != nil {
				return closed, err
			}
			closed++
		}
	}
	return closed, nil
}

// ToRemind is the request that a reminder is about; fault.ErrNotFound when it is
// no longer open or the person has done their part, so that nothing is sent.
func (s *Store) ToRemind(ctx context.Context, w shipment.Waybill) (r Request, err error) {
	const query = `
select ` + requestColumns + ` from identity_requests where waybill = $1 and met_at is null
    and not exists (select from identities i where i.waybill = $1 and state in ('review', 'accepted'))`
	err = s.work.Get(ctx, &r, query, string(w))
	if err = missing(err); err != nil {
		return Request{}, err
	}
	p, err := s.shipments.Lookup(ctx, w)
	if err == nil && !waits(p) {
		err = fault.ErrNotFound
	}
	return r, err
}
