package shelf

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/account"
	"ecms/portal/internal/shipment"
)

// Sort is the order of a list.
type Sort string

// The orders.
const (
	ByNews     Sort = "news"     // the latest event first
	ByNeed     Sort = "needs"    // what waits longest first, then by news
	ByExpected Sort = "expected" // what should arrive soonest first
	ByAdded    Sort = "added"    // what came onto the shelf last first
)

// Filter says which parcels of a shelf are wanted, and in which order. Its zero
// value wants all that aren't archived, by news.
type Filter struct {
	// Text is looked for in nicknames, order numbers, waybills and local numbers.
	Text  string
	Side  Side
	State State
	// Country is either end, ISO 3166-1 alpha-2.
	Country string
	// From and To are the days of the latest event, first and last, by the clock of Zone (nil: UTC).
	From, To shipment.Date
	Zone     *time.Location
	// Archived wants those that were put away, instead of the others.
	Archived bool
	Sort     Sort
}

// PageSize is how many parcels stand on one page of a list.
const PageSize = 25

// Page is a part of a list.
type Page struct {
	Parcels []Parcel
	// Total counts the whole list.
	Total int
	// Next is the place after the last parcel; empty at the end.
	Next string
}

const listRows = `
with kept as (
    select ` + columns + `, s.promised_to as promised
    from account_parcels k join shipments s on s.waybill = k.waybill
    where ` + ofOwner + ` and (k.archived_at is not null) = $2
        and ($3::text = '' or k.side = $3)
        and ($4::text = '' or s.origin_country = $4 or s.destination_country = $4)
        and ($5::text = '' or position(lower($5) in lower(k.nickname)) > 0 or position(lower($5) in lower(s.order_no)) > 0
            or $6::text <> '' and (position($6 in replace(k.waybill, '-', '')) > 0
                or position($6 in replace(upper(s.last_mile_number), '-', '')) > 0))
), timed as (
    select *, coalesce(news_at, known_at) as latest from kept
), chosen as (
    select *, case $10::text
            when 'needs' then case when state = 'needs' then coalesce((` + micros + `customs_since) * 1000000)::bigint, 0)
                else 4000000000000000000 - (` + micros + `latest) * 1000000)::bigint end
            when 'expected' then case when state in ('moving', 'needs') and promised is not null then promised - date '2000-01-01' else 10000000 end
            when 'added' then -(` + micros + `added_at) * 1000000)::bigint
            else -(` + micros + `latest) * 1000000)::bigint end as place
    from timed
    where ($7::text = '' or state = $7)
        and ($8::text = '' or latest >= $8::timestamptz) and ($9::text = '' or latest < $9::timestamptz)
)
select waybill, nickname, side, state, archived, added_at, news_at, subtag, status_at, customs, customs_since,
    origin_country, destination_country, destination_zone, promised_from, promised_to, delivered_at,
    order_no, last_mile_carrier, last_mile_number, place, (select count(*) from chosen) as total
from chosen where $11::bigint is null or (place, waybill) > ($11, $12::text)
order by place, waybill limit $13`

// micros begins the count of microseconds since 1970.
const micros = `extract(epoch from `

// List gives one page of the owner's parcels, from the place after which the
// last page ended; the empty place is the start. Parcels that move, come or go
// between two pages make no other parcel appear twice or not at all.
func (s *Store) List(ctx context.Context, id account.ID, f Filter, after string) (Page, error) {
	page, err := s.part(ctx, id, f, after, PageSize)
	if err == nil && len(page.Parcels) == 0 && after != "" { // its end has gone: back to the start
		page, err = s.part(ctx, id, f, "", PageSize)
	}
	return page, err
}

// Each calls do with all parcels of a list, some at a time.
func (s *Store) Each(ctx context.Context, id account.ID, f Filter, do func([]Parcel) error) error {
	const some = 2000
	for after := ""; ; {
		page, err := s.part(ctx, id, f, after, some)
		if err != nil {
			return err
		}
		if err := do(page.Parcels); err != nil {
			return err
		}
		if after = page.Next; after == "" {
			return nil
		}
	}
}

func (s *Store) part(ctx context.Context, id account.ID, f Filter, after string, size int) (Page, error) {
	text := strings.TrimSpace(norm.NFKC.String(f.Text))
	place, waybill := readPlace(after)
	var rows []row
	err := s.web.Select(ctx, &rows, s.list, owner(id), f.Archived, string(f.Side), f.Country,
		text, numberIn(text), string(f.State), f.starts(f.From), f.starts(f.To.AddDays(1)), string(f.Sort), place, waybill, size+1)
	if err != nil {
		return Page{}, fmt.Errorf("list parcels: %w", err)
	}
	var p Page
	for i, r := range rows {
		if i == size {
			p.Next = writePlace(rows[i-1])
			break
		}
		p.Parcels, p.Total = append(p.Parcels, r.parcel()), r.Total
	}
	return p, s.date(ctx, p.Parcels)
}

// starts is the instant at which a day begins, for the database; empty without a
// day, and for one before the years that the database can read.
func (f Filter) starts(d shipment.Date) string {
	day, ok := d.Time()
	if !ok {
		return ""
	}
	zone := f.Zone
	if zone == nil {
		zone = time.UTC
	}
	begins := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone).UTC()
	if begins.Year() < 1 {
		return ""
	}
	return begins.Format(time.RFC3339)
}

// numberIn is a typed text as a part of a number, without spaces and dashes; empty
// when it can't be one.
func numberIn(text string) string {
	if w, err := shipment.Parse(text); err == nil && w.Ours() {
		return string(w) // with look-alikes read as what they stand for
	}
	bare := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(text))
	for _, c := range bare {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && !strings.ContainsRune("._/", c) {
			return ""
		}
	}
	return bare
}

// writePlace names the place after a row, readPlace reads what it wrote; what it
// did not write is the start.
func writePlace(r row) string { return strconv.FormatInt(r.Place, 36) + "." + string(r.Waybill) }

func readPlace(after string) (place *int64, waybill string) {
	head, tail, ok := strings.Cut(after, ".")
	n, err := strconv.ParseInt(head, 36, 64)
	if !ok || err != nil {
		return nil, ""
	}
	return &n, tail
}
