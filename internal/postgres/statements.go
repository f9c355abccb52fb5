package postgres

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// statements are the prepared ones, by their text. database/sql prepares each
// again on every connection that it meets.
type statements struct {
	byText sync.Map // string -> *sqlx.Stmt
}

func (c *statements) find(query string) (*sqlx.Stmt, bool) {
	s, ok := c.byText.Load(query)
	if !ok {
		return nil, false
	}
	return s.(*sqlx.Stmt), true
}

// prepare gives the statement of a text, made now if it is new.
func (c *statements) prepare(ctx context.Context, db *sqlx.DB, query string) (*sqlx.Stmt, error) {
	if s, ok := c.find(query); ok {
		return s, nil
	}
	s, err := db.PreparexContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if first, twice := c.byText.LoadOrStore(query, s); twice {
		_ = s.Close()
		return first.(*sqlx.Stmt), nil
	}
	return s, nil
}

// evict forgets a statement. It is closed later: others may be using it now.
func (c *statements) evict(query string, s *sqlx.Stmt) {
	if c.byText.CompareAndDelete(query, s) {
		time.AfterFunc(time.Minute, func() { _ = s.Close() })
	}
}

// outlived says that the server's plan no longer fits its tables, or is gone.
// The statement did not run, so that it may be prepared and run again.
func outlived(err error) bool {
	return pq.As(err, pqerror.FeatureNotSupported, pqerror.InvalidSQLStatementName) != nil
}

// prepared runs a call with the statement of a text; once more with a fresh one
// when a change of tables has outlived the old.
func (d *DB) prepared(ctx context.Context, query string, call func(*sqlx.Stmt) error) error {
	s, err := d.cache.prepare(ctx, d.DB, query)
	if err != nil {
		return err
	}
	err = call(s)
	if !outlived(err) {
		return err
	}
	d.cache.evict(query, s)
	s, again := d.cache.prepare(ctx, d.DB, query)
	if again != nil {
		return errors.Join(err, again)
	}
	return call(s)
}
