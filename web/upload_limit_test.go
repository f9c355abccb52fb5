package web

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ecms/portal/internal/shipment"
)

// TestUploadsShareOneMeasure fills the memory for files, and the places of a parcel.
func TestUploadsShareOneMeasure(t *testing.T) {
	t.Parallel()
	s, ctx := newPlaces(uploadsAtOnce, uploadsParcel), t.Context()
	over, cancel := context.WithCancel(ctx)
	cancel() // who waits is told at once
	if !s.reserve(over, mostHeld-1) || s.reserve(over, 2) || !s.reserve(over, 1) {
		t.Error("more is held than the measure, or less")
	}
	in := intakeOf{room: s.reserve, free: s.free}
	if _, err := in.fill(over, strings.NewReader("a file"), 100); !errors.Is(err, errFull) {
		t.Errorf("a file without room: %v", err)
	}
	s.free(mostHeld)
	text := strings.Repeat("x", 300_000)
	if data, err := in.fill(ctx, strings.NewReader(text), 1<<20); err != nil || string(data) != text || s.held != int64(cap(data)) {
		t.Errorf("%d bytes of %d, %d held, %v", len(data), len(text), s.held, err)
	}
	leave, first := s.enter(ctx, "W1")
	_, second := s.enter(ctx, "W1")
	_, third := s.enter(over, "W1")
	_, other := s.enter(over, shipment.Waybill("W2"))
	if !first || !second || third || !other {
		t.Errorf("places of one parcel: %v %v %v, of another %v", first, second, third, other)
	}
	if leave(); s.parcel["W1"] != 1 || s.taken != 2 {
		t.Errorf("a place is not given back: %v", s.parcel)
	}
	if _, again := s.enter(over, "W1"); !again {
		t.Error("a free place is not taken")
	}
}

// TestUploadsLeaveRoomForOthers: those that nobody takes in are few as well, since
// each holds a request for as long as it drips.
func TestUploadsLeaveRoomForOthers(t *testing.T) {
	t.Parallel()
	s := newPlaces(uploadsAtOnce, uploadsParcel)
	var ends []func()
	for range uploadsPast {
		end, ok := s.past()
		if !ok {
			t.Fatalf("only %d are read past", len(ends))
		}
		ends = append(ends, end)
	}
	if _, ok := s.past(); ok {
		t.Error("one more is read")
	}
	ends[0]()
	if _, ok := s.past(); !ok {
		t.Error("a place is not given back")
	}
	if uploadsAtOnce+uploadsPast > busiest/4 {
		t.Error("uploads may take the places of everybody")
	}
}

// TestPicturesAreShownFewAtOnce: each that is shown waits in memory for its reader.
func TestPicturesAreShownFewAtOnce(t *testing.T) {
	t.Parallel()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	s, in := newPlaces(picturesOut, picturesOutParcel), 0
	for _, w := range []shipment.Waybill{"W1", "W1", "W1", "W2", "W2", "W3", "W3", "W4"} {
		if _, ok := s.enter(over, w); ok {
			in++
		}
	}
	if in != picturesOut || s.parcel["W1"] != picturesOutParcel {
		t.Errorf("%d pictures at once, %v", in, s.parcel)
	}
}
