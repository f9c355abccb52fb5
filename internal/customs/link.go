package customs

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// linkLife is how long a link to a parcel's form opens it, at most.
const linkLife = 14 * 24 * time.Hour

// LinkKept is for how long a link stays on record, which legal texts tell: while
// it may open a form, and some time after.
func LinkKept() time.Duration { return linkLife + linksKept }

// linkLength is how many characters a key has: 130 bits.
const linkLength = 26

// ErrSpentLink says that a link opens nothing: made up, expired, revoked, or of a
// parcel that customs is done with. All look alike.
var ErrSpentLink = fmt.Errorf("link spent: %w", fault.ErrNotFound)

// MakeLink makes the link /p/{key} by which a consignee without an account gets to
// one parcel's form. Only the hash of its key is kept. By is who asked for it; 0: a job.
func (s *Store) MakeLink(ctx context.Context, w shipment.Waybill, by account.ID) (key string, expires time.Time, err error) {
	p, err := s.shipments.Lookup(ctx, w)
	if err != nil {
		return "", time.Time{}, fmt.Errorf("make link: %w", err)
	}
	if _, asked := RuleFor(p.DestCountry, localDay(s.now(), p.DestZone)); !asked {
		return "", time.Time{}, fmt.Errorf("make link: %w", ErrNotAsked)
	}
	key, expires = rand.Text(), s.clock().Add(linkLife) // 130 random bits
	const add = `insert into parcel_links (token_hash, waybill, created_by, created_at, expires_at) values ($1, $2, nullif($3::bigint, 0), $4, $5)`
	if _, err := s.web.Exec(ctx, add, linkHash(key), string(w), int64(by), s.clock(), expires); err != nil {
		return "", time.Time{}, fmt.Errorf("make link: %w", err)
	}
	return key, expires, nil
}

// linkOf is the link that goes into a mail. It follows from the mail's name and a
// key that only the portal has, so that nothing of it waits in the queue, and a
// mail that is sent again holds the same.
func (s *Store) linkOf(ctx context.Context, l letter) (key string, expires time.Time, err error) {
	err = s.work.InTx(ctx, func(tx *postgres.Tx) error {
		index, err := s.index(ctx, tx)
		if err != nil {
			return err
		}
		key = base32.StdEncoding.EncodeToString(index.Index("parcel link", l.Ref))[:linkLength]
		const add = `
insert into parcel_links (token_hash, waybill, created_at, expires_at) values ($1, $2, $3, $4)
on conflict (token_hash) do update set token_hash = excluded.token_hash returning expires_at`
		return tx.Get(ctx, &expires, add, linkHash(key), string(l.Waybill), s.clock(), s.clock().Add(linkLife))
	})
	if err != nil {
		return "", time.Time{}, fmt.Errorf("link of a mail: %w", err)
	}
	return key, expires, nil
}

func linkHash(key string) []byte {
	h := sha256.Sum256([]byte("parcel link " + key))
	return h[:]
}

// Link tells which parcel a link is of, before the second factor: nothing else of
// it may be shown yet. ErrSpentLink.
func (s *Store) Link(ctx context.Context, key string) (shipment.Waybill, error) {
	var w shipment.Waybill
	const query = `select waybill from parcel_links where token_hash = $1 and expires_at > $2 and revoked_at is null`
	err := missing(s.web.Get(ctx, &w, query, linkHash(key), s.clock()))
	if err == nil {
		err = s.stillAsked(ctx, w)
	}
	if errors.Is(err, fault.ErrNotFound) || errors.Is(err, ErrLate) {
		return "", ErrSpentLink
	}
	if err != nil {
		return "", fmt.Errorf("link: %w", err)
	}
	return w, nil
}

// OpenLink opens the form of a link's parcel to whoever knows the last four digits
// of the consignee's phone. Wrong tries count with those of unlocking the parcel:
// shipment.ErrWrongFact, fault.TooMany, fault.Invalid, ErrSpentLink.
func (s *Store) OpenLink(ctx context.Context, key, phoneLast4, network, oldToken string) (shipment.Grant, error) {
	w, err := s.Link(ctx, key)
	if err != nil {
		return shipment.Grant{}, err
	}
	g, err := s.shipments.UnlockID(ctx, w, phoneLast4, network, oldToken)
	if errors.Is(err, shipment.ErrWrongFact) {
		const wrong = `update parcel_links set wrong_tries = wrong_tries + 1 where token_hash = $1`
		_, noted := s.web.Exec(ctx, wrong, linkHash(key))
		return shipment.Grant{}, errors.Join(err, noted)
	}
	if err != nil {
		return shipment.Grant{}, err
	}
	const opened = `update parcel_links set opened_at = $2 where token_hash = $1 and revoked_at is null`
	res, err := s.web.Exec(ctx, opened, linkHash(key), s.clock())
	if err != nil {
		return shipment.Grant{}, fmt.Errorf("open link: %w", err)
	}
	if n, err := res.RowsAffected(); err == nil && n == 0 { // ended in this very moment
		return shipment.Grant{}, errors.Join(ErrSpentLink, s.web.InTx(ctx, func(tx *postgres.Tx) error { return s.shipments.EndForms(ctx, tx, w) }))
	}
	return g, nil
}

// RevokeLinks ends every link of a parcel and what they have opened, and tells how
// many were open. Who unlocked the parcel by a second fact stays in.
func (s *Store) RevokeLinks(ctx context.Context, w shipment.Waybill) (int, error) {
	var ended []time.Time
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		const query = `update parcel_links set revoked_at = $2 where waybill = $1 and revoked_at is null and expires_at > $2 returning expires_at`
		if err := tx.Select(ctx, &ended, query, string(w), s.clock()); err != nil {
			return err
		}
		return s.shipments.EndForms(ctx, tx, w)
	})
	if err != nil {
		return 0, fmt.Errorf("revoke links: %w", err)
	}
	return len(ended), nil
}

// ParcelLink is a link that still opens a parcel's form; its key is not known here.
type ParcelLink struct {
	Name      string    `db:"name"` // of whoever made it; empty: a job
	CreatedAt time.Time `db:"created_at"`
	ExpiresAt time.Time `db:"expires_at"`
	// OpenedAt is when it was last used, zero for never; WrongTries counts the
	// answers to its question that did not fit.
	OpenedAt   time.Time `db:"opened_at"`
	WrongTries int       `db:"wrong_tries"`
}

// Links lists the links of a parcel that are open, the latest first.
func (s *Store) Links(ctx context.Context, w shipment.Waybill) (list []ParcelLink, err error) {
	const query = `
select coalesce(nullif(a.name, ''), a.email, '') as name, l.created_at, l.expires_at, coalesce(l.opened_at, ` + never + `) as opened_at, l.wrong_tries
from parcel_links l left join accounts a on a.id = l.created_by
where l.waybill = $1 and l.expires_at > $2 and l.revoked_at is null order by l.created_at desc limit 100`
	err = s.web.Select(ctx, &list, query, string(w), s.clock())
	return list, err
}
