package customs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/document"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

// Kept is a picture that was taken in, as it may be spoken of without being opened.
type Kept struct {
	Slot      Slot           `db:"slot"`
	Width     int            `db:"width"` // pixels
	Height    int            `db:"height"`
	Warnings  pq.StringArray `db:"warnings"` // document.Flaw
	CreatedAt time.Time      `db:"created_at"`
	File      string         `db:"file"`
	Sum       []byte         `db:"sum"`
	Look      int64          `db:"look"`
}

const keptColumns = `slot, width, height, warnings, created_at, file, sum, look`

// AddPicture takes a picture of the document into the open form, in place of the
// one of that side. It is kept sealed for a day, whatever else is wrong with the form.
func (s *Store) AddPicture(ctx context.Context, w shipment.Waybill, slot Slot, p document.Picture, odd []document.Flaw) error {
	var put, gone string
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		i, err := s.draftFor(ctx, tx, w, slot)
		if err != nil {
			return err
		}
		key, err := s.key(ctx, tx, i.ID.record())
		if err != nil {
			return err
		}
		index, err := s.index(ctx, tx)
		if err != nil {
			return err
		}
		if put, err = s.files.Put(key.Seal(string(slot), p.JPEG)); err != nil {
			return err
		}
		if gone, err = dropSlot(ctx, tx, i.ID, slot); err != nil {
			return err
		}
		const add = `
insert into identity_pictures (file, identity_id, slot, sum, look, width, height, warnings, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
		_, err = tx.Exec(ctx, add, put, int64(i.ID), string(slot), sumOf(index, p), int64(p.Look), p.Width, p.Height, //nolint:gosec // bits, not a number
			pq.StringArray(flawsOf(odd)), s.clock())
		return err
	})
	if errors.Is(err, postgres.ErrUnsure) { // the row may be there: the sweep will know
		return fmt.Errorf("add picture: %w", err)
	}
	if err != nil {
		return fmt.Errorf("add picture: %w", errors.Join(err, s.files.Remove(put)))
	}
	_ = s.files.Remove(gone) // what stays is swept
	return nil
}

// PictureSum is what tells a picture from others; Kept has it of those taken in.
func (s *Store) PictureSum(ctx context.Context, p document.Picture) (sum []byte, err error) {
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		index, err := s.index(ctx, tx)
		if err == nil {
			sum = sumOf(index, p)
		}
		return err
	})
	return sum, err
}

// sumOf tells equal pictures, and says nothing to whoever has not the key.
func sumOf(key *seal.Key, p document.Picture) []byte { return key.Index("picture", string(p.Sum[:])) }

// draftFor finds the open form of a parcel for a picture that its rule takes.
func (s *Store) draftFor(ctx context.Context, tx *postgres.Tx, w shipment.Waybill, slot Slot) (i Identity, err error) {
	p, err := s.parcelOf(ctx, tx, w)
	if err != nil {
		return Identity{}, err
	}
	taken := false
	for _, d := range p.rule.Documents {
		taken = taken || d.Takes(slot)
	}
	if !taken {
		return Identity{}, fault.Invalid{{Field: string(slot), Key: key(string(slot), FlawUnused)}}
	}
	now := s.clock()
	const touch = `update identities set saved_at = $2, keep_until = $3 where waybill = $1 and state = 'draft' returning ` + columns
	err = tx.Get(ctx, &i, touch, string(w), now, now.Add(p.rule.Retention.Draft))
	return i, missing(err)
}

// dropSlot removes the row of one side's picture and gives its file's name.
func dropSlot(ctx context.Context, tx *postgres.Tx, id ID, slot Slot) (string, error) {
	var files []string
	const drop = `delete from identity_pictures where identity_id = $1 and slot = $2 returning file`
	if err := tx.Select(ctx, &files, drop, int64(id), string(slot)); err != nil || len(files) == 0 {
		return "", err
	}
	return files[0], nil
}

// Pictures lists what was taken in of an identity, front first.
func (s *Store) Pictures(ctx context.Context, id ID) (list []Kept, err error) {
	const query = `select ` + keptColumns + ` from identity_pictures where identity_id = $1 order by array_position(array['front','back','permit'], slot)`
	err = s.web.Select(ctx, &list, query, int64(id))
	return list, err
}

// checkPictures holds a form's pictures to its document's rule. Those of sides
// that the document does not have are dropped; their files go after the commit.
func (s *Store) checkPictures(ctx context.Context, tx *postgres.Tx, c *change, doc DocType, ezway bool) (odd Warnings, gone []string, wrong, err error) {
	rule, known := c.rule.Document(doc)
	if !known {
		return nil, nil, nil, nil
	}
	var kept []Kept
	if err := tx.Select(ctx, &kept, `select `+keptColumns+` from identity_pictures where identity_id = $1`, int64(c.ID)); err != nil {
		return nil, nil, nil, err
	}
	var shots []Shot
	for _, k := range kept {
		if !rule.Takes(k.Slot) {
			file, err := dropSlot(ctx, tx, c.ID, k.Slot)
			if err != nil {
				return nil, nil, nil, err
			}
			gone = append(gone, file)
			continue
		}
		shots = append(shots, Shot{k.Slot, k.Sum, document.Look(k.Look)}) //nolint:gosec // bits, not a number
		for _, flaw := range k.Warnings {
			odd = append(odd, fault.Problem{Field: string(k.Slot), Key: key(string(k.Slot), Flaw(flaw))})
		}
	}
	seen, wrong := rule.CheckPictures(ezway, shots)
	return append(odd, seen...), gone, wrong, nil
}

// copyPictures seals the pictures of one record anew under another: those that
// want takes. They are read by the portal, under the look that opened the key.
func (s *Store) copyPictures(ctx context.Context, tx *postgres.Tx, from, to side, want func(Slot) bool) error {
	var kept []Kept
	query := `select ` + keptColumns + ` from identity_pictures where ` + from.column + ` = $1`
	if err := tx.Select(ctx, &kept, query, from.id); err != nil {
		return err
	}
	for _, k := range kept {
		if !want(k.Slot) {
			continue
		}
		plain, err := s.unsealed(from.key, k.Slot, k.File)
		if err != nil {
			return err
		}
		file, err := s.files.Put(to.key.Seal(string(k.Slot), plain))
		if err != nil {
			return err
		}
		add := `
insert into identity_pictures (file, ` + to.column + `, slot, sum, look, width, height, warnings, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
		_, err = tx.Exec(ctx, add, file, to.id, string(k.Slot), k.Sum, k.Look, k.Width, k.Height, k.Warnings, s.clock())
		if err != nil {
			return err
		}
	}
	return nil
}

// side is one end of a copy: an identity or a saved person with its opened key.
type side struct {
	column string // of identity_pictures
	id     int64
	key    *seal.Key
}

func (id ID) side(k *seal.Key) side       { return side{"identity_id", int64(id), k} }
func (id PersonID) side(k *seal.Key) side { return side{"person_id", int64(id), k} }
