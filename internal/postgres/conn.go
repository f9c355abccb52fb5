package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// pqConn is what lib/pq's connection can do, all of it handed on.
type pqConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.QueryerContext
	driver.ExecerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
}

// conn guards a connection of lib/pq: each call has an end, a broken connection
// leaves the pool, and nothing that may have run is run again unasked.
type conn struct {
	pqConn
	wire *wire
}

// errCut says that the connection broke after the statement was sent: it may
// have run or not.
var errCut = errors.New("postgres: connection cut before the answer")

// cancelling is the time that an orderly cancel may take beyond a deadline.
const cancelling = 250 * time.Millisecond

// start bounds a call by its context and notes what was sent before it.
func (c *conn) start(ctx context.Context) int64 {
	t, ok := ctx.Deadline()
	switch {
	case !ok:
		c.wire.bound(time.Time{})
	case ctx.Done() != nil: // lib/pq sends a cancel first
		c.wire.bound(t.Add(cancelling))
	default:
		c.wire.bound(t)
	}
	return c.wire.sent.Load()
}

// settle keeps database/sql from repeating what was sent: lib/pq says ErrBadConn,
// "do it again elsewhere", even when the answer alone was lost.
func (c *conn) settle(err error, sent int64) error {
	if err == nil || !errors.Is(err, driver.ErrBadConn) || c.wire.sent.Load() == sent {
		return err
	}
	c.wire.broken.Store(true)
	return errCut
}

// QueryContext runs a text without preparing it.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	sent := c.start(ctx)
	rows, err := c.pqConn.QueryContext(ctx, query, args)
	return rows, c.settle(err, sent)
}

// ExecContext runs a text without preparing it.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	sent := c.start(ctx)
	res, err := c.pqConn.ExecContext(ctx, query, args)
	return res, c.settle(err, sent)
}

// PrepareContext prepares a text; doing that twice does no harm.
func (c *conn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.start(ctx)
	s, err := c.pqConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	inner, _ := s.(pqStmt)
	return &stmt{Stmt: s, inner: inner, conn: c}, nil
}

// BeginTx begins a transaction; doing that twice does no harm.
func (c *conn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	c.start(ctx)
	tx, err := c.pqConn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	return &transaction{Tx: tx, conn: c, ctx: ctx}, nil
}

// Ping asks for a sign of life.
func (c *conn) Ping(ctx context.Context) error {
	c.start(ctx)
	return c.pqConn.Ping(ctx)
}

// ResetSession looks at a connection before it is used again.
func (c *conn) ResetSession(ctx context.Context) error {
	if c.wire.gone() {
		return driver.ErrBadConn
	}
	return c.pqConn.ResetSession(ctx)
}

// Close says goodbye. The bound of an earlier call must not spoil it, and a
// server that can't hear it any more loses nothing.
func (c *conn) Close() error {
	c.wire.bound(time.Now().Add(time.Second))
	_ = c.pqConn.Close()
	return nil
}

// IsValid keeps a broken connection out of the pool.
func (c *conn) IsValid() bool { return !c.wire.broken.Load() && c.pqConn.IsValid() }

// CheckNamedValue lets the rows of a bulk copy through.
func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	if _, ok := v.Value.(copyRows); ok {
		return nil
	}
	return c.pqConn.CheckNamedValue(v)
}

// transaction gives COMMIT the time of the whole transaction's context.
type transaction struct {
	driver.Tx
	conn *conn
	ctx  context.Context
}

// Commit commits once; an answer cut off is an error, never tried again.
func (t *transaction) Commit() error {
	sent := t.conn.start(t.ctx)
	err := t.conn.settle(t.Tx.Commit(), sent)
	if err != nil && t.conn.wire.broken.Load() {
		return fmt.Errorf("%w: %w", ErrUnsure, err)
	}
	return err
}

// Rollback gives up; a server that does not answer is left alone soon.
func (t *transaction) Rollback() error {
	if t.conn.wire.broken.Load() {
		return driver.ErrBadConn
	}
	t.conn.wire.bound(time.Now().Add(time.Second))
	return t.Tx.Rollback()
}
