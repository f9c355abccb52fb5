package paper_test

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// readPDF checks a file's table of objects and gives them, their streams unpacked.
func readPDF(t testing.TB, pdf []byte) (objects map[int]string) {
	t.Helper()
	_, after, found := bytes.Cut(pdf, []byte("startxref\n"))
	if !found || !bytes.HasPrefix(pdf, []byte("%PDF-1.4\n")) {
		t.Fatal("no PDF")
	}
	start, err := strconv.Atoi(strings.Fields(string(after))[0])
	if err != nil {
		t.Fatal(err)
	}
	objects = map[int]string{}
	for i, line := range strings.Split(string(pdf[start:]), "\n")[3:] {
		if !strings.HasSuffix(line, " n ") {
			break
		}
		at, err := strconv.Atoi(line[:10])
		if err != nil {
			t.Fatal(err)
		}
		head := strconv.Itoa(i+1) + " 0 obj\n"
		if !bytes.HasPrefix(pdf[at:], []byte(head)) {
			t.Fatalf("object %d is not where the table says", i+1)
		}
		body, _, _ := bytes.Cut(pdf[at+len(head):], []byte("\nendobj\n"))
		objects[i+1] = unpacked(t, body)
	}
	return objects
}

func unpacked(t testing.TB, body []byte) string {
	t.Helper()
	head, packed, is := bytes.Cut(body, []byte("stream\n"))
	if !is {
		return string(body)
	}
	packed = bytes.TrimSuffix(packed, []byte("\nendstream"))
	if want := "/Length " + strconv.Itoa(len(packed)) + " "; !bytes.Contains(head, []byte(want)) {
		t.Fatalf("%s holds %d bytes", head, len(packed))
	}
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

var (
	fontEntry = regexp.MustCompile(`/([RB]\d+) (\d+) 0 R `)
	unicodeOf = regexp.MustCompile(`/ToUnicode (\d+) 0 R`)
	meaning   = regexp.MustCompile(`<([0-9A-F]{2})> <([0-9A-F]+)>`)
	pageEntry = regexp.MustCompile(`/Type /Page .*/Resources (\d+) 0 R /Contents (\d+) 0 R`)
	shown     = regexp.MustCompile(`/([RB]\d+) [\d.]+ Tf <([0-9A-F]*)> Tj|(ET)`)
)

// pagesOf gives the text of each page as somebody copies it, a line for each line.
func pagesOf(t testing.TB, pdf []byte) (pages []string) {
	t.Helper()
	objects := readPDF(t, pdf)
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for n := 1; n <= len(objects); n++ {
		page := pageEntry.FindStringSubmatch(objects[n])
		if page == nil {
			continue
		}
		letters := map[string]string{}
		for _, font := range fontEntry.FindAllStringSubmatch(objects[number(page[1])], -1) {
			cmap := objects[number(unicodeOf.FindStringSubmatch(objects[number(font[2])])[1])]
			for _, m := range meaning.FindAllStringSubmatch(cmap, -1) {
				if m[2] != "FF" {
					letters[font[1]+m[1]] = fromUTF16(t, m[2])
				}
			}
		}
		var text strings.Builder
		for _, m := range shown.FindAllStringSubmatch(objects[number(page[2])], -1) {
			for i := 0; i < len(m[2]); i += 2 {
				text.WriteString(letters[m[1]+m[2][i:i+2]])
			}
			if m[3] != "" {
				text.WriteString("\n")
			}
		}
		pages = append(pages, text.String())
	}
	return pages
}

func fromUTF16(t testing.TB, digits string) string {
	t.Helper()
	raw, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}
