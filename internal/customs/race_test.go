package customs_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
)

// atOnce runs an act so many times at once and counts those that went well; others
// must end in the error.
func atOnce(t *testing.T, n int, want error, act func(i int) error) int {
	t.Helper()
	var well atomic.Int32
	var group sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		group.Go(func() {
			<-start
			switch err := act(i); {
			case err == nil:
				well.Add(1)
			case want == nil || !errors.Is(err, want):
				t.Errorf("%d: %v", i, err)
			}
		})
	}
	close(start)
	group.Wait()
	return int(well.Load())
}

func TestExactlyOneHasTheCase(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	staff := make([]account.ID, 8)
	for i := range staff {
		staff[i] = b.staff(t, string(rune('a'+i)))
	}
	var holder atomic.Int64
	if n := atOnce(t, len(staff), customs.ErrTaken, func(i int) error {
		_, err := b.Take(ctx, sent.ID, staff[i])
		if err == nil {
			holder.Store(int64(staff[i]))
		}
		return err
	}); n != 1 {
		t.Fatalf("%d have the case", n)
	}
	mine := account.ID(holder.Load())
	decided := atOnce(t, 6, customs.ErrDecided, func(i int) error {
		if i%2 == 0 {
			_, err := b.Accept(ctx, sent.ID, mine)
			return err
		}
		_, err := b.Refuse(ctx, sent.ID, mine, "expired", nil)
		return err
	})
	if decided != 1 {
		t.Errorf("decided %d times", decided)
	}
}

func TestSubmittedOnceHoweverOftenPressed(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	draft := b.fill(t, "W1")
	var references sync.Map
	if n := atOnce(t, 8, nil, func(int) error {
		i, err := b.Submit(ctx, "W1", draft.ID, consent, owner)
		references.Store(i.Reference, true)
		return err
	}); n != 8 {
		t.Errorf("%d of 8 were answered", n)
	}
	count := 0
	references.Range(func(any, any) bool { count++; return true })
	if consents := b.count(t, `select count(*) from consents`); count != 1 || consents != 2 {
		t.Errorf("%d references, %d consents", count, consents)
	}
}

func TestOneFormPerParcel(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	if n := atOnce(t, 8, nil, func(int) error {
		_, err := b.Begin(ctx, "W1", owner)
		return err
	}); n != 8 || b.count(t, `select count(*) from identities`) != 1 || b.count(t, `select count(*) from sealed_keys`) != 1 {
		t.Errorf("%d begun", b.count(t, `select count(*) from identities`))
	}
	atOnce(t, 6, nil, func(i int) error { // the last of one side stays
		return b.AddPicture(ctx, "W1", customs.Front, picture(string(rune('a'+i))), nil)
	})
	if rows, files := b.count(t, `select count(*) from identity_pictures`), b.fileCount(t); rows != 1 || files != 1 {
		t.Errorf("%d rows, %d files", rows, files)
	}
}

// TestKilledInTheMiddle leaves no half record: a transaction that does not commit
// leaves files at most, and the sweep takes them.
func TestKilledInTheMiddle(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, "W1")
	if _, err := b.Begin(t.Context(), "W1", owner); err != nil {
		t.Fatal(err)
	}
	if _, err := b.db.Exec(t.Context(), `alter table identity_pictures add constraint full_disk check (false) not valid`); err != nil {
		t.Fatal(err)
	}
	if err := b.AddPicture(t.Context(), "W1", customs.Front, picture("lost"), nil); err == nil {
		t.Fatal("kept without a row")
	}
	if b.fileCount(t) != 0 {
		t.Error("a file that no row names is left at once")
	}
	if _, err := b.files.Put([]byte("killed before its row")); err != nil {
		t.Fatal(err)
	}
	b.now = b.now.AddDate(10, 0, 0) // files bear the machine's time
	if _, err := b.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b.fileCount(t) != 0 {
		t.Error("an orphan outlives the sweep")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Begin(gone, shipment.Waybill("W1"), owner); !errors.Is(err, context.Canceled) {
		t.Errorf("after the visitor has gone: %v", err)
	}
}

// TestSentAndRefusedAtOnce ends without a deadlock, whoever is first.
func TestSentAndRefusedAtOnce(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	lin := b.staff(t, "lin")
	for range 5 {
		sent := b.submit(t, "W1")
		b.take(t, sent.ID, lin)
		next := b.fill(t, "W1") // a replacement, begun while the first is in review
		n := atOnce(t, 2, customs.ErrDecided, func(i int) (err error) {
			if i == 0 {
				_, err = b.Submit(ctx, "W1", next.ID, consent, owner)
			} else {
				_, err = b.Refuse(ctx, sent.ID, lin, "expired", nil)
			}
			return err
		})
		if now, err := b.Current(ctx, "W1"); err != nil || now.ID != next.ID || now.State != customs.Review || n == 0 {
			t.Errorf("%d went well, %+v counts, %v", n, now, err)
		}
	}
}
