package shipment_test

import (
	"testing"
	"time"

	"ecms/portal/internal/shipment"
)

// TestKnownNewsTouchesNoRow sends the same events again, in other order: not
// even a lock may be left on a row.
func TestKnownNewsTouchesNoRow(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"), record("W2345"))
	odd := shipment.Checkpoint{
		Waybill: "W1234", Rev: 3, At: day(3).Add(123456789 * time.Nanosecond), OffsetMinutes: -570, Code: "a|b", Text: "quote ' and \\ and 出口",
	}
	cs := []shipment.Checkpoint{
		scan("W1234", 2, "InTransit_002", "Carteret"), scan("W2345", 2, "InTransit_002", "Carteret"), odd,
		scan("W1234", 2, "InTransit_0", "Carteret"), // a name that another begins with
	}
	if got := b.report(t, cs...); got.Added != 4 {
		t.Fatalf("%+v", got)
	}
	touched := func() (n int) {
		t.Helper()
		const query = `select count(*) from shipments where xmax <> 0 and xmax::text::bigint >= (select min(xmin::text::bigint) from import_reports)`
		if err := b.db.Get(t.Context(), &n, query); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := b.KeepReport(t.Context(), "checkpoints", "file", []byte(`{}`), []byte(`[]`)); err != nil { // marks the moment
		t.Fatal(err)
	}
	cs[0], cs[3] = cs[3], cs[0]
	if got := b.report(t, cs...); got != (shipment.Changes{Unchanged: 4}) || touched() != 0 {
		t.Errorf("%+v, %d rows touched", got, touched())
	}
	cs[1].Text = "corrected"
	if got := b.report(t, cs...); got != (shipment.Changes{Unchanged: 3, Replaced: 1}) || touched() != 1 {
		t.Errorf("%+v, %d rows touched", got, touched())
	}
	b.clean(t)
}
