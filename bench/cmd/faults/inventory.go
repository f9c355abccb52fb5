package main

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"os"
	"strings"
	"time"

	"ecms/portal/internal/customs"
)

// row is what the database says of one identity.
type row struct {
	ID        customs.ID `db:"id"`
	Waybill   string     `db:"waybill"`
	Country   string     `db:"country"`
	State     string     `db:"state"`
	Reference string     `db:"reference"`
	Doc       string     `db:"doc_type"`
	Person    bool       `db:"has_person"`
	Document  bool       `db:"has_document"`
	Sealed    bool       `db:"sealed"`
	Erased    bool       `db:"erased"`
	Keys      int        `db:"keys"`
	Pictures  int        `db:"pictures"`
	Consents  int        `db:"consents"`
	Submitted bool       `db:"submitted"`
}

const rowsOfIdentities = `
select i.id, i.waybill, i.country, i.state, i.reference, i.doc_type, i.has_person, i.has_document, i.sealed is not null as sealed,
    i.erased_at is not null as erased, i.submitted_at is not null as submitted,
    (select count(*) from sealed_keys k where k.record = 'identity ' || i.id) as keys,
    (select count(*) from identity_pictures p where p.identity_id = i.id) as pictures,
    (select count(*) from consents c where c.identity_id = i.id) as consents
from identities i order by i.id`

// half tells why a row is half a record; empty when it is whole.
func (r row) half() string {
	wants := 0 // pictures
	if r.Doc == "cn_id" {
		wants = 2
	}
	sent := r.State == "review" || r.State == "accepted" || r.State == "refused"
	switch {
	case r.Erased && (r.Keys > 0 || r.Sealed || r.Pictures > 0):
		return "erased, with something left"
	case r.Erased:
		return ""
	case r.Keys != 1:
		return fmt.Sprintf("%d keys", r.Keys)
	case (r.Person || r.Document) && !r.Sealed:
		return "a step is done and nothing is sealed"
	case r.Document && r.Pictures != wants:
		return fmt.Sprintf("%s done with %d pictures", r.Doc, r.Pictures)
	case sent && !(r.Person && r.Document && r.Submitted):
		return "sent unfinished"
	case sent && r.Consents != 2:
		return fmt.Sprintf("sent with %d consents", r.Consents)
	case !sent && (r.Submitted || r.Consents > 0):
		return "not sent, with the marks of it"
	}
	return ""
}

// rows reads all identities.
func (v *vault) rows(ctx context.Context) (list []row, err error) {
	err = v.db.Select(ctx, &list, rowsOfIdentities)
	return list, err
}

// whole opens everything that is kept: no identity may be half there, no key, row
// or file may belong to nobody.
func (v *vault) whole(ctx context.Context) error {
	list, err := v.rows(ctx)
	if err != nil {
		return err
	}
	open := map[string]int{}
	for _, r := range list {
		if why := r.half(); why != "" {
			return fmt.Errorf("identity %d of %s (%s) is half a record: %s", r.ID, r.Waybill, r.State, why)
		}
		if !r.Erased && r.State != "replaced" {
			open[r.Waybill+r.State]++
		}
		if open[r.Waybill+r.State] > 1 {
			return fmt.Errorf("%s has two identities in state %s", r.Waybill, r.State)
		}
		if err := v.opens(ctx, r); err != nil {
			return fmt.Errorf("identity %d of %s: %w", r.ID, r.Waybill, err)
		}
	}
	return v.nobodys(ctx)
}

// opens reads all of one identity.
func (v *vault) opens(ctx context.Context, r row) error {
	if r.Erased || !r.Sealed {
		return nil
	}
	_, clear, err := v.View(ctx, r.ID, reader(), "rig")
	if err != nil {
		return err
	}
	if r.Person && clear.Person.Phone == "" || r.Document && string(clear.Document.Doc) != r.Doc {
		return fmt.Errorf("something is missing in what was sealed")
	}
	kept, err := v.Pictures(ctx, r.ID)
	if err != nil {
		return err
	}
	for _, k := range kept {
		data, err := v.Picture(ctx, r.ID, k.Slot, reader(), "rig")
		if err != nil {
			return fmt.Errorf("%s: %w", k.Slot, err)
		}
		if c, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil || c.Width != k.Width {
			return fmt.Errorf("%s is no picture of %d pixels: %w", k.Slot, k.Width, err)
		}
	}
	return nil
}

// nobodys looks for keys, rows and files that belong to no record.
func (v *vault) nobodys(ctx context.Context) error {
	var keys, failed int
	const stray = `
select count(*) from sealed_keys k where k.record like 'identity %' and not exists (select from identities i where 'identity ' || i.id = k.record and i.erased_at is null)
or k.record like 'person %' and not exists (select from people p where 'person ' || p.id = k.record and p.erased_at is null)`
	if err := v.db.Get(ctx, &keys, stray); err != nil {
		return err
	}
	if keys > 0 {
		return fmt.Errorf("%d keys of no record", keys)
	}
	if err := v.db.Get(ctx, &failed, `select count(*) from jobs where state = 'failed'`); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d jobs were given up", failed)
	}
	orphans, missing, err := v.strays(ctx)
	if err == nil && (len(orphans) > 0 || len(missing) > 0) {
		err = fmt.Errorf("files of no row: %s; rows without a file: %s", strings.Join(orphans, " "), strings.Join(missing, " "))
	}
	return err
}

// strays are files that no row names, finished or not, and rows whose file is not there.
func (v *vault) strays(ctx context.Context) (orphans, missing []string, err error) {
	entries, err := os.ReadDir(v.dir)
	if err != nil {
		return nil, nil, err
	}
	var named []string
	if err := v.db.Select(ctx, &named, `select file from identity_pictures`); err != nil {
		return nil, nil, err
	}
	rows := map[string]bool{}
	for _, name := range named {
		rows[name] = true
	}
	for _, e := range entries {
		if !rows[e.Name()] {
			orphans = append(orphans, e.Name())
		}
		delete(rows, e.Name())
	}
	for name := range rows {
		missing = append(missing, name)
	}
	return orphans, missing, nil
}

// sweep lets the portal's own sweep look at files as if some hours had passed.
func (v *vault) sweep(ctx context.Context) error {
	entries, err := os.ReadDir(v.dir)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(v.dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	old := time.Now().Add(-3 * time.Hour)
	for _, e := range entries {
		if err := root.Chtimes(e.Name(), old, old); err != nil {
			return err
		}
	}
	_, err = v.Sweep(ctx)
	return err
}
