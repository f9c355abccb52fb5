package customs_test

import (
	"slices"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
)

// TestReturnsAreListedUntilTheyEnd, with what came late.
func TestReturnsAreListedUntilTheyEnd(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2", "W3", "W4")
	b.scan(t, "W3", day(3), "InTransit_006") // older news: nothing changes
	listed := func() (got []string) {
		list, err := b.Returns(ctx, 0, 10)
		if n, counted := b.Returning(ctx); err != nil || counted != nil || n != len(list) {
			t.Errorf("%d are counted, %d listed, %v, %v", n, len(list), err, counted)
		}
		for _, r := range list {
			if r.NoticeAt.IsZero() || r.DueOn != "2026-12-19" || r.Country != "CN" {
				t.Errorf("%+v", r)
			}
			got = append(got, string(r.Waybill)+" "+string(r.State))
		}
		return got
	}
	b.remind(t, day(19))
	if got := listed(); len(got) != 0 {
		t.Errorf("on the last day: %q", got)
	}
	b.remind(t, day(20))
	if got := listed(); !slices.Equal(got, []string{"W1 ", "W2 ", "W3 ", "W4 "}) {
		t.Errorf("on the day after: %q", got)
	}
	if list, err := b.Returns(ctx, 1, 2); err != nil || len(list) != 2 || list[0].Waybill != "W2" {
		t.Errorf("%+v, %v", list, err)
	}
	late := b.submit(t, "W1")
	if _, err := b.Begin(ctx, "W2", owner); err != nil {
		t.Fatal(err)
	}
	b.scan(t, "W3", day(21), "released")
	b.scan(t, "W4", day(21), "return_started")
	b.remind(t, day(22))
	if got := listed(); !slices.Equal(got, []string{"W1 review", "W2 draft"}) {
		t.Errorf("later: %q", got)
	}
	lin := b.staff(t, "lin")
	b.take(t, late.ID, lin)
	if _, err := b.Refuse(ctx, late.ID, lin, "expired", nil); err != nil {
		t.Fatal(err)
	}
	if got := listed(); !slices.Equal(got, []string{"W1 refused", "W2 draft"}) {
		t.Errorf("refused: %q", got)
	}
	again := b.submit(t, "W1")
	b.take(t, again.ID, lin)
	if _, err := b.Accept(ctx, again.ID, lin); err != nil {
		t.Fatal(err)
	}
	if got := listed(); !slices.Equal(got, []string{"W2 draft"}) {
		t.Errorf("accepted: %q", got)
	}
	told, err := b.Letters(ctx, shipment.Waybill("W1"))
	var kinds []customs.LetterKind
	for _, l := range told {
		kinds = append(kinds, l.Kind)
	}
	slices.Sort(kinds)
	want := []customs.LetterKind{customs.LetterAccepted, customs.LetterRefused, customs.LetterReminder, customs.LetterReturn, customs.LetterAsked}
	slices.Sort(want)
	if err != nil || !slices.Equal(kinds, slices.DeleteFunc(want, func(k customs.LetterKind) bool { return k == customs.LetterReminder })) {
		t.Errorf("%v, want %v, %v", kinds, want, err)
	}
}
