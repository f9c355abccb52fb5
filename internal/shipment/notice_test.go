package shipment_test

import (
	"testing"
	"time"

	"ecms/portal/internal/shipment"
)

// noticed gives the notice that a parcel's page counts from, through the same
// way as a lookup: rows, status, kept view.
func noticed(b *bench, t *testing.T, w shipment.Waybill, fed shipment.CustomsState, codes ...string) shipment.Public {
	t.Helper()
	r := record(w)
	r.CustomsState = fed
	b.ship(t, r)
	cs := way(codes...)
	for i := range cs {
		cs[i].Waybill = w
	}
	b.report(t, cs...)
	return b.look(t, w)
}

// TestDutyNotice counts the days from the first time that customs asked, not
// from its latest reminder.
func TestDutyNotice(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for i, c := range []struct {
		name  string
		fed   shipment.CustomsState
		codes []string
		day   int // of March; 0: no notice
	}{
		{"one notice", "", []string{"InTransit_004", "awaiting_duty"}, 2},
		{"a reminder gives no more time", "", []string{"awaiting_duty", "awaiting_duty", "awaiting_duty"}, 1},
		{"a scan between notice and reminder", "", []string{"awaiting_duty", "InTransit_003", "???", "awaiting_duty"}, 1},
		{"a scan after the reminder", "", []string{"", "awaiting_duty", "awaiting_duty", "InTransit_003"}, 2},
		{"asked for an invoice between", "", []string{"awaiting_duty", "awaiting_invoice", "awaiting_duty"}, 3},
		{"released and asked again", "", []string{"awaiting_duty", "released", "awaiting_duty"}, 3},
		{"out for delivery and asked again", "", []string{"awaiting_duty", "OutForDelivery_001", "awaiting_duty", "awaiting_duty"}, 3},
		{"turned back and asked again", "", []string{"awaiting_duty", "Exception_010", "awaiting_duty"}, 3},
		{"the feed agrees", shipment.AwaitingDuty, []string{"awaiting_duty", "awaiting_duty"}, 1},
		{"only the feed says so", shipment.AwaitingDuty, []string{"InTransit_004"}, 0},
		{"the feed says otherwise", shipment.Inspection, []string{"awaiting_duty"}, 0},
		{"paid", "", []string{"awaiting_duty", "released"}, 0},
		{"never asked", "", []string{"InTransit_004"}, 0},
	} {
		w := shipment.Waybill("NOTICE" + string(rune('A'+i)))
		var want time.Time
		if c.day > 0 {
			want = day(c.day)
		}
		if got := noticed(b, t, w, c.fed, c.codes...).DutyNotice(); !got.Equal(want) {
			t.Errorf("%s: notice of %v, want %v", c.name, got, want)
		}
	}
	b.clean(t)
}

// TestExpectedOfRefused promises nothing for a parcel that customs refused.
func TestExpectedOfRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for i, c := range []struct {
		codes []string
		want  bool
	}{
		{nil, true},
		{[]string{"InTransit_004"}, true},
		{[]string{"awaiting_duty"}, true},
		{[]string{"refused"}, false},
		{[]string{"refused", "InTransit_003"}, false},
		{[]string{"refused", "released"}, true},
		{[]string{"return_started", "InTransit_003"}, false},
		{[]string{"awaiting_duty", "Exception_010", "InTransit_003"}, false},
		{[]string{"Delivered_001"}, false},
		{[]string{"Exception_020"}, false},
	} {
		e, ok := noticed(b, t, shipment.Waybill("EXPECT"+string(rune('A'+i))), "", c.codes...).Expected()
		if ok != c.want || ok && (e.From != "2026-03-08" || e.To != "2026-03-12" || e.Basis != "promise" || e.Likely != "") {
			t.Errorf("%v: expected %+v, %v, want %v", c.codes, e, ok, c.want)
		}
	}
}
