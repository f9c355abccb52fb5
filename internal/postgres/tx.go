package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Tx is a transaction, for one goroutine. Its statements come from the same
// cache as those of its pool.
type Tx struct {
	*sqlx.Tx
	db    *DB
	begun context.Context
	used  map[string]plan
	fresh []string // texts that the pool's cache did not have
}

// InTx runs fn in a transaction: committed when it returns nil, rolled back when
// it returns an error or panics. ErrUnsure says that the commit's answer was lost.
func (d *DB) InTx(ctx context.Context, fn func(*Tx) error) error {
	inner, err := d.enter(ctx)
	if err != nil {
		return err
	}
	defer d.leave()
	tx, err := d.BeginTxx(inner, nil)
	if err != nil {
		return told(ctx, fmt.Errorf("begin: %w", err))
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	t := &Tx{Tx: tx, db: d, begun: inner, used: map[string]plan{}}
	if err := fn(t); err != nil {
		return told(ctx, err)
	}
	if err := tx.Commit(); err != nil {
		return told(ctx, fmt.Errorf("commit: %w", err))
	}
	if len(t.fresh) > 0 {
		go d.learn(context.WithoutCancel(ctx), t.fresh)
	}
	return nil
}

// learn prepares texts for the next time; nobody waits for it, as every
// connection may be taken for long.
func (d *DB) learn(ctx context.Context, texts []string) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	for _, text := range texts {
		if _, err := d.cache.prepare(ctx, d.DB, text); err != nil {
			return
		}
	}
}

// Get reads exactly one row into dest; no row is sql.ErrNoRows.
func (t *Tx) Get(ctx context.Context, dest any, query string, args ...any) error {
	p, err := t.plan(ctx, query)
	if err != nil {
		return err
	}
	return t.checked(query, p.GetContext(t.within(ctx), dest, args...))
}

// Select reads all rows into the slice that dest points to.
func (t *Tx) Select(ctx context.Context, dest any, query string, args ...any) error {
	p, err := t.plan(ctx, query)
	if err != nil {
		return err
	}
	return t.checked(query, p.SelectContext(t.within(ctx), dest, args...))
}

// Query asks for rows, which the caller must close before the next call.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	p, err := t.plan(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := p.QueryxContext(t.within(ctx), args...)
	return rows, t.checked(query, err)
}

// Exec runs a statement that gives no rows.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	p, err := t.plan(ctx, query)
	if err != nil {
		return nil, err
	}
	res, err := p.ExecContext(t.within(ctx), args...)
	return res, t.checked(query, err)
}

// Copy writes rows into a table in bulk and says how many there were.
func (t *Tx) Copy(ctx context.Context, table string, columns []string, rows iter.Seq[[]any]) (int64, error) {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = pq.QuoteIdentifier(c)
	}
	s, err := t.PrepareContext(t.within(ctx), "copy "+pq.QuoteIdentifier(table)+" ("+strings.Join(quoted, ", ")+") from stdin")
	if err != nil {
		return 0, err
	}
	defer func() { _ = s.Close() }()
	res, err := s.ExecContext(t.within(ctx), copyRows(rows))
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// within bounds a call in a transaction of the Web pool by the transaction's end.
func (t *Tx) within(ctx context.Context) context.Context {
	if b, ok := t.begun.(bounded); ok {
		return bounded{ctx, b.until}
	}
	return ctx
}

// plan gives the statement of a text on this transaction's connection. A new text
// is prepared here and not in the pool, which may have no connection to spare.
func (t *Tx) plan(ctx context.Context, query string) (plan, error) {
	if p, ok := t.used[query]; ok {
		return p, nil
	}
	ctx = t.within(ctx)
	if known, ok := t.db.cache.find(query); ok {
		p := plan{t.StmtxContext(ctx, known.Stmt)}
		t.used[query] = p
		return p, nil
	}
	s, err := t.PreparexContext(ctx, query)
	if err != nil {
		return plan{}, err
	}
	t.fresh = append(t.fresh, query)
	t.used[query] = plan{s}
	return plan{s}, nil
}

// checked forgets a statement that a change of tables has outlived, so that the
// next transaction prepares it anew; this one is lost.
func (t *Tx) checked(query string, err error) error {
	if outlived(err) {
		if p, ok := t.db.cache.find(query); ok {
			t.db.cache.evict(query, p)
		}
	}
	return err
}
