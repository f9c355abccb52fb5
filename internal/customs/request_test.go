package customs_test

import (
	"encoding/json"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// queued are the reminders in the queue, in their order.
func (b *bench) queued(t testing.TB) (nth []int) {
	t.Helper()
	var args []string
	if err := b.db.Select(t.Context(), &args, `select args::text from jobs where kind = 'identity.remind' order by id`); err != nil {
		t.Fatal(err)
	}
	for _, text := range args {
		var r customs.ReminderJob
		if err := json.Unmarshal([]byte(text), &r); err != nil || r.Waybill == "" {
			t.Fatal(text, err)
		}
		nth = append(nth, r.Nth)
	}
	return nth
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
	if err != nil || r.AskedOn != "2026-12-05" || r.DueOn != "2026-12-19" || len(b.queued(t)) != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if p, err := b.feed.Lookup(ctx, "W1"); err != nil || customs.DueOf(p) != r.DueOn {
		t.Errorf("the public view is due on %q, %v", customs.DueOf(p), err)
	}
	if due := customs.DueOf(shipment.Public{}); due != "" {
		t.Errorf("nothing is due on %s", due)
	}
	for _, step := range []struct {
		at   time.Time
		want int // reminders queued by then, the notice included
	}{
		{midnight(12).Add(-time.Second), 0}, {midnight(12), 1}, {midnight(12), 1}, {midnight(16), 2}, {midnight(18), 3},
		{midnight(20).Add(-time.Second), 3}, {midnight(20), 4}, {midnight(25), 4},
	} {
		b.remind(t, step.at)
		if got := b.queued(t); len(got) != step.want {
			t.Errorf("at %v: %v", step.at, got)
		}
	}
	if got := b.queued(t); got[3] != 0 || got[2] != 3 {
		t.Errorf("queued %v", got)
	}
	if r, err = b.ToRemind(ctx, "W1"); err != nil || r.NoticeAt.IsZero() || r.Reminded != 3 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestWhoHasDoneTheirPartIsNotReminded, and a request ends with the wait.
func TestWhoHasDoneTheirPartIsNotReminded(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2", "W3")
	b.remind(t, day(6))
	b.submit(t, "W1")
	b.scan(t, "W2", day(6), "released")
	b.remind(t, day(25))
	if got := b.queued(t); len(got) != 1 || got[0] != 0 {
		t.Errorf("queued %v: only the third parcel's notice is due", got)
	}
	for _, w := range []string{"W1", "W2", "NONE"} {
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
