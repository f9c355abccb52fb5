package feed_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/shipment/feed"
)

// TestJSONLines tries what one line of JSON may hold.
func TestJSONLines(t *testing.T) {
	t.Parallel()
	object := func(more string) string { return `{"waybill":"W1111","at":"` + at + `","code":"A"` + more + `}` }
	one := outcome{1, 1, nil}
	bad := func(field, value, reason string) outcome {
		return outcome{1, 0, []said{{1, field, value, reason}}}
	}
	tests := []struct {
		name, line string
		want       outcome
	}{
		{"least", object(""), one},
		{"blanks everywhere", " \t" + ` { "waybill" : "W1111" , "at":"` + at + `" ,"code": "A" } ` + "\r", one},
		{"escapes in names and values", `{"\u0077aybill":"\u00571111","at":"` + at + `","code":"\u5f20"}`, one},
		{"null is empty", object(`,"text":null,"rev":null,"facility":null`), one},
		{"numbers as numbers and as text", `{"waybill":"W1111","at":"` + at + `","code":"A","rev":"12"}`, one},
		{"a whole number with an exponent", object(`,"rev":1e2`), one},
		{"a line break and a tab in a value", object(`,"text":"one\r\ntwo\tthree"`), one},
		{"half a surrogate pair is replaced", object(`,"text":"\ud83d"`), one},
		{"a name in another case is another name", object(`,"Text":"x"`), outcome{1, 1, []said{{1, "Text", "", "unknown_column"}}}},
		{"a nested value that nobody reads", object(`,"mood":{"text":[1,{"at":null}]}`), outcome{1, 1, []said{{1, "mood", "", "unknown_column"}}}},
		{"an empty object", `{}`, outcome{1, 0, []said{{1, "waybill", "", "missing_value"}, {1, "at", "", "missing_value"}, {1, "code", "", "missing_value"}}}},
		{"an empty string where one is required", `{"waybill":"","at":"` + at + `","code":"A"}`, bad("waybill", "", "missing_value")},
		{"an array", `[` + object("") + `]`, bad("", "", "bad_json")},
		{"a string", `"W1111"`, bad("", "", "bad_json")},
		{"half an object", object("")[:40], bad("at", "", "bad_json")},
		{"two objects", object("") + object(""), bad("", "", "bad_json")},
		{"garbage behind it", object("") + `,`, bad("", "", "bad_json")},
		{"single quotes", `{'waybill':'W1111'}`, bad("", "", "bad_json")},
		{"a comment", object("") + ` // x`, bad("", "", "bad_json")},
		{"NaN", object(`,"rev":NaN`), bad("rev", "", "bad_json")},
		{"a raw tab in a string", object(",\"text\":\"a\tb\""), bad("text", "", "bad_json")},
		{"a key twice", object(`,"at":"` + at + `"`), bad("at", "", "duplicate_key")},
		{"an unknown key twice", object(`,"x":1,"x":2`), outcome{1, 0, []said{{1, "x", "", "duplicate_key"}, {1, "x", "", "unknown_column"}}}},
		{"a number for a waybill", `{"waybill":11111,"at":"` + at + `","code":"A"}`, bad("waybill", "11111", "wrong_type")},
		{"an array for a text", object(`,"text":["secret"]`), bad("text", "[***", "wrong_type")},
		{"an object for an instant", `{"waybill":"W1111","at":{"s":1},"code":"A"}`, bad("at", `{"s":1}`, "wrong_type")},
		{"true for a number", object(`,"rev":true`), bad("rev", "true", "wrong_type")},
		{"a text for true", object(`,"facility":"true"`), bad("facility", "true", "wrong_type")},
		{"a number for true", object(`,"facility":1`), bad("facility", "1", "wrong_type")},
		{"a number too large to write out", object(`,"rev":1e400`), bad("rev", "1e400", "bad_rev")},
		{"a number with 300 digits", object(`,"rev":1e300`), bad("rev", "1"+strings.Repeat("0", 99)+"…", "too_long")},
		{"a fraction", object(`,"rev":0.5`), bad("rev", "0.5", "bad_rev")},
		{"a deep nest", object(`,"mood":` + strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000)), bad("mood", "", "bad_json")},
		{"too long a line", object(`,"mood":"` + strings.Repeat("x", 64<<10) + `"`), bad("", "", "line_too_long")},
		{"invalid UTF-8", object(",\"text\":\"\xff\""), bad("", "", "invalid_utf8")},
		{"NUL", object(`,"place":"a\u0000b"`), bad("place", "a\ufffdb", "control_character")},
		{"a mark that turns the text around", object(`,"text":"\u202eabc"`), bad("text", "***", "control_character")},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			im, _ := importer(t)
			tc.want.holds(t, takeCheckpoints(t, im, tc.line, feed.JSONLines))
		})
	}
}

// TestJSONShipments reads numbers, truths and people as JSON writes them.
func TestJSONShipments(t *testing.T) {
	t.Parallel()
	im, db := importerOn(t)
	const line = `{"waybill":"W1111","origin_country":"US","origin_zone":"UTC","destination_country":"CN","destination_zone":"Asia/Shanghai",` +
		`"piece":2,"pieces":"3","shipper_is_seller":true,"declared_weight":44.10,"declared_weight_unit":"lb","measured_weight":"2.50","measured_weight_unit":"kg",` +
		`"consignee_address":"1 Main St\nApt 2","consignee_phone":"+1 201 555 0100"}`
	outcome{1, 1, nil}.holds(t, takeShipments(t, im, line, feed.Unknown))
	var got string
	err := db.Get(t.Context(), &got, `select concat_ws('; ', piece, pieces, shipper_is_seller, declared_weight, measured_weight, consignee_address) from shipments`)
	if want := "2; 3; t; 44.10; 2.50; 1 Main St Apt 2"; err != nil || got != want {
		t.Errorf("kept %q, %v, want %q", got, err, want)
	}
}

// TestUnknownNamesAreToldOnce counts a name that stands on each of many lines once.
func TestUnknownNamesAreToldOnce(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	var file strings.Builder
	for i := range 20_000 { // several blocks
		_, _ = fmt.Fprintf(&file, `{"waybill":"W1111","at":"%s","code":"A","mood":%d,"colour":"%0100d"}`+"\n", at, i, i)
	}
	r := takeCheckpoints(t, im, file.String(), feed.Unknown)
	got := saidBy(r)
	slices.SortFunc(got, func(a, b said) int { return strings.Compare(a.field, b.field) })
	if want := []said{{1, "colour", "", "unknown_column"}, {1, "mood", "", "unknown_column"}}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
	if r.Rejected != 0 || r.Received != 20_000 || r.Waiting != 1 || r.Unchanged != 19_999 {
		t.Errorf("%+v", r)
	}
}

// FuzzJSONLine holds our reader to the standard library's: it takes no line that
// is not one object, and every flat object of strings whose names differ.
func FuzzJSONLine(f *testing.F) {
	for _, line := range []string{`{"code":"A"}`, `{"code":"A","code":"B"}`, `{"code":null}`, `{} {}`, `{"text":"\u00e9\ud83d"}`, `[{}]`, `{"x":{"y":[1]}}`, `{"code":"A",}`, ``} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		values, ok := feed.ReadJSON(line)
		var want map[string]any
		if err := json.Unmarshal([]byte(line), &want); err != nil || want == nil {
			if ok {
				t.Errorf("%q is taken: %v", line, err)
			}
			return
		}
		for name, value := range values {
			if text, is := want[name].(string); ok && is && value != text {
				t.Errorf("%q: %s is %q, want %q", line, name, value, text)
			}
		}
	})
}
