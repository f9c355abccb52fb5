// Package papertest reads papers for tests, as somebody does who copies their text.
package papertest

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

// Objects checks a file's table of objects and gives them by number, their streams unpacked.
func Objects(t testing.TB, pdf []byte) (objects map[int]string) {
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

// Pages gives the text of each page, a line for each line.
func Pages(t testing.TB, pdf []byte) (pages []string) {
	t.Helper()
	objects := Objects(t, pdf)
	page := regexp.MustCompile(`/Type /Page .*/Resources (\d+) 0 R /Contents (\d+) 0 R`)
	shown := regexp.MustCompile(`/([RB]\d+) [\d.]+ Tf <([0-9A-F]*)> Tj|(ET)`)
	for n := 1; n <= len(objects); n++ {
		parts := page.FindStringSubmatch(objects[n])
		if parts == nil {
			continue
		}
		letters := lettersOf(t, objects, objects[number(t, parts[1])])
		var text strings.Builder
		for _, m := range shown.FindAllStringSubmatch(objects[number(t, parts[2])], -1) {
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

// lettersOf reads what each number of each font of the resources means.
func lettersOf(t testing.TB, objects map[int]string, resources string) map[string]string {
	t.Helper()
	font := regexp.MustCompile(`/([RB]\d+) (\d+) 0 R `)
	meanings := regexp.MustCompile(`/ToUnicode (\d+) 0 R`)
	meaning := regexp.MustCompile(`<([0-9A-F]{2})> <([0-9A-F]{4,8})>`)
	letters := map[string]string{}
	for _, f := range font.FindAllStringSubmatch(resources, -1) {
		to := meanings.FindStringSubmatch(objects[number(t, f[2])])
		if to == nil {
			t.Fatalf("font %s does not say what its letters mean", f[1])
		}
		for _, m := range meaning.FindAllStringSubmatch(objects[number(t, to[1])], -1) {
			letters[f[1]+m[1]] = fromUTF16(t, m[2])
		}
	}
	return letters
}

func number(t testing.TB, digits string) int {
	t.Helper()
	n, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatal(err)
	}
	return n
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
