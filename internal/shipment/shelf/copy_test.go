package shelf_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"ecms/portal/internal/account"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// same holds every copy against its view, those of removed parcels too.
func (b *bench) same(t testing.TB, when string) {
	t.Helper()
	var kept struct {
		All     int `db:"all_rows"`
		Differ  int `db:"differ"`
		Missing int `db:"missing"`
	}
	const query = `
select count(*) as all_rows, count(*) filter (where k.view_version <> t.version or k.view <> t.body) as differ,
    count(*) filter (where t.waybill is null) as missing
from account_parcels k left join shipment_timeline t on t.waybill = k.waybill`
	if err := b.db.Get(t.Context(), &kept, query); err != nil {
		t.Fatal(err)
	}
	if kept.All == 0 || kept.Differ+kept.Missing > 0 {
		t.Fatalf("%s: of %d copies %d differ from their views, %d have none", when, kept.All, kept.Differ, kept.Missing)
	}
	if faults, err := b.Verify(t.Context()); err != nil || len(faults) > 0 {
		t.Fatalf("%s: %v, %v", when, faults, err)
	}
}

// view is the copy that an account keeps of a parcel's view.
func (b *bench) view(t testing.TB, id account.ID, w shipment.Waybill) (view string) {
	t.Helper()
	if err := b.db.Get(t.Context(), &view, `select view from account_parcels where account_id = $1 and waybill = $2`, int64(id), string(w)); err != nil {
		t.Fatal(err)
	}
	return view
}

// TestCopiesFollowTheirViews takes one parcel through all that writes its view.
func TestCopiesFollowTheirViews(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234", "", ""), record("OTHER", "you@example.com", ""))
	me := b.open(t, "me@example.com")
	b.open(t, "you@example.com")
	if _, err := b.Add(t.Context(), me, "W1234", rightFact(), "net"); err != nil {
		t.Fatal(err)
	}
	b.same(t, "added")
	late, wrong := scan("W1234", day(2), "InTransit_001"), scan("W1234", day(5), "InTransit_003")
	corrected, right := record("W1234", "me@example.com", ""), wrong
	corrected.Rev, corrected.PromisedTo = 1, "2026-03-20"
	right.Rev, right.Code = 1, "awaiting_id"
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"an event", func() { b.report(t, wrong) }},
		{"a late event", func() { b.report(t, late) }},
		{"a corrected event", func() { b.report(t, right) }},
		{"a corrected shipment", func() { b.ship(t, corrected) }},
		{"an accepted identity", func() {
			if err := b.db.InTx(t.Context(), func(tx *postgres.Tx) error { return b.feed.AcceptID(t.Context(), tx, "W1234") }); err != nil {
				t.Fatal(err)
			}
		}},
		{"silence", func() {
			b.now = b.now.AddDate(0, 0, 60)
			if n, err := b.feed.Expire(t.Context()); n == 0 || err != nil {
				t.Fatalf("%d expire, %v", n, err)
			}
		}},
		{"an event while it is off the shelf", func() {
			if err := b.Remove(t.Context(), me, "W1234"); err != nil {
				t.Fatal(err)
			}
			b.report(t, scan("W1234", b.now, "Delivered_001"))
		}},
	} {
		before := b.view(t, me, "W1234")
		step.do()
		b.same(t, step.name)
		if b.view(t, me, "W1234") == before {
			t.Errorf("%s changes nothing, so this test tells nothing", step.name)
		}
	}
	if d, err := b.Dashboard(t.Context(), me); err != nil || d.Kept {
		t.Errorf("taken off, yet %+v, %v", d, err)
	}
	if _, err := b.Add(t.Context(), me, "W1234", rightFact(), "net"); err != nil {
		t.Fatal(err)
	}
	b.same(t, "back")
	if d, err := b.Dashboard(t.Context(), me); err != nil || len(d.Ended) != 1 || d.Ended[0].Version < 6 {
		t.Errorf("back, yet %+v, %v", d, err)
	}
}

// TestCopiesAreComparedAndMended spoils copies and views, each alone.
func TestCopiesAreComparedAndMended(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.open(t, "me@example.com")
	b.ship(t, record("W1", "me@example.com", ""), record("W2", "me@example.com", ""))
	for _, spoil := range []string{
		`update account_parcels set view = 'x' where waybill = 'W1'`,
		`update account_parcels set view_version = 9 where waybill = 'W1'`,
		`update account_parcels set view = '', view_version = 0 where waybill = 'W1'`,
		`update shipment_timeline set body = body || 'x' where waybill = 'W1'`,
		`delete from shipment_timeline where waybill = 'W1'`,
	} {
		if _, err := b.db.Exec(t.Context(), spoil); err != nil {
			t.Fatal(err)
		}
		faults, err := b.Verify(t.Context())
		if err != nil || len(faults) != 1 || faults[0].Waybill != "W1" {
			t.Errorf("%s: %v, %v", spoil, faults, err)
		}
		if n, err := b.Rebuild(t.Context()); n != 1 || err != nil {
			t.Errorf("%s: mended %d, %v", spoil, n, err)
		}
		if _, err := b.feed.Rebuild(t.Context(), func(int) {}); err != nil {
			t.Fatal(err)
		}
		b.same(t, spoil)
	}
	const lost = `insert into account_parcels (account_id, waybill, side, proof, added_at, view_version, view) select id, 'LOST', 'to', 'fact', now(), 1, 'x' from accounts`
	if _, err := b.db.Exec(t.Context(), lost); err != nil {
		t.Fatal(err)
	}
	if _, err := b.db.Exec(t.Context(), `insert into shipment_timeline values ('LOST', 1, 'x')`); err != nil {
		t.Fatal(err)
	}
	if n, err := b.feed.Rebuild(t.Context(), func(int) {}); n != 1 || err != nil {
		t.Errorf("a view without a shipment: mended %d, %v", n, err)
	}
	if faults, err := b.Verify(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("the copy of a view that is gone: %v, %v", faults, err)
	}
}

// TestNoCopyFallsBehindInARace lets imports that overlap, in opposite orders,
// meet people who add, take off, move and settle the same parcels.
func TestNoCopyFallsBehindInARace(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ws := waybills("W", 24)
	for _, w := range ws {
		b.ship(t, record(w, "", ""))
	}
	first, second := b.open(t, "first@example.com"), b.open(t, "second@example.com")
	for round := range 12 {
		rng := rand.New(rand.NewPCG(uint64(round), 11))
		addresses := []string{"first@example.com", "second@example.com", "", fmt.Sprintf("first%d@example.com", round)}
		all, ctx := errgroup.WithContext(t.Context())
		for sender := range 2 {
			var cs []shipment.Checkpoint
			var rs []shipment.Record
			for _, i := range rng.Perm(len(ws)) {
				cs = append(cs, scan(ws[i], day(2).AddDate(0, 0, round).Add(time.Duration(sender)*time.Hour), []string{"InTransit_002", "awaiting_id", "InTransit_004"}[rng.IntN(3)]))
				r := record(ws[i], addresses[rng.IntN(4)], addresses[rng.IntN(4)])
				r.Rev = 1 + 2*round + sender
				rs = append(rs, r)
			}
			all.Go(func() error { _, err := b.feed.ReceiveCheckpoints(ctx, cs); return err })
			all.Go(func() error { _, err := b.feed.ReceiveShipments(ctx, rs); return err })
		}
		for _, id := range []account.ID{first, second} {
			order := rng.Perm(len(ws))
			all.Go(func() error {
				for _, i := range order[:8] {
					if _, err := b.Add(ctx, id, ws[i], rightFact(), "net"); err != nil {
						return err
					}
					_ = b.Remove(ctx, id, ws[order[i%8]]) // may have left by its address
				}
				return b.Settle(ctx, id)
			})
		}
		all.Go(func() error { return b.readdress(ctx, first, addresses[3*(round%2)]) })
		all.Go(func() error { _, err := b.Rebuild(ctx); return err })
		if err := all.Wait(); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := b.Settle(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		b.same(t, fmt.Sprint("round ", round))
	}
}

// TestDashboardReadsItsOwnersRowsAlone looks at how PostgreSQL reads it.
func TestDashboardReadsItsOwnersRowsAlone(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	const fill = `
insert into accounts (email, email_key, language, confirmed_at, created_at) select n, n, 'en', now(), now() from generate_series(1, 300) n;
insert into account_parcels (account_id, waybill, side, proof, added_at, view_version, view)
    select a.id, 'W' || n, 'to', 'fact', now(), 1, repeat('x', 300) from generate_series(1, 20) n, accounts a;
analyze account_parcels`
	if _, err := b.db.ExecContext(t.Context(), fill); err != nil {
		t.Fatal(err)
	}
	var plan []string
	if err := b.db.SelectContext(t.Context(), &plan, `explain (analyze, buffers, timing off) `+b.DashboardQuery(), int64(7)); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(plan, "\n")
	t.Log(text)
	if !strings.Contains(text, "account_parcels_pkey") || strings.Contains(text, "shipment") || strings.Contains(text, "Seq Scan") {
		t.Errorf("not one scan of the owner's rows:\n%s", text)
	}
}

// readdress gives an account another address beside everything else.
func (b *bench) readdress(ctx context.Context, id account.ID, email string) error {
	return b.db.InTx(ctx, func(tx *postgres.Tx) error {
		if _, err := tx.Exec(ctx, `update accounts set email = $2, email_key = $2 where id = $1`, int64(id), email); err != nil {
			return err
		}
		return b.Join(ctx, tx, id, email)
	})
}
