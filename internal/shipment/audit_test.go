package shipment_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/account"
	"ecms/portal/internal/shipment"
)

// looked is a row of the staff's book.
type looked struct {
	By      account.ID `db:"account_id"`
	What    string     `db:"what"`
	Waybill string     `db:"waybill"`
	Found   int        `db:"found"`
	At      time.Time  `db:"at"`
}

func (b *bench) book(t testing.TB) (rows []looked) {
	t.Helper()
	if err := b.db.Select(t.Context(), &rows, `select account_id, what, waybill, found, at from staff_looks order by id`); err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		rows[i].At = rows[i].At.UTC()
	}
	return rows
}

// TestEachLookIsWrittenDown: every search and every parcel, who and when; never
// what was typed, and nothing for a number that leads nowhere.
func TestEachLookIsWrittenDown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1111"), record("W2222"))
	ana, ben := b.clerk(t, "ana@ecms.example.com"), b.clerk(t, "ben@ecms.example.com")
	b.finds(t, ana, "张伟")
	b.now = b.now.Add(time.Minute)
	b.finds(t, ben, "nobody at all")
	if _, err := b.Dossier(t.Context(), ben, "W2222"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Dossier(t.Context(), ben, "W9999"); err == nil {
		t.Error("a parcel that is none was opened")
	}
	want := []looked{
		{ana, "search", "", 2, day(10)},
		{ben, "search", "", 0, day(10).Add(time.Minute)},
		{ben, "parcel", "W2222", 0, day(10).Add(time.Minute)},
	}
	if d := cmp.Diff(want, b.book(t)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestDossier holds all that is known of a parcel.
func TestDossier(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := record("W1111")
	a.Rev, a.Pieces, a.LastMileNumber, a.ShipperIsSeller = 4, 2, "LM0001", true
	other := a
	other.Waybill, other.Piece = "W2222", 2
	b.ship(t, a, other)
	home := scan("W1111", 4, "???", "Room 301, 5 Long Street")
	home.Facility = false
	b.report(t, scan("W1111", 3, "InTransit_004", "PVG"), home)
	b.unlocked(t, "W1111", "")
	_, _ = b.Unlock(t.Context(), "W1111", wrongFact(), "203.0.113.0/24", "")
	ana := b.clerk(t, "ana@ecms.example.com")
	b.now = b.now.Add(time.Hour)
	d, err := b.Dossier(t.Context(), ana, "W1111")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, d.Record); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(b.look(t, "W1111"), d.Public); diff != "" {
		t.Errorf("public view (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]shipment.Checkpoint{home, scan("W1111", 3, "InTransit_004", "PVG")}, d.Checkpoints); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]shipment.Waybill{"W2222"}, d.Siblings); diff != "" {
		t.Errorf("siblings (-want +got):\n%s", diff)
	}
	if len(d.Unlocked) != 1 || d.Unlocked[0].Scope != shipment.ScopeDocs || d.WrongFacts != 1 {
		t.Errorf("access: %+v, %d wrong", d.Unlocked, d.WrongFacts)
	}
	if len(d.Looks) != 1 || d.Looks[0].Name != "Ana Ruiz" || d.Looks[0].Email != "ana@ecms.example.com" || !d.Looks[0].At.Equal(b.now) {
		t.Errorf("looks: %+v", d.Looks)
	}
	if d.Waiting || d.AddedAt.IsZero() || d.ChangedAt.Before(d.AddedAt.Add(-time.Hour)) {
		t.Errorf("waiting %v, added %v, changed %v", d.Waiting, d.AddedAt, d.ChangedAt)
	}
	b.now = b.now.Add(25 * time.Hour)
	if d, err = b.Dossier(t.Context(), ana, "W1111"); err != nil || len(d.Unlocked) != 0 || d.WrongFacts != 0 || len(d.Looks) != 2 {
		t.Errorf("a day on: %+v, %d wrong, %d looks, %v", d.Unlocked, d.WrongFacts, len(d.Looks), err)
	}
}

// TestDossierOfWaitingEvents opens a number whose shipment has not come.
func TestDossierOfWaitingEvents(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.report(t, scan("W1111", 3, "InTransit_004", "PVG"))
	d, err := b.Dossier(t.Context(), b.clerk(t, "ana@ecms.example.com"), "W1111")
	if err != nil || !d.Waiting || len(d.Checkpoints) != 1 || d.Public.Waybill != "" || d.Record.Waybill != "" {
		t.Errorf("%+v, %v", d, err)
	}
}
