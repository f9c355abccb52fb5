package shipment_test

import (
	"errors"
	"testing"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

func (b *bench) acceptID(t testing.TB, w shipment.Waybill) {
	t.Helper()
	if err := b.db.InTx(t.Context(), func(tx *postgres.Tx) error { return b.AcceptID(t.Context(), tx, w) }); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) customs(t testing.TB, w shipment.Waybill) shipment.CustomsState {
	t.Helper()
	b.clean(t)
	return b.look(t, w).Status.Customs
}

// TestAcceptedIdentityMovesCustoms, told by an event or by the record, until the
// feed tells something later.
func TestAcceptedIdentityMovesCustoms(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	byRecord := record("W2")
	byRecord.CustomsState, byRecord.Rev = shipment.AwaitingID, 3
	b.ship(t, record("W1"), byRecord, record("W3"))
	b.report(t, scan("W1", 5, "awaiting_id", "Shanghai"))
	if list, err := b.AwaitingIDs(t.Context(), "", 10); err != nil || len(list) != 2 || list[0].Waybill != "W1" || list[1].Waybill != "W2" {
		t.Fatalf("awaiting: %v, %v", list, err)
	}
	for _, w := range []shipment.Waybill{"W1", "W2", "W3", "W1"} {
		b.acceptID(t, w)
		if got := b.customs(t, w); got != "" {
			t.Errorf("%s still waits: %s", w, got)
		}
	}
	if p := b.look(t, "W1"); len(p.Checkpoints) != 2 || p.Status.Subtag != "InTransit_006" || p.Checkpoints[0].OffsetMinutes != 480 {
		t.Errorf("the public view tells %+v", p)
	}
	if p := b.look(t, "W3"); len(p.Checkpoints) != 0 {
		t.Errorf("a parcel that did not wait has %d events", len(p.Checkpoints))
	}
	b.ship(t, byRecord) // the same file again
	if got := b.customs(t, "W2"); got != "" {
		t.Errorf("the same record again: %s", got)
	}
	byRecord.Rev++
	b.ship(t, byRecord)
	if got := b.customs(t, "W2"); got != shipment.AwaitingID {
		t.Errorf("a newer record asks again: %q", got)
	}
	b.report(t, scan("W1", 11, "awaiting_id", "Shanghai"))
	if got := b.customs(t, "W1"); got != shipment.AwaitingID {
		t.Errorf("a later event asks again: %q", got)
	}
	b.report(t, scan("W1", 12, "released", "Shanghai"))
	if got := b.customs(t, "W1"); got != shipment.Released {
		t.Errorf("customs goes on: %q", got)
	}
	err := b.db.InTx(t.Context(), func(tx *postgres.Tx) error { return b.AcceptID(t.Context(), tx, "NONE") })
	if !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("an unknown parcel: %v", err)
	}
}

// TestAClockAhead does not hide the acceptance behind the event that it answers.
func TestAClockAhead(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1"))
	b.report(t, scan("W1", 10, "awaiting_id", "Shanghai"))
	b.now = day(10).Add(-time.Hour)
	b.acceptID(t, "W1")
	if got := b.customs(t, "W1"); got != "" {
		t.Errorf("still %s", got)
	}
}

func TestUnlockID(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1"), record("W2"))
	if _, err := b.UnlockID(t.Context(), "W1", "0001", "10.0.0.0/24", ""); !errors.Is(err, shipment.ErrWrongFact) {
		t.Errorf("a wrong fact: %v", err)
	}
	g, err := b.UnlockID(t.Context(), "W1", "8000", "10.0.0.0/24", "")
	if err != nil {
		t.Fatal(err)
	}
	for w, want := range map[shipment.Waybill]bool{"W1": true, "W2": false} {
		if got, err := b.Holds(t.Context(), w, g.Token); got != want || err != nil {
			t.Errorf("%s: opens %v, %v", w, got, err)
		}
	}
	if _, _, err := b.Private(t.Context(), "W1", g.Token); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("the form's right opens the parcel: %v", err)
	}
	full, err := b.Unlock(t.Context(), "W2", shipment.SecondFact{PhoneLast4: "8000"}, "10.0.0.0/24", g.Token)
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.UnlockID(t.Context(), "W2", "8000", "10.0.0.0/24", full.Token)
	if err != nil || again.Scope != shipment.ScopeDocs {
		t.Errorf("a smaller right replaces a greater: %+v, %v", again, err)
	}
	for _, w := range []shipment.Waybill{"W1", "W2"} {
		if got, err := b.Holds(t.Context(), w, again.Token); !got || err != nil {
			t.Errorf("%s after both: %v, %v", w, got, err)
		}
	}
	for range 5 {
		_, _ = b.UnlockID(t.Context(), "W1", "0001", "10.0.1.0/24", "")
	}
	var full2 fault.TooMany
	if _, err := b.Unlock(t.Context(), "W1", shipment.SecondFact{PhoneLast4: "8000"}, "10.0.1.0/24", ""); !errors.As(err, &full2) {
		t.Errorf("tries do not count together: %v", err)
	}
}
