package shelf_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/account"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
)

// stocked is a shelf with a parcel in each state.
func stocked(t *testing.T) (*bench, account.ID) {
	b := newBench(t)
	from := record("FROM1", "a@example.com", "me@example.com")
	from.Destination = shipment.Place{Country: "KR", Zone: "Asia/Seoul"}
	quick := record("QUICK", "me@example.com", "")
	quick.PromisedTo, quick.LastMileNumber = "2026-03-09", "SF778899"
	b.ship(t, record("NEW1", "me@example.com", ""), record("ID1", "me@example.com", ""), record("DUTY1", "me@example.com", ""),
		record("DUTY2", "me@example.com", ""), record("DONE1", "me@example.com", ""), record("BACK1", "me@example.com", ""), from, quick)
	b.report(t, scan("ID1", day(5), "awaiting_id"), scan("DUTY1", day(4), "awaiting_duty"), scan("DUTY1", day(8), "awaiting_duty"),
		scan("DUTY2", day(6), "awaiting_duty"), scan("DONE1", day(9), "Delivered_001"), scan("BACK1", day(7), "Exception_010"),
		scan("FROM1", day(2), "InTransit_007"), scan("QUICK", day(3), "InTransit_007"))
	return b, b.open(t, "me@example.com")
}

func names(ps []shelf.Parcel) []string {
	ws := []string{}
	for _, p := range ps {
		ws = append(ws, string(p.Waybill))
	}
	return ws
}

func TestDashboard(t *testing.T) {
	t.Parallel()
	b, me := stocked(t)
	d, err := b.Dashboard(t.Context(), me)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := names(d.Needs), []string{"ID1", "DUTY1", "DUTY2"}; !slices.Equal(got, want) {
		t.Errorf("needs %v, want %v", got, want)
	}
	if d.Needs[0].Due != "2026-03-19" || d.Needs[1].Due != "2026-04-03" || d.Needs[2].Due != "2026-04-05" {
		t.Errorf("last days %s, %s, %q", d.Needs[0].Due, d.Needs[1].Due, d.Needs[2].Due)
	}
	if got, want := names(d.Moving), []string{"BACK1", "QUICK", "FROM1", "NEW1"}; !slices.Equal(got, want) {
		t.Errorf("moving %v, want %v", got, want)
	}
	if got := names(d.Ended); !slices.Equal(got, []string{"DONE1"}) || d.Ended[0].DeliveredOn != "2026-03-09" {
		t.Errorf("ended %v on %s", got, d.Ended[0].DeliveredOn)
	}
	if !d.Kept || d.NeedsTotal != 3 || d.MovingTotal != 4 || d.EndedTotal != 1 {
		t.Errorf("totals %+v", d)
	}
	nobody := b.open(t, "nobody@example.com")
	if d, err := b.Dashboard(t.Context(), nobody); err != nil || d.Kept {
		t.Errorf("an empty shelf: %+v, %v", d, err)
	}
	for _, w := range []shipment.Waybill{"BACK1", "QUICK", "FROM1", "NEW1", "DUTY1", "DUTY2", "ID1"} {
		if err := b.Archive(t.Context(), me, w, true); err != nil {
			t.Fatal(err)
		}
	}
	b.now = b.now.AddDate(0, 0, 31)
	if d, err := b.Dashboard(t.Context(), me); err != nil || !d.Kept || len(d.Needs)+len(d.Moving)+len(d.Ended) > 0 {
		t.Errorf("all old or put away: %+v, %v", d, err)
	}
}

func TestListFiltersAndSorts(t *testing.T) {
	t.Parallel()
	b, me := stocked(t)
	if err := b.Rename(t.Context(), me, "NEW1", "妈妈的茶 Tea 100%"); err != nil {
		t.Fatal(err)
	}
	if err := b.Archive(t.Context(), me, "BACK1", true); err != nil {
		t.Fatal(err)
	}
	seoul, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		filter shelf.Filter
		want   []string
	}{
		"all, by news":   {shelf.Filter{}, []string{"NEW1", "DONE1", "DUTY1", "DUTY2", "ID1", "QUICK", "FROM1"}},
		"needs first":    {shelf.Filter{Sort: shelf.ByNeed}, []string{"ID1", "DUTY2", "DUTY1", "NEW1", "DONE1", "QUICK", "FROM1"}},
		"expected":       {shelf.Filter{Sort: shelf.ByExpected}, []string{"QUICK", "DUTY1", "DUTY2", "FROM1", "ID1", "NEW1", "DONE1"}},
		"archived":       {shelf.Filter{Archived: true}, []string{"BACK1"}},
		"from me":        {shelf.Filter{Side: shelf.FromMe}, []string{"FROM1"}},
		"waiting":        {shelf.Filter{State: shelf.Needed}, []string{"DUTY1", "DUTY2", "ID1"}},
		"moving":         {shelf.Filter{State: shelf.Moving}, []string{"NEW1", "QUICK", "FROM1"}},
		"delivered":      {shelf.Filter{State: shelf.Delivered}, []string{"DONE1"}},
		"stopped":        {shelf.Filter{State: shelf.Stopped}, []string{}},
		"Korea":          {shelf.Filter{Country: "KR"}, []string{"FROM1"}},
		"nickname":       {shelf.Filter{Text: " 妈妈 "}, []string{"NEW1"}},
		"nickname, case": {shelf.Filter{Text: "tEA 100%"}, []string{"NEW1"}},
		"no wildcard":    {shelf.Filter{Text: "%"}, []string{"NEW1"}},
		"number":         {shelf.Filter{Text: "duty"}, []string{"DUTY1", "DUTY2"}},
		"order":          {shelf.Filter{Text: "a-duty1"}, []string{"DUTY1"}},
		"last mile":      {shelf.Filter{Text: "sf 77-88"}, []string{"QUICK"}},
		"only signs":     {shelf.Filter{Text: "---"}, []string{}},
		"days":           {shelf.Filter{From: "2026-03-03", To: "2026-03-06"}, []string{"DUTY2", "ID1", "QUICK"}},
		"days there":     {shelf.Filter{From: "2026-03-09", To: "2026-03-09", Zone: seoul}, []string{"DONE1"}},
		"unreadable day": {shelf.Filter{From: "soon", Side: shelf.FromMe}, []string{"FROM1"}},
	} {
		page, err := b.List(t.Context(), me, c.filter, "")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := names(page.Parcels); !slices.Equal(got, c.want) || page.Total != len(c.want) && len(c.want) > 0 || page.Next != "" {
			t.Errorf("%s: %v of %d, want %v", name, got, page.Total, c.want)
		}
	}
}

// TestPagesStandStill walks through lists in every order while parcels get news,
// come and go: none that stays appears twice or is missed.
func TestPagesStandStill(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var rs []shipment.Record
	var events []shipment.Checkpoint
	random := rand.New(rand.NewPCG(1, 2))
	for i, w := range waybills("W", 110) {
		r := record(w, "me@example.com", "")
		r.PromisedTo = shipment.Date("2026-03-01").AddDays(random.IntN(12))
		rs = append(rs, r)
		code := []string{"InTransit_007", "awaiting_id", "Delivered_001"}[i%3]
		events = append(events, scan(w, day(1).Add(time.Duration(random.IntN(40))*time.Hour), code)) // many at the same moment
	}
	b.ship(t, rs...)
	b.report(t, events...)
	me := b.open(t, "me@example.com")
	for turn, sort := range []shelf.Sort{shelf.ByNews, shelf.ByNeed, shelf.ByExpected, shelf.ByAdded} {
		touched, seen := map[string]bool{}, map[string]int{}
		for after, pages := "", 0; ; pages++ {
			page, err := b.List(t.Context(), me, shelf.Filter{Sort: sort}, after)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range names(page.Parcels) {
				seen[w]++
			}
			if after = page.Next; after == "" {
				break
			}
			w := rs[random.IntN(110)].Waybill
			touched[string(w)] = true
			b.report(t, scan(w, day(9).Add(time.Duration(turn*60+pages)*time.Minute), "InTransit_003"))
			b.ship(t, record(shipment.Waybill(fmt.Sprintf("NEW%d%d", turn, pages)), "me@example.com", ""))
		}
		for _, r := range rs {
			if w := string(r.Waybill); seen[w] != 1 && !touched[w] {
				t.Errorf("%s: %s appears %d times", sort, w, seen[w])
			}
		}
	}
	for _, after := range []string{"nonsense", "9.", "\x00.W", "zzzzzzzzzzzzz.W", "1y2p0ij32e8e7.ZZZZ"} {
		if page, err := b.List(t.Context(), me, shelf.Filter{}, after); err != nil || len(page.Parcels) != shelf.PageSize {
			t.Errorf("after %q: %d parcels, %v", after, len(page.Parcels), err)
		}
	}
}

func TestEachGivesTheWholeList(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var rs []shipment.Record
	for _, w := range waybills("W", 2100) {
		rs = append(rs, record(w, "me@example.com", ""))
	}
	b.ship(t, rs...)
	me := b.open(t, "me@example.com")
	if err := b.Settle(t.Context(), me); err != nil {
		t.Fatal(err)
	}
	seen, parts := map[shipment.Waybill]bool{}, 0
	err := b.Each(t.Context(), me, shelf.Filter{}, func(ps []shelf.Parcel) error {
		parts++
		for _, p := range ps {
			seen[p.Waybill] = true
		}
		return nil
	})
	if err != nil || len(seen) != 2100 || parts != 2 {
		t.Errorf("%d parcels in %d parts, %v", len(seen), parts, err)
	}
}

// TestCrowdedDashboard holds a shelf of very many parcels, which PostgreSQL
// sorts, to what a smaller one shows.
func TestCrowdedDashboard(t *testing.T) {
	t.Parallel()
	b, me := stocked(t)
	small, err := b.Dashboard(t.Context(), me)
	if err != nil {
		t.Fatal(err)
	}
	var rs []shipment.Record
	var old []shipment.Checkpoint
	for _, w := range waybills("OLD", 230) {
		r := record(w, "me@example.com", "")
		r.AcceptedAt = day(1).Add(-time.Hour)
		rs, old = append(rs, r), append(old, scan(w, day(1).Add(-time.Minute), "InTransit_003"))
	}
	b.ship(t, rs...)
	b.report(t, old...)
	crowd, err := b.Dashboard(t.Context(), me)
	if err != nil {
		t.Fatal(err)
	}
	needs := func(d shelf.Dashboard) (told []string) { // what the page shows of them
		for _, p := range d.Needs {
			told = append(told, fmt.Sprint(p.Waybill, p.Status.Subtag, p.Status.Customs, p.Due, p.NewsAt, p.State, p.Side, p.DestZone, p.PromisedTo))
		}
		return told
	}
	if diff := cmp.Diff(needs(small), needs(crowd)); diff != "" {
		t.Errorf("needs differ: %s", diff)
	}
	if len(crowd.Moving) != 10 || crowd.MovingTotal != 234 || crowd.NeedsTotal != 3 || crowd.EndedTotal != 1 {
		t.Errorf("%d moving of %d, %d wait, %d ended", len(crowd.Moving), crowd.MovingTotal, crowd.NeedsTotal, crowd.EndedTotal)
	}
	if got, want := names(crowd.Moving)[:3], names(small.Moving)[:3]; !slices.Equal(got, want) {
		t.Errorf("moving begins with %v, want %v", got, want)
	}
}

// BenchmarkDashboard reads a shelf of 20 parcels.
func BenchmarkDashboard(b *testing.B) {
	s := newBench(b)
	me := s.open(b, "me@example.com")
	for _, w := range waybills("W", 20) {
		s.ship(b, record(w, "me@example.com", ""))
		for n := range 9 {
			s.report(b, scan(w, day(1+n), "InTransit_003"))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if d, err := s.Dashboard(b.Context(), me); err != nil || d.MovingTotal != 20 {
			b.Fatal(d, err)
		}
	}
}
