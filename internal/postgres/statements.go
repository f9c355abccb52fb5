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

// plan is a prepared statement that lives as long as its pool, or until evicted.
type plan struct{ *sqlx.Stmt }

// statements are the plans, by their text. database/sql prepares each again on
// every connection that it meets.
type statements struct {
	byText sync.Map // string -> plan
}

func (c *statements) find(query string) (plan, bool) {
	known, _ := c.byText.Load(query)
	p, ok := known.(plan)
	return p, ok
}

// prepare gives the plan of a text, made now if it is new.
func (c *statements) prepare(ctx context.Context, db *sqlx.DB, query string) (plan, error) {
	if p, ok := c.find(query); ok {
		return p, nil
	}
	s, err := db.PreparexContext(ctx, query)
	if err != nil {
		return plan{}, err
	}
	made := plan{s}
	if first, twice := c.byText.LoadOrStore(query, made); twice {
		made.later()
		if p, ok := first.(plan); ok {
			return p, nil
		}
	}
	return made, nil
}

// evict forgets a plan that others may be using now.
func (c *statements) evict(query string, p plan) {
	if c.byText.CompareAndDelete(query, p) {
		p.later()
	}
}

// later closes a plan when nobody uses it any more.
func (p plan) later() { time.AfterFunc(time.Minute, func() { _ = p.Close() }) }

// outlived says that the server's plan no longer fits its tables, or is gone.
// The statement did not run, so that it may be prepared and run again.
func outlived(err error) bool {
	return pq.As(err, pqerror.FeatureNotSupported, pqerror.InvalidSQLStatementName) != nil
}

// prepared runs a call with the statement of a text; once more with a fresh one
// when a change of tables has outlived the old.
func (d *DB) prepared(ctx context.Context, query string, call func(plan) error) error {
	p, err := d.cache.prepare(ctx, d.DB, query)
	if err != nil {
		return err
	}
	err = call(p)
	if !outlived(err) {
		return err
	}
	d.cache.evict(query, p)
	p, again := d.cache.prepare(ctx, d.DB, query)
	if again != nil {
		return errors.Join(err, again)
	}
	return call(p)
}
