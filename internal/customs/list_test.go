package customs_test

import (
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

func TestLists(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	lin := b.staff(t, "lin")
	sent := b.submit(t, "W1")
	mine := owner
	mine.Account = lin
	i, err := b.Submit(ctx, "W2", b.fill(t, "W2").ID, consent, mine)
	if err != nil {
		t.Fatal(err)
	}
	both := []shipment.Waybill{"W2", "W1", "NONE"}
	if list, err := b.AcceptedOf(ctx, both); err != nil || len(list) != 0 {
		t.Errorf("before any decision: %+v, %v", list, err)
	}
	b.take(t, sent.ID, lin)
	if _, err := b.Accept(ctx, sent.ID, lin); err != nil {
		t.Fatal(err)
	}
	if list, err := b.AcceptedOf(ctx, both); err != nil || len(list) != 1 || list[0].Waybill != "W1" {
		t.Errorf("accepted %+v, %v", list, err)
	}
	if list, err := b.OfAccount(ctx, lin); err != nil || len(list) != 1 || list[0].ID != i.ID {
		t.Errorf("the account's %+v, %v", list, err)
	}
	if one, err := b.ByID(ctx, sent.ID); err != nil || one.State != customs.Accepted || one.TakenBy != lin {
		t.Errorf("%+v, %v", one, err)
	}
	_, err = b.ByID(ctx, 999)
	isErr(t, "no such case", err, fault.ErrNotFound)
	broker := customs.By{Role: customs.Broker, Network: "console"}
	if _, _, err := b.View(ctx, sent.ID, broker, "release 157"); err != nil {
		t.Fatal(err)
	}
	if looks, err := b.Looks(ctx, "W1"); err != nil || len(looks) != 1 || looks[0].What != customs.WhatExport {
		t.Errorf("looks %+v, %v", looks, err)
	}
}
