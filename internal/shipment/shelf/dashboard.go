package shelf

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ecms/portal/internal/account"
)

// How much a dashboard shows, for how long what has ended stays on it, and how
// many parcels are sorted here rather than by PostgreSQL.
const (
	mostNeeds  = 50
	mostMoving = 10
	mostEnded  = 5
	recently   = 30 * 24 * time.Hour
	mostHere   = 200
	separator  = "\x1e" // between parcels
)

// Dashboard is what an account's person wants to know first.
type Dashboard struct {
	// Needs are the parcels that wait for something, by their last days: first
	// those that have one, then the others by how long they wait.
	Needs []Parcel
	// Moving are the others under way, Ended those delivered or ended within 30
	// days; the latest news first.
	Moving, Ended []Parcel
	// NeedsTotal and the others count also those that are not shown.
	NeedsTotal, MovingTotal, EndedTotal int
	// Kept tells that the shelf holds parcels at all, archived and old ones too.
	Kept bool
}

// Dashboard gives the owner's parcels by what is to be done about them: one
// query, and a second for a shelf of very many or one with nothing to show.
func (s *Store) Dashboard(ctx context.Context, id account.ID) (Dashboard, error) {
	since := s.now().UTC().Add(-recently)
	var lines string
	if err := s.web.Get(ctx, &lines, s.few, owner(id)); err != nil {
		return Dashboard{}, fmt.Errorf("dashboard: %w", err)
	}
	if strings.Count(lines, separator) >= mostHere {
		return s.crowded(ctx, id, since)
	}
	if lines == "" {
		var d Dashboard
		const anything = `select exists (select from account_parcels k where ` + ofOwner + `)`
		if err := s.web.Get(ctx, &d.Kept, anything, owner(id)); err != nil {
			return Dashboard{}, fmt.Errorf("dashboard: %w", err)
		}
		return d, nil
	}
	ps := make([]Parcel, strings.Count(lines, separator)+1)
	n := 0
	for line := range strings.SplitSeq(lines, separator) {
		p := &ps[n]
		if err := p.readLine(line); err != nil {
			return Dashboard{}, fmt.Errorf("dashboard: %w", err)
		}
		if p.Status.Subtag.Final() && !p.NewsAt.After(since) {
			*p = Parcel{} // too old: the next one takes its place
			continue
		}
		n++
	}
	return arrange(ps[:n]), nil
}

// arrange puts parcels where they belong and in order, and counts them. It sorts
// their places and takes those that are shown: a parcel is large to move about.
func arrange(ps []Parcel) Dashboard {
	order := make([]*Parcel, len(ps))
	var count [3]int
	for i := range ps {
		order[i] = &ps[i]
		count[ps[i].part()]++
	}
	slices.SortFunc(order, compare)
	moving, ended := count[0], count[0]+count[1]
	return Dashboard{
		Kept: true, NeedsTotal: count[0], MovingTotal: count[1], EndedTotal: count[2],
		Needs: first(order[:moving], mostNeeds), Moving: first(order[moving:ended], mostMoving), Ended: first(order[ended:], mostEnded),
	}
}

func first(order []*Parcel, most int) []Parcel {
	ps := make([]Parcel, min(len(order), most))
	for i := range ps {
		ps[i] = *order[i]
	}
	return ps
}

// part is 0 for a parcel that waits, 1 for another under way, 2 for one that has ended.
func (p *Parcel) part() int {
	switch {
	case p.State == Needed:
		return 0
	case p.Status.Subtag.Final():
		return 2
	}
	return 1
}

// compare puts the needs first and by their last days, the others by news.
func compare(a, b *Parcel) int {
	part := a.part()
	if c := cmp.Compare(part, b.part()); c != 0 {
		return c
	}
	switch {
	case part > 0:
		return cmp.Or(b.NewsAt.Compare(a.NewsAt), cmp.Compare(a.Waybill, b.Waybill))
	case (a.Due == "") != (b.Due == ""):
		return cmp.Compare(b.Due, a.Due)
	}
	return cmp.Or(cmp.Compare(a.Due, b.Due), a.Status.CustomsSince.Compare(b.Status.CustomsSince), cmp.Compare(a.Waybill, b.Waybill))
}

const dashboardCrowd = `
with kept as (
    select ` + columns + `, t.version, t.body
    from account_parcels k join shipments s on s.waybill = k.waybill
        left join shipment_timeline t on t.waybill = s.waybill and s.customs_state = 'awaiting_duty'
    where ` + ofOwner + ` and k.archived_at is null
), sorted as (
    select *, case when state = 'needs' then 0 when ended then 2 else 1 end as part,
        coalesce(case when state = 'needs' then customs_since end, 'epoch') as waits_since
    from kept
), placed as (
    select *, row_number() over (partition by part order by waits_since, news_at desc nulls last, waybill) as nth,
        count(*) over (partition by part) as total
    from sorted where part < 2 or news_at > (select $2::timestamptz)
)
select waybill, nickname, side, state, archived, added_at, news_at, subtag, status_at, customs, customs_since,
    origin_country, destination_country, destination_zone, promised_from, promised_to, delivered_at,
    order_no, last_mile_carrier, last_mile_number, part::bigint as place, total,
    case when state = 'needs' then version end as version, case when state = 'needs' then body end as body
from placed where nth <= case part when 0 then $3::int when 1 then $4::int else $5::int end`

// crowded is Dashboard for a shelf of very many parcels, of which PostgreSQL
// gives those that are shown.
func (s *Store) crowded(ctx context.Context, id account.ID, since time.Time) (Dashboard, error) {
	var rows []row
	if err := s.web.Select(ctx, &rows, s.crowd, owner(id), since, mostNeeds, mostMoving, mostEnded); err != nil {
		return Dashboard{}, fmt.Errorf("dashboard: %w", err)
	}
	ps := make([]Parcel, len(rows))
	var totals [3]int
	for i, r := range rows {
		var err error
		if ps[i], err = r.viewed(); err != nil {
			return Dashboard{}, fmt.Errorf("dashboard: %w", err)
		}
		totals[r.Place] = r.Total
	}
	d := arrange(ps)
	d.NeedsTotal, d.MovingTotal, d.EndedTotal = totals[0], totals[1], totals[2]
	return d, nil
}
