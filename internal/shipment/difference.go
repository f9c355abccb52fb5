package shipment

import (
	"context"
	"fmt"
	"iter"

	"github.com/lib/pq"

	"ecms/portal/internal/postgres"
)

// difference is what a batch changes about one parcel.
type difference struct {
	added, replaced []stored
	unchanged       int
	known           []stored // as they were
}

func (d difference) quiet() bool { return len(d.added) == 0 && len(d.replaced) == 0 }

// compare sets what a batch says against the rows that are there.
func (p parcel) compare(known []stored) difference {
	if len(known) == 0 {
		return difference{added: p.rows}
	}
	d := difference{known: known}
	for i := range p.rows {
		r := &p.rows[i]
		at := indexOf(known, r)
		switch {
		case at < 0:
			d.added = append(d.added, *r)
		case r.Rev < known[at].Rev || r.says(&known[at]):
			d.unchanged++
		default:
			d.replaced = append(d.replaced, *r)
		}
	}
	return d
}

// all gives the parcel's events as they are afterwards.
func (d difference) all() []Checkpoint {
	cs := make([]Checkpoint, 0, len(d.known)+len(d.added))
	cs = appendCheckpoints(cs, d.known)
	for i := range d.replaced {
		cs[indexOf(d.known, &d.replaced[i])] = d.replaced[i].Checkpoint
	}
	return appendCheckpoints(cs, d.added)
}

func indexOf(known []stored, r *stored) int {
	for i := range known {
		if known[i].key == r.key && known[i].Source == r.Source {
			return i
		}
	}
	return -1
}

// says tells whether two rows of the same event say the same.
func (r *stored) says(o *stored) bool {
	return r.Text == o.Text && r.Place == o.Place && r.Code == o.Code && r.Rev == o.Rev && r.At.Equal(o.At) &&
		r.OffsetMinutes == o.OffsetMinutes && r.Country == o.Country && r.Facility == o.Facility
}

func copyCheckpoints(ctx context.Context, tx *postgres.Tx, rows []stored) error {
	if len(rows) == 0 {
		return nil
	}
	columns := []string{
		"waybill", "source", "event_key", "rev", "at", "offset_minutes", "country", "facility", "place", "code", "text",
	}
	if _, err := tx.Copy(ctx, "checkpoints", columns, copyValues(rows)); err != nil {
		return fmt.Errorf("copy checkpoints: %w", err)
	}
	return nil
}

func copyValues(rows []stored) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		values := make([]any, 11)
		for i := range rows {
			r := &rows[i]
			values[0], values[1], values[2], values[3] = string(r.Waybill), r.Source, r.key, int64(r.Rev)
			values[4], values[5], values[6] = r.At, int64(r.OffsetMinutes), r.Country
			values[7], values[8], values[9], values[10] = r.Facility, r.Place, r.Code, r.Text
			if !yield(values) {
				return
			}
		}
	}
}

const updateCheckpoints = `
update checkpoints c set rev = u.rev, at = u.at, offset_minutes = u.offset_minutes, country = u.country,
    facility = u.facility, place = u.place, code = u.code, text = u.text
from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::smallint[], $7::text[], $8::boolean[],
    $9::text[], $10::text[], $11::text[])
    as u(waybill, source, event_key, rev, at, offset_minutes, country, facility, place, code, text)
where c.waybill = u.waybill and c.source = u.source and c.event_key = u.event_key`

func replaceCheckpoints(ctx context.Context, tx *postgres.Tx, rows []stored) error {
	if len(rows) == 0 {
		return nil
	}
	var waybills, sources, keys, ats, countries, places, codes, texts pq.StringArray
	var revs, offsets pq.Int64Array
	var facilities pq.BoolArray
	for _, r := range rows {
		waybills, sources, keys = append(waybills, string(r.Waybill)), append(sources, r.Source), append(keys, r.key)
		revs, ats, offsets = append(revs, int64(r.Rev)), append(ats, instantText(r.At)), append(offsets, int64(r.OffsetMinutes))
		countries, facilities, places = append(countries, r.Country), append(facilities, r.Facility), append(places, r.Place)
		codes, texts = append(codes, r.Code), append(texts, r.Text)
	}
	_, err := tx.Exec(ctx, updateCheckpoints, waybills, sources, keys, revs, ats, offsets, countries, facilities, places, codes, texts)
	if err != nil {
		return fmt.Errorf("replace checkpoints: %w", err)
	}
	return nil
}
