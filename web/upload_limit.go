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
// parcel: each may hold a whole file in memory, for as long as its line takes.
type places struct {
	mu     sync.Mutex
	taken  int
	parcel map[shipment.Waybill]int
	free   chan struct{} // a word for who waits that one may be free
}

func newPlaces() *places {
	return &places{parcel: map[shipment.Waybill]int{}, free: make(chan struct{}, 1)}
}

// enter waits a moment for a place; leave gives it back. False: all stayed taken.
func (s *places) enter(ctx context.Context, w shipment.Waybill) (leave func(), ok bool) {
	timeout := time.NewTimer(placePatience)
	defer timeout.Stop()
	for {
		if s.take(w) {
			return func() { s.leave(w) }, true
		}
		select {
		case <-s.free:
		case <-time.After(100 * time.Millisecond): // a word may be meant for a parcel that has none left
		case <-timeout.C:
			return func() {}, false
		case <-ctx.Done():
			return func() {}, false
		}
	}
}

func (s *places) take(w shipment.Waybill) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken >= uploadsAtOnce || s.parcel[w] >= uploadsParcel {
		return false
	}
	s.taken++
	s.parcel[w]++
	return true
}

func (s *places) leave(w shipment.Waybill) {
	s.mu.Lock()
	s.taken--
	if s.parcel[w]--; s.parcel[w] == 0 {
		delete(s.parcel, w)
	}
	s.mu.Unlock()
	select {
	case s.free <- struct{}{}:
	default:
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
func finish(c echo.Context) {
	if _, read := c.Request().Body.(*patient); read {
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
