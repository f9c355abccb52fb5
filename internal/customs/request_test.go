package customs_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// owed are the mails that were owed, in their order, each with its job.
func (b *bench) owed(t testing.TB) (list []string) {
	t.Helper()
	const query = `
select concat_ws(' ', l.kind, nullif(l.nth, 0), l.waybill) from identity_letters l
join jobs j on j.kind = 'identity.letter' and j.args = jsonb_build_object('ref', l.ref) order by j.id`
	if err := b.db.Select(t.Context(), &list, query); err != nil {
		t.Fatal(err)
	}
	if rows, jobs := b.count(t, `select count(*) from identity_letters`), b.count(t, `select count(*) from jobs where kind = 'identity.letter'`); rows != len(list) || jobs != rows {
		t.Errorf("%d mails are owed by %d jobs", rows, jobs)
	}
	return list
}

func (b *bench) remind(t testing.TB, at time.Time) int {
	t.Helper()
	b.now = at
	n, err := b.Remind(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestRemindersAndNotice by the days of China's rule: asked on 5 December, due on
// the 19th, reminded on the 12th, 16th and 18th, announced on the 20th there.
func TestRemindersAndNotice(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	midnight := func(d int) time.Time { return time.Date(2026, 12, d, 0, 0, 0, 0, time.FixedZone("", 8*3600)) } // in Shanghai
	b.remind(t, day(6))
	r, err := b.Request(ctx, "W1")
	if err != nil || r.AskedOn != "2026-12-05" || r.DueOn != "2026-12-19" || !slices.Equal(b.owed(t), []string{"asked W1"}) {
		t.Fatalf("%+v, %v, %q", r, err, b.owed(t))
	}
	if p, err := b.feed.Lookup(ctx, "W1"); err != nil || customs.DueOf(p) != r.DueOn {
		t.Errorf("the public view is due on %q, %v", customs.DueOf(p), err)
	}
	if due := customs.DueOf(shipment.Public{}); due != "" {
		t.Errorf("nothing is due on %s", due)
	}
	for _, step := range []struct {
		at   time.Time
		want int // mails owed by then
	}{
		{midnight(12).Add(-time.Second), 1}, {midnight(12), 2}, {midnight(12), 2}, {midnight(16), 3}, {midnight(18), 4},
		{midnight(20).Add(-time.Second), 4}, {midnight(20), 5}, {midnight(25), 5},
	} {
		b.remind(t, step.at)
		if got := b.owed(t); len(got) != step.want {
			t.Errorf("at %v: %q", step.at, got)
		}
	}
	if got := b.owed(t); !slices.Equal(got, []string{"asked W1", "remind 1 W1", "remind 2 W1", "remind 3 W1", "return W1"}) {
		t.Errorf("owed %q", got)
	}
	if r, err = b.ToRemind(ctx, "W1"); err != nil || r.NoticeAt.IsZero() || r.Reminded != 3 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestWhoHasDoneTheirPartIsNotReminded, and a request ends with the wait.
func TestWhoHasDoneTheirPartIsNotReminded(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2", "W3", "W4")
	b.remind(t, day(6))
	b.submit(t, "W1")
	b.scan(t, "W2", day(6), "released")
	b.scan(t, "W4", day(6), "Exception_011") // going back
	b.remind(t, day(25))
	if got := b.owed(t); !slices.Equal(got[4:], []string{"return W3"}) {
		t.Errorf("owed %q: only the third parcel's return is due", got)
	}
	for _, w := range []string{"W1", "W2", "W4", "NONE"} {
		_, err := b.ToRemind(ctx, shipment.Waybill(w))
		isErr(t, w, err, fault.ErrNotFound)
	}
	if r, err := b.Request(ctx, "W2"); err != nil || r.MetAt.IsZero() {
		t.Errorf("a request that was met: %+v, %v", r, err)
	}
	b.scan(t, "W2", day(26), "awaiting_id") // customs asks again
	b.remind(t, day(27))
	if r, err := b.Request(ctx, "W2"); err != nil || r.AskedOn != "2026-12-26" || !r.MetAt.IsZero() || r.Reminded != 0 {
		t.Errorf("asked again: %+v, %v", r, err)
	}
	if got := b.owed(t); !slices.Equal(got[5:], []string{"asked W2"}) {
		t.Errorf("owed %q", got)
	}
}

// TestWhoHasWithdrawnIsNotReminded, but told of the return.
func TestWhoHasWithdrawnIsNotReminded(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	b.submit(t, "W1")
	if err := b.Withdraw(ctx, "W1", owner); err != nil {
		t.Fatal(err)
	}
	b.remind(t, day(18))
	if got := b.owed(t); len(got) != 0 {
		t.Errorf("owed %q", got)
	}
	b.remind(t, day(20))
	if got := b.owed(t); !slices.Equal(got, []string{"return W1"}) {
		t.Errorf("owed %q", got)
	}
}

// TestWhoWasRefusedHasDaysToMendIt, before the return is announced.
func TestWhoWasRefusedHasDaysToMendIt(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent, lin := b.submit(t, "W1"), b.staff(t, "lin")
	b.now = day(21)
	b.take(t, sent.ID, lin)
	if _, err := b.Refuse(ctx, sent.ID, lin, "expired", nil); err != nil {
		t.Fatal(err)
	}
	b.remind(t, day(24).Add(-time.Second))
	if got := b.owed(t); !slices.Equal(got, []string{"refused W1"}) {
		t.Errorf("owed %q", got)
	}
	b.remind(t, day(24))
	if got := b.owed(t); !slices.Equal(got, []string{"refused W1", "return W1"}) {
		t.Errorf("owed %q", got)
	}
}

// TestOneMailAtATime: what was missed is told by the mail that asks, and that waits
// for an address.
func TestOneMailAtATime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, "W1", "W2", "W3")
	address := func(w, email string) {
		if _, err := b.db.Exec(t.Context(), `update shipments set consignee_email = $2 where waybill = $1`, w, email); err != nil {
			t.Fatal(err)
		}
	}
	address("W2", "nobody at all")
	address("W3", "")
	b.remind(t, day(17)) // the portal was away: two reminders were missed
	if got := b.owed(t); !slices.Equal(got, []string{"asked W1", "remind 2 W2", "remind 2 W3"}) {
		t.Errorf("owed %q", got)
	}
	address("W2", "lin@example.com")
	b.remind(t, day(17))
	b.remind(t, day(18))
	if got := b.owed(t); !slices.Equal(got[3:], []string{"asked W2", "remind 3 W1", "remind 3 W2", "remind 3 W3"}) {
		t.Errorf("owed %q", got)
	}
}

// TestAskedWithTheFact: the feed's own transaction asks for the request, once, and
// only of parcels that wait for an identity.
func TestAskedWithTheFact(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.feed.OnTold = customs.Asked
	b.ship(t, "W1")
	b.scan(t, "W1", day(5).Add(time.Hour), "InTransit_006") // the job has not run: asked for once more, and that is harmless
	var asked []string
	if err := b.db.Select(ctx, &asked, `select args::text from jobs where kind = 'identity.ask'`); err != nil || len(asked) == 0 || asked[0] != `{"waybills": ["W1"]}` {
		t.Fatalf("%q, %v", asked, err)
	}
	for range 2 {
		if err := b.Ask(ctx, []shipment.Waybill{"W1", "NONE"}); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.owed(t); !slices.Equal(got, []string{"asked W1"}) {
		t.Errorf("owed %q", got)
	}
	b.scan(t, "W1", day(5).Add(2*time.Hour), "InTransit_006")
	if n := b.count(t, `select count(*) from jobs where kind = 'identity.ask'`); n != len(asked) {
		t.Errorf("asked for %d times, was %d", n, len(asked))
	}
	b.scan(t, "W1", day(6), "released")
	if err := b.Ask(ctx, []shipment.Waybill{"W1"}); err != nil || len(b.owed(t)) != 1 {
		t.Errorf("%v, %q", err, b.owed(t))
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	isErr(t, "no time", b.Ask(gone, []shipment.Waybill{"W1"}), context.Canceled)
}

func TestQueueIsInOrderOfDueDays(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2", "W3")
	b.scan(t, "W3", day(4), "InTransit_006")
	for i, w := range []shipment.Waybill{"W3", "W2", "W1"} {
		b.now = day(10).Add(time.Duration(i) * time.Minute)
		b.submit(t, w)
	}
	b.remind(t, day(10).Add(time.Hour))
	if _, err := b.db.Exec(ctx, `update identity_requests set due_on = due_on - 3 where waybill = 'W1'`); err != nil {
		t.Fatal(err)
	}
	list, err := b.Queue(ctx, "", 0, 10)
	if err != nil || len(list) != 3 || list[0].Waybill != "W1" || list[1].Waybill != "W3" || list[0].Due != "2026-12-16" {
		t.Errorf("%+v, %v", list, err)
	}
	if none, err := b.Queue(ctx, "KR", 0, 10); err != nil || len(none) != 0 {
		t.Errorf("Korea's: %+v, %v", none, err)
	}
}

// TestClocks erase each thing when its time is over, and not before.
func TestClocks(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	draft := b.fill(t, "W1")
	sent := b.submit(t, "W2")
	state := func(w shipment.Waybill) customs.State {
		if _, err := b.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		i, err := b.Current(ctx, w)
		if err != nil {
			t.Fatal(err)
		}
		return i.State
	}
	b.now = day(11).Add(-time.Second)
	if got := state("W1"); got != customs.Draft {
		t.Errorf("a form within its day: %s", got)
	}
	b.now = day(11)
	if got := state("W1"); got != customs.Expired {
		t.Errorf("a form after a day: %s", got)
	}
	if _, err := b.Submit(ctx, "W1", draft.ID, consent, owner); err == nil {
		t.Error("an expired form is sent")
	}
	lin := b.staff(t, "lin")
	b.take(t, sent.ID, lin)
	if _, err := b.Accept(ctx, sent.ID, lin); err != nil {
		t.Fatal(err)
	}
	isErr(t, "accepted", b.Withdraw(ctx, "W2", owner), customs.ErrNeeded)
	isErr(t, "accepted", b.Erase(ctx, sent.ID, owner), customs.ErrNeeded)
	b.now = day(11).AddDate(1, 0, 0)
	if got := state("W2"); got != customs.Accepted { // customs has not said anything
		t.Errorf("not released: %s", got)
	}
	b.scan(t, "W2", b.now, "released")
	b.now = b.now.AddDate(0, 0, 30).Add(-time.Second)
	if got := state("W2"); got != customs.Accepted {
		t.Errorf("29 days after its release: %s", got)
	}
	b.now = b.now.Add(time.Second)
	if got := state("W2"); got != customs.Erased || b.fileCount(t) != 0 {
		t.Errorf("30 days after its release: %s, %d files", got, b.fileCount(t))
	}
	if looks := b.count(t, `select count(*) from identity_looks`); looks == 0 {
		t.Error("no look is left")
	}
	b.now = b.now.AddDate(2, 0, 1)
	_ = state("W2")
	if looks := b.count(t, `select count(*) from identity_looks`); looks != 0 {
		t.Errorf("%d looks are left after two years", looks)
	}
}

// TestEraseAfterRelease is the person's right, with a tombstone.
func TestEraseAfterRelease(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	b.scan(t, "W1", day(10), "released")
	if err := b.Erase(ctx, sent.ID, owner); err != nil {
		t.Fatal(err)
	}
	list, err := b.History(ctx, "W1")
	if err != nil || len(list) != 1 || list[0].State != customs.Erased || list[0].ErasedWhy != customs.WhyAsked {
		t.Errorf("%+v, %v", list, err)
	}
}
