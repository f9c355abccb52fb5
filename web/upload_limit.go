package web

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/shipment"
)

// places are those of uploads that are read at once, few of them for any one
// parcel. The files that they hold in memory while they come have one measure
// together, so that slow lines take no more of it than they have sent.
type places struct {
	most   int // at once
	each   int // of any one parcel
	mu     sync.Mutex
	taken  int
	over   int   // uploads that are only read past
	held   int64 // bytes of files in memory
	parcel map[shipment.Waybill]int
	word   chan struct{} // to one who waits that something may be free
}

func newPlaces(most, each int) *places {
	return &places{most: most, each: each, parcel: map[shipment.Waybill]int{}, word: make(chan struct{}, 1)}
}

// enter waits a moment for a place; leave gives it back. False: all stayed taken.
func (s *places) enter(ctx context.Context, w shipment.Waybill) (leave func(), ok bool) {
	if !s.wait(ctx, func() bool {
		if s.taken >= s.most || s.parcel[w] >= s.each {
			return false
		}
		s.taken++
		s.parcel[w]++
		return true
	}) {
		return func() {}, false
	}
	return func() { s.leave(w) }, true
}

// reserve waits a moment for memory for a file that comes.
func (s *places) reserve(ctx context.Context, bytes int64) bool {
	return s.wait(ctx, func() bool {
		if s.held+bytes > mostHeld {
			return false
		}
		s.held += bytes
		return true
	})
}

// free gives memory back.
func (s *places) free(bytes int64) {
	s.mu.Lock()
	s.held -= bytes
	s.mu.Unlock()
	s.tell()
}

// past counts an upload that is read for its answer's sake alone; end gives its
// place back. False: there are so many that this one's line is cut.
func (s *places) past() (end func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over >= uploadsPast {
		return func() {}, false
	}
	s.over++
	return func() {
		s.mu.Lock()
		s.over--
		s.mu.Unlock()
	}, true
}

func (s *places) leave(w shipment.Waybill) {
	s.mu.Lock()
	s.taken--
	if s.parcel[w]--; s.parcel[w] == 0 {
		delete(s.parcel, w)
	}
	s.mu.Unlock()
	s.tell()
}

func (s *places) tell() {
	select {
	case s.word <- struct{}{}:
	default:
	}
}

// wait tries to take something until it is there or patience ends.
func (s *places) wait(ctx context.Context, take func() bool) bool {
	try := func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return take()
	}
	if try() {
		return true
	}
	timeout, again := time.NewTimer(placePatience), time.NewTicker(100*time.Millisecond) // a word may be meant for another
	defer timeout.Stop()
	defer again.Stop()
	for {
		select {
		case <-s.word:
		case <-again.C:
		case <-timeout.C:
			return false
		case <-ctx.Done():
			return false
		}
		if try() {
			return true
		}
	}
}

// patient reads a body for as long as bytes keep coming, up to an end: a phone on
// a slow line is let finish, whoever only holds the line is not.
type patient struct {
	body  io.ReadCloser
	line  *http.ResponseController
	until time.Time
	read  int64
}

// Read gives the line some more time for each read.
func (b *patient) Read(into []byte) (int, error) {
	next := time.Now().Add(dripPatience)
	if next.After(b.until) {
		next = b.until
	}
	if err := b.line.SetReadDeadline(next); err != nil {
		return 0, err
	}
	n, err := b.body.Read(into)
	b.read += int64(n)
	return n, err
}

// Close closes the body.
func (b *patient) Close() error { return b.body.Close() }

// finish reads the rest of an upload that its handler has turned away, such as of
// somebody whose grant has ended meanwhile: a browser that cannot send all of it
// tells of a broken line in place of the answer.
func (s *places) finish(c echo.Context) {
	if _, read := c.Request().Body.(*patient); read {
		return
	}
	end, room := s.past()
	defer end()
	if !room {
		return
	}
	w := c.Response().Writer
	body := &patient{body: http.MaxBytesReader(w, c.Request().Body, largestUpload), line: http.NewResponseController(w), until: time.Now().Add(time.Minute)}
	body.rest()
}

// rest reads what is left, since a browser that still sends hears no answer, and
// gives the answer its time.
func (b *patient) rest() {
	_, _ = io.Copy(io.Discard, b)
	_ = b.line.SetWriteDeadline(time.Now().Add(answerPatience)) // a line that takes no deadline is gone
}
