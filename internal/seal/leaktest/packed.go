package leaktest

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	deepest  = 3        // packings in one another
	unpacked = 64 << 20 // bytes of one packing that are looked at
)

// Report is what a scanner has seen.
type Report struct {
	// Files and Bytes as they lie there; Streams are the packed ones inside them.
	Files, Streams int
	Bytes          int64
	// Finds are sorted, each once.
	Finds []Find
}

// String tells it in a line.
func (r Report) String() string {
	return fmt.Sprintf("%d files, %d bytes, %d packed streams, %d finds", r.Files, r.Bytes, r.Streams, len(r.Finds))
}

// Has tells whether a secret was found in a way; any way when it is empty.
func (r Report) Has(secret, way string) bool {
	return slices.ContainsFunc(r.Finds, func(f Find) bool { return f.Secret == secret && (way == "" || f.Way == way) })
}

// note keeps a find once.
func (r *Report) note(f Find) {
	if !slices.Contains(r.Finds, f) {
		r.Finds = append(r.Finds, f)
	}
}

// Scan looks through bytes and all that is packed in them.
func (s *Scanner) Scan(where string, data []byte) Report {
	r := Report{Files: 1, Bytes: int64(len(data))}
	s.scan(&r, where, data, 0)
	return r
}

// Folder looks through each file below a folder. Files that go away meanwhile are
// none; a file that cannot be read is an error, since nobody knows what is in it.
func (s *Scanner) Folder(dir string) (Report, error) {
	var all Report
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path) //nolint:gosec // the test's own folder
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		all.Add(s.Scan(name, data))
		all.Add(s.Scan("the name of "+name, []byte(name)))
		all.Files--
		return err
	})
	return all, err
}

// Add puts another report to this one.
func (r *Report) Add(other Report) {
	r.Files, r.Streams, r.Bytes = r.Files+other.Files, r.Streams+other.Streams, r.Bytes+other.Bytes
	for _, f := range other.Finds {
		r.note(f)
	}
}

func (s *Scanner) scan(r *Report, where string, data []byte, depth int) {
	s.plain(where, data, r.note)
	if depth == deepest {
		return
	}
	if bytes.Contains(data, []byte("=\r\n")) || bytes.Contains(data, []byte("=\n")) || bytes.Contains(data, []byte("=3D")) { // a mail
		if text, _ := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(data))); len(text) > 0 {
			s.plain(where+", quoted-printable", text, r.note)
		}
		s.plain(where+", without line ends", bytes.Map(withoutLineEnds, data), r.note)
	}
	for i := 0; i+4 < len(data); i++ {
		inner, kind := s.unpack(data[i:])
		if len(inner) == 0 {
			continue
		}
		r.Streams++
		s.scan(r, fmt.Sprintf("%s, %s at %d", where, kind, i), inner, depth+1)
	}
}

// withoutLineEnds drops what base64 is broken by.
func withoutLineEnds(r rune) rune {
	if r == '\r' || r == '\n' {
		return -1
	}
	return r
}

// unpack gives what is packed here, as far as it can be unpacked; nothing where
// nothing begins.
func (s *Scanner) unpack(data []byte) (inner []byte, kind string) {
	switch {
	case data[0] == 0x1f && data[1] == 0x8b && data[2] == 8:
		return s.inflate(gzipBody(data)), "gzip"
	case data[0]&0x0f == 8 && data[0]>>4 <= 7 && data[1]&0x20 == 0 && (int(data[0])<<8|int(data[1]))%31 == 0:
		return s.inflate(data[2:]), "zlib"
	case string(data[:4]) == "PK\x03\x04" && len(data) > 30:
		return s.inflate(data[min(len(data), 30+int(data[26])+int(data[27])<<8+int(data[28])+int(data[29])<<8):]), "zip"
	case string(data[:3]) == "BZh":
		text, _ := io.ReadAll(io.LimitReader(bzip2.NewReader(bytes.NewReader(data)), unpacked)) // what is whole of it
		return text, "bzip2"
	}
	return nil, ""
}

// least is how many bytes make a stream worth a look: chance makes short ones.
const least = 8

func (s *Scanner) inflate(data []byte) []byte {
	r, ok := s.inflaters.Get().(io.ReadCloser)
	if !ok {
		r = flate.NewReader(nil)
	}
	defer s.inflaters.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(data), nil); err != nil { //nolint:forcetypeassert // it says that it is one
		return nil
	}
	text, _ := io.ReadAll(io.LimitReader(r, unpacked)) // what is whole of it
	if len(text) < least {
		return nil
	}
	return text
}

// gzipBody skips the head with its optional parts.
func gzipBody(data []byte) []byte {
	if len(data) < 10 {
		return nil
	}
	flags, body := data[3], data[10:]
	if flags&4 != 0 && len(body) >= 2 {
		body = body[min(len(body), 2+int(body[0])+int(body[1])<<8):]
	}
	for _, flag := range []byte{8, 16} { // a name, a comment: up to a zero
		if flags&flag != 0 {
			_, body, _ = bytes.Cut(body, []byte{0})
		}
	}
	if flags&2 != 0 {
		body = body[min(len(body), 2):]
	}
	return body
}

// Lines are the finds, one a line.
func (r Report) Lines() string {
	lines := make([]string, len(r.Finds))
	for i, f := range r.Finds {
		lines[i] = f.Secret + " as " + f.Way + " in " + f.Where
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
