package feed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	blockSize  = 1 << 20
	longestRow = 64 << 10
)

// block is a run of whole lines.
type block struct {
	text  string // rows keep parts of it
	first int    // number of its first line
	cut   bool   // one line, too long to be kept whole
}

// blocks cuts a file at line ends.
type blocks struct {
	r      io.Reader
	buf    []byte // read and not given yet
	line   int    // number of the next line
	err    error
	failed error // of the reader, beside its end
}

func newBlocks(r io.Reader) *blocks { return &blocks{r: r, line: 1} }

// next gives the next run of lines; false at the end of the file.
func (b *blocks) next() (block, bool) {
	b.fill(blockSize)
	if len(b.buf) == 0 {
		return block{}, false
	}
	end := bytes.LastIndexByte(b.buf, '\n') + 1
	if b.err != nil {
		end = len(b.buf)
	}
	if end == 0 {
		return b.longLine(), true
	}
	out := block{text: string(b.buf[:end]), first: b.line}
	b.buf = append(b.buf[:0], b.buf[end:]...)
	b.line += strings.Count(out.text, "\n")
	return out, true
}

// longLine gives the start of a line that fills the buffer, and skips its rest.
func (b *blocks) longLine() block {
	out := block{text: string(b.buf[:100]), first: b.line, cut: true}
	for {
		if i := bytes.IndexByte(b.buf, '\n'); i >= 0 {
			b.buf = append(b.buf[:0], b.buf[i+1:]...)
			b.line++
			return out
		}
		b.buf = b.buf[:0]
		if b.fill(blockSize); len(b.buf) == 0 {
			return out
		}
	}
}

// fill reads until the buffer holds n bytes or the file ends.
func (b *blocks) fill(n int) {
	if cap(b.buf) < n {
		b.buf = append(make([]byte, 0, n), b.buf...)
	}
	for len(b.buf) < n && b.err == nil {
		var got int
		got, b.err = b.r.Read(b.buf[len(b.buf):n])
		b.buf = b.buf[:len(b.buf)+got]
	}
	if b.err != nil && !errors.Is(b.err, io.EOF) && b.failed == nil {
		b.failed = fmt.Errorf("read the file: %w", b.err)
	}
}
