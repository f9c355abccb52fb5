package postgres

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"
)

// errBusy says that no connection came free in time.
var errBusy = errors.New("postgres: every connection is busy")

// limits are the times that a pool keeps to, on our side and on the server's.
type limits struct {
	connect   time.Duration // to make a connection
	read      time.Duration // to wait for the server's next bytes
	call      time.Duration // for a whole call or transaction; 0: as long as ctx allows
	statement time.Duration
	lock      time.Duration
	idle      time.Duration // inside a transaction
	name      string
}

func limitsOf(p Pool) limits {
	if p == Work {
		return limits{
			connect: 5 * time.Second, read: 15*time.Minute + 15*time.Second,
			statement: 15 * time.Minute, lock: 30 * time.Second, idle: 5 * time.Minute, name: "portal work",
		}
	}
	return limits{
		connect: 1500 * time.Millisecond, read: 1800 * time.Millisecond, call: 1800 * time.Millisecond,
		statement: 1500 * time.Millisecond, lock: time.Second, idle: 5 * time.Second, name: "portal web",
	}
}

// settings are what the server is told when a connection starts.
func (l limits) settings() map[string]string {
	ms := func(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
	return map[string]string{
		"statement_timeout":                   ms(l.statement),
		"lock_timeout":                        ms(l.lock),
		"idle_in_transaction_session_timeout": ms(l.idle),
		"TimeZone":                            "UTC",
	}
}

// until is when a call that starts now must be over.
func (d *DB) until(ctx context.Context) time.Time {
	t := time.Now().Add(d.limits.call)
	if own, ok := ctx.Deadline(); ok && own.Before(t) {
		return own
	}
	return t
}

// enter waits for a place in the pool, and gives the context to call with.
func (d *DB) enter(ctx context.Context) (context.Context, error) {
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	if d.gate == nil {
		return ctx, nil
	}
	inner := bounded{ctx, d.until(ctx)}
	select {
	case d.gate <- struct{}{}:
		return inner, nil
	default:
	}
	late := time.NewTimer(time.Until(inner.until))
	defer late.Stop()
	select {
	case d.gate <- struct{}{}:
		return inner, nil
	case <-late.C:
		return nil, errBusy
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (d *DB) leave() {
	if d.gate != nil {
		<-d.gate
	}
}

// bounded is a context with a deadline that nobody watches: the connection's own
// reads keep it. That spares each call of the Web pool two goroutines and a
// cancelling connection; whoever goes away leaves a query of 1.5 seconds at most.
type bounded struct {
	context.Context
	until time.Time
}

// Deadline is when the call must be over.
func (b bounded) Deadline() (time.Time, bool) { return b.until, true }

// Done is never closed.
func (b bounded) Done() <-chan struct{} { return nil }

// Err is always nil.
func (b bounded) Err() error { return nil }

// expiring gives a context that ends by itself, for rows that outlive the call.
func expiring(ctx context.Context, t time.Time) context.Context {
	ctx, cancel := context.WithDeadline(ctx, t)
	context.AfterFunc(ctx, cancel)
	return ctx
}

// failedRow carries an error to the place where it is scanned.
func failedRow(err error) *sqlx.Row {
	db := sqlx.NewDb(nothing(err), "postgres")
	defer func() { _ = db.Close() }()
	return db.QueryRowx("")
}
