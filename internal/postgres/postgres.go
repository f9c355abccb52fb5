// Package postgres is the portal's way to its database: two kinds of pool that
// never hang, statements prepared once, transactions, bulk copies and migrations.
package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"time"

	"github.com/jmoiron/sqlx"
)

// Pool is the kind of work that a pool of connections is for.
type Pool int

// The kinds of pool.
const (
	// Web answers people: every call ends within 2 seconds, with an error if need be.
	Web Pool = iota
	// Work imports, rebuilds and runs jobs: its statements may take minutes.
	Work
)

// Options say which database to use, and for what.
type Options struct {
	// URL is a postgres:// address or a list of key=value pairs.
	URL string
	// Pool is the kind of work.
	Pool Pool
	// MaxConns is the size of the pool; 0 takes one that suits the machine.
	MaxConns int
}

// DB is a pool of connections whose statements are prepared once and kept by
// their text. Never build a text with values in it: use parameters.
type DB struct {
	*sqlx.DB
	limits limits
	gate   chan struct{} // one place per connection; nil where waiting may last
	cache  statements
}

// Open makes a pool. It does not wait for PostgreSQL: connections are made when
// they are first needed, and made anew after the server was away.
func Open(_ context.Context, o Options) (*DB, error) {
	l := limitsOf(o.Pool)
	c, err := newConnector(o.URL, l)
	if err != nil {
		return nil, err
	}
	if o.MaxConns <= 0 {
		o.MaxConns = defaultSize(o.Pool)
	}
	db := &DB{DB: sqlx.NewDb(sql.OpenDB(c), "postgres"), limits: l}
	db.SetMaxOpenConns(o.MaxConns)
	db.SetMaxIdleConns(o.MaxConns)
	db.SetConnMaxLifetime(20 * time.Minute)
	if o.Pool == Web {
		db.gate = make(chan struct{}, o.MaxConns)
	}
	return db, nil
}

func defaultSize(p Pool) int {
	if p == Work {
		return 6
	}
	return min(max(8*runtime.GOMAXPROCS(0), 8), 32)
}

// Get reads exactly one row into dest; no row is sql.ErrNoRows.
func (d *DB) Get(ctx context.Context, dest any, query string, args ...any) error {
	return d.do(ctx, query, func(ctx context.Context, p plan) error {
		return p.GetContext(ctx, dest, args...)
	})
}

// Select reads all rows into the slice that dest points to.
func (d *DB) Select(ctx context.Context, dest any, query string, args ...any) error {
	return d.do(ctx, query, func(ctx context.Context, p plan) error {
		return p.SelectContext(ctx, dest, args...)
	})
}

// Exec runs a statement that gives no rows.
func (d *DB) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	var res sql.Result
	err := d.do(ctx, query, func(ctx context.Context, p plan) (err error) {
		res, err = p.ExecContext(ctx, args...)
		return err
	})
	return res, err
}

// QueryRow asks for one row; its Scan tells any error.
func (d *DB) QueryRow(ctx context.Context, query string, args ...any) *sqlx.Row {
	var row *sqlx.Row
	err := d.do(ctx, query, func(ctx context.Context, p plan) error {
		row = p.QueryRowxContext(ctx, args...)
		return row.Err()
	})
	if row == nil {
		return failedRow(err)
	}
	return row
}

// Query asks for rows, which the caller must close.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	inner := ctx
	if d.gate != nil {
		inner = expiring(ctx, d.until(ctx))
	}
	var rows *sqlx.Rows
	err := d.prepared(inner, query, func(p plan) (err error) {
		rows, err = p.QueryxContext(inner, args...)
		return err
	})
	return rows, told(ctx, err)
}

// do runs one call with a prepared statement, inside the pool's limits.
func (d *DB) do(ctx context.Context, query string, call func(context.Context, plan) error) error {
	inner, err := d.enter(ctx)
	if err != nil {
		return err
	}
	defer d.leave()
	return told(ctx, d.prepared(inner, query, func(p plan) error { return call(inner, p) }))
}

// told adds the context's own error, which the driver's error does not hold.
func told(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", context.Cause(ctx), err)
	}
	if t, ok := ctx.Deadline(); ok && !time.Now().Before(t) { // the connection was quicker to see it
		return fmt.Errorf("%w: %w", context.DeadlineExceeded, err)
	}
	return err
}
