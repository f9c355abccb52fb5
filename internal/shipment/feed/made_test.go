package feed_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
)

// moment is the clock of these tests.
var moment = time.Date(2026, 4, 2, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return moment }

// importer gives an importer on a fresh database, and its store.
func importer(t testing.TB) (feed.Importer, *shipment.Store) {
	t.Helper()
	db := testdb.New(t)
	s := shipment.NewStore(db, db, clock)
	return feed.Importer{Store: s, Now: clock}, s
}

const (
	shipmentHeader   = "waybill,service,accepted_at,promised_from,promised_to,order_no,origin_place,origin_country,origin_zone,destination_place,destination_country,destination_zone,declared_weight,declared_weight_unit,shipper_name,consignee_name,consignee_phone,consignee_postcode"
	checkpointHeader = "waybill,event_id,rev,at,place,facility,country,code,text,source"
)

// madeParcels gives a file of n shipments and one of m checkpoints about each,
// in the order of time, the same for the same numbers.
func madeParcels(n, m int) (shipments, checkpoints []string) {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	way := []struct{ place, country, code, text string }{
		{"Carteret NJ", "US", "InTransit_002", "Accepted at warehouse"}, {"Carteret NJ", "US", "InTransit_007", "Departed facility"},
		{"New York JFK", "US", "InTransit_003", "Arrived at airport"}, {"Shanghai PVG", "CN", "InTransit_004", "Arrived in destination country"},
		{"Shanghai PVG", "CN", "InTransit_006", "Presented to customs"}, {"Shanghai PVG", "CN", "released", "Released by customs"},
		{"Hangzhou", "CN", "OutForDelivery_001", `"Out for delivery, courier will call"`}, {"Hangzhou", "CN", "Delivered_003", "Signed by consignee"},
	}
	type line struct {
		at   int
		text string
	}
	lines := make([]line, 0, n*m)
	for i := range n {
		w := shipment.NewWaybill(randomBytes{r})
		start := r.IntN(20 * 24 * 3600)
		at := moment.AddDate(0, 0, -25).Add(time.Duration(start) * time.Second)
		shipments = append(shipments, fmt.Sprintf("%s,express,%s,2026-03-20,2026-03-28,ORD-%d,Carteret,US,America/New_York,Hangzhou,CN,Asia/Shanghai,12.5,lb,Shop %d,张伟,+86 138 0013 %04d,310000",
			w, at.Format(time.RFC3339), i, i%40, i%10000))
		for j := range m {
			e := way[j%len(way)]
			sec := start + j*40000 + r.IntN(30000)
			t := moment.AddDate(0, 0, -25).Add(time.Duration(sec) * time.Second).In(time.FixedZone("", 8*3600))
			lines = append(lines, line{sec, fmt.Sprintf("%s,E%09d,0,%s,%s,true,%s,%s,%s,ecms", w, i*m+j, t.Format(time.RFC3339), e.place, e.country, e.code, e.text)})
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.at - b.at })
	for _, l := range lines {
		checkpoints = append(checkpoints, l.text)
	}
	return shipments, checkpoints
}

type randomBytes struct{ *rand.Rand }

func (r randomBytes) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r.Uint32())
	}
	return len(p), nil
}

func csvFile(header string, lines []string) string {
	return header + "\n" + strings.Join(lines, "\n") + "\n"
}
