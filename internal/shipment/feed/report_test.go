package feed_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment/feed"
)

// TestShapeOfAReport holds the JSON that other programs read, to the letter.
func TestShapeOfAReport(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	tests := []struct{ name, file, want string }{
		{"nothing", "waybill,at,code\n", `{"received":0,"added":0,"replaced":0,"unchanged":0,"waiting":0,"rejected":0,"errors":[]}`},
		{
			"one row of each kind", "waybill,at,code,event_id\nW1111," + at + ",A,1\nW1111," + at + ",A,1\nW1111," + at + ",,1\n",
			`{"received":3,"added":0,"replaced":0,"unchanged":1,"waiting":1,"rejected":1,"errors":[` +
				`{"line":4,"field":"code","value":"","reason":"missing_value: this field must not be empty"}]}`,
		},
	}
	for _, tc := range tests {
		got, err := json.Marshal(takeCheckpoints(t, im, tc.file, feed.CSV))
		if err != nil || string(got) != tc.want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", tc.name, err, got, tc.want)
		}
	}
}

// TestOutcomesOfOneFile has every outcome in one file.
func TestOutcomesOfOneFile(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	takeShipments(t, im, leastShipment+"\nW1111,US,UTC,CN,UTC\n", feed.CSV)
	takeCheckpoints(t, im, "waybill,at,code,event_id\nW1111,"+at+",A,known\nW1111,"+at+",A,corrected\n", feed.CSV)
	file := "waybill,at,code,event_id\n" +
		"W1111," + at + ",A,known\n" + "W1111," + at + ",B,corrected\n" + "W1111," + at + ",A,new\n" + "W1111," + at + ",B,new\n" +
		"W2222," + at + ",A,stranger\n" + "W2222,,A,bad\n"
	got := takeCheckpoints(t, im, file, feed.CSV)
	want := feed.Report{Received: 6, Added: 1, Replaced: 1, Unchanged: 2, Waiting: 1, Rejected: 1, Errors: got.Errors, Lines: 7}
	if diff := cmp.Diff(want, got); diff != "" || got.Clean() {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestALongListEnds and still counts every bad row, and what it leaves out.
func TestALongListEnds(t *testing.T) {
	t.Parallel()
	im, db := importerOn(t)
	const rows = 100_400
	r := takeCheckpoints(t, im, "waybill,at,code,mood\n"+strings.Repeat("W1111,never,A,\n", rows), feed.CSV)
	if len(r.Errors) != 100_000 || r.ErrorsOmitted != 401 || r.Rejected != rows || r.Received != rows {
		t.Errorf("%d listed, %d omitted, %d of %d rejected", len(r.Errors), r.ErrorsOmitted, r.Rejected, r.Received)
	}
	if last := r.Errors[len(r.Errors)-1]; last.Line != 100_000 {
		t.Errorf("the list ends at line %d, want the first 100,000 complaints", last.Line)
	}
	var omitted, listed int
	row := db.QueryRow(t.Context(), `select counts->>'errors_omitted', jsonb_array_length(errors) from import_reports`)
	if err := row.Scan(&omitted, &listed); err != nil || omitted != 401 || listed != 100_000 {
		t.Errorf("kept: %d listed, %d omitted, %v", listed, omitted, err)
	}
}

// TestPeopleAreMasked makes each of people's values bad in every way, and looks
// for it in the report, in what is kept of it, and in the error.
func TestPeopleAreMasked(t *testing.T) {
	t.Parallel()
	im, db := importerOn(t)
	const hidden = "Geheimnis"
	people := []string{
		"order_no", "shipper_name", "shipper_name_latin", "shipper_phone", "shipper_email", "shipper_address", "shipper_postcode",
		"consignee_name", "consignee_name_latin", "consignee_phone", "consignee_email", "consignee_address", "consignee_postcode",
	}
	for _, column := range people {
		csv := func(value string) string {
			return leastShipment + "," + column + "\nW1111,US,UTC,CN,UTC," + value + "\n"
		}
		object := func(value string) string {
			return `{"waybill":"W1111","origin_country":"US","origin_zone":"UTC","destination_country":"CN","destination_zone":"UTC","` + column + `":` + value + `}`
		}
		for name, file := range map[string]string{
			"too long": csv(strings.Repeat(hidden, 100)), "control character": csv(hidden + "\x01"), "open quote": csv(`"` + hidden),
			"stray quote": csv(hidden + `"`), "quote behind a quote": csv(`"` + hidden + `"` + hidden), "another field": csv(hidden + "," + hidden),
			"not UTF-8": csv(hidden + "\xff"), "in an array": object(`["` + hidden + `"]`), "in an object": object(`{"a":"` + hidden + `"}`),
			"no JSON": object(hidden), "twice": object(`"` + hidden + `","` + column + `":"` + hidden + `"`), "a row in the header's place": hidden + ",x\n" + csv(hidden),
		} {
			r, err := im.Shipments(t.Context(), strings.NewReader(file), feed.Unknown, feed.Options{Origin: "ops"})
			if len(r.Errors) == 0 {
				t.Errorf("%s, %s: no complaint", column, name)
			}
			if said := fmt.Sprint(r, err); strings.Contains(strings.ToLower(said), strings.ToLower(hidden)) {
				t.Errorf("%s, %s: shows it: %s", column, name, said)
			}
		}
	}
	var reports, showing int
	row := db.QueryRow(t.Context(), `select count(*), count(*) filter (where r::text ilike '%geheimnis%' or origin <> 'ops' or kind <> 'shipments') from import_reports r`)
	if err := row.Scan(&reports, &showing); err != nil || reports != 12*len(people) || showing != 0 {
		t.Errorf("%d of %d kept reports show it, %v", showing, reports, err)
	}
}

// TestReportsAreKept keeps the same counts and complaints that the caller gets,
// for refused files, too.
func TestReportsAreKept(t *testing.T) {
	t.Parallel()
	im, db := importerOn(t)
	given := []feed.Report{takeCheckpoints(t, im, "waybill,at,code\nW1111,"+at+",A\nW2222,,A\n", feed.CSV)}
	refused, err := im.Shipments(t.Context(), strings.NewReader("waybill\n"), feed.CSV, feed.Options{Origin: "ops"})
	if err == nil {
		t.Error("a file without countries was taken")
	}
	given = append(given, refused)
	rows, err := db.Query(t.Context(), `select kind || ' ' || origin, counts, errors, at from import_reports order by id`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for i, from := range []string{"checkpoints file", "shipments ops"} {
		var origin, counts, errs string
		var kept feed.Report
		when := moment
		if !rows.Next() || rows.Scan(&origin, &counts, &errs, &when) != nil {
			t.Fatalf("only %d reports are kept: %v", i, rows.Err())
		}
		if json.Unmarshal([]byte(counts), &kept) != nil || json.Unmarshal([]byte(errs), &kept.Errors) != nil || origin != from || !when.Equal(moment) {
			t.Errorf("kept %s at %v: %s %s", origin, when, counts, errs)
		}
		kept.Lines = given[i].Lines
		if diff := cmp.Diff(given[i], kept); diff != "" {
			t.Errorf("%s (-given +kept):\n%s", from, diff)
		}
	}
	if rows.Next() {
		t.Error("more reports are kept than files were taken in")
	}
}
