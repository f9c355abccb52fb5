package postgres

import (
	"context"
	"database/sql/driver"
	"fmt"
	"iter"
	"time"
)

// pqStmt is what a prepared statement of lib/pq can do; a bulk copy cannot.
type pqStmt interface {
	driver.StmtQueryContext
	driver.StmtExecContext
}

// stmt is a prepared statement or a bulk copy on a guarded connection.
type stmt struct {
	driver.Stmt
	inner pqStmt // nil: a bulk copy
	conn  *conn
}

// copyRows are the rows of a bulk copy, given as its one argument.
type copyRows iter.Seq[[]any]

// QueryContext runs the statement for rows.
func (s *stmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if s.inner == nil {
		return nil, fmt.Errorf("postgres: a copy gives no rows")
	}
	sent := s.conn.start(ctx)
	rows, err := s.inner.QueryContext(ctx, args)
	return rows, s.conn.settle(err, sent)
}

// ExecContext runs the statement, or a whole bulk copy.
func (s *stmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	sent := s.conn.start(ctx)
	if s.inner != nil {
		res, err := s.inner.ExecContext(ctx, args)
		return res, s.conn.settle(err, sent)
	}
	if len(args) != 1 {
		return nil, fmt.Errorf("postgres: a copy takes its rows as one argument")
	}
	rows, ok := args[0].Value.(copyRows)
	if !ok {
		return nil, fmt.Errorf("postgres: a copy takes rows, not %T", args[0].Value)
	}
	res, err := s.copy(rows)
	return res, s.conn.settle(err, sent)
}

// copy sends all rows and waits for the server's word. After an error the server
// is told to finish, which the transaction's rollback undoes.
func (s *stmt) copy(rows copyRows) (driver.Result, error) {
	var line []driver.Value
	for row := range rows {
		line = line[:0]
		for _, v := range row {
			plain, err := driver.DefaultParameterConverter.ConvertValue(v)
			if err != nil {
				return nil, s.abort(err)
			}
			line = append(line, plain)
		}
		//lint:ignore SA1019 lib/pq's copy has no other way
		if _, err := s.Stmt.Exec(line); err != nil {
			return nil, s.abort(err)
		}
	}
	//lint:ignore SA1019 lib/pq's copy has no other way
	return s.Stmt.Exec(nil)
}

// abort makes sure that rows of a failed copy are never committed.
func (s *stmt) abort(err error) error {
	_ = s.Stmt.Close()
	s.conn.wire.broken.Store(true)
	return fmt.Errorf("copy: %w", err)
}

// Close forgets the statement; a broken connection is not asked to.
func (s *stmt) Close() error {
	s.conn.wire.bound(time.Now().Add(s.conn.wire.patience)) // free of the bound of an earlier call
	if s.conn.wire.broken.Load() {
		return nil
	}
	return s.Stmt.Close()
}
