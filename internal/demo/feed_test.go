package demo_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"

	"github.com/google/go-cmp/cmp"
)

// TestFeedTakesEveryRowAndChangesNothing writes the set as the carrier's files
// over a loaded set: no row may be refused, and none may say anything else.
func TestFeedTakesEveryRowAndChangesNothing(t *testing.T) {
	t.Parallel()
	db := testdb.New(t)
	now := func() time.Time { return march.AsOf.Add(12 * time.Hour) }
	store := shipment.NewStore(db, db, now)
	if err := demo.Load(t.Context(), store, march); err != nil {
		t.Fatal(err)
	}
	im := feed.Importer{Store: store, Now: now}
	got, err := im.Shipments(t.Context(), shipmentsFile(t), feed.CSV, feed.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := len(demo.Shipments(march))
	if diff := cmp.Diff(feed.Report{Received: n, Unchanged: n, Errors: []feed.RowError{}, Lines: n + 1}, got); diff != "" {
		t.Errorf("shipments (-want +got):\n%s", diff)
	}
	got, err = im.Checkpoints(t.Context(), checkpointsFile(t), feed.CSV, feed.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n = len(demo.Checkpoints(march))
	if diff := cmp.Diff(feed.Report{Received: n, Unchanged: n, Errors: []feed.RowError{}, Lines: n + 1}, got); diff != "" {
		t.Errorf("checkpoints (-want +got):\n%s", diff)
	}
}

func shipmentsFile(t *testing.T) io.Reader {
	t.Helper()
	rows := [][]string{strings.Fields(`waybill rev service accepted_at delivered_at promised_from promised_to incoterm
		shipper_is_seller order_no piece pieces origin_place origin_country origin_zone
		destination_place destination_country destination_zone
		declared_weight declared_weight_unit declared_length declared_width declared_height declared_dim_unit
		measured_weight measured_weight_unit measured_length measured_width measured_height measured_dim_unit
		shipper_name shipper_name_latin shipper_phone shipper_email shipper_address shipper_postcode
		consignee_name consignee_name_latin consignee_phone consignee_email consignee_address consignee_postcode
		last_mile_carrier last_mile_number customs_state`)}
	for _, r := range demo.Shipments(march) {
		row := []string{
			string(r.Waybill), strconv.Itoa(r.Rev), r.Service, instant(r.AcceptedAt), instant(r.DeliveredAt),
			string(r.PromisedFrom), string(r.PromisedTo), r.Incoterm, strconv.FormatBool(r.ShipperIsSeller),
			r.OrderNo, strconv.Itoa(r.Piece), strconv.Itoa(r.Pieces), r.Origin.Place, r.Origin.Country, r.Origin.Zone,
			r.Destination.Place, r.Destination.Country, r.Destination.Zone,
		}
		for _, m := range []shipment.Measure{r.Declared, r.Measured} {
			row = append(row, m.Weight, m.WeightUnit, m.Length, m.Width, m.Height, m.DimUnit)
		}
		for _, p := range []shipment.Party{r.Shipper, r.Consignee} {
			row = append(row, p.Name, p.NameLatin, p.Phone, p.Email, p.Address, p.Postcode)
		}
		rows = append(rows, append(row, r.LastMileCarrier, r.LastMileNumber, string(r.CustomsState)))
	}
	return table(t, rows)
}

func checkpointsFile(t *testing.T) io.Reader {
	t.Helper()
	rows := [][]string{strings.Fields("waybill event_id rev at place facility country code text source")}
	for _, c := range demo.Checkpoints(march) {
		at := c.At.In(time.FixedZone("", c.OffsetMinutes*60)).Format(time.RFC3339)
		rows = append(rows, []string{
			string(c.Waybill), c.EventID, strconv.Itoa(c.Rev), at, c.Place, strconv.FormatBool(c.Facility),
			c.Country, c.Code, c.Text, c.Source,
		})
	}
	return table(t, rows)
}

func instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(time.RFC3339)
}

func table(t *testing.T, rows [][]string) io.Reader {
	t.Helper()
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return &b
}
