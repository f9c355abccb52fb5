package shelf

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"ecms/portal/internal/account"
	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// JoinJob is the kind of job that Join leaves for Settle; its arguments are a JoinTask.
const JoinJob = "shelf.join"

// JoinTask names the account whose shelf is to be settled.
type JoinTask struct {
	Account account.ID `json:"account"`
}

// joinAtOnce is how many parcels of a side join while somebody waits for it,
// joinBatch how many in one of a job's transactions.
const (
	joinAtOnce = 500
	joinBatch  = 5000
)

// The feed's transactions hold this lock shared while they join their shipments
// to accounts; a job that takes it alone has seen all of them end that could not
// know of its account yet.
const (
	feedJoins = `select pg_advisory_xact_lock_shared(hashtextextended('parcels join accounts', 0))`
	feedRests = `select pg_advisory_xact_lock(hashtextextended('parcels join accounts', 0))`
)

// Join lets the parcels of a confirmed address join its account, in the
// transaction that makes the account or gives it the address. Parcels that had
// joined by an address before and don't bear this one leave; those that were
// added with a proof stay. A long shelf fills in the job that this enqueues, as
// do the parcels that the feed is writing at this very moment.
func (s *Store) Join(ctx context.Context, tx *postgres.Tx, id account.ID, emailKey string) error {
	if _, err := leave(ctx, tx, leaving+passing+goneLeave, id, emailKey, joinAtOnce); err != nil {
		return err
	}
	for _, b := range []batch{{joinTo + passing, ToMe, joinAtOnce}, {joinFrom + passing, FromMe, joinAtOnce}} {
		if _, err := s.join(ctx, tx, b, id, emailKey, ""); err != nil {
			return err
		}
	}
	return job.Enqueue(ctx, tx, JoinJob, JoinTask{id}, job.Unique(id.String()))
}

// Settle is the job that Join leaves: afterwards the account keeps all parcels of
// its address, and none of another that it once had. It may run any number of times.
func (s *Store) Settle(ctx context.Context, id account.ID) error {
	err := s.work.InTx(ctx, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, feedRests)
		return err
	})
	if err != nil {
		return fmt.Errorf("wait for the feed: %w", err)
	}
	for _, step := range []func(context.Context, *postgres.Tx, account.ID, string, string) (string, error){
		s.settleLeaving, s.settleJoining(batch{joinTo, ToMe, joinBatch}), s.settleJoining(batch{joinFrom, FromMe, joinBatch}),
	} {
		for last, more := "", true; more; more = last != "" {
			err := s.work.InTx(ctx, func(tx *postgres.Tx) error {
				key, err := keyOf(ctx, tx, id)
				if err != nil || key == "" {
					last = ""
					return err
				}
				last, err = step(ctx, tx, id, key, last)
				return err
			})
			if err != nil {
				return fmt.Errorf("settle a shelf: %w", err)
			}
		}
	}
	return nil
}

// keyOf gives the account's address and keeps it so until the transaction ends;
// empty when nobody signs in to it any more.
func keyOf(ctx context.Context, tx *postgres.Tx, id account.ID) (key string, err error) {
	err = tx.Get(ctx, &key, `select email_key from accounts where id = $1 and closed_at is null for share`, owner(id))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return key, err
}

func (s *Store) settleLeaving(ctx context.Context, tx *postgres.Tx, id account.ID, key, _ string) (string, error) {
	n, err := leave(ctx, tx, leaving+goneLeave, id, key, joinBatch)
	if n < joinBatch {
		return "", err
	}
	return "more", err
}

func (s *Store) settleJoining(b batch) func(context.Context, *postgres.Tx, account.ID, string, string) (string, error) {
	return func(ctx context.Context, tx *postgres.Tx, id account.ID, key, last string) (string, error) {
		return s.join(ctx, tx, b, id, key, last)
	}
}

// Parcels that joined by another address are locked in the order of numbers, as
// by the feed, and then deleted.
const (
	leaving = `
with gone as materialized (
    select k.waybill from account_parcels k join shipments s on s.waybill = k.waybill
    where k.account_id = $1 and k.proof = 'email' and k.removed_at is null
        and $2 not in (lower(s.consignee_email), lower(s.shipper_email))
    order by k.waybill limit $3 for update of k`
	goneLeave = `
)
delete from account_parcels k using gone where k.account_id = $1 and k.waybill = gone.waybill`
)

// leave takes up to so many parcels off that joined by another address.
func leave(ctx context.Context, tx *postgres.Tx, query string, id account.ID, emailKey string, most int) (int64, error) {
	res, err := tx.Exec(ctx, query, owner(id), emailKey, most)
	if err != nil {
		return 0, fmt.Errorf("leave a shelf: %w", err)
	}
	return res.RowsAffected()
}

// Those of a parcel's two sides on which an address may stand.
const (
	joinTo   = `select waybill from shipments where lower(consignee_email) = $1 and consignee_email <> ''` + joinSome
	joinFrom = `select waybill from shipments where lower(shipper_email) = $1 and shipper_email <> ''` + joinSome
	joinSome = ` and waybill > $2 order by waybill limit $3 for share`
	// passing leaves out the parcels that the feed is writing: nobody waits for it.
	passing = ` skip locked`
)

const joinParcels = `
insert into account_parcels (account_id, waybill, side, proof, added_at, view_version, view)
select $1, t.waybill, $2, 'email', $3, t.version, t.body
from shipment_timeline t where t.waybill = any($4) order by t.waybill
on conflict (account_id, waybill) do nothing`

// batch is some parcels of one side, found by an address.
type batch struct {
	query string
	side  Side
	most  int
}

// join puts up to so many parcels after the last on the shelf, and tells the last
// of them; empty when there are no more.
func (s *Store) join(ctx context.Context, tx *postgres.Tx, b batch, id account.ID, emailKey, last string) (string, error) {
	var ws []shipment.Waybill
	if err := tx.Select(ctx, &ws, b.query, emailKey, last, b.most); err != nil {
		return "", fmt.Errorf("join a shelf: %w", err)
	}
	if len(ws) == 0 {
		return "", nil
	}
	if _, err := tx.Exec(ctx, joinParcels, owner(id), string(b.side), s.now().UTC(), texts(ws)); err != nil {
		return "", fmt.Errorf("join a shelf: %w", err)
	}
	if len(ws) < b.most {
		return "", nil
	}
	return string(ws[len(ws)-1]), nil
}

// joinShipments puts shipments on the shelves of the addresses that they bear,
// and takes them off those whose address they bear no more. Without accounts it
// reads no shipment at all.
const joinShipments = `
with gone as (
    delete from account_parcels k using accounts a, shipments s
    where k.waybill = any($1) and k.proof = 'email' and k.removed_at is null and a.id = k.account_id and s.waybill = k.waybill
        and a.email_key not in (lower(s.consignee_email) collate "C", lower(s.shipper_email) collate "C")
)
insert into account_parcels (account_id, waybill, side, proof, added_at, view_version, view)
select distinct on (a.id, s.waybill) a.id, s.waybill, e.side, 'email', $2, t.version, t.body
from shipments s join shipment_timeline t on t.waybill = s.waybill
    cross join lateral (values ('to', s.consignee_email), ('from', s.shipper_email)) as e(side, email)
    join accounts a on a.email_key = lower(e.email) collate "C" and a.closed_at is null
where s.waybill = any($1) and e.email <> '' and exists (select from accounts)
order by a.id, s.waybill, e.side desc
on conflict (account_id, waybill) do nothing`

// JoinShipments lets shipments that the feed has brought or changed join the
// accounts of their addresses: shipment.Store's OnReceived. However many there
// are, it is one statement.
func (s *Store) JoinShipments(ctx context.Context, tx *postgres.Tx, ws []shipment.Waybill) error {
	if _, err := tx.Exec(ctx, feedJoins); err != nil {
		return fmt.Errorf("join shelves: %w", err)
	}
	if _, err := tx.Exec(ctx, joinShipments, texts(ws), s.now().UTC()); err != nil {
		return fmt.Errorf("join shelves: %w", err)
	}
	return nil
}
