package feed_test

import (
	"fmt"
	"strings"
	"testing"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
)

// importerOn gives an importer and the database that it writes to.
func importerOn(t testing.TB) (feed.Importer, *postgres.DB) {
	t.Helper()
	db := testdb.New(t)
	return feed.Importer{Store: shipment.NewStore(db, db, clock), Now: clock}, db
}

// kept is a value typed into a column, and the text that the database then holds
// in a column (the same unless named).
type kept struct{ column, typed, want, in string }

const (
	leastShipment   = "waybill,origin_country,origin_zone,destination_country,destination_zone"
	leastCheckpoint = "waybill,at,code"
)

// holdKept takes each value in on a row of its own and looks the row up.
func holdKept(t *testing.T, table string, values []kept, row func(waybill, column, value string) string) {
	t.Helper()
	im, db := importerOn(t)
	for i, v := range values {
		w := fmt.Sprintf("V%05d", i)
		take := takeCheckpoints
		if table == "shipments" {
			take = takeShipments
		}
		if r := take(t, im, row(w, v.column, v.typed), feed.CSV); r.Rejected != 0 || len(r.Errors) != 0 {
			t.Errorf("%s %q: %+v", v.column, v.typed, r.Errors)
			continue
		}
		if v.in == "" {
			v.in = v.column
		}
		var got string
		query := fmt.Sprintf(`select coalesce(to_jsonb(r)->>'%s', '') from %s r where waybill = $1`, v.in, table)
		if err := db.Get(t.Context(), &got, query, w); err != nil || got != v.want {
			t.Errorf("%s %q: kept as %q, %v, want %q", v.column, v.typed, got, err, v.want)
		}
	}
}

func quoted(v string) string { return `"` + strings.ReplaceAll(v, `"`, `""`) + `"` }

// TestValuesOfShipments tells how good values are kept.
func TestValuesOfShipments(t *testing.T) {
	t.Parallel()
	holdKept(t, "shipments", []kept{
		{"service", "  express\t", "express", ""}, {"service", `say "fast"`, `say "fast"`, ""}, {"service", strings.Repeat("快", 100), strings.Repeat("快", 100), ""},
		{"rev", "2147483647", "2147483647", ""}, {"rev", "", "0", ""}, {"rev", "007", "7", ""},
		{"incoterm", "dDp", "DDP", ""}, {"incoterm", "", "", ""},
		{"shipper_is_seller", "TRUE", "true", ""}, {"shipper_is_seller", "1", "true", ""}, {"shipper_is_seller", "False", "false", ""}, {"shipper_is_seller", "0", "false", ""}, {"shipper_is_seller", "", "false", ""},
		{"pieces", "9999", "9999", ""}, {"pieces", "3", "1", "piece"}, {"piece", "3", "3", "pieces"},
		{"promised_from", "2028-02-29", "2028-02-29", ""}, {"promised_to", "2000-01-01", "2000-01-01", ""},
		{"accepted_at", "2026-03-03T14:05:00.1234567+08:00", "2026-03-03T06:05:00.123456+00:00", ""}, {"delivered_at", "2026-04-03T12:00:00Z", "2026-04-03T12:00:00+00:00", ""},
		{"origin_place", "Carteret, NJ", "Carteret, NJ", ""}, {"destination_place", "杭州", "杭州", ""},
		{"declared_weight", "0044.10", "44.10", ""}, {"declared_weight", "0", "0", ""}, {"declared_weight", "00.5000", "0.5000", ""}, {"measured_weight", "999999.9999", "999999.9999", ""},
		{"declared_length", "59", "59", ""}, {"declared_width", "1.0", "1.0", ""}, {"measured_height", "000001", "1", ""},
		{"consignee_name", "张伟", "张伟", ""}, {"shipper_name_latin", "O'Brien & Söhne", "O'Brien & Söhne", ""},
		{"consignee_phone", "+86 (138) 0013-0000", "+86 (138) 0013-0000", ""}, {"shipper_phone", "1234", "1234", ""}, {"consignee_phone", "１３８００１３８０００", "１３８００１３８０００", ""},
		{"shipper_email", "first.last+tag@mail.example.co", "first.last+tag@mail.example.co", ""}, {"consignee_email", "用户@例子.公司", "用户@例子.公司", ""},
		{"consignee_address", "1 Main St, Apt 2", "1 Main St, Apt 2", ""}, {"consignee_postcode", " 310000 ", "310000", ""}, {"order_no", "=1+1", "=1+1", ""},
		{"last_mile_number", "sf 123-456", "SF123-456", ""}, {"last_mile_carrier", "SF Express", "SF Express", ""},
		{"customs_state", "Awaiting_Duty", "awaiting_duty", "fed_customs_state"}, {"customs_state", "", "", "fed_customs_state"},
	}, func(w, column, value string) string {
		columns, units := besideUnit(column)
		return leastShipment + "," + columns + "\n" + w + ",us,America/New_York,CN,Asia/Shanghai," + quoted(value) + units
	})
}

// besideUnit gives a weight or size the unit that must be beside it.
func besideUnit(column string) (columns, units string) {
	switch {
	case strings.HasSuffix(column, "_unit"):
	case strings.HasSuffix(column, "_weight"):
		return column + "," + column + "_unit", ",KG"
	case strings.HasPrefix(column, "declared_"), strings.HasPrefix(column, "measured_"):
		return column + "," + column[:9] + "dim_unit", ",Cm"
	}
	return column, ""
}

// TestValuesOfCheckpoints tells how good values are kept.
func TestValuesOfCheckpoints(t *testing.T) {
	t.Parallel()
	holdKept(t, "checkpoints", []kept{
		{"at", "2026-03-03T14:05:00+08:00", "2026-03-03T06:05:00+00:00", ""}, {"at", "2026-03-03T14:05:00+08:00", "480", "offset_minutes"},
		{"at", "2026-03-03T14:05:00-09:30", "-570", "offset_minutes"}, {"at", "2026-03-03T14:05:00+14:00", "840", "offset_minutes"}, {"at", "2026-03-03T14:05:00Z", "0", "offset_minutes"},
		{"at", "2000-01-01T00:00:00Z", "2000-01-01T00:00:00+00:00", ""}, {"at", "2026-04-03T12:00:00Z", "2026-04-03T12:00:00+00:00", ""}, // a day ahead to the second
		{"event_id", "e1", "#e1", "event_key"}, {"event_id", "", "2026-03-03T14:05:00\x1fA\x1f", "event_key"},
		{"country", "cn", "CN", ""}, {"country", "", "", ""},
		{"facility", "true", "true", ""}, {"facility", "", "false", ""},
		{"code", "Some Code 4", "Some Code 4", ""}, {"text", "已签收 😀", "已签收 😀", ""}, {"text", strings.Repeat("字", 2000), strings.Repeat("字", 2000), ""},
		{"source", " ecms ", "ecms", ""}, {"place", "Shanghai PVG", "Shanghai PVG", ""},
	}, func(w, column, value string) string {
		if column == "at" || column == "code" {
			rest := map[string]string{"at": quoted(value) + ",A", "code": at + "," + quoted(value)}
			return leastCheckpoint + "\n" + w + "," + rest[column]
		}
		return leastCheckpoint + "," + column + "\n" + w + "," + at + ",A," + quoted(value)
	})
}

// TestZones takes the names of the IANA list, not what else lies beside its files.
func TestZones(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	row := func(w, zone string) string { return w + ",US," + quoted(zone) + ",CN,Asia/Shanghai\n" }
	file := leastShipment + "\n"
	good := []string{"Asia/Shanghai", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+8", "PRC"}
	for i, z := range good {
		file += row(fmt.Sprint("Z000", i), z)
	}
	bad := []string{"Local", "localtime", "posixrules", "posix/Asia/Shanghai", "right/Asia/Shanghai", "zone.tab", "../zoneinfo/UTC", "/usr/share/zoneinfo/UTC", "asia", "Asia", "+08:00", "Asia/Shang hai"}
	want := outcome{received: len(good) + len(bad), in: len(good)}
	for i, z := range bad {
		file += row("Z1111", z)
		want.said = append(want.said, said{i + len(good) + 2, "origin_zone", z, "bad_zone"})
	}
	want.holds(t, takeShipments(t, im, file, feed.CSV))
}
