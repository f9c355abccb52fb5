package web

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// smallest is the size below which compressing an answer isn't worth the CPU.
const smallest = 1024

// shortest is the size below which a stretch of an answer goes out as it is.
const shortest = 512

// gzipHead is the head of every gzip file: deflate, no name, no time.
var gzipHead = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}

// shellMarks begin and end what is the same on most pages of a language: the
// head with the top bar, and the choice of clocks to the end of the page.
var shellMarks = [...]struct{ from, to []byte }{
	{[]byte(`<meta name="viewport"`), []byte(`<main `)},
	{[]byte(`<select class="control" id="zone"`), nil},
}

// squeezer writes gzip. A deflate stream is a chain of blocks, so that what is
// the same on most pages is compressed once, kept, and chained in.
type squeezer struct {
	mu   sync.RWMutex
	kept map[string][]byte // plain -> blocks; few, as there are few languages
}

// mostKept bounds the kept blocks; what has no room is compressed each time.
const mostKept = 128

// squeeze appends body to out as gzip.
func (s *squeezer) squeeze(out *bytes.Buffer, body []byte) error {
	out.Write(gzipHead)
	rest := body
	for _, mark := range shellMarks {
		start := bytes.Index(rest, mark.from)
		if start < 0 {
			continue
		}
		end := len(rest)
		if mark.to != nil {
			if end = bytes.Index(rest, mark.to); end < start {
				continue
			}
		}
		if err := block(out, rest[:start], false); err != nil {
			return err
		}
		if err := s.fixed(out, rest[start:end], mark.to == nil); err != nil {
			return err
		}
		rest = rest[end:]
	}
	if len(rest) > 0 {
		if err := block(out, rest, true); err != nil {
			return err
		}
	}
	var tail [8]byte
	binary.LittleEndian.PutUint32(tail[:4], crc32.ChecksumIEEE(body))
	binary.LittleEndian.PutUint32(tail[4:], uint32(len(body))) //nolint:gosec // modulo 2^32 by the format
	out.Write(tail[:])
	return nil
}

// block compresses a stretch into blocks of its own that end on a whole byte. A
// short one is cheaper as it is. An encoder with a window would hold a megabyte
// for each of the answers being written.
func block(out *bytes.Buffer, plain []byte, last bool) error {
	if n := len(plain); n < shortest && !last {
		out.Write([]byte{0, byte(n), byte(n >> 8), ^byte(n), ^byte(n >> 8)}) //nolint:gosec // the two halves of n
		out.Write(plain)
		return nil
	}
	return flate.StatelessDeflate(out, plain, last, nil)
}

// fixed takes the blocks of a stretch that was seen before.
func (s *squeezer) fixed(out *bytes.Buffer, plain []byte, last bool) error {
	s.mu.RLock()
	blocks, known := s.kept[string(plain)]
	full := len(s.kept) >= mostKept
	s.mu.RUnlock()
	if known {
		out.Write(blocks)
		return nil
	}
	start := out.Len()
	if err := block(out, plain, last); err != nil || full {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string][]byte{}
	}
	s.kept[string(plain)] = bytes.Clone(out.Bytes()[start:])
	return nil
}

// acceptsGzip tells whether the visitor reads gzip; "gzip;q=0" says no.
func acceptsGzip(h http.Header) bool {
	for _, line := range h["Accept-Encoding"] {
		for part := range strings.SplitSeq(line, ",") {
			name, weight, _ := strings.Cut(part, ";")
			if name = strings.TrimSpace(name); name != "gzip" && name != "*" {
				continue
			}
			weight = strings.TrimPrefix(strings.TrimSpace(weight), "q=")
			return weight == "" || strings.Trim(weight, "0.") != ""
		}
	}
	return false
}
