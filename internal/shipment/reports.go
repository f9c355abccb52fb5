package shipment

import (
	"context"
	"fmt"
	"time"
)

// Report tells what became of one import, as it was kept.
type Report struct {
	ID int64     `db:"id"`
	At time.Time `db:"at"`
	// Kind is shipments or checkpoints; Origin is file or ops.
	Kind   string `db:"kind"`
	Origin string `db:"origin"`
	// Received rows, and those that were added, replaced, unchanged, waiting or rejected.
	Received  int `db:"received"`
	Added     int `db:"added"`
	Replaced  int `db:"replaced"`
	Unchanged int `db:"unchanged"`
	Waiting   int `db:"waiting"`
	Rejected  int `db:"rejected"`
	// Listed counts the errors that were kept; Omitted those for which there was no room.
	Listed  int `db:"listed"`
	Omitted int `db:"omitted"`
}

// RejectedRow is one thing wrong in one row of an import; people's values are masked.
type RejectedRow struct {
	Line   int    `db:"line"`
	Field  string `db:"field"`
	Value  string `db:"value"`
	Reason string `db:"reason"` // a stable word, a colon, a sentence
}

// Sizes of a page of reports and of a page of their rows.
const (
	ReportsPage = 25
	RowsPage    = 100
)

// countColumns are the counts of a report, whatever of them was kept.
const countColumns = `
coalesce((counts->>'received')::int, 0) as received, coalesce((counts->>'added')::int, 0) as added,
coalesce((counts->>'replaced')::int, 0) as replaced, coalesce((counts->>'unchanged')::int, 0) as unchanged,
coalesce((counts->>'waiting')::int, 0) as waiting, coalesce((counts->>'rejected')::int, 0) as rejected,
coalesce((counts->>'errors_omitted')::int, 0) as omitted`

// FailedImports lists imports of which rows were rejected, the latest first, from
// below the given id (0: from the newest on). True: there are more.
func (s *Store) FailedImports(ctx context.Context, below int64) ([]Report, bool, error) {
	const query = `
select id, at, kind, origin, ` + countColumns + ` from import_reports
where (id < $1 or $1 = 0) and (counts->>'rejected')::int > 0 order by id desc limit $2`
	var rs []Report
	if err := s.web.Select(ctx, &rs, query, below, ReportsPage+1); err != nil {
		return nil, false, fmt.Errorf("failed imports: %w", err)
	}
	return rs[:min(len(rs), ReportsPage)], len(rs) > ReportsPage, nil
}

// Import gives one report and a page of its rejected rows, after the first so many.
func (s *Store) Import(ctx context.Context, id, skip int64) (Report, []RejectedRow, error) {
	var r Report
	const one = `
select id, at, kind, origin, ` + countColumns + `, jsonb_array_length(errors) as listed from import_reports where id = $1`
	if err := s.web.Get(ctx, &r, one, id); err != nil {
		return Report{}, nil, fmt.Errorf("import: %w", missing(err))
	}
	var rows []RejectedRow
	const page = `
select coalesce((e.value->>'line')::int, 0) as line, coalesce(e.value->>'field', '') as field,
    coalesce(e.value->>'value', '') as value, coalesce(e.value->>'reason', '') as reason
from import_reports r cross join lateral jsonb_array_elements(r.errors) with ordinality as e(value, n)
where r.id = $1 and e.n > $2 order by e.n limit $3`
	if err := s.web.Select(ctx, &rows, page, id, skip, RowsPage); err != nil {
		return Report{}, nil, fmt.Errorf("rejected rows: %w", err)
	}
	return r, rows, nil
}

// RejectedSince counts the rows that imports rejected since then.
func (s *Store) RejectedSince(ctx context.Context, since time.Time) (int, error) {
	var n int
	const query = `select coalesce(sum((counts->>'rejected')::int), 0) from import_reports where at > $1`
	if err := s.web.Get(ctx, &n, query, since.UTC()); err != nil {
		return 0, fmt.Errorf("rejected rows: %w", err)
	}
	return n, nil
}
