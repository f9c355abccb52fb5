package main

import (
	"context"
	"errors"
	"fmt"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

// partFields is the part of a record under which the portal seals what was typed.
const partFields = "fields"

// erased is what a backup may still hold of an erased record: the sealed bytes, and
// its key as the master key of then had wrapped it.
type erased struct {
	record  string
	sealed  []byte
	wrapped seal.Wrapped
}

// sealedRow is a record's sealed fields with its wrapped key.
type sealedRow struct {
	ID      int64  `db:"id"`
	Waybill string `db:"waybill"`
	Record  string `db:"record"`
	Sealed  []byte `db:"sealed"`
	seal.Wrapped
}

const sealedRows = `
select i.id, i.waybill, k.record, i.sealed, k.master, k.key from identities i join sealed_keys k on k.record = 'identity ' || i.id
where i.sealed is not null order by i.id`

// eraseSome withdraws the first records and keeps what a thief of backups would have.
func (v *vault) eraseSome(ctx context.Context, n int) (gone []erased, err error) {
	var list []sealedRow
	if err := v.db.Select(ctx, &list, sealedRows+` limit $1`, n); err != nil {
		return nil, err
	}
	for _, r := range list {
		key, err := v.ring.Open(r.Record, r.Wrapped)
		if err == nil {
			_, err = key.Open(partFields, r.Sealed) // it could be opened, as long as its key was there
		}
		if err != nil {
			return nil, fmt.Errorf("%s before it was erased: %w", r.Record, err)
		}
		if err := v.Withdraw(ctx, shipment.Waybill(r.Waybill), customs.By{Role: customs.Owner, Channel: "parcel", Language: "ko"}); err != nil {
			return nil, err
		}
		gone = append(gone, erased{r.Record, r.Sealed, r.Wrapped})
	}
	return gone, nil
}

// judgeKeys opens every record that is kept by the new master key, finds the old one
// of no use, and tries both on what was erased.
func (o *office) judgeKeys(ctx context.Context, before string, gone []erased) (opened int, err error) {
	now, err := openVault(ctx, o.db.URL, o.bed.Data(), o.bed.Key())
	if err != nil {
		return 0, err
	}
	defer now.close()
	old, err := openVault(ctx, o.db.URL, o.bed.Data(), before)
	if err != nil {
		return 0, err
	}
	defer old.close()
	both, err := openVault(ctx, o.db.URL, o.bed.Data(), o.bed.Key(), before)
	if err != nil {
		return 0, err
	}
	defer both.close()
	var list []sealedRow
	if err := now.db.Select(ctx, &list, sealedRows); err != nil {
		return 0, err
	}
	keys := make([]*seal.Key, 0, len(list))
	for _, r := range list {
		key, err := now.ring.Open(r.Record, r.Wrapped)
		if err == nil {
			_, err = key.Open(partFields, r.Sealed)
		}
		if err != nil {
			return 0, fmt.Errorf("%s by the new key: %w", r.Record, err)
		}
		if _, err := old.ring.Open(r.Record, r.Wrapped); !errors.Is(err, seal.ErrUnreadable) {
			return 0, fmt.Errorf("%s by the old key: %w", r.Record, err)
		}
		keys = append(keys, key)
	}
	for _, g := range gone { // with the master key of before, what backups hold has gone too
		if _, err := now.ring.Open(g.record, g.wrapped); !errors.Is(err, seal.ErrUnreadable) {
			return 0, fmt.Errorf("%s from a backup, by the new key: %w", g.record, err)
		}
	}
	for _, v := range []*vault{old, now, both} {
		if err := v.tryErased(gone, list, keys); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

// tryErased tries all that somebody with the master keys, the database and the
// backups has: each wrapped key that is left, under the erased record's name and
// under its own, and a key drawn anew.
func (v *vault) tryErased(gone []erased, left []sealedRow, keys []*seal.Key) error {
	for _, g := range gone {
		_, fresh, err := v.ring.NewKey(g.record)
		if err != nil {
			return err
		}
		for _, key := range append(keys[:len(keys):len(keys)], fresh) {
			if _, err := key.Open(partFields, g.sealed); !errors.Is(err, seal.ErrUnreadable) {
				return fmt.Errorf("%s was erased and opens: %w", g.record, err)
			}
		}
		for _, r := range left {
			if key, err := v.ring.Open(g.record, r.Wrapped); err == nil {
				if _, err := key.Open(partFields, g.sealed); err == nil {
					return fmt.Errorf("%s was erased and opens by the key of %s", g.record, r.Record)
				}
				return fmt.Errorf("the key of %s opens under the name of %s", r.Record, g.record)
			}
		}
	}
	return nil
}
