package shelf

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"ecms/portal/internal/account"
)

// How much a dashboard shows, and for how long what has ended stays on it.
const (
	mostNeeds  = 50
	mostMoving = 20
	mostEnded  = 10
	recently   = 30 * 24 * time.Hour
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

const dashboardRows = `
with kept as (
    select ` + columns + `
    from account_parcels k join shipments s on s.waybill = k.waybill
    where k.account_id = $5 and k.removed_at is null and k.archived_at is null
), sorted as (
    select *, case when state = 'needs' then 0 when ended then 2 else 1 end as part,
        coalesce(case when state = 'needs' then customs_since end, 'epoch') as waits_since, coalesce(news_at, known_at) as latest
    from kept
), placed as (
    select *, row_number() over (partition by part order by waits_since, latest desc, waybill) as nth,
        count(*) over (partition by part) as total
    from sorted where part < 2 or latest > $6
)
select waybill, nickname, side, state, archived, added_at, news_at, subtag, status_at, customs, customs_since,
    origin_country, destination_country, destination_zone, promised_from, promised_to, delivered_at,
    order_no, last_mile_carrier, last_mile_number, part::bigint as place, total
from placed where nth <= case part when 0 then $7::int when 1 then $8::int else $9::int end
order by part, nth`

// Dashboard gives the owner's parcels by what is to be done about them: one
// query, and a second when some wait for a duty, or when there is nothing to show.
func (s *Store) Dashboard(ctx context.Context, id account.ID) (Dashboard, error) {
	var rows []row
	k := kinds()
	err := s.web.Select(ctx, &rows, dashboardRows, k[0], k[1], k[2], k[3], owner(id),
		s.now().UTC().Add(-recently), mostNeeds, mostMoving, mostEnded)
	if err != nil {
		return Dashboard{}, fmt.Errorf("dashboard: %w", err)
	}
	d := Dashboard{Kept: len(rows) > 0}
	for _, r := range rows {
		switch r.Place {
		case 0:
			d.Needs, d.NeedsTotal = append(d.Needs, r.parcel()), r.Total
		case 1:
			d.Moving, d.MovingTotal = append(d.Moving, r.parcel()), r.Total
		default:
			d.Ended, d.EndedTotal = append(d.Ended, r.parcel()), r.Total
		}
	}
	if !d.Kept {
		const anything = `select exists (select from account_parcels where account_id = $1 and removed_at is null)`
		if err := s.web.Get(ctx, &d.Kept, anything, owner(id)); err != nil {
			return Dashboard{}, fmt.Errorf("dashboard: %w", err)
		}
	}
	if err := s.date(ctx, d.Needs); err != nil {
		return Dashboard{}, err
	}
	slices.SortStableFunc(d.Needs, func(a, b Parcel) int {
		if (a.Due == "") != (b.Due == "") {
			return cmp.Compare(b.Due, a.Due)
		}
		return cmp.Compare(a.Due, b.Due)
	})
	return d, nil
}
