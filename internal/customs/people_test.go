package customs_test

import (
	"errors"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// keep hands in a parcel and saves its person for a holder.
func (b *bench) keep(t testing.TB, w string, h customs.Holder) customs.Saved {
	t.Helper()
	sub := consent
	sub.Keep, sub.For = true, h
	i, err := b.Submit(t.Context(), shipment.Waybill(w), b.fill(t, shipment.Waybill(w)).ID, sub, owner)
	if err != nil || i.SavedPerson == 0 {
		t.Fatal(i, err)
	}
	p, err := b.FindPerson(t.Context(), h, i.SavedPerson)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSavedPersonNeedsNoTyping(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2", "W3")
	mine := customs.Holder{Account: b.staff(t, "owner")}
	others := customs.Holder{EmailKey: "other@example.com"}
	p := b.keep(t, "W1", mine)
	if p.Masked != "110***********002X" || p.ValidTo != "2031-01-09" || p.Uses != 1 {
		t.Errorf("saved %+v", p)
	}
	i, odd, err := b.UsePerson(ctx, "W2", mine, p.ID, owner)
	if err != nil || !i.Finished() || len(odd) != 0 {
		t.Fatal(i, odd, err)
	}
	b.now = b.now.Add(time.Hour)
	if i, err = b.Submit(ctx, "W2", i.ID, consent, owner); err != nil || i.SavedPerson != p.ID {
		t.Fatal(i, err)
	}
	staff := customs.By{Role: customs.Staff, Account: mine.Account}
	if jpeg, err := b.Picture(ctx, i.ID, customs.Back, staff, "review"); err != nil || string(jpeg) != "jpeg the back of W1" {
		t.Errorf("the copy's picture: %q, %v", jpeg, err)
	}
	agreed, err := b.PersonConsents(ctx, mine, p.ID)
	if err != nil || len(agreed) != 1 || agreed[0].Kind != "keep" || agreed[0].Version != "v1" || agreed[0].Language != "zh-Hans" || !agreed[0].WithdrawnAt.IsZero() {
		t.Errorf("agreed %+v, %v", agreed, err)
	}
	if all, err := b.Consents(ctx, i.ID); err != nil || len(all) != 2 || all[0].Kind != "customs" || all[1].Channel != "link" {
		t.Errorf("agreed %+v, %v", all, err)
	}
	uses, err := b.Uses(ctx, mine, p.ID)
	if err != nil || len(uses) != 2 || uses[0].Waybill != "W2" || !uses[0].SentAt.IsZero() {
		t.Errorf("uses %+v, %v", uses, err)
	}
	if list, err := b.People(ctx, mine, "CN"); err != nil || len(list) != 1 || !list[0].LastUsedAt.Equal(b.now) {
		t.Errorf("people %+v, %v", list, err)
	}
	if looks, err := b.PersonLooks(ctx, mine, p.ID); err != nil || len(looks) != 1 || looks[0].What != customs.WhatPicture {
		t.Errorf("looks %+v, %v", looks, err)
	}
	for what, err := range map[string]error{
		"find":   second(b.FindPerson(ctx, others, p.ID)),
		"view":   second(b.ViewPerson(ctx, others, p.ID, owner)),
		"uses":   second(b.Uses(ctx, others, p.ID)),
		"extend": second(b.ExtendPerson(ctx, others, p.ID)),
		"erase":  b.ErasePerson(ctx, others, p.ID, owner),
		"nobody": b.ErasePerson(ctx, customs.Holder{}, p.ID, owner),
		"use":    third(b.UsePerson(ctx, "W3", others, p.ID, owner)),
	} {
		isErr(t, "another's: "+what, err, fault.ErrNotFound)
	}
}

func second[T any](_ T, err error) error        { return err }
func third[T, U any](_ T, _ U, err error) error { return err }

// TestSavedPersonEnds on the owner's wish, with its clock, or with its document;
// parcels keep their own copies.
func TestSavedPersonEnds(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2", "W3")
	h := customs.Holder{EmailKey: "z@example.com"}
	first := b.keep(t, "W1", h)
	again := b.keep(t, "W2", h) // the same document takes the first one's place
	if list, err := b.People(ctx, h, ""); err != nil || len(list) != 1 || list[0].ID != again.ID || first.ID == again.ID {
		t.Errorf("people %+v, %v", list, err)
	}
	b.now = b.now.AddDate(0, 11, 0)
	kept, err := b.ExtendPerson(ctx, h, again.ID)
	if err != nil || !kept.KeptUntil.After(again.KeptUntil) {
		t.Errorf("extended to %v, %v", kept.KeptUntil, err)
	}
	b.now = b.now.AddDate(0, 11, 0)
	if _, err := b.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if c, err := b.ViewPerson(ctx, h, again.ID, owner); err != nil || c.Person.NameLocal != "张伟" {
		t.Errorf("erased too early: %v", err)
	}
	b.now = b.now.AddDate(0, 2, 0)
	if _, err := b.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	_, err = b.FindPerson(ctx, h, again.ID)
	isErr(t, "a year unused", err, fault.ErrNotFound)
	if b.count(t, `select count(*) from sealed_keys where record like 'person%'`) != 0 {
		t.Error("its key is left")
	}
	b.now = day(11)
	p := b.keep(t, "W3", h)
	if err := b.ErasePerson(ctx, h, p.ID, owner); err != nil {
		t.Fatal(err)
	}
	i, err := b.Current(ctx, "W3")
	if err != nil {
		t.Fatal(err)
	}
	if _, c, err := b.View(ctx, i.ID, owner, ""); err != nil || c.Document.Number == "" {
		t.Errorf("the parcel's own copy: %v", err)
	}
}

func TestSavedPersonIsCheckedAnew(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	h := customs.Holder{EmailKey: "z@example.com"}
	p := b.keep(t, "W1", h)
	b.now = time.Date(2031, 1, 10, 4, 0, 0, 0, time.UTC)    // a day late
	b.scan(t, "W2", b.now.AddDate(0, 0, -1), "awaiting_id") // silence of years is broken
	_, _, err := b.UsePerson(ctx, "W2", h, p.ID, owner)
	var wrong fault.Invalid
	if !errors.As(err, &wrong) || wrong[0].Key != "id.expiry.past" {
		t.Errorf("an expired document: %v", err)
	}
}
