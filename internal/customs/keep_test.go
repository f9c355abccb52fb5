package customs_test

import (
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// tick sends a parcel's form with the tick to keep it, by somebody nobody knows yet.
func (b *bench) tick(t testing.TB, w shipment.Waybill) customs.Identity {
	t.Helper()
	sub := consent
	sub.Keep = true
	i, err := b.Submit(t.Context(), w, b.fill(t, w).ID, sub, owner)
	if err != nil || i.SavedPerson != 0 {
		t.Fatal(i, err)
	}
	return i
}

// TestTickWaitsForAnAddress: nothing is saved before somebody has proved one, and
// then for them alone.
func TestTickWaitsForAnAddress(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	sent, plain := b.tick(t, "W1"), b.submit(t, "W2")
	if n := b.count(t, `select count(*) from people`); n != 0 {
		t.Fatalf("%d persons are saved", n)
	}
	mine, theirs := customs.Holder{EmailKey: "z@example.com"}, customs.Holder{EmailKey: "y@example.com"}
	for what, err := range map[string]error{
		"without the tick":  second(b.Keep(ctx, "W2", plain.ID, mine, owner)),
		"another parcel":    second(b.Keep(ctx, "W2", sent.ID, mine, owner)),
		"for nobody":        second(b.Keep(ctx, "W1", sent.ID, customs.Holder{}, owner)),
		"a form never made": second(b.Keep(ctx, "W1", sent.ID+100, mine, owner)),
	} {
		isErr(t, what, err, fault.ErrNotFound)
	}
	b.now = b.now.Add(time.Minute)
	kept, err := b.Keep(ctx, "W1", sent.ID, mine, owner)
	if err != nil || kept.SavedPerson == 0 {
		t.Fatal(kept, err)
	}
	_, err = b.Keep(ctx, "W1", sent.ID, theirs, owner)
	isErr(t, "a second holder", err, fault.ErrNotFound)
	agreed, err := b.PersonConsents(ctx, mine, kept.SavedPerson)
	if err != nil || len(agreed) != 1 || agreed[0].Kind != "keep" || !agreed[0].At.Equal(sent.SubmittedAt) {
		t.Errorf("the consent is %+v, %v; want that of the form", agreed, err)
	}
	if c, err := b.ViewPerson(ctx, mine, kept.SavedPerson, owner); err != nil || c.Person.NameLocal != person.NameLocal {
		t.Errorf("saved %v", err)
	}
	if list, err := b.People(ctx, theirs, ""); err != nil || len(list) != 0 {
		t.Errorf("others have %+v, %v", list, err)
	}
}

func TestWithdrawnTickSavesNobody(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	sent := b.tick(t, "W1")
	if err := b.Withdraw(ctx, "W1", owner); err != nil {
		t.Fatal(err)
	}
	_, err := b.Keep(ctx, "W1", sent.ID, customs.Holder{EmailKey: "z@example.com"}, owner)
	isErr(t, "withdrawn", err, fault.ErrNotFound)
	old := b.tick(t, "W2")
	b.tick(t, "W2")
	_, err = b.Keep(ctx, "W2", old.ID, customs.Holder{EmailKey: "z@example.com"}, owner)
	isErr(t, "replaced", err, fault.ErrNotFound)
}

// TestAccountAdoptsWhatItsAddressKept.
func TestAccountAdoptsWhatItsAddressKept(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2", "W3")
	p := b.keep(t, "W1", customs.Holder{EmailKey: "z@example.com"})
	other := b.keep(t, "W2", customs.Holder{EmailKey: "y@example.com"})
	gone := b.keep(t, "W3", customs.Holder{EmailKey: "z@example.com"})
	if gone.ID == p.ID {
		t.Fatal("one person")
	}
	mine := customs.Holder{Account: b.staff(t, "z")}
	err := b.db.InTx(ctx, func(tx *postgres.Tx) error {
		return customs.Adopt(ctx, tx, mine.Account, account.EmailKey("Z@example.com"))
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := b.People(ctx, mine, "")
	if err != nil || len(list) != 1 || list[0].ID != gone.ID || list[0].Uses != 2 {
		t.Errorf("adopted %+v, %v", list, err)
	}
	if _, err := b.FindPerson(ctx, customs.Holder{EmailKey: "y@example.com"}, other.ID); err != nil {
		t.Errorf("another address's person: %v", err)
	}
	_, err = b.FindPerson(ctx, customs.Holder{EmailKey: "z@example.com"}, gone.ID)
	isErr(t, "under the address alone", err, fault.ErrNotFound)
}

// TestErasingReachesEveryCopy but what customs still needs.
func TestErasingReachesEveryCopy(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2", "W3")
	h := customs.Holder{EmailKey: "z@example.com"}
	p := b.keep(t, "W1", h)
	for _, w := range []shipment.Waybill{"W2", "W3"} {
		i, _, err := b.UsePerson(ctx, w, h, p.ID, owner)
		if err != nil {
			t.Fatal(err)
		}
		if w == "W2" {
			if _, err := b.Submit(ctx, w, i.ID, consent, owner); err != nil {
				t.Fatal(err)
			}
		}
	}
	b.scan(t, "W1", b.now.Add(-time.Minute), "released")
	if w, err := b.feed.Lookup(ctx, "W1"); err != nil || w.Status.Customs != shipment.Released {
		t.Fatalf("%+v, %v", w.Status, err)
	}
	needed, err := b.StillNeeded(ctx, h, p.ID)
	if err != nil || len(needed) != 1 || needed[0] != "W2" {
		t.Fatalf("needed %v, %v", needed, err)
	}
	_, err = b.EraseAll(ctx, customs.Holder{EmailKey: "y@example.com"}, p.ID, owner)
	isErr(t, "another's", err, fault.ErrNotFound)
	_, err = b.StillNeeded(ctx, customs.Holder{EmailKey: "y@example.com"}, p.ID)
	isErr(t, "another's", err, fault.ErrNotFound)
	needed, err = b.EraseAll(ctx, h, p.ID, owner)
	if err != nil || len(needed) != 1 || needed[0] != "W2" {
		t.Fatalf("needed %v, %v", needed, err)
	}
	_, err = b.FindPerson(ctx, h, p.ID)
	isErr(t, "the person", err, fault.ErrNotFound)
	if n := b.count(t, `select count(*) from sealed_keys where record <> 'index'`); n != 1 {
		t.Errorf("%d keys are left, want that of W2's copy", n)
	}
	i, err := b.Current(ctx, "W2")
	if err != nil || i.State != customs.Review {
		t.Errorf("%+v, %v", i, err)
	}
	_, err = b.EraseAll(ctx, h, p.ID, owner)
	isErr(t, "a second time", err, fault.ErrNotFound)
}
