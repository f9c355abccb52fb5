package customs_test

import (
	"errors"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
)

func (b *bench) openTo(t testing.TB, id customs.ID, by customs.By, want error) {
	t.Helper()
	if _, err := b.Opening(t.Context(), id, by.Account); !errors.Is(err, want) {
		t.Errorf("open to %d: %v, want %v", by.Account, err, want)
	}
}

// TestCasesOpenForMinutes to the one who has them in hand and says why, and to
// nobody else.
func TestCasesOpenForMinutes(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	lin := customs.By{Account: b.staff(t, "lin"), Role: customs.Staff, Network: "10.0.0.0/24"}
	kim := customs.By{Account: b.staff(t, "kim"), Role: customs.Staff}
	isErr(t, "before it is taken", b.Open(ctx, sent.ID, lin, "review"), customs.ErrTaken)
	b.take(t, sent.ID, lin.Account)
	var invalid fault.Invalid
	if err := b.Open(ctx, sent.ID, lin, "  "); !errors.As(err, &invalid) {
		t.Errorf("without a reason: %v", err)
	}
	isErr(t, "of a colleague's", b.Open(ctx, sent.ID, kim, "review"), customs.ErrTaken)
	b.openTo(t, sent.ID, lin, fault.ErrNotFound)
	isErr(t, "with a reason", b.Open(ctx, sent.ID, lin, "review"), nil)
	b.openTo(t, sent.ID, lin, nil)
	b.openTo(t, sent.ID, kim, fault.ErrNotFound)
	b.openTo(t, sent.ID+1, lin, fault.ErrNotFound)
	if o, err := b.Opening(ctx, sent.ID, lin.Account); err != nil || o.Reason != "review" || !o.Until().Equal(b.now.Add(10*time.Minute)) {
		t.Errorf("%+v, %v", o, err)
	}
	b.now = b.now.Add(10*time.Minute - time.Microsecond)
	b.openTo(t, sent.ID, lin, nil)
	b.now = b.now.Add(time.Microsecond)
	b.openTo(t, sent.ID, lin, fault.ErrNotFound)
	if n := b.count(t, `select count(*) from identity_looks where what = 'open'`); n != 1 {
		t.Errorf("%d openings are written down", n)
	}
	if n := b.count(t, `select count(*) from identity_looks where what = 'refused' and role = 'staff'`); n != 2 {
		t.Errorf("%d refusals are written down, want 2", n)
	}
}

// TestOpeningEndsWithTheHold and with the decision; a decided case opens anew.
func TestOpeningEndsWithTheHold(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	lin := customs.By{Account: b.staff(t, "lin"), Role: customs.Staff}
	kim := customs.By{Account: b.staff(t, "kim"), Role: customs.Staff}
	b.take(t, sent.ID, lin.Account)
	isErr(t, "open", b.Open(ctx, sent.ID, lin, "review"), nil)
	if _, err := b.Release(ctx, sent.ID, lin.Account); err != nil {
		t.Fatal(err)
	}
	b.openTo(t, sent.ID, lin, fault.ErrNotFound)
	b.now = b.now.Add(time.Minute)
	b.take(t, sent.ID, lin.Account)
	b.openTo(t, sent.ID, lin, fault.ErrNotFound)
	isErr(t, "open again", b.Open(ctx, sent.ID, lin, "review"), nil)
	b.now = b.now.Add(time.Minute)
	if _, err := b.Accept(ctx, sent.ID, lin.Account); err != nil {
		t.Fatal(err)
	}
	b.openTo(t, sent.ID, lin, fault.ErrNotFound)
	b.now = b.now.Add(time.Second)
	isErr(t, "a decided case", b.Open(ctx, sent.ID, kim, "customs"), nil)
	b.openTo(t, sent.ID, kim, nil)
	b.scan(t, "W1", b.now, "released")
	if err := b.Erase(ctx, sent.ID, kim); err != nil {
		t.Fatal(err)
	}
	b.openTo(t, sent.ID, kim, fault.ErrNotFound)
	isErr(t, "an erased case", b.Open(ctx, sent.ID, kim, "customs"), fault.ErrNotFound)
	isErr(t, "no case", b.Open(ctx, sent.ID+9, kim, "customs"), fault.ErrNotFound)
}

// TestOpeningsAreBounded within an hour, for each of the staff.
func TestOpeningsAreBounded(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	lin := customs.By{Account: b.staff(t, "lin"), Role: customs.Staff}
	kim := customs.By{Account: b.staff(t, "kim"), Role: customs.Staff}
	b.take(t, sent.ID, lin.Account)
	if _, err := b.Accept(ctx, sent.ID, lin.Account); err != nil {
		t.Fatal(err)
	}
	b.now = b.now.Add(time.Minute)
	for range 119 {
		isErr(t, "open", b.Open(ctx, sent.ID, lin, "customs"), nil)
	}
	opened := atOnce(t, 6, nil, func(int) error {
		var busy fault.TooMany
		if err := b.Open(ctx, sent.ID, lin, "customs"); err != nil && !errors.As(err, &busy) {
			return err
		}
		return nil
	})
	if n := b.count(t, `select count(*) from identity_looks where what = 'open'`); n != 120 || opened != 6 {
		t.Errorf("%d openings within the hour, %d answers", n, opened)
	}
	var busy fault.TooMany
	if err := b.Open(ctx, sent.ID, lin, "customs"); !errors.As(err, &busy) || busy.RetryAfter != time.Hour {
		t.Errorf("the next one: %v", err)
	}
	isErr(t, "of a colleague", b.Open(ctx, sent.ID, kim, "customs"), nil)
	b.now = b.now.Add(time.Hour)
	isErr(t, "an hour later", b.Open(ctx, sent.ID, lin, "customs"), nil)
}

func TestShutIsWrittenDown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	lin := customs.By{Account: b.staff(t, "lin"), Role: customs.Staff}
	isErr(t, "shut", b.Shut(t.Context(), sent.ID, lin), nil)
	isErr(t, "no case", b.Shut(t.Context(), sent.ID+1, lin), fault.ErrNotFound)
	looks, err := b.Looks(t.Context(), "W1")
	if err != nil || len(looks) != 1 || looks[0].What != customs.WhatRefused || looks[0].Name != "lin" {
		t.Errorf("%+v, %v", looks, err)
	}
}
