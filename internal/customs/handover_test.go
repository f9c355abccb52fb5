package customs_test

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"strings"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// accepted brings a parcel whose identity has real pictures and was accepted.
func (b *bench) accepted(t testing.TB, w shipment.Waybill) customs.Identity {
	t.Helper()
	b.ship(t, w)
	b.fill(t, w)
	for _, slot := range []customs.Slot{customs.Back, customs.Front} {
		p := picture(string(slot) + " of " + string(w))
		p.JPEG = photo(t, 640, 600)
		if err := b.AddPicture(t.Context(), w, slot, p, []document.Flaw{}); err != nil {
			t.Fatal(err)
		}
	}
	draft, err := b.Draft(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	i, err := b.Submit(t.Context(), w, draft.ID, consent, owner)
	if err != nil {
		t.Fatal(err)
	}
	lin := b.staff(t, "lin of "+string(w))
	b.take(t, i.ID, lin)
	if i, err = b.Accept(t.Context(), i.ID, lin); err != nil {
		t.Fatal(err)
	}
	return i
}

// TestHandOver gives what was given with marked pictures, and is on record for
// its owner under the archive's reference.
func TestHandOver(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	i := b.accepted(t, "W1")
	h, err := b.HandOver(ctx, i.ID, "H1")
	if err != nil {
		t.Fatal(err)
	}
	if h.Person.NameLocal != "张伟" || h.Document.Number != "11010519491231002X" || h.Waybill != "W1" || len(h.Pictures) != 2 || h.Pictures[0].Slot != customs.Front {
		t.Errorf("handed over %v, %d pictures", h.Waybill, len(h.Pictures))
	}
	for _, p := range h.Pictures {
		if img, err := jpeg.DecodeConfig(bytes.NewReader(p.JPEG)); err != nil || img.Width != 640 || img.Height < 620 {
			t.Errorf("%s is %d x %d: no strip, %v", p.Slot, img.Width, img.Height, err)
		}
	}
	if said := fmt.Sprintf("%v %+v %#v", h, h, h); strings.Contains(said, "1101") || strings.Contains(said, "张") {
		t.Errorf("a log would say %s", said)
	}
	looks, err := b.Looks(ctx, "W1")
	if err != nil || len(looks) != 1 || looks[0].What != customs.WhatExport || looks[0].Role != customs.Broker || looks[0].Reason != "H1" {
		t.Errorf("looks %+v, %v", looks, err)
	}
}

// TestHandOverRefuses what is not accepted or is gone, and notes that it was asked for.
func TestHandOverRefuses(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	_, err := b.HandOver(ctx, sent.ID, "H1")
	isErr(t, "in review", err, fault.ErrConflict)
	if n := b.count(t, `select count(*) from identity_looks where what = 'refused' and role = 'broker' and reason = 'H1'`); n != 1 {
		t.Errorf("%d refusals on record", n)
	}
	_, err = b.HandOver(ctx, sent.ID, " ")
	if _, is := err.(fault.Invalid); !is {
		t.Errorf("without a reference: %v", err)
	}
	_, err = b.HandOver(ctx, 999, "H1")
	isErr(t, "no such identity", err, fault.ErrNotFound)
	done := b.accepted(t, "W2")
	if _, err := b.db.Exec(ctx, `delete from sealed_keys where record = 'identity ' || $1::text`, int64(done.ID)); err != nil {
		t.Fatal(err)
	}
	if h, err := b.HandOver(ctx, done.ID, "H1"); err == nil || h.Document.Number != "" {
		t.Errorf("without its key: %v", err)
	}
}

// TestAcceptedSince lists by the instant of the decision.
func TestAcceptedSince(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	first := b.accepted(t, "W1")
	b.now = day(11)
	second := b.accepted(t, "W2")
	for at, want := range map[int][]customs.ID{9: {first.ID, second.ID}, 10: {first.ID, second.ID}, 11: {second.ID}, 12: nil} {
		list, err := b.AcceptedSince(ctx, day(at))
		var got []customs.ID
		for _, i := range list {
			got = append(got, i.ID)
		}
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("since day %d: %v, want %v, %v", at, got, want, err)
		}
	}
}
