package shelf

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/customs"
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
	// Version and Body are the public view of one that waits for a duty.
	Version *int64  `db:"version"`
	Body    *string `db:"body"`
}

// columns are those of a row that stand in the tables: k is the shelf's, s the
// shipment's.
const columns = `
    k.waybill, k.nickname, k.side, k.archived_at is not null as archived, k.added_at,
    greatest(s.status_at, s.customs_since) as news_at, s.added_at as known_at,
    s.subtag, s.status_at, coalesce(s.customs_state, '') as customs, s.customs_since,
    s.origin_country, s.destination_country, s.destination_zone,
    coalesce(s.promised_from::text, '') as promised_from, coalesce(s.promised_to::text, '') as promised_to,
    s.delivered_at, s.order_no, s.last_mile_carrier, s.last_mile_number,
    case when s.tag = 'Delivered' then 'delivered'
        when s.subtag in ({stopped}) or s.customs_state in ({refused}) then 'stopped'
        when s.customs_state in ({waiting}) then 'needs'
        else 'moving' end as state,
    s.subtag in ({ended}) as ended`

// ofOwner picks the owner's parcels. That the number stands in a query of its own
// lets PostgreSQL plan once for all accounts: planning takes longer than reading.
const ofOwner = `k.account_id = (select $1::bigint) and k.removed_at is null`

// worded puts the statuses that a query speaks of in their places.
func worded(query string) string {
	var stopped, refused, waiting, ended []string
	for _, s := range shipment.Subtags() {
		if s.Final() {
			ended = append(ended, pq.QuoteLiteral(string(s)))
		}
		if stateOf(shipment.Status{Tag: s.Tag(), Subtag: s}) == Stopped {
			stopped = append(stopped, pq.QuoteLiteral(string(s)))
		}
	}
	for _, c := range shipment.CustomsStates() {
		switch stateOf(shipment.Status{Tag: shipment.InTransit, Subtag: shipment.Accepted, Customs: c}) {
		case Stopped:
			refused = append(refused, pq.QuoteLiteral(string(c)))
		case Needed:
			waiting = append(waiting, pq.QuoteLiteral(string(c)))
		}
	}
	list := func(words []string) string { return strings.Join(words, ", ") }
	return strings.NewReplacer("{stopped}", list(stopped), "{refused}", list(refused), "{waiting}", list(waiting), "{ended}", list(ended)).Replace(query)
}

// stateOf sorts a status.
func stateOf(s shipment.Status) State {
	switch {
	case s.Tag == shipment.Delivered:
		return Delivered
	case s.Subtag.Final(), s.Subtag == shipment.Returning, s.Customs == shipment.Refused, s.Customs == shipment.ReturnStarted:
		return Stopped
	case s.Customs.Pending() && s.Customs != shipment.Inspection:
		return Needed
	}
	return Moving
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
	p.askID()
	return p
}

// viewed is the parcel with its public view, where the row has it.
func (r row) viewed() (Parcel, error) {
	p := r.parcel()
	if r.Body == nil || r.Version == nil {
		return p, nil
	}
	v, err := shipment.ReadView(r.Waybill, *r.Version, *r.Body)
	if err == nil {
		p.view(v)
	}
	return p, err
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
			ps[i].view(v)
		}
	}
	return nil
}

// view completes a parcel by its public view, on which the last day for a duty hangs.
func (p *Parcel) view(v shipment.Public) {
	p.Public = v
	p.Due = shipment.DutyDue(v.DutyNotice(), v.DestZone)
	p.askID()
}

// askID sets the last day for the consignee's identity, where customs waits for it.
func (p *Parcel) askID() {
	if p.State == Needed && p.Status.Customs == shipment.AwaitingID {
		p.Due = customs.DueOf(p.Public)
	}
}
