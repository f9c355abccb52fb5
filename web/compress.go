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

// usual is the size up to which a stretch is what most pages hold.
const usual = 6 << 10

// gzipHead is the head of every gzip file: deflate, no name, no time.
var gzipHead = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff}

// What is the same on most pages of a language: the head with the top bar, and
// the end of the page. On a parcel's page the end begins with the form for a
// second fact and differs by the number alone.
var (
	headFrom, headTo = []byte(`<meta name="viewport"`), []byte(`<main `)
	clockFrom        = []byte(`<select class="control" id="zone"`)
	unlockFrom       = []byte(`<section class="sheet unlock"`)
)

// squeezer writes gzip. A deflate stream is a chain of blocks, so that what is
// the same on most pages is compressed once, kept, and chained in.
type squeezer struct {
	mu     sync.RWMutex
	kept   map[string][]byte // plain -> blocks; few, as there are few languages
	coders sync.Pool         // *flate.Writer without a window
}

// mostKept bounds the kept blocks; what has no room is compressed each time.
const mostKept = 512

// squeeze appends body to out as gzip. Number is the parcel whose public page
// this is, empty for all other answers.
func (s *squeezer) squeeze(out *bytes.Buffer, body []byte, number string) error {
	out.Write(gzipHead)
	rest, err := s.head(out, body)
	if err != nil {
		return err
	}
	end := -1
	if number != "" {
		end = bytes.Index(rest, unlockFrom)
	}
	if end < 0 {
		number, end = "", bytes.Index(rest, clockFrom)
	}
	if end < 0 {
		err = s.block(out, rest, true)
	} else if err = s.block(out, rest[:end], false); err == nil {
		err = s.end(out, rest[end:], number)
	}
	if err != nil {
		return err
	}
	var tail [8]byte
	binary.LittleEndian.PutUint32(tail[:4], crc32.ChecksumIEEE(body))
	binary.LittleEndian.PutUint32(tail[4:], uint32(len(body))) //nolint:gosec // modulo 2^32 by the format
	out.Write(tail[:])
	return nil
}

// head writes what stands before main, and gives the rest.
func (s *squeezer) head(out *bytes.Buffer, body []byte) (rest []byte, err error) {
	from, to := bytes.Index(body, headFrom), bytes.Index(body, headTo)
	if from < 0 || to < from {
		return body, nil
	}
	if err := s.block(out, body[:from], false); err != nil {
		return nil, err
	}
	return body[to:], s.fixed(out, body[from:to], false)
}

// end writes the end of a page: the number as it is, all around it kept.
func (s *squeezer) end(out *bytes.Buffer, rest []byte, number string) error {
	for number != "" {
		i := bytes.Index(rest, []byte(number))
		if i < 0 {
			break
		}
		if err := s.fixed(out, rest[:i], false); err != nil {
			return err
		}
		asItIs(out, rest[i:i+len(number)])
		rest = rest[i+len(number):]
	}
	return s.fixed(out, rest, true)
}

// block compresses a stretch into blocks of its own that end on a whole byte. A
// short one is cheaper as it is; one of usual length is only coded by how often
// each byte comes, which costs half the CPU of looking for what repeats; a long
// one is worth that, so that a first view stays small. An encoder with a window
// would hold a megabyte for each of the answers being written.
func (s *squeezer) block(out *bytes.Buffer, plain []byte, last bool) error {
	if len(plain) < shortest && !last {
		asItIs(out, plain)
		return nil
	}
	if len(plain) > usual {
		return flate.StatelessDeflate(out, plain, last, nil)
	}
	e, ok := s.coders.Get().(*flate.Writer)
	if !ok {
		var err error
		if e, err = flate.NewWriter(out, flate.HuffmanOnly); err != nil {
			return err
		}
	}
	defer s.coders.Put(e)
	e.Reset(out)
	if _, err := e.Write(plain); err != nil {
		return err
	}
	if last {
		return e.Close()
	}
	return e.Flush()
}

// asItIs writes a short stretch as one block that is not compressed.
func asItIs(out *bytes.Buffer, plain []byte) {
	n := len(plain)
	out.Write([]byte{0, byte(n), byte(n >> 8), ^byte(n), ^byte(n >> 8)}) //nolint:gosec // the two halves of n
	out.Write(plain)
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
	if err := flate.StatelessDeflate(out, plain, last, nil); err != nil || full {
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
