package shipment

import (
	"context"
	"fmt"
	"sync"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

const (
	questionsAtOnce = 2  // queries for versions under way
	mostQuestions   = 64 // versions that one query asks for
	answerWithin    = 1800 * time.Millisecond
)

// versions gathers the questions for versions that come while a query is under
// way into the next one: people who look again at their parcels are many, and
// their question is so small that the trip to PostgreSQL is most of its cost. A
// question never joins a query that has begun, so its answer holds all that was
// committed before it.
type versions struct {
	db      *postgres.DB
	mu      sync.Mutex
	waiting []question
	asking  int
}

type question struct {
	waybill Waybill
	answer  chan<- versionAnswer
}

type versionAnswer struct {
	version int64
	err     error
}

// of asks for one version and waits for it, no longer than a page may.
func (v *versions) of(ctx context.Context, w Waybill) (int64, error) {
	answer := make(chan versionAnswer, 1)
	v.mu.Lock()
	v.waiting = append(v.waiting, question{w, answer})
	idle := v.asking < questionsAtOnce
	if idle {
		v.asking++
	}
	v.mu.Unlock()
	if idle {
		go v.ask()
	}
	late := time.NewTimer(answerWithin)
	defer late.Stop()
	select {
	case a := <-answer:
		return a.version, a.err
	case <-late.C:
		return 0, fmt.Errorf("no answer in time: %w", fault.ErrUnavailable)
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
}

// ask answers questions until none waits.
func (v *versions) ask() {
	for {
		batch := v.take()
		if len(batch) == 0 {
			return
		}
		found, err := v.read(batch)
		for _, q := range batch {
			version, known := found[q.waybill]
			a := versionAnswer{version, err}
			if err == nil && !known {
				a.err = fault.ErrNotFound
			}
			q.answer <- a
		}
	}
}

// take gives the questions of the next query; none ends the asking.
func (v *versions) take() []question {
	v.mu.Lock()
	defer v.mu.Unlock()
	n := min(len(v.waiting), mostQuestions)
	batch := v.waiting[:n:n]
	if v.waiting = v.waiting[n:]; len(v.waiting) == 0 {
		v.waiting = nil
	}
	if n == 0 {
		v.asking--
	}
	return batch
}

func (v *versions) read(batch []question) (map[Waybill]int64, error) {
	ws := make([]Waybill, len(batch))
	for i, q := range batch {
		ws[i] = q.waybill
	}
	var rows []struct {
		Waybill Waybill `db:"waybill"`
		Version int64   `db:"version"`
	}
	const query = `select waybill, version from shipment_timeline where waybill = any($1)`
	// The pool bounds the call, and nobody's leaving ends it for the others.
	if err := v.db.Select(context.Background(), &rows, query, waybillArray(ws)); err != nil {
		return nil, err
	}
	found := make(map[Waybill]int64, len(rows))
	for _, r := range rows {
		found[r.Waybill] = r.Version
	}
	return found, nil
}
