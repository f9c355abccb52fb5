package shipment_test

import (
	"testing"
	"time"

	"ecms/portal/internal/shipment"
)

func TestDutyDue(t *testing.T) {
	for name, c := range map[string]struct {
		notice time.Time
		zone   string
		want   shipment.Date
	}{
		"last second of a day":  {time.Date(2026, 3, 2, 15, 59, 59, 0, time.UTC), "Asia/Shanghai", "2026-04-01"},
		"first of the next":     {time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC), "Asia/Shanghai", "2026-04-02"},
		"over 29 February":      {time.Date(2028, 1, 31, 12, 0, 0, 0, time.UTC), "Asia/Seoul", "2028-03-01"},
		"over a change of time": {time.Date(2026, 3, 1, 4, 59, 0, 0, time.UTC), "America/New_York", "2026-03-30"},
		"no notice":             {time.Time{}, "Asia/Seoul", ""},
	} {
		if got := shipment.DutyDue(c.notice, c.zone); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAddDays(t *testing.T) {
	if got := shipment.Date("2028-02-28").AddDays(1); got != "2028-02-29" {
		t.Errorf("a day after 28 February 2028 is %s", got)
	}
	if got := shipment.Date("").AddDays(1); got != "" {
		t.Errorf("a day after none is %s", got)
	}
	if _, ok := shipment.Date("2026-02-30").Time(); ok {
		t.Error("30 February is a day")
	}
}

func TestExpected(t *testing.T) {
	promised := shipment.Public{PromisedFrom: "2026-03-08", PromisedTo: "2026-03-12"}
	for name, c := range map[string]struct {
		change func(*shipment.Public)
		want   shipment.Expected
	}{
		"promised":     {func(*shipment.Public) {}, shipment.Expected{From: "2026-03-08", To: "2026-03-12", Basis: "promise"}},
		"only an end":  {func(p *shipment.Public) { p.PromisedFrom = "" }, shipment.Expected{From: "2026-03-12", To: "2026-03-12", Basis: "promise"}},
		"no promise":   {func(p *shipment.Public) { p.PromisedTo = "" }, shipment.Expected{}},
		"delivered":    {func(p *shipment.Public) { p.Status.Subtag = "Delivered_003" }, shipment.Expected{}},
		"lost":         {func(p *shipment.Public) { p.Status.Subtag = shipment.Lost }, shipment.Expected{}},
		"returning":    {func(p *shipment.Public) { p.Status.Subtag = shipment.Returning }, shipment.Expected{}},
		"return began": {func(p *shipment.Public) { p.Status.Customs = shipment.ReturnStarted }, shipment.Expected{}},
	} {
		p := promised
		c.change(&p)
		got, ok := p.Expected()
		if got != c.want || ok != (c.want != shipment.Expected{}) {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
}
