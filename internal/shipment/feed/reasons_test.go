package feed_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment/feed"
)

// complaint is a value of a column and what must be said about it.
type complaint struct{ column, value, shown, reason string }

// TestEveryReasonOfShipments holds each complaint to its line, column and value.
func TestEveryReasonOfShipments(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 600)
	holdComplaints(t, "shipments", []complaint{
		{"rev", "1.5", "1.5", "bad_rev"}, {"rev", "2147483648", "2147483648", "bad_rev"}, {"rev", "one", "one", "bad_rev"},
		{"service", long, strings.Repeat("x", 100) + "…", "too_long"}, {"service", "a\x7f", "a\ufffd", "control_character"},
		{"accepted_at", "3 March 2026", "3 March 2026", "bad_instant"}, {"accepted_at", "2026-03-03T14:05:00", "2026-03-03T14:05:00", "no_offset"},
		{"delivered_at", "2026-04-03T12:00:00.1Z", "2026-04-03T12:00:00.1Z", "future_instant"}, {"delivered_at", "2026-03-03T25:05:00Z", "2026-03-03T25:05:00Z", "bad_instant"},
		{"promised_from", "2027-02-29", "2027-02-29", "bad_date"}, {"promised_to", "2026-3-3", "2026-3-3", "bad_date"}, {"promised_to", "2200-01-01", "2200-01-01", "bad_date"},
		{"incoterm", "EXW", "EXW", "bad_incoterm"}, {"shipper_is_seller", "yes", "yes", "bad_boolean"}, {"shipper_is_seller", "2", "2", "bad_boolean"},
		{"order_no", "ORD-\x00", "O***", "control_character"}, {"piece", "0", "0", "bad_piece"}, {"pieces", "10000", "10000", "bad_piece"}, {"piece", "10000", "10000", "bad_piece"},
		{"declared_weight", "12,5", "12,5", "bad_weight"}, {"declared_weight", "1e3", "1e3", "bad_weight"}, {"declared_weight", "1234567", "1234567", "bad_weight"},
		{"declared_weight", "1.23456", "1.23456", "bad_weight"}, {"declared_weight", ".5", ".5", "bad_weight"}, {"measured_weight", "5.", "5.", "bad_weight"},
		{"measured_weight", "-0.1", "-0.1", "negative"}, {"measured_weight", "--1", "--1", "bad_weight"}, {"measured_weight", "NaN", "NaN", "bad_weight"}, {"measured_weight", "１", "１", "bad_weight"},
		{"declared_length", "10cm", "10cm", "bad_size"}, {"declared_width", "-3", "-3", "negative"}, {"measured_height", "0x10", "0x10", "bad_size"},
		{"declared_weight_unit", "g", "g", "bad_unit"}, {"measured_dim_unit", "m", "m", "bad_unit"},
		{"shipper_phone", "123", "***", "bad_phone"}, {"consignee_phone", "1234567890123456", "1***", "bad_phone"}, {"consignee_phone", "555-FLOWERS", "5***", "bad_phone"},
		{"consignee_email", "@example.com", "@***", "bad_email"}, {"consignee_email", "a@b", "***", "bad_email"}, {"shipper_email", "a@b.c, d@e.f", "a***", "bad_email"},
		{"shipper_email", "a@@b.c", "a***", "bad_email"}, {"shipper_email", "a@b..c", "a***", "bad_email"},
		{"shipper_name", long, "x***", "too_long"}, {"consignee_address", long, "x***", "too_long"}, {"consignee_postcode", long, "x***", "too_long"},
		{"consignee_name", "张伟\u202e", "***", "control_character"}, {"consignee_name_latin", "\x01\x02\x03\x04", "***", "control_character"},
		{"last_mile_number", "a b ?", "a b ?", "bad_waybill"}, {"last_mile_number", "EC00000000001D", "EC00000000001D", "check_character"},
		{"customs_state", "lost", "lost", "bad_customs_state"}, {"origin_place", "a\u2066b", "a\ufffdb", "control_character"},
	}, leastShipment, "W1234,US,America/New_York,CN,Asia/Shanghai")
}

// TestEveryReasonOfCheckpoints holds each complaint to its line, column and value.
func TestEveryReasonOfCheckpoints(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("字", 3000)
	holdComplaints(t, "checkpoints", []complaint{
		{"event_id", long[:3*201], long[:300] + "…", "too_long"}, {"rev", "-1", "-1", "bad_rev"}, {"rev", "99999999999999999999", "99999999999999999999", "bad_rev"},
		{"place", long, long[:300] + "…", "too_long"}, {"facility", "y", "y", "bad_boolean"}, {"country", "C", "C", "bad_country"}, {"country", "中国", "中国", "bad_country"},
		{"country", "EU", "EU", "bad_country"}, {"text", long[:3*2001], "字***", "too_long"}, {"text", "abc", "***", ""}, {"source", "a\u0085b", "a\ufffdb", "control_character"},
	}, leastCheckpoint, "W1234,"+at+",A")
}

// holdComplaints puts each value on a line of its own, and asks for the one complaint
// about it; a complaint without a reason is about a good value, which has none.
func holdComplaints(t *testing.T, table string, all []complaint, header, row string) {
	t.Helper()
	im, _ := importer(t)
	for _, c := range all {
		take := takeCheckpoints
		if table == "shipments" {
			take = takeShipments
		}
		var want []said
		if c.reason != "" {
			want = []said{{2, c.column, c.shown, c.reason}}
		}
		columns, units := besideUnit(c.column)
		r := take(t, im, header+","+columns+"\n"+row+","+quoted(c.value)+units, feed.CSV)
		if diff := cmp.Diff(want, saidBy(r), cmp.AllowUnexported(said{})); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s", c.column, c.value, diff)
		}
		addsUp(t, r)
	}
}

// TestTwoComplaintsAboutOneRow lists both and rejects one row.
func TestTwoComplaintsAboutOneRow(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	file := leastShipment + ",piece,pieces,promised_from,promised_to,measured_weight,measured_length\n" +
		"W1,USA,Nowhere,,Asia/Shanghai,3,2,2026-03-09,2026-03-08,1,2\n" + // what hangs on other fields is not told as long as those are bad
		"W2222,US,UTC,CN,UTC,3,2,2026-03-08,2026-03-08,,\n" +
		"W2222,US,UTC,CN,UTC,,,2026-03-09,2026-03-08,,\n"
	outcome{3, 0, []said{
		{2, "destination_country", "", "missing_value"}, {2, "waybill", "W1", "bad_waybill"}, {2, "origin_country", "USA", "bad_country"}, {2, "origin_zone", "Nowhere", "bad_zone"},
		{2, "measured_weight_unit", "", "bad_unit"}, {2, "measured_dim_unit", "", "bad_unit"},
		{3, "piece", "3", "piece_beyond_pieces"}, {4, "promised_from", "2026-03-09", "range_reversed"},
	}}.holds(t, takeShipments(t, im, file, feed.CSV))
}
