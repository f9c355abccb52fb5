package leaktest_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"io"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"ecms/portal/internal/seal/leaktest"
)

const number = "11010519491231002X"

var scanner = leaktest.New(map[string]string{"number": number, "name": "欧阳小明的秘密"})

func packed(t *testing.T, open func(io.Writer) (io.WriteCloser, error), text string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := open(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func utf16le(text string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestSecretsAreFoundInEachForm(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("some words around it. ", 50)
	text := long + number + long
	zlibbed := packed(t, func(w io.Writer) (io.WriteCloser, error) { return zlib.NewWriterLevel(w, zlib.BestCompression) }, text)
	gzipped := packed(t, func(w io.Writer) (io.WriteCloser, error) {
		z := gzip.NewWriter(w)
		z.Name, z.Comment, z.Extra = "a name", "a comment", []byte("more")
		return z, nil
	}, text)
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	if w, err := z.Create("inner.txt"); err != nil {
		t.Fatal(err)
	} else if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	big := []byte(utf16le(number))
	for i := 0; i < len(big); i += 2 {
		big[i], big[i+1] = big[i+1], big[i]
	}
	for name, data := range map[string]string{
		"as it is": text, "at the very end": "x" + number, "alone": number, "small": strings.ToLower(number), "backwards": "X20013219491501011",
		"UTF-16LE": "x" + utf16le(number), "UTF-16BE": "x" + string(big), "hexadecimal": hex.EncodeToString([]byte(number)),
		"base64": base64.StdEncoding.EncodeToString([]byte(text)), "base64 of UTF-16": base64.StdEncoding.EncodeToString([]byte("ab" + utf16le(number))),
		"base64 moved by one": base64.StdEncoding.EncodeToString([]byte("a" + number + "bc")), "base64 in lines": "x=\r\n" + inLines(base64.StdEncoding.EncodeToString([]byte(text))),
		"zlib": "head" + zlibbed + "tail", "zlib cut short": "head" + zlibbed[:len(zlibbed)-5], "gzip": "head" + gzipped, "zip": archive.String(),
		"zlib in gzip":     packed(t, func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil }, zlibbed),
		"quoted-printable": packed(t, func(w io.Writer) (io.WriteCloser, error) { return quotedprintable.NewWriter(w), nil }, strings.Repeat("é", 20)+number),
	} {
		if r := scanner.Scan(name, []byte(data)); !r.Has("number", "") {
			t.Errorf("%s: not found: %s", name, r)
		} else if strings.Contains(r.Lines(), number) {
			t.Errorf("%s: the find repeats the secret", name)
		}
	}
	for name, data := range map[string]string{"percent signs": "%E6%AC%A7%E9%98%B3%E5%B0%8F%E6%98%8E%E7%9A%84%E7%A7%98%E5%AF%86", "UTF-16LE": utf16le("欧阳小明的秘密")} {
		if r := scanner.Scan(name, []byte(data)); !r.Has("name", name) {
			t.Errorf("%s: not found: %s", name, r)
		}
	}
}

func inLines(text string) string {
	var b strings.Builder
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	return b.String() + text
}

func TestOthersAreNotFound(t *testing.T) {
	t.Parallel()
	raw := packed(t, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 9) }, "nothing of it")
	for _, data := range []string{"", "1", "11", "110105194912310021", "11010519491231002", raw, strings.Repeat("\x78\x9c", 300), "PK\x03\x04", "\x1f\x8b\x08", "BZh9"} {
		if r := scanner.Scan("x", []byte(data)); len(r.Finds) > 0 {
			t.Errorf("%q: %s", data, r.Lines())
		}
	}
}

func TestBytesOfAPicture(t *testing.T) {
	t.Parallel()
	s := leaktest.New(nil)
	part := []byte{0xff, 0, 0x13, 0x37, 0x80, 0x81, 0x00, 0x42}
	s.Bytes("picture", part)
	if r := s.Scan("x", append([]byte("\xff\x00\x13"), part...)); !r.Has("picture", "bytes") {
		t.Error(r)
	}
	if r := s.Scan("x", []byte(`\xff001337808100420a`)); !r.Has("picture", "hexadecimal") { // as PostgreSQL writes it
		t.Error(r)
	}
}

func TestFolders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"a/one": "nothing", "a/b/two": "x" + number, "a/" + number + ".jpg": "nothing either"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := scanner.Folder(dir)
	if err != nil || r.Files != 3 || len(r.Finds) != 2 || !strings.Contains(r.Lines(), "number as UTF-8 in a/b/two") {
		t.Errorf("%s, %v\n%s", r, err, r.Lines())
	}
	if _, err := scanner.Folder(filepath.Join(dir, "a", "b", "two", "none")); err == nil {
		t.Error("a folder that is none was read")
	}
}

// TestQuickEnough: a database of some hundred megabytes is looked through in seconds.
func TestQuickEnough(t *testing.T) {
	t.Parallel()
	data := make([]byte, 8<<20)
	n := uint32(1)
	for i := range data {
		n = n*1664525 + 1013904223
		data[i] = byte(n >> 24)
	}
	copy(data[5<<20:], number)
	if r := scanner.Scan("random", data); !r.Has("number", "UTF-8") {
		t.Error(r)
	}
}
