package shipment

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"ecms/portal/internal/postgres"
)

const verifyBatch = 1000

// VerifyReport tells what a check of everything that follows from the rows found.
type VerifyReport struct {
	Shipments   int `json:"shipments"`
	Checkpoints int `json:"checkpoints"`
	// Waiting counts events whose shipment has not come yet.
	Waiting int `json:"waiting"`
	// Silent counts parcels that the next run of the job will mark as expired.
	Silent int     `json:"silent"`
	Faults []Fault `json:"faults"`
}

// Fault is one value that differs from what the rows say.
type Fault struct {
	Waybill Waybill `json:"waybill"`
	Field   string  `json:"field"`
	Have    string  `json:"have"`
	Want    string  `json:"want"`
}

// Verify works everything out anew from the rows, parcel by parcel, and lists
// what differs. It may run beside imports.
func (s *Store) Verify(ctx context.Context, progress func(shipments int)) (VerifyReport, error) {
	r := VerifyReport{Faults: []Fault{}}
	err := s.eachPage(ctx, func(ctx context.Context, tx *postgres.Tx, page []standingRow) error {
		if err := s.verifyPage(ctx, tx, page, &r); err != nil {
			return err
		}
		progress(r.Shipments)
		return nil
	})
	if err == nil {
		err = s.verifyOrphans(ctx, &r)
	}
	if err != nil {
		return r, fmt.Errorf("verify: %w", err)
	}
	return r, nil
}

// eachPage reads all shipments in pages; a page and what is read beside it are
// of one moment.
func (s *Store) eachPage(ctx context.Context, visit func(context.Context, *postgres.Tx, []standingRow) error) error {
	const query = `select ` + headColumns + ` from shipments where waybill > $1 order by waybill limit $2`
	for last, done := "", false; !done; {
		err := s.work.InTx(ctx, func(tx *postgres.Tx) error {
			if _, err := tx.ExecContext(ctx, `set transaction isolation level repeatable read, read only`); err != nil {
				return fmt.Errorf("one moment: %w", err)
			}
			rows, err := tx.Query(ctx, query, last, verifyBatch)
			if err != nil {
				return err
			}
			page, err := scanHeads(rows)
			if err != nil {
				return err
			}
			if len(page) == 0 {
				done = true
				return nil
			}
			last = string(page[len(page)-1].Waybill)
			return visit(ctx, tx, page)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) verifyPage(ctx context.Context, tx *postgres.Tx, page []standingRow, r *VerifyReport) error {
	ws := make([]Waybill, len(page))
	for i, row := range page {
		ws[i] = row.Waybill
	}
	known, err := readCheckpoints(ctx, tx, ws)
	if err != nil {
		return err
	}
	bodies, err := readBodies(ctx, tx, ws)
	if err != nil {
		return err
	}
	now := s.now()
	for _, row := range page {
		cs := checkpointsOf(known[row.Waybill])
		r.Shipments++
		r.Checkpoints += len(cs)
		want := s.tell(row.head, cs, now)
		if want.status.Subtag == SilentForThirty && row.status.Subtag != SilentForThirty {
			r.Silent++ // fell silent since the job ran: right as of then
			want = s.tell(row.head, cs, time.Time{})
		}
		r.Faults = append(r.Faults, want.faults(row.status, bodies[row.Waybill])...)
	}
	return nil
}

// faults compares what follows with what was kept.
func (t told) faults(have Status, body string) []Fault {
	var fs []Fault
	differ := func(field, have, want string) {
		if have != want {
			fs = append(fs, Fault{t.waybill, field, have, want})
		}
	}
	differ("tag", string(have.Tag), string(t.status.Tag))
	differ("subtag", string(have.Subtag), string(t.status.Subtag))
	differ("status_at", instantText(have.At), instantText(t.status.At))
	differ("customs_state", string(have.Customs), string(t.status.Customs))
	differ("customs_since", instantText(have.CustomsSince), instantText(t.status.CustomsSince))
	differ("checkpoint_count", strconv.Itoa(have.Checkpoints), strconv.Itoa(t.status.Checkpoints))
	differ("attempt_count", strconv.Itoa(have.Attempts), strconv.Itoa(t.status.Attempts))
	differ("timeline", body, t.body)
	return fs
}

// verifyOrphans finds views without a shipment and counts waiting events.
func (s *Store) verifyOrphans(ctx context.Context, r *VerifyReport) error {
	var orphans []Waybill
	const views = `
select t.waybill from shipment_timeline t
where not exists (select from shipments s where s.waybill = t.waybill) order by t.waybill limit 1000`
	if err := s.work.Select(ctx, &orphans, views); err != nil {
		return fmt.Errorf("views without a shipment: %w", err)
	}
	for _, w := range orphans {
		r.Faults = append(r.Faults, Fault{w, "timeline", "there", "no shipment"})
	}
	const waiting = `
select count(*) from checkpoints c where not exists (select from shipments s where s.waybill = c.waybill)`
	if err := s.work.Get(ctx, &r.Waiting, waiting); err != nil {
		return fmt.Errorf("waiting events: %w", err)
	}
	return nil
}

// Rebuild writes everything that follows from the rows anew and tells how many
// parcels it mended.
func (s *Store) Rebuild(ctx context.Context, progress func(shipments int)) (int, error) {
	seen, mended := 0, 0
	for last := ""; ; {
		var ws []Waybill
		if err := s.work.Select(ctx, &ws, `select waybill from shipments where waybill > $1 order by waybill limit $2`, last, verifyBatch); err != nil {
			return mended, fmt.Errorf("rebuild: %w", err)
		}
		if len(ws) == 0 {
			break
		}
		last = string(ws[len(ws)-1])
		n, err := s.mend(ctx, ws)
		if err != nil {
			return mended, fmt.Errorf("rebuild: %w", err)
		}
		seen, mended = seen+len(ws), mended+n
		progress(seen)
	}
	n, err := s.deleteOrphans(ctx)
	if err != nil {
		return mended, fmt.Errorf("rebuild: %w", err)
	}
	return mended + n, nil
}

// deleteOrphans deletes the views without a shipment and tells how many.
func (s *Store) deleteOrphans(ctx context.Context) (int, error) {
	var ws []Waybill
	err := s.work.InTx(ctx, func(tx *postgres.Tx) error {
		const query = `delete from shipment_timeline t where not exists (select from shipments s where s.waybill = t.waybill) returning waybill`
		if err := tx.Select(ctx, &ws, query); err != nil || len(ws) == 0 || s.OnTold == nil {
			return err
		}
		return s.OnTold(ctx, tx, ws)
	})
	return len(ws), err
}
