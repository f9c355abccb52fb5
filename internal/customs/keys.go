package customs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/lib/pq"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
)

// indexRecord is the record whose key makes the hashes by which numbers are found.
const indexRecord = "index"

// rewrappedAtOnce is how many data keys one transaction wraps anew.
const rewrappedAtOnce = 200

func (id ID) record() string       { return "identity " + strconv.FormatInt(int64(id), 10) }
func (id PersonID) record() string { return "person " + strconv.FormatInt(int64(id), 10) }

// newKey draws a record's data key and keeps it wrapped.
func (s *Store) newKey(ctx context.Context, tx *postgres.Tx, record string) (*seal.Key, error) {
	w, key, err := s.ring.NewKey(record)
	if err != nil {
		return nil, err
	}
	const add = `insert into sealed_keys (record, master, key, created_at) values ($1, $2, $3, $4)`
	if _, err := tx.Exec(ctx, add, record, w.Master, w.Key, s.clock()); err != nil {
		return nil, fmt.Errorf("keep data key: %w", err)
	}
	return key, nil
}

// key opens a record's data key; without it, what it sealed is erased.
func (s *Store) key(ctx context.Context, tx *postgres.Tx, record string) (*seal.Key, error) {
	var w seal.Wrapped
	err := tx.Get(ctx, &w, `select master, key from sealed_keys where record = $1`, record)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrErased
	}
	if err != nil {
		return nil, fmt.Errorf("data key: %w", err)
	}
	return s.ring.Open(record, w)
}

// index gives the key that makes hashes of numbers, drawn when the first is needed.
func (s *Store) index(ctx context.Context, tx *postgres.Tx) (*seal.Key, error) {
	key, err := s.key(ctx, tx, indexRecord)
	if !errors.Is(err, ErrErased) {
		return key, err
	}
	w, _, err := s.ring.NewKey(indexRecord)
	if err != nil {
		return nil, err
	}
	const add = `insert into sealed_keys (record, master, key, created_at) values ($1, $2, $3, $4) on conflict (record) do nothing`
	if _, err := tx.Exec(ctx, add, indexRecord, w.Master, w.Key, s.clock()); err != nil {
		return nil, fmt.Errorf("keep index key: %w", err)
	}
	return s.key(ctx, tx, indexRecord)
}

// hash is how a document's number is found again without being kept readable.
func (s *Store) hash(ctx context.Context, tx *postgres.Tx, d Document) ([]byte, error) {
	if d.Number == "" {
		return nil, nil
	}
	key, err := s.index(ctx, tx)
	if err != nil {
		return nil, err
	}
	return key.Index(string(d.numberDoc()), d.Number), nil
}

// Rotation is how far a rotation of keys has come.
type Rotation struct {
	// Rewrapped data keys are wrapped by the master key in force, Left are not yet.
	Rewrapped, Left int
}

// RewrapAll wraps every data key anew by the master key in force, some at a time,
// while others read and write. What they seal stays as it is. Told hears after
// each batch; it may be nil. Left is 0 when the older master keys can go.
func (s *Store) RewrapAll(ctx context.Context, told func(Rotation)) (Rotation, error) {
	var r Rotation
	for {
		n, err := s.rewrap(ctx)
		r.Rewrapped += n
		if err != nil {
			return r, err
		}
		const left = `select count(*) from sealed_keys where master <> $1`
		if err := s.work.Get(ctx, &r.Left, left, s.ring.Current()); err != nil {
			return r, fmt.Errorf("count data keys: %w", err)
		}
		if told != nil {
			told(r)
		}
		if r.Left == 0 {
			return r, nil
		}
	}
}

// rewrap does one batch; rows that are being destroyed are waited for, so that
// none is left out.
func (s *Store) rewrap(ctx context.Context) (n int, err error) {
	err = s.work.InTx(ctx, func(tx *postgres.Tx) error {
		var rows []struct {
			Record string `db:"record"`
			seal.Wrapped
		}
		const some = `select record, master, key from sealed_keys where master <> $1 order by record limit $2 for update`
		if err := tx.Select(ctx, &rows, some, s.ring.Current(), rewrappedAtOnce); err != nil {
			return fmt.Errorf("read data keys: %w", err)
		}
		var records pq.StringArray
		var keys pq.ByteaArray
		for _, row := range rows {
			w, err := s.ring.Rewrap(row.Record, row.Wrapped)
			if err != nil {
				return fmt.Errorf("data key of %s: %w", row.Record, err)
			}
			records, keys = append(records, row.Record), append(keys, w.Key)
		}
		const write = `
update sealed_keys k set master = $1, key = u.key from unnest($2::text[], $3::bytea[]) as u(record, key) where k.record = u.record`
		if _, err := tx.Exec(ctx, write, s.ring.Current(), records, keys); err != nil {
			return fmt.Errorf("write data keys: %w", err)
		}
		n = len(rows)
		return nil
	})
	return n, err
}

// Find lists the identities that hold a document's number, newest first: for
// staff who look for one person's parcels. Erased ones are not found.
func (s *Store) Find(ctx context.Context, n Number) (found []Identity, err error) {
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		hash, err := s.hash(ctx, tx, Document{Doc: n.Doc(), Number: n.Clear()})
		if err != nil {
			return err
		}
		const query = `select ` + columns + ` from identities where number_hash = $1 order by id desc limit 100`
		return tx.Select(ctx, &found, query, hash)
	})
	if err == nil && len(found) == 0 {
		err = fault.ErrNotFound
	}
	return found, err
}
