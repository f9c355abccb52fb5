package feed_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"ecms/portal/internal/shipment/feed"
)

// TestPhysicalLines holds the reader to one record a line, whatever the line holds.
func TestPhysicalLines(t *testing.T) {
	t.Parallel()
	const head = "waybill,at,code,text\n"
	good := func(n int) string { return fmt.Sprintf("W%04d,%s,A,x", n, at) }
	long := strings.Repeat("y", 10<<20)
	tests := []struct {
		name, file string
		want       outcome
	}{
		{"no newline at the end", head + good(1) + "\n" + good(2), outcome{2, 2, nil}},
		{"header alone", "waybill,at,code", outcome{}},
		{"empty lines keep their numbers", "\n\r\n" + head + "\n \t \n" + good(1) + "\n\n\nW2\n", outcome{2, 1, []said{{9, "", "1 of 4", "field_count"}}}},
		{"LF and CRLF mixed", head + good(1) + "\r\n" + good(2) + "\n" + good(3) + "\r\n", outcome{3, 3, nil}},
		{"a lone CR inside a value is a blank", head + "W1111," + at + ",A,one\rtwo\n", outcome{1, 1, nil}},
		{"a lone CR does not end a line", head + good(1) + "\r" + good(2) + "\n" + good(3) + "\n", outcome{2, 1, []said{{2, "", "7 of 4", "field_count"}}}},
		{
			"an open quote spoils its own line only", head + good(1) + "\nW2222," + at + ",A,\"x\n" + good(3) + "\n",
			outcome{3, 2, []said{{3, "text", "***", "open_quote"}}},
		},
		{
			"a quoted newline makes two bad rows", head + "W2222," + at + ",A,\"one\ntwo\"\n" + good(3),
			outcome{3, 1, []said{{2, "text", "\"***", "open_quote"}, {3, "waybill", "t***", "stray_quote"}}},
		},
		{"a quoted comma and quote", head + `W2222,` + at + `,"A","a, ""b"""` + "\n", outcome{1, 1, nil}},
		{"a blank before a quote", head + `W2222,` + at + `,A, "x"` + "\n", outcome{1, 0, []said{{2, "text", " ***", "stray_quote"}}}},
		{"NUL", head + "W2222," + at + ",A\x00,x\n", outcome{1, 0, []said{{2, "code", "A\ufffd", "control_character"}}}},
		{"escape sequence", head + "W2222," + at + ",\x1b[31mred,x\n", outcome{1, 0, []said{{2, "code", "\ufffd[31mred", "control_character"}}}},
		{"invalid UTF-8", head + "W2222," + at + ",A,\xc3\x28\n" + good(2), outcome{2, 1, []said{{2, "", "", "invalid_utf8"}}}},
		{"UTF-8 cut at the end of the file", head + good(2) + "\nW2222," + at + ",A,\xe5\xbc", outcome{2, 1, []said{{3, "", "", "invalid_utf8"}}}},
		{"64 KiB and a byte", head + good(1) + strings.Repeat("y", 64<<10) + "\n" + good(2), outcome{2, 1, []said{{2, "", "", "line_too_long"}}}},
		{"a long text on a short line", head + good(1) + strings.Repeat("y", 2000) + "\n" + good(2), outcome{2, 1, []said{{2, "text", "x***", "too_long"}}}},
		{"10 MiB in the middle", head + good(1) + "\n" + long + "\n" + good(2) + "\n" + long + long + "\nW3\n", outcome{5, 2, []said{
			{3, "", "", "line_too_long"}, {5, "", "", "line_too_long"}, {6, "", "1 of 4", "field_count"},
		}}},
		{"10 MiB at the end", head + good(1) + "\n" + long, outcome{2, 1, []said{{3, "", "", "line_too_long"}}}},
		{"10 MiB that begin with blanks", head + strings.Repeat(" ", 200) + long + "\n" + good(1), outcome{2, 1, []said{{2, "", "", "line_too_long"}}}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			im, _ := importer(t)
			tc.want.holds(t, takeCheckpoints(t, im, tc.file, feed.CSV))
		})
	}
}

// TestReaders takes the same file from readers that give it in pieces of all sizes.
func TestReaders(t *testing.T) {
	t.Parallel()
	file := "\ufeffwaybill,at,code\r\nW1111," + at + ",A\r\nW2\r\n\r\nW3333," + at + ",張"
	want := outcome{3, 2, []said{{3, "", "1 of 3", "field_count"}}}
	for name, wrap := range map[string]func(io.Reader) io.Reader{
		"byte by byte": iotest.OneByteReader, "half reads": iotest.HalfReader, "data with its end": iotest.DataErrReader,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			im, _ := importer(t)
			r, err := im.Checkpoints(t.Context(), wrap(strings.NewReader(file)), feed.Unknown, feed.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want.holds(t, r)
		})
	}
}

// TestLineNumbersAcrossBlocks puts bad rows all over a file that is read in many blocks.
func TestLineNumbersAcrossBlocks(t *testing.T) {
	t.Parallel()
	im, _ := importer(t)
	var file strings.Builder
	file.WriteString("waybill,at,code,text\n")
	var want outcome
	padding := strings.Repeat("p", 1900)
	for line := 2; line < 2600; line++ {
		want.received++
		if line%97 == 0 {
			_, _ = fmt.Fprintf(&file, "W%d,never,A,%s\n", 10000+line, padding)
			want.said = append(want.said, said{line, "at", "never", "bad_instant"})
			continue
		}
		_, _ = fmt.Fprintf(&file, "W%d,%s,A,%s\n", 10000+line%50, at, padding[:line%1900])
	}
	want.in = 50 // parcels with one event each, told many times
	r := takeCheckpoints(t, im, file.String(), feed.CSV)
	want.holds(t, r)
	if file.Len() < 2<<20 {
		t.Errorf("only %d bytes: not enough blocks", file.Len())
	}
}
