package shipment

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
)

// A row as one text, as PostgreSQL and Go both write it: comparing texts costs
// a third of reading rows, and most of a file that comes again is unchanged.
const selectLines = `
select waybill, string_agg(concat_ws(E'\x1f', source, event_key, rev, extract(epoch from at), offset_minutes, country,
    facility, place, code, text), E'\x1e')
from checkpoints where waybill = any($1) group by waybill`

// withNews leaves out the parcels about which a batch says what is known
// already, as if it had come at the moment of reading. Others are looked at
// again under their locks.
func (s *Store) withNews(ctx context.Context, parcels []parcel) ([]parcel, error) {
	if len(parcels) == 0 {
		return nil, nil
	}
	rows, err := s.work.Query(ctx, selectLines, waybillArray(waybillsOf(parcels)))
	if err != nil {
		return nil, fmt.Errorf("read known events: %w", err)
	}
	defer func() { _ = rows.Close() }()
	known := make(map[Waybill][]byte)
	for rows.Next() {
		var w Waybill
		var lines []byte
		if err := rows.Scan(&w, &lines); err != nil {
			return nil, fmt.Errorf("read known events: %w", err)
		}
		known[w] = lines
	}
	news := parcels[:0:0]
	var buf []byte
	for _, p := range parcels {
		if lines := known[p.waybill]; lines == nil || !p.within(lines, &buf) {
			news = append(news, p)
		}
	}
	return news, rows.Err()
}

// within tells whether each row is among the known lines as it is.
func (p parcel) within(lines []byte, buf *[]byte) bool {
	for i := range p.rows {
		*buf = p.rows[i].appendLine((*buf)[:0])
		if !containsLine(lines, *buf) {
			return false
		}
	}
	return true
}

const (
	fieldEnd = '\x1f'
	lineEnd  = '\x1e'
)

func containsLine(lines, line []byte) bool {
	for rest := lines; ; {
		at := bytes.Index(rest, line)
		if at < 0 {
			return false
		}
		end := at + len(line)
		if (at == 0 || rest[at-1] == lineEnd) && (end == len(rest) || rest[end] == lineEnd) {
			return true
		}
		rest = rest[at+1:]
	}
}

// appendLine writes a row as selectLines does.
func (r *stored) appendLine(b []byte) []byte {
	text := func(s string) { b = append(append(b, s...), fieldEnd) }
	text(r.Source)
	text(r.key)
	text(strconv.Itoa(r.Rev))
	b = strconv.AppendInt(b, r.At.Unix(), 10)
	b = append(b, '.')
	micro := strconv.Itoa(r.At.Nanosecond()/1000 + 1_000_000)
	text(micro[1:])
	text(strconv.Itoa(r.OffsetMinutes))
	text(r.Country)
	if r.Facility {
		text("t")
	} else {
		text("f")
	}
	text(r.Place)
	text(r.Code)
	return append(b, r.Text...)
}
