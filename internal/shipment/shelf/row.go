package shelf

import (
	"context"
	"fmt"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/shipment"
)

// row is a parcel of a shelf as a query gives it.
type row struct {
	Waybill         shipment.Waybill      `db:"waybill"`
	Nickname        string                `db:"nickname"`
	Side            Side                  `db:"side"`
	State           State                 `db:"state"`
	Archived        bool                  `db:"archived"`
	AddedAt         time.Time             `db:"added_at"`
	NewsAt          *time.Time            `db:"news_at"`
	Subtag          shipment.Subtag       `db:"subtag"`
	StatusAt        *time.Time            `db:"status_at"`
	Customs         shipment.CustomsState `db:"customs"`
	CustomsSince    *time.Time            `db:"customs_since"`
	OriginCountry   string                `db:"origin_country"`
	DestCountry     string                `db:"destination_country"`
	DestZone        string                `db:"destination_zone"`
	PromisedFrom    shipment.Date         `db:"promised_from"`
	PromisedTo      shipment.Date         `db:"promised_to"`
	DeliveredAt     *time.Time            `db:"delivered_at"`
	OrderNo         string                `db:"order_no"`
	LastMileCarrier string                `db:"last_mile_carrier"`
	LastMileNumber  string                `db:"last_mile_number"`
	Place           int64                 `db:"place"` // its place in the list's order
	Total           int                   `db:"total"` // of its list
}

// columns are those of a row that stand in the tables: k is the shelf's, s the
// shipment's. $1 to $4 are kinds().
const columns = `
    k.waybill, k.nickname, k.side, k.archived_at is not null as archived, k.added_at,
    greatest(s.status_at, s.customs_since, s.accepted_at) as news_at, s.added_at as known_at,
    s.subtag, s.status_at, coalesce(s.customs_state, '') as customs, s.customs_since,
    s.origin_country, s.destination_country, s.destination_zone,
    coalesce(s.promised_from::text, '') as promised_from, coalesce(s.promised_to::text, '') as promised_to,
    s.delivered_at, s.order_no, s.last_mile_carrier, s.last_mile_number,
    case when s.tag = 'Delivered' then 'delivered'
        when s.subtag = any($1::text[]) or s.customs_state = any($2::text[]) then 'stopped'
        when s.customs_state = any($3::text[]) then 'needs'
        else 'moving' end as state,
    s.subtag = any($4::text[]) as ended`

// kinds are the statuses that decide a parcel's state: subtags and customs
// states of those that were stopped, customs states of those that wait for
// somebody, and subtags after which nothing more is expected.
func kinds() [4]any {
	var stopped, refused, waiting, ended pq.StringArray
	for _, s := range shipment.Subtags() {
		if s.Final() {
			ended = append(ended, string(s))
		}
		if s == shipment.Returning || s.Final() && s.Tag() != shipment.Delivered {
			stopped = append(stopped, string(s))
		}
	}
	for _, c := range shipment.CustomsStates() {
		switch {
		case c == shipment.Refused || c == shipment.ReturnStarted:
			refused = append(refused, string(c))
		case c.Pending() && c != shipment.Inspection:
			waiting = append(waiting, string(c))
		}
	}
	return [4]any{stopped, refused, waiting, ended}
}

// parcel is what a list shows of a row. A parcel that the feed itself gives no
// day of delivery for was delivered when its status says so.
func (r row) parcel() Parcel {
	p := Parcel{
		Public: shipment.Public{
			Waybill: r.Waybill, OriginCountry: r.OriginCountry, DestCountry: r.DestCountry, DestZone: r.DestZone,
			PromisedFrom: r.PromisedFrom, PromisedTo: r.PromisedTo,
			LastMileCarrier: r.LastMileCarrier, LastMileNumber: r.LastMileNumber,
			Status: shipment.Status{
				Tag: r.Subtag.Tag(), Subtag: r.Subtag, At: instant(r.StatusAt), Customs: r.Customs, CustomsSince: instant(r.CustomsSince),
			},
		},
		Nickname: r.Nickname, Side: r.Side, State: r.State, Archived: r.Archived,
		AddedAt: r.AddedAt.UTC(), NewsAt: instant(r.NewsAt), OrderNo: r.OrderNo,
	}
	if delivered := instant(r.DeliveredAt); !delivered.IsZero() {
		p.DeliveredOn = shipment.DayIn(delivered, r.DestZone)
	} else if r.State == Delivered {
		p.DeliveredOn = shipment.DayIn(p.Status.At, r.DestZone)
	}
	return p
}

func instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// date sets the last days of parcels that wait for a duty. Those hang on when
// customs asked first, which only the events tell: one more query, if any waits.
func (s *Store) date(ctx context.Context, ps []Parcel) error {
	var waiting []shipment.Waybill
	for i := range ps {
		if ps[i].State == Needed && ps[i].Status.Customs == shipment.AwaitingDuty {
			waiting = append(waiting, ps[i].Waybill)
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	views, err := s.shipments.LookupMany(ctx, waiting)
	if err != nil {
		return fmt.Errorf("last days: %w", err)
	}
	byWaybill := make(map[shipment.Waybill]shipment.Public, len(views))
	for _, v := range views {
		byWaybill[v.Waybill] = v
	}
	for i := range ps {
		if v, ok := byWaybill[ps[i].Waybill]; ok {
			ps[i].Public = v
			ps[i].Due = shipment.DutyDue(v.DutyNotice(), v.DestZone)
		}
	}
	return nil
}
