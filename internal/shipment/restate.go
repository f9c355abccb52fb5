package shipment

import (
	"context"
	"fmt"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/postgres"
)

// told is what follows from a parcel's rows: its status and its public view.
type told struct {
	waybill Waybill
	status  Status
	body    string
}

// tell works out what follows from a parcel's rows, at the store's moment.
func (s *Store) tell(h head, cs []Checkpoint, now time.Time) told {
	events := sorted(cs)
	status := stand(events, h, now)
	return told{h.Waybill, status, h.public(events, status).encode()}
}

// same compares instants as the database keeps them.
func (s Status) same(o Status) bool {
	sinceSame, atSame := s.CustomsSince.Equal(o.CustomsSince), s.At.Equal(o.At)
	s.At, s.CustomsSince, o.At, o.CustomsSince = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return s == o && sinceSame && atSame
}

// restate writes what follows from changed rows of locked shipments; rows that
// stay as they are aren't touched.
func (s *Store) restate(ctx context.Context, tx *postgres.Tx, before []standingRow, after []told) error {
	moved := make([]told, 0, len(after))
	for i, t := range after {
		if !t.status.same(before[i].status) {
			moved = append(moved, t)
		}
	}
	if err := writeStatus(ctx, tx, moved); err != nil {
		return err
	}
	return s.writeTimelines(ctx, tx, after)
}

const updateStatus = `
update shipments s set tag = u.tag, subtag = u.subtag, status_at = nullif(u.status_at, '')::timestamptz,
    customs_state = nullif(u.customs_state, ''), customs_since = nullif(u.customs_since, '')::timestamptz,
    checkpoint_count = u.checkpoint_count, attempt_count = u.attempt_count, changed_at = now()
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::int[])
    as u(waybill, tag, subtag, status_at, customs_state, customs_since, checkpoint_count, attempt_count)
where s.waybill = u.waybill`

func writeStatus(ctx context.Context, tx *postgres.Tx, ts []told) error {
	if len(ts) == 0 {
		return nil
	}
	var texts [6]pq.StringArray
	var counts [2]pq.Int64Array
	for _, t := range ts {
		s := t.status
		for i, v := range [6]string{
			string(t.waybill), string(s.Tag), string(s.Subtag), instantText(s.At), string(s.Customs), instantText(s.CustomsSince),
		} {
			texts[i] = append(texts[i], v)
		}
		counts[0] = append(counts[0], int64(s.Checkpoints))
		counts[1] = append(counts[1], int64(s.Attempts))
	}
	_, err := tx.Exec(ctx, updateStatus, texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], counts[0], counts[1])
	if err != nil {
		return fmt.Errorf("write status: %w", err)
	}
	return nil
}

const upsertTimelines = `
insert into shipment_timeline (waybill, version, body)
select u.waybill, 1, u.body from unnest($1::text[], $2::text[]) as u(waybill, body)
on conflict (waybill) do update set version = shipment_timeline.version + 1, body = excluded.body
where shipment_timeline.body <> excluded.body`

// writeTimelines is the only one that writes public views, so the only one that
// tells OnTold.
func (s *Store) writeTimelines(ctx context.Context, tx *postgres.Tx, ts []told) error {
	if len(ts) == 0 {
		return nil
	}
	waybills, bodies := make(pq.StringArray, len(ts)), make(pq.StringArray, len(ts))
	for i, t := range ts {
		waybills[i], bodies[i] = string(t.waybill), t.body
	}
	if _, err := tx.Exec(ctx, upsertTimelines, waybills, bodies); err != nil {
		return fmt.Errorf("write timelines: %w", err)
	}
	if s.OnTold == nil {
		return nil
	}
	ws := make([]Waybill, len(ts))
	for i, t := range ts {
		ws[i] = t.waybill
	}
	return s.OnTold(ctx, tx, ws)
}

// instantText is an instant as PostgreSQL reads it; empty for the zero time.
func instantText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.999999Z07:00")
}
