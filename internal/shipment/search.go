package shipment

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"ecms/portal/internal/account"
)

// MostHits is how many parcels one search shows.
const MostHits = 50

// Hit is one parcel that a search of the staff found. Personal data: to be
// masked where it is listed.
type Hit struct {
	Waybill Waybill
	// Waiting tells that only events have come, and no shipment yet.
	Waiting            bool
	Status             Status
	Origin, Dest       string // ISO 3166-1 alpha-2
	OrderNo            string
	LastMileNumber     string
	Consignee, Shipper Party
}

// Found is the answer to a search: parcels that were named by their number, then
// all others by their latest news.
type Found struct {
	Hits []Hit
	// More tells that there are more parcels than MostHits.
	More bool
	// Misfits are numbers of our form whose check character does not fit.
	Misfits []string
	// Asked is false for a text in which there is nothing to look for.
	Asked bool
}

// Search finds parcels for the staff by whatever is typed or pasted: numbers in
// any spelling, names, phones, e-mail addresses, order numbers. That somebody
// searched is written down first; when it can't be, nothing is found out.
func (s *Store) Search(ctx context.Context, by account.ID, text string) (Found, error) {
	t := readTyped(text)
	found := Found{Misfits: t.misfits, Asked: !t.empty()}
	ws, err := s.candidates(ctx, t)
	if err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	found.More = len(ws) > MostHits
	ws = ws[:min(len(ws), MostHits)]
	if found.Hits, err = s.hits(ctx, ws, t.numbers); err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	if err := s.noteSearch(ctx, by, len(found.Hits)); err != nil {
		return Found{}, err
	}
	return found, nil
}

// candidates are the parcels that a text may mean, one more than are shown.
func (s *Store) candidates(ctx context.Context, t typed) ([]Waybill, error) {
	var ws []Waybill
	for _, find := range []func(context.Context, typed) ([]Waybill, error){s.byNumber, s.byStart, s.byTerm} {
		more, err := find(ctx, t)
		if err != nil {
			return nil, err
		}
		if ws = uniqueWaybills(append(ws, more...)); len(ws) > MostHits {
			return ws[:MostHits+1], nil
		}
	}
	return ws, nil
}

// byNumber finds parcels by whole numbers, ours and the last-mile carriers'.
func (s *Store) byNumber(ctx context.Context, t typed) (ws []Waybill, err error) {
	if len(t.numbers) == 0 {
		return nil, nil
	}
	const query = `
select waybill from shipments where waybill = any($1)
union all (select waybill from shipments where last_mile_number = any($1) and last_mile_number <> '' order by waybill limit $2)
union all (select distinct waybill from checkpoints where waybill = any($1))`
	if err = s.web.Select(ctx, &ws, query, waybillArray(t.numbers), MostHits+1); err != nil {
		err = fmt.Errorf("by number: %w", err)
	}
	return ws, err
}

// byStart finds parcels by the beginning of their waybill.
func (s *Store) byStart(ctx context.Context, t typed) (ws []Waybill, err error) {
	const query = `select waybill from shipments where waybill > $1 and waybill < $2 order by waybill limit $3`
	for _, start := range t.starts {
		var some []Waybill
		if err := s.web.Select(ctx, &some, query, start, start+"~", MostHits+1); err != nil {
			return nil, fmt.Errorf("by start: %w", err)
		}
		ws = append(ws, some...)
	}
	return ws, nil
}

// byTerm finds parcels by how a name, an e-mail address or an order number begins,
// or how a phone ends.
// Each range is cut off by itself, so that a frequent name costs no more than a rare one.
func (s *Store) byTerm(ctx context.Context, t typed) (ws []Waybill, err error) {
	if len(t.from) == 0 {
		return nil, nil
	}
	const query = `
select found.waybill from unnest($1::text[], $2::text[]) with ordinality as asked(low, high, n)
cross join lateral (
    select term, waybill from shipment_terms where term >= asked.low and term < asked.high order by term, waybill limit $3
) as found order by asked.n, found.term, found.waybill`
	if err = s.web.Select(ctx, &ws, query, t.from, t.to, 2*MostHits); err != nil {
		err = fmt.Errorf("by term: %w", err)
	}
	return ws, err
}

func uniqueWaybills(ws []Waybill) []Waybill {
	seen := make(map[Waybill]bool, len(ws))
	kept := ws[:0]
	for _, w := range ws {
		if !seen[w] {
			seen[w] = true
			kept = append(kept, w)
		}
	}
	return kept
}

// hits reads what a list shows of each parcel: those asked for by number as they
// were asked for, then the others by their latest news.
func (s *Store) hits(ctx context.Context, ws, asked []Waybill) ([]Hit, error) {
	if len(ws) == 0 {
		return nil, nil
	}
	var rows []recordRow
	if err := s.web.Select(ctx, &rows, `select `+recordColumns+` from shipments where waybill = any($1)`, waybillArray(ws)); err != nil {
		return nil, fmt.Errorf("read hits: %w", err)
	}
	byWaybill := rowsByWaybill(rows)
	list := make([]Hit, len(ws))
	for i, w := range ws {
		list[i] = Hit{Waybill: w, Waiting: true}
		if row, known := byWaybill[w]; known {
			list[i] = row.hit()
		}
	}
	slices.SortStableFunc(list, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(place(asked, a.Waybill), place(asked, b.Waybill)), b.Status.At.Compare(a.Status.At))
	})
	return list, nil
}

// place is where a number stands among those asked for; behind them all when it does not.
func place(asked []Waybill, w Waybill) int {
	if i := slices.Index(asked, w); i >= 0 {
		return i
	}
	return len(asked)
}

func (r recordRow) hit() Hit {
	return Hit{
		Waybill: r.Waybill, Status: r.status(), Origin: r.OriginCountry, Dest: r.DestinationCountry,
		OrderNo: r.OrderNo, LastMileNumber: r.LastMileNumber, Consignee: r.record().Consignee, Shipper: r.record().Shipper,
	}
}

// status is the one that the row holds.
func (r recordRow) status() Status {
	return Status{
		Tag: r.Tag, Subtag: r.Subtag, At: instantOf(r.StatusAt), Customs: orZero(r.CustomsState), CustomsSince: instantOf(r.CustomsSince),
		Checkpoints: r.CheckpointCount, Attempts: r.AttemptCount,
	}
}

// noteSearch writes down that somebody of the staff searched; what was typed is not kept.
func (s *Store) noteSearch(ctx context.Context, by account.ID, found int) error {
	const query = `insert into staff_looks (account_id, at, what, found) values ($1, $2, 'search', $3)`
	if _, err := s.web.Exec(ctx, query, int64(by), s.now().UTC().Truncate(time.Microsecond), found); err != nil {
		return fmt.Errorf("note a search: %w", err)
	}
	return nil
}
