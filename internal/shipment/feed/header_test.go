package feed_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment/feed"
)

// TestHeader tries what a first line may look like.
func TestHeader(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file string
		want       outcome
	}{
		{"another order", "code,text,at,waybill\nA,x," + at + ",W1111", outcome{1, 1, nil}},
		{"any case, with blanks", " WayBill ,\tAT,cOdE\nW1111," + at + ",A", outcome{1, 1, nil}},
		{"quoted", `"waybill","at","code"` + "\nW1111," + at + ",A", outcome{1, 1, nil}},
		{"behind empty lines", "\n\n \r\nwaybill,at,code\nW1111," + at + ",A\nW2", outcome{2, 1, []said{{6, "", "1 of 3", "field_count"}}}},
		{"behind more empty lines than a block holds", strings.Repeat("\n", 3<<20) + "waybill,at,code\nW1111," + at + ",A", outcome{1, 1, nil}},
		{"an empty line before many blocks", "\nwaybill,at,code\n" + strings.Repeat("W1111,"+at+",A\n", 80_000), outcome{80_000, 1, nil}},
		{"unknown columns are told once", "waybill,mood,at,code,Colour\nW1111,x," + at + ",A,y\nW2222,x," + at + ",A,y", outcome{2, 2, []said{
			{1, "mood", "", "unknown_column"}, {1, "colour", "", "unknown_column"},
		}}},
		{"a comma at the end is a column without a name", "waybill,at,code,\nW1111," + at + ",A,", outcome{1, 1, []said{{1, "", "", "unknown_column"}}}},
		{"an unknown column named twice does no harm", "waybill,at,code,x,x\nW1111," + at + ",A,,", outcome{1, 1, []said{
			{1, "x", "", "unknown_column"}, {1, "x", "", "unknown_column"},
		}}},
		{"a long unknown name is cut", "waybill,at,code," + strings.Repeat("n", 150) + "\n", outcome{said: []said{
			{1, strings.Repeat("n", 100) + "…", "", "unknown_column"},
		}}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			im, _ := importer(t)
			tc.want.holds(t, takeCheckpoints(t, im, tc.file, feed.Unknown))
		})
	}
}

// TestHeaderThatRefusesTheFile tells why, takes nothing in, and shows no value.
func TestHeaderThatRefusesTheFile(t *testing.T) {
	t.Parallel()
	im, s := importer(t)
	row := "\nW1111,," + at + ",A\n"
	missing := func(columns ...string) (all []said) {
		for _, c := range columns {
			all = append(all, said{1, c, "", "missing_column"})
		}
		return all
	}
	tests := []struct {
		name, file string
		want       []said
	}{
		{"nothing at all", "", missing("waybill", "at", "code")},
		{"a byte order mark", "\ufeff", missing("waybill", "at", "code")},
		{"one column missing", "waybill,text,at" + row, missing("code")},
		{"a column twice", "waybill,text,at,code,TEXT" + row, []said{{1, "text", "", "duplicate_column"}}},
		{"semicolons", "waybill;at;code\nW1;x;y", append([]said{{1, "w***", "", "unknown_column"}}, missing("waybill", "at", "code")...)},
		{"tabs", "waybill\tat\tcode\nW1\tx\ty", append([]said{{1, "w***", "", "unknown_column"}}, missing("waybill", "at", "code")...)},
		{"UTF-16", "w\x00a\x00y\x00b\x00i\x00l\x00l\x00,\x00a\x00t\x00", []said{{1, "", "", "control_character"}}},
		{"invalid UTF-8", "waybill,at,code,\xff\n", []said{{1, "", "", "invalid_utf8"}}},
		{"lines that end in CR alone", "waybill,at,code\rW1111," + at + ",secret\r", []said{{1, "", "", "control_character"}}},
		{"an open quote", "waybill,at,code,\"secret\n", []said{{1, "", "", "open_quote"}}},
		{"64 KiB", "waybill,at,code," + strings.Repeat("x,", 40<<10) + "\n", []said{{1, "", "", "line_too_long"}}},
		{"a line without end", "\nwaybill,at,code," + strings.Repeat("x,", 1<<20), []said{{2, "", "", "line_too_long"}}},
		{
			"a row of people's values instead", "secret,310000,secret@example.com," + at + "\n",
			append([]said{{1, "s***", "", "unknown_column"}, {1, "3***", "", "unknown_column"}, {1, "s***", "", "unknown_column"}, {1, "2***", "", "unknown_column"}},
				missing("waybill", "at", "code")...),
		},
	}
	for _, tc := range tests {
		r, err := im.Checkpoints(t.Context(), strings.NewReader(tc.file), feed.CSV, feed.Options{})
		if !errors.Is(err, feed.ErrRefused) {
			t.Errorf("%s: got %v, want a refusal", tc.name, err)
			continue
		}
		if diff := cmp.Diff(tc.want, saidBy(r), cmp.AllowUnexported(said{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
		if r.Received != 0 || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), tc.want[len(tc.want)-1].reason) {
			t.Errorf("%s: %+v, %v", tc.name, r, err)
		}
	}
	if v := clean(t, s); v.Checkpoints != 0 {
		t.Errorf("%d checkpoints came in", v.Checkpoints)
	}
}
