package shipment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ecms/portal/internal/postgres"
)

// ReceiveCheckpoints takes events of any number of parcels in, in one
// transaction with the statuses and public views that follow from them. Of the
// same event the greater rev wins, and of equal ones the later.
func (s *Store) ReceiveCheckpoints(ctx context.Context, cs []Checkpoint) (Changes, error) {
	parcels, settled := settle(cs)
	done := Changes{Unchanged: settled}
	news, err := s.withNews(ctx, parcels)
	if err != nil {
		return Changes{}, err
	}
	done.Unchanged += countRows(parcels) - countRows(news)
	if len(news) == 0 {
		return done, nil
	}
	changes, err := s.takeIn(ctx, news, false)
	if errors.Is(err, errStrangers) {
		changes, err = s.takeIn(ctx, news, true)
	}
	if err != nil {
		return Changes{}, fmt.Errorf("receive checkpoints: %w", err)
	}
	return done.Plus(changes), nil
}

// takeIn writes the events of some parcels under the locks of their shipments.
func (s *Store) takeIn(ctx context.Context, parcels []parcel, strangers bool) (changes Changes, err error) {
	ws := waybillsOf(parcels)
	err = s.work.InTx(ctx, func(tx *postgres.Tx) error {
		changes = Changes{}
		if strangers {
			if err := lockStrangers(ctx, tx); err != nil {
				return err
			}
		}
		heads, err := lockShipments(ctx, tx, ws)
		if err != nil {
			return err
		}
		if len(heads) < len(parcels) && !strangers {
			return errStrangers
		}
		known, err := readCheckpoints(ctx, tx, ws)
		if err != nil {
			return err
		}
		var w written
		w, changes = s.weigh(parcels, known, heads)
		return s.write(ctx, tx, w)
	})
	return changes, err
}

// written is all that a transaction writes.
type written struct {
	added, replaced []stored
	before          []standingRow
	after           []told
}

// weigh sets locked parcels against what a batch says about them.
func (s *Store) weigh(parcels []parcel, known map[Waybill][]stored, heads []standingRow) (w written, changes Changes) {
	now := s.now()
	for _, p := range parcels { // both are in the order of numbers
		d := p.compare(known[p.waybill])
		changes.Unchanged += d.unchanged
		changes.Replaced += len(d.replaced)
		w.added, w.replaced = append(w.added, d.added...), append(w.replaced, d.replaced...)
		if len(heads) == 0 || heads[0].Waybill != p.waybill {
			changes.Waiting += len(d.added)
			continue
		}
		changes.Added += len(d.added)
		if !d.quiet() {
			w.before = append(w.before, heads[0])
			w.after = append(w.after, s.tell(heads[0].head, d.all(), now))
		}
		heads = heads[1:]
	}
	return w, changes
}

func (s *Store) write(ctx context.Context, tx *postgres.Tx, w written) error {
	if err := copyCheckpoints(ctx, tx, w.added); err != nil {
		return err
	}
	if err := replaceCheckpoints(ctx, tx, w.replaced); err != nil {
		return err
	}
	return s.restate(ctx, tx, w.before, w.after)
}

// parcel is what a batch says about one parcel, each event once.
type parcel struct {
	waybill Waybill
	rows    []stored
}

func waybillsOf(parcels []parcel) []Waybill {
	ws := make([]Waybill, len(parcels))
	for i, p := range parcels {
		ws[i] = p.waybill
	}
	return ws
}

// settle groups events by parcel, in the order of numbers, and keeps of the
// same event the one that wins. It tells how many did not.
func settle(cs []Checkpoint) (parcels []parcel, settled int) {
	byWaybill := func(a, b Checkpoint) int { return strings.Compare(string(a.Waybill), string(b.Waybill)) }
	if !slices.IsSortedFunc(cs, byWaybill) {
		cs = slices.Clone(cs)
		slices.SortStableFunc(cs, byWaybill)
	}
	rows := make([]stored, 0, len(cs))
	var seen index
	for i, start := 0, 0; i < len(cs); i++ {
		c := &cs[i]
		rows = append(rows, stored{*c, c.Key()})
		r := &rows[len(rows)-1]
		r.At = r.At.UTC().Truncate(time.Microsecond)
		if at := seen.find(rows[start:], r); at >= 0 {
			settled++
			if r.Rev >= rows[start+at].Rev {
				rows[start+at] = *r
			}
			rows = rows[:len(rows)-1]
		}
		if i+1 == len(cs) || cs[i+1].Waybill != c.Waybill {
			parcels = append(parcels, parcel{c.Waybill, rows[start:len(rows):len(rows)]})
			start = len(rows)
			seen = nil
		}
	}
	return parcels, settled
}

func countRows(parcels []parcel) int {
	n := 0
	for _, p := range parcels {
		n += len(p.rows)
	}
	return n
}

// index finds events of one parcel by their names; few are searched, not indexed.
type index map[eventName]int

// find gives the place of the same event among rows, of which r is the last and
// new; -1 when it is the first of its name.
func (x *index) find(rows []stored, r *stored) int {
	const few = 24
	if len(rows) <= few {
		return indexOf(rows[:len(rows)-1], r)
	}
	if *x == nil {
		*x = make(index, 4*few)
		for i := range rows[:len(rows)-1] {
			(*x)[eventName{rows[i].Source, rows[i].key}] = i
		}
	}
	name := eventName{r.Source, r.key}
	if at, twice := (*x)[name]; twice {
		return at
	}
	(*x)[name] = len(rows) - 1
	return -1
}

// eventName tells an event from the others of its parcel.
type eventName struct{ source, key string }
