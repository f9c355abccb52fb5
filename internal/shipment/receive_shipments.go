package shipment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ecms/portal/internal/postgres"
)

// ReceiveShipments takes shipment records in, in one transaction; events that
// have waited for them join. Of the same shipment the greater rev wins, and of
// equal ones the later.
func (s *Store) ReceiveShipments(ctx context.Context, rs []Record) (Changes, error) {
	records, settled := settleRecords(rs)
	done := Changes{Unchanged: settled}
	var rows []recordRow
	err := s.work.Select(ctx, &rows, `select `+recordColumns+` from shipments where waybill = any($1)`, waybillArray(numbersOf(records)))
	if err != nil {
		return Changes{}, fmt.Errorf("read shipments: %w", err)
	}
	news, strangers := newsAmong(records, rows)
	done.Unchanged += len(records) - len(news)
	if len(news) == 0 {
		return done, nil
	}
	changes, err := s.takeRecords(ctx, news, strangers)
	if errors.Is(err, errStrangers) {
		changes, err = s.takeRecords(ctx, news, true)
	}
	if err != nil {
		return Changes{}, fmt.Errorf("receive shipments: %w", err)
	}
	return done.Plus(changes), nil
}

// takeRecords writes records that say something new, under locks.
func (s *Store) takeRecords(ctx context.Context, records []Record, strangers bool) (changes Changes, err error) {
	err = s.work.InTx(ctx, func(tx *postgres.Tx) error {
		changes = Changes{}
		if strangers {
			if err := lockStrangers(ctx, tx); err != nil {
				return err
			}
		}
		ws := waybillArray(numbersOf(records))
		var rows []recordRow
		const lock = `select ` + recordColumns + ` from shipments where waybill = any($1) order by waybill for update`
		if err := tx.Select(ctx, &rows, lock, ws); err != nil {
			return fmt.Errorf("lock shipments: %w", err)
		}
		news, unknown := newsAmong(records, rows)
		if unknown && !strangers {
			return errStrangers
		}
		changes.Unchanged = len(records) - len(news)
		return s.writeRecords(ctx, tx, news, rows, &changes)
	})
	return changes, err
}

func (s *Store) writeRecords(ctx context.Context, tx *postgres.Tx, news []Record, before []recordRow, changes *Changes) error {
	known, err := readCheckpoints(ctx, tx, numbersOf(news))
	if err != nil {
		return err
	}
	byWaybill := rowsByWaybill(before)
	now := s.now()
	after := make([]told, len(news))
	rows := make([]recordRow, len(news))
	for i, r := range news {
		addedAt := now.UTC().Truncate(time.Microsecond)
		if row, there := byWaybill[r.Waybill]; there {
			changes.Replaced++
			addedAt = row.AddedAt
		} else {
			changes.Added++
		}
		after[i] = s.tell(headOf(r, addedAt), checkpointsOf(known[r.Waybill]), now)
		rows[i] = rowOf(r, after[i].status, addedAt)
	}
	if err := upsertShipments(ctx, tx, rows); err != nil {
		return err
	}
	if err := writeTerms(ctx, tx, news, byWaybill); err != nil {
		return err
	}
	if err := s.writeTimelines(ctx, tx, after); err != nil {
		return err
	}
	if s.OnReceived == nil || len(news) == 0 {
		return nil
	}
	return s.OnReceived(ctx, tx, numbersOf(news))
}

// newsAmong gives the records that differ from their rows and aren't older, and
// tells whether there are some without a row.
func newsAmong(records []Record, rows []recordRow) (news []Record, strangers bool) {
	byWaybill := rowsByWaybill(rows)
	for _, r := range records {
		row, there := byWaybill[r.Waybill]
		strangers = strangers || !there
		if there && (r.Rev < row.Rev || r.says(row.record())) {
			continue
		}
		news = append(news, r)
	}
	return news, strangers
}

// says tells whether two records say the same.
func (r Record) says(o Record) bool {
	same := r.AcceptedAt.Equal(o.AcceptedAt) && r.DeliveredAt.Equal(o.DeliveredAt)
	r.AcceptedAt, r.DeliveredAt = o.AcceptedAt, o.DeliveredAt
	return same && r == o
}

func rowsByWaybill(rows []recordRow) map[Waybill]*recordRow {
	m := make(map[Waybill]*recordRow, len(rows))
	for i := range rows {
		m[rows[i].Waybill] = &rows[i]
	}
	return m
}

// settleRecords keeps of each shipment the record that wins, in the order of
// numbers, and tells how many did not.
func settleRecords(rs []Record) (kept []Record, settled int) {
	rs = slices.Clone(rs)
	slices.SortStableFunc(rs, func(a, b Record) int { return strings.Compare(string(a.Waybill), string(b.Waybill)) })
	kept = rs[:0]
	for _, r := range rs {
		r.AcceptedAt, r.DeliveredAt = r.AcceptedAt.UTC().Truncate(time.Microsecond), r.DeliveredAt.UTC().Truncate(time.Microsecond)
		last := len(kept) - 1
		switch {
		case last < 0 || kept[last].Waybill != r.Waybill:
			kept = append(kept, r)
			continue
		case r.Rev >= kept[last].Rev:
			kept[last] = r
		}
		settled++
	}
	return kept, settled
}

func numbersOf(rs []Record) []Waybill {
	ws := make([]Waybill, len(rs))
	for i, r := range rs {
		ws[i] = r.Waybill
	}
	return ws
}

func upsertShipments(ctx context.Context, tx *postgres.Tx, rows []recordRow) error {
	if len(rows) == 0 {
		return nil
	}
	body, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("encode shipments: %w", err)
	}
	if _, err := tx.Exec(ctx, upsertRecords, string(body)); err != nil {
		return fmt.Errorf("write shipments: %w", err)
	}
	return nil
}
