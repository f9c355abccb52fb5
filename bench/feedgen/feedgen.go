// Package feedgen writes carrier feeds of any size for measurements: the same
// seed gives the same parcels, so that two runs can be compared.
package feedgen

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"ecms/portal/internal/shipment"
)

// EventsPerParcel is how many checkpoints each parcel gets.
const EventsPerParcel = 8

// Span is the parcels numbered From up to, but without, To.
type Span struct{ From, To int }

// Parcels is how many parcels the span holds.
func (s Span) Parcels() int { return s.To - s.From }

type lane struct{ country, zone, city, hub, phone, postcode string }

var lanes = [...]lane{
	{"CN", "Asia/Shanghai", "Hangzhou", "Shanghai Gateway", "+8613800138", "310000"},
	{"HK", "Asia/Hong_Kong", "Kowloon", "Hong Kong Gateway", "+8525123", ""},
	{"KR", "Asia/Seoul", "Seoul", "Incheon Gateway", "+82102000", "04524"},
	{"JP", "Asia/Tokyo", "Osaka", "Narita Gateway", "+8190123", "5300001"},
	{"TW", "Asia/Taipei", "Taichung", "Taoyuan Gateway", "+886912", "400001"},
	{"SG", "Asia/Singapore", "Singapore", "Changi Gateway", "+658123", "018956"},
	{"TH", "Asia/Bangkok", "Bangkok", "Suvarnabhumi Gateway", "+66812", "10110"},
	{"PH", "Asia/Manila", "Manila", "Manila Gateway", "+63905", "1000"},
	{"MY", "Asia/Kuala_Lumpur", "Kuala Lumpur", "KLIA Gateway", "+6012", "50000"},
}

// Waybill is the number of parcel n; always the same for the same n.
func Waybill(n int) shipment.Waybill {
	return shipment.NewWaybill(rand.NewChaCha8(seed(n)))
}

func seed(n int) [32]byte {
	var s [32]byte
	copy(s[:], fmt.Sprintf("parcel %d", n))
	return s
}

func laneOf(n int) lane { return lanes[n%len(lanes)] }

// moving tells the parcels that wait at a pick-up point; all others are delivered.
func moving(n int) bool { return n%4 == 0 }

// accepted is the instant of a parcel's acceptance: weeks before base for
// those delivered, days for those still on their way.
func accepted(n int, base time.Time) time.Time {
	if moving(n) {
		return base.Add(-time.Duration(6+n%12)*24*time.Hour + time.Duration(n*37%86400)*time.Second)
	}
	return base.Add(-time.Duration(20+n%40)*24*time.Hour + time.Duration(n*37%86400)*time.Second)
}

const shipmentHeader = "waybill,rev,service,accepted_at,promised_from,promised_to,incoterm,shipper_is_seller,order_no,piece,pieces," +
	"origin_place,origin_country,origin_zone,destination_place,destination_country,destination_zone,declared_weight,declared_weight_unit," +
	"shipper_name,consignee_name,consignee_phone,consignee_address,consignee_postcode,last_mile_carrier,last_mile_number\n"

// Shipments writes the shipment records of a span as CSV with a header.
func Shipments(w io.Writer, span Span, base time.Time) error {
	out := bufio.NewWriterSize(w, 1<<20)
	_, _ = out.WriteString(shipmentHeader)
	for n := span.From; n < span.To; n++ {
		l, at := laneOf(n), accepted(n, base)
		_, _ = fmt.Fprintf(out, "%s,0,express,%s,%s,%s,DAP,true,ORD-%07d,1,1,Los Angeles,US,America/Los_Angeles,%s,%s,%s,%d.%d,lb,"+
			"Harbor Goods,Consignee %d,%s%04d,%d Long Street,%s,local-post,LM%09d\n",
			Waybill(n), at.Format(time.RFC3339), at.AddDate(0, 0, 7).Format(time.DateOnly), at.AddDate(0, 0, 12).Format(time.DateOnly),
			n, l.city, l.country, l.zone, 1+n%40, n%10, n, l.phone, n%10000, n%300, l.postcode, n)
	}
	return out.Flush()
}

type step struct {
	after            time.Duration
	code             string
	place            string // "": the lane's hub
	abroad, facility bool
	text             string
}

var steps = [EventsPerParcel]step{
	{0, "InTransit_002", "Los Angeles Hub", false, true, "Accepted at counter"},
	{9 * time.Hour, "InTransit_007", "Los Angeles Hub", false, true, "Departed facility"},
	{40 * time.Hour, "InTransit_004", "", true, true, "Arrived in destination country"},
	{44 * time.Hour, "InTransit_006", "", true, true, "Presented to customs"},
	{70 * time.Hour, "InTransit_005", "", true, true, "Cleared by customs"},
	{80 * time.Hour, "InTransit_007", "", true, true, "Handed to the local carrier"},
	{100 * time.Hour, "OutForDelivery_001", "Riverside District", true, false, "With the courier"},
	{106 * time.Hour, "Delivered_001", "Riverside District", true, false, "Left with the recipient"},
}

type event struct {
	parcel, step int
	at           time.Time
}

const checkpointHeader = "waybill,event_id,rev,at,place,facility,country,code,text,source\n"

// Checkpoints writes the events of a span as CSV with a header: in order of
// time, or shuffled. Every fourth parcel is still on its way.
func Checkpoints(w io.Writer, span Span, base time.Time, shuffled bool) (rows int, err error) {
	events := make([]event, 0, span.Parcels()*EventsPerParcel)
	for n := span.From; n < span.To; n++ {
		for s := range steps {
			events = append(events, event{n, s, accepted(n, base).Add(steps[s].after)})
		}
	}
	if shuffled {
		r := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // a repeatable shuffle, no secret
		r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	} else {
		slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
	}
	out := bufio.NewWriterSize(w, 1<<20)
	_, _ = out.WriteString(checkpointHeader)
	names := make([]shipment.Waybill, span.Parcels())
	for i := range names {
		names[i] = Waybill(span.From + i)
	}
	for _, e := range events {
		writeEvent(out, names[e.parcel-span.From], e)
	}
	return len(events), out.Flush()
}

func writeEvent(out *bufio.Writer, w shipment.Waybill, e event) {
	s, l := steps[e.step], laneOf(e.parcel)
	if s.code == "Delivered_001" && moving(e.parcel) {
		s.code, s.text = "AvailableForPickup_001", "Waiting at the pick-up point"
	}
	place, country, zone := s.place, "US", "-07:00"
	if s.abroad {
		country, zone = l.country, "+08:00"
		if place == "" {
			place = l.hub
		}
	}
	offset := -7 * 3600
	if s.abroad {
		offset = 8 * 3600
	}
	at := e.at.Add(time.Duration(offset) * time.Second).UTC().Format("2006-01-02T15:04:05")
	_, _ = fmt.Fprintf(out, "%s,E%d-%d,0,%s%s,%s,%t,%s,%s,%s,ecms\n", w, e.parcel, e.step, at, zone, place, s.facility, country, s.code, s.text)
}
