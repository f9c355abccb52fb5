package feed_test

import (
	"fmt"
	"strings"
	"testing"

	"ecms/portal/internal/shipment/feed"
)

// word is the stable part of a reason.
func word(reason string) string {
	w, _, _ := strings.Cut(reason, ":")
	return w
}

// wrong is a line and what must be said about it: field and reason.
type wrong struct{ line, field, reason string }

// holdTo imports good lines with bad ones between them: every bad one must be
// told at its line, every good one must come in.
func holdTo(t *testing.T, take func(string) (feed.Report, error), header string, good func(i int) string, bad []wrong) {
	t.Helper()
	lines := []string{header}
	want := make(map[string]bool)
	for i, b := range bad {
		lines = append(lines, good(i), b.line)
		want[fmt.Sprint(len(lines), " ", b.field, " ", b.reason)] = true
	}
	r, err := take(strings.Join(lines, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range r.Errors {
		key := fmt.Sprint(e.Line, " ", e.Field, " ", word(e.Reason))
		if !want[key] && word(e.Reason) != "unknown_column" {
			t.Errorf("not expected: %+v", e)
		}
		delete(want, key)
		if strings.Contains(e.Value, "secret") || strings.ContainsRune(e.Value, 0) {
			t.Errorf("shows what must be masked: %+v", e)
		}
	}
	for key := range want {
		t.Errorf("not told: %s", key)
	}
	if r.Rejected != len(bad) || r.Received != 2*len(bad) || r.Added+r.Waiting != len(bad) {
		t.Errorf("%+v", r)
	}
}

func TestBadCheckpointsCSV(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	const at = "2026-03-03T14:05:00+08:00"
	holdTo(t, func(file string) (feed.Report, error) {
		return im.Checkpoints(t.Context(), strings.NewReader(file), feed.CSV, feed.Options{})
	}, checkpointHeader+",mood", func(i int) string {
		return fmt.Sprintf("W%05d,e,0,%s,PVG,true,CN,InTransit_003,Arrived,ecms,fine", i, at)
	}, []wrong{
		{",e,0," + at + ",PVG,true,CN,C,t,s,", "waybill", "missing_value"},
		{"W1234,e,0,,PVG,true,CN,C,t,s,", "at", "missing_value"},
		{"W1234,e,0," + at + ",PVG,true,CN, ,t,s,", "code", "missing_value"},
		{"W?1234,e,0," + at + ",PVG,true,CN,C,t,s,", "waybill", "bad_waybill"},
		{"EC00000000001D,e,0," + at + ",PVG,true,CN,C,t,s,", "waybill", "check_character"},
		{"W1234,e,1.5," + at + ",PVG,true,CN,C,t,s,", "rev", "bad_rev"},
		{"W1234,e,-1," + at + ",PVG,true,CN,C,t,s,", "rev", "bad_rev"},
		{"W1234,e,9999999999," + at + ",PVG,true,CN,C,t,s,", "rev", "bad_rev"},
		{"W1234,e,0,yesterday,PVG,true,CN,C,t,s,", "at", "bad_instant"},
		{"W1234,e,0,2026-02-30T14:05:00Z,PVG,true,CN,C,t,s,", "at", "bad_instant"},
		{"W1234,e,0,1999-01-01T00:00:00Z,PVG,true,CN,C,t,s,", "at", "bad_instant"},
		{"W1234,e,0,2026-03-03T14:05:00+23:00,PVG,true,CN,C,t,s,", "at", "bad_instant"},
		{"W1234,e,0,2026-03-03T14:05:00,PVG,true,CN,C,t,s,", "at", "no_offset"},
		{"W1234,e,0,2026-04-03T12:00:01Z,PVG,true,CN,C,t,s,", "at", "future_instant"},
		{"W1234,e,0," + at + ",PVG,true,XX,C,t,s,", "country", "bad_country"},
		{"W1234,e,0," + at + ",PVG,true,CHN,C,t,s,", "country", "bad_country"},
		{"W1234,e,0," + at + ",PVG,maybe,CN,C,t,s,", "facility", "bad_boolean"},
		{"W1234,e,0," + at + "," + strings.Repeat("x", 201) + ",true,CN,C,t,s,", "place", "too_long"},
		{"W1234,e,0," + at + ",P\x00VG,true,CN,C,secret,s,", "place", "control_character"},
		{"W1234,e,0," + at + ",PVG,true,CN,C,secret \u202e,s,", "text", "control_character"},
		{"W1234,e,0," + at + ",P\xff\xfeVG,true,CN,C,secret,s,", "", "invalid_utf8"},
		{`W1234,e,0,` + at + `,PVG,true,CN,C,"secret,s,`, "text", "open_quote"},
		{`W1234,e,0,` + at + `,PVG,true,CN,C,sec"ret,s,`, "text", "stray_quote"},
		{`W1234,e,0,` + at + `,PVG,true,CN,C,"secret"x,s,`, "text", "stray_quote"},
		{"W1234,e,0," + at + ",PVG,true,CN,C,secret,s", "", "field_count"},
		{"W1234,e,0," + at + ",PVG,true,CN,C,secret,s,a,b", "", "field_count"},
		{"W1234", "", "field_count"},
		{strings.Repeat("secret", 20000), "", "line_too_long"},
		{strings.Repeat("secret", 500000), "", "line_too_long"},
	})
}

func TestBadShipmentsCSV(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	header := "waybill,origin_country,origin_zone,destination_country,destination_zone"
	row := func(more string) string { return "W1234,US,America/New_York,CN,Asia/Shanghai," + more }
	const columns = ",incoterm,piece,pieces,promised_from,promised_to,declared_weight,declared_weight_unit,measured_length,measured_dim_unit," +
		"consignee_phone,shipper_email,customs_state,shipper_is_seller,accepted_at,consignee_name,last_mile_number"
	holdTo(t, func(file string) (feed.Report, error) {
		return im.Shipments(t.Context(), strings.NewReader(file), feed.CSV, feed.Options{})
	}, header+columns, func(i int) string {
		return fmt.Sprintf("G%05d,us,America/New_York,CN,Asia/Shanghai,ddp,1,2,2026-03-08,2026-03-12,044.10,LB,10,cm,+82 (0)10-2000-0000,a@b.cd,Awaiting_ID,true,2026-03-03T14:05:00Z,张伟,", i)
	}, []wrong{
		{"W1234,UK,America/New_York,CN,Asia/Shanghai,,,,,,,,,,,,,,,,", "origin_country", "bad_country"},
		{"W1234,US,Mars/Base,CN,Asia/Shanghai,,,,,,,,,,,,,,,,", "origin_zone", "bad_zone"},
		{"W1234,US,America/New_York,CN,,,,,,,,,,,,,,,,,", "destination_zone", "missing_value"},
		{"W1234,US,America/New_York,CN,Local,,,,,,,,,,,,,,,,", "destination_zone", "bad_zone"},
		{row("FOB,,,,,,,,,,,,,,,"), "incoterm", "bad_incoterm"},
		{row(",0,,,,,,,,,,,,,,"), "piece", "bad_piece"},
		{row(",1,x,,,,,,,,,,,,,"), "pieces", "bad_piece"},
		{row(",3,2,,,,,,,,,,,,,"), "piece", "piece_beyond_pieces"},
		{row(",,,2026-03-32,,,,,,,,,,,,"), "promised_from", "bad_date"},
		{row(",,,,12.03.2026,,,,,,,,,,,"), "promised_to", "bad_date"},
		{row(",,,2026-03-09,2026-03-08,,,,,,,,,,,"), "promised_from", "range_reversed"},
		{row(",,,,,12kg,kg,,,,,,,,,"), "declared_weight", "bad_weight"},
		{row(",,,,,-1,kg,,,,,,,,,"), "declared_weight", "negative"},
		{row(",,,,,1,oz,,,,,,,,,"), "declared_weight_unit", "bad_unit"},
		{row(",,,,,1,,,,,,,,,,"), "declared_weight_unit", "bad_unit"},
		{row(",,,,,,,1e3,cm,,,,,,,"), "measured_length", "bad_size"},
		{row(",,,,,,,-0.5,cm,,,,,,,"), "measured_length", "negative"},
		{row(",,,,,,,5,,,,,,,,"), "measured_dim_unit", "bad_unit"},
		{row(",,,,,,,,,call secret,,,,,,"), "consignee_phone", "bad_phone"},
		{row(",,,,,,,,,123,,,,,,"), "consignee_phone", "bad_phone"},
		{row(",,,,,,,,,,secret at home,,,,,"), "shipper_email", "bad_email"},
		{row(",,,,,,,,,,secret@home,,,,,"), "shipper_email", "bad_email"},
		{row(",,,,,,,,,,,sleeping,,,,"), "customs_state", "bad_customs_state"},
		{row(",,,,,,,,,,,,yes please,,,"), "shipper_is_seller", "bad_boolean"},
		{row(",,,,,,,,,,,,,2026-03-03,,"), "accepted_at", "bad_instant"},
		{row(",,,,,,,,,,,,,," + strings.Repeat("secret", 50) + ","), "consignee_name", "too_long"},
		{row(",,,,,,,,,,,,,,,?"), "last_mile_number", "bad_waybill"},
	})
}

func TestBadJSONLines(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	object := func(more string) string {
		return `{"waybill":"W1234","at":"2026-03-03T14:05:00Z","code":"C"` + more + `}`
	}
	holdTo(t, func(file string) (feed.Report, error) {
		return im.Checkpoints(t.Context(), strings.NewReader(file), feed.JSONLines, feed.Options{})
	}, "", func(i int) string {
		return fmt.Sprintf(`{"waybill":"W%05d","at":"2026-03-03T14:05:00Z","code":"C","rev":1,"facility":false,"place":null,"text":"two\nlines","mood":{"a":[1]}}`, i)
	}, []wrong{
		{`{"waybill":"W1234"`, "", "bad_json"},
		{`["W1234"]`, "", "bad_json"},
		{`null`, "", "bad_json"},
		{`secret`, "", "bad_json"},
		{object("") + `{}`, "", "bad_json"},
		{object(`,`), "", "bad_json"},
		{object(`,"text":secret`), "text", "bad_json"},
		{object(`,"code":"D"`), "code", "duplicate_key"},
		{object(`,"text":["secret"]`), "text", "wrong_type"},
		{object(`,"text":5`), "text", "wrong_type"},
		{object(`,"facility":"true"`), "facility", "wrong_type"},
		{object(`,"facility":1`), "facility", "wrong_type"},
		{object(`,"rev":true`), "rev", "wrong_type"},
		{object(`,"rev":1.5`), "rev", "bad_rev"},
		{object(`,"place":"a\u0000b"`), "place", "control_character"},
		{`{"waybill":"W1234","code":"C"}`, "at", "missing_value"},
		{`{"waybill":null,"at":"2026-03-03T14:05:00Z","code":"C"}`, "waybill", "missing_value"},
	})
}
