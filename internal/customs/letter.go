package customs

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// JobLetter is the kind of job that sends a mail about a parcel's identity.
const JobLetter = "identity.letter"

// LetterJob is its arguments: they name the mail and open nothing.
type LetterJob struct {
	Ref string `json:"ref"`
}

// LetterKind is what a mail about an identity tells.
type LetterKind string

// The kinds.
const (
	LetterAsked    LetterKind = "asked"    // customs asks for an identity
	LetterReminder LetterKind = "remind"   // some days are left
	LetterReturn   LetterKind = "return"   // the last day has passed: the return is announced
	LetterAccepted LetterKind = "accepted" // nothing more is needed
	LetterRefused  LetterKind = "refused"  // a part is asked again
)

// How an owed mail may end.
const (
	endedSent   = "sent"
	endedMoot   = "moot"   // what it would tell is so no more
	endedNobody = "nobody" // no address is known
)

// letter is a mail that is owed, as the database keeps it.
type letter struct {
	Ref     string           `db:"ref"`
	Waybill shipment.Waybill `db:"waybill"`
	Kind    LetterKind       `db:"kind"`
	Cause   string           `db:"cause"`
	Nth     int              `db:"nth"`
	// AskedOn tells the request that it is about, Identity what was decided on.
	AskedOn   shipment.Date `db:"asked_on"`
	Identity  ID            `db:"identity_id"`
	CreatedAt time.Time     `db:"created_at"`
}

const letterColumns = `
ref, waybill, kind, cause, nth, coalesce(asked_on::text, '') as asked_on, coalesce(identity_id, 0) as identity_id, created_at`

// oweFor owes a mail about a request, in the transaction that finds it due.
func (s *Store) oweFor(ctx context.Context, tx *postgres.Tx, r Request, kind LetterKind, nth int) error {
	cause := strings.TrimSpace(string(kind) + " " + string(r.AskedOn) + strings.Repeat(" "+strconv.Itoa(nth), min(nth, 1)))
	return s.owe(ctx, tx, letter{Waybill: r.Waybill, Kind: kind, Cause: cause, Nth: nth, AskedOn: r.AskedOn})
}

// oweDecision owes a mail about a decision, in the decision's transaction.
func (s *Store) oweDecision(ctx context.Context, tx *postgres.Tx, i Identity, kind LetterKind) error {
	cause := string(kind) + " " + strconv.FormatInt(int64(i.ID), 10)
	return s.owe(ctx, tx, letter{Waybill: i.Waybill, Kind: kind, Cause: cause, Identity: i.ID})
}

// owe writes a mail down and asks for its sending. What owes one already owes no other.
func (s *Store) owe(ctx context.Context, tx *postgres.Tx, l letter) error {
	l.Ref = strings.ToLower(rand.Text())
	const add = `
insert into identity_letters (ref, waybill, kind, cause, nth, asked_on, identity_id, created_at)
values ($1, $2, $3, $4, $5, nullif($6::text, '')::date, nullif($7::bigint, 0), $8) on conflict (waybill, cause) do nothing`
	res, err := tx.Exec(ctx, add, l.Ref, string(l.Waybill), string(l.Kind), l.Cause, l.Nth, string(l.AskedOn), int64(l.Identity), s.clock())
	if err != nil {
		return fmt.Errorf("owe a mail: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return job.Enqueue(ctx, tx, JobLetter, LetterJob{l.Ref})
}

// Told is one mail that the portal owed, for the staff.
type Told struct {
	Kind      LetterKind `db:"kind"`
	CreatedAt time.Time  `db:"created_at"`
	// EndedAt is zero while it waits; Ended is then "sent", "moot" when it was no
	// longer true, or "nobody" when no address is known.
	EndedAt time.Time `db:"ended_at"`
	Ended   string    `db:"ended"`
}

// Letters lists the mails about a parcel's identity, newest first.
func (s *Store) Letters(ctx context.Context, w shipment.Waybill) (list []Told, err error) {
	const query = `
select kind, created_at, coalesce(ended_at, ` + never + `) as ended_at, ended from identity_letters where waybill = $1 order by created_at desc, ref`
	err = s.web.Select(ctx, &list, query, string(w))
	return list, err
}

// Sent writes down that a mail was handed over.
func (s *Store) Sent(ctx context.Context, ref string) error { return s.endLetter(ctx, ref, endedSent) }

func (s *Store) endLetter(ctx context.Context, ref, how string) error {
	const end = `update identity_letters set ended_at = $2, ended = $3 where ref = $1 and ended_at is null`
	if _, err := s.work.Exec(ctx, end, ref, s.clock(), how); err != nil {
		return fmt.Errorf("end a mail: %w", err)
	}
	return nil
}
