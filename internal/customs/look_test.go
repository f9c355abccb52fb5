package customs_test

import (
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
)

func TestLooksAreWrittenFirst(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	sent := b.submit(t, "W1")
	staff := customs.By{Role: customs.Staff, Account: b.staff(t, "lin"), Network: "10.1.0.0/24"}
	if _, _, err := b.View(ctx, sent.ID, staff, " "); err == nil {
		t.Error("staff look without a reason")
	}
	if _, c, err := b.View(ctx, sent.ID, staff, "review"); err != nil || c.Person.Phone != "+8613800138000" {
		t.Errorf("%v, %v", c, err)
	}
	if jpeg, err := b.Picture(ctx, sent.ID, customs.Front, staff, "review"); err != nil || string(jpeg) != "jpeg front of W1" {
		t.Errorf("%q, %v", jpeg, err)
	}
	_, err := b.Picture(ctx, sent.ID, customs.Permit, staff, "review")
	isErr(t, "a side that is not there", err, fault.ErrNotFound)
	looks, err := b.Looks(ctx, "W1")
	if err != nil || len(looks) != 3 || looks[0].What != customs.WhatRefused || looks[2].What != customs.WhatView || looks[2].Name != "lin" || looks[2].Reason != "review" {
		t.Errorf("looks %+v, %v", looks, err)
	}
	if other, err := b.Looks(ctx, "W2"); err != nil || len(other) != 0 {
		t.Errorf("another parcel's looks: %+v, %v", other, err)
	}
	if _, err := b.db.Exec(ctx, `update identity_looks set reason = 'nothing'`); err == nil {
		t.Error("a look can be changed")
	}
	report, err := b.AccessReport(ctx, 2026, time.December)
	if err != nil || len(report.Lines) != 3 || len(report.Looks) != 3 || report.Lines[0].Records != 1 {
		t.Errorf("report %+v, %v", report, err)
	}
	if none, err := b.AccessReport(ctx, 2026, time.November); err != nil || len(none.Looks) != 0 {
		t.Errorf("another month: %+v, %v", none, err)
	}
	if _, err := b.db.Exec(ctx, `alter table identity_looks add constraint full_disk check (false) not valid`); err != nil {
		t.Fatal(err)
	}
	if _, c, err := b.View(ctx, sent.ID, staff, "review"); err == nil || c != (customs.Clear{}) {
		t.Error("shown without a look")
	}
}
