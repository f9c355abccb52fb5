package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strings"
	"time"

	"github.com/lib/pq"
)

// errLost says that another worker has the job by now.
var errLost = errors.New("job: lease lost")

// taken is a job that this worker holds, until its lease ends.
type taken struct {
	ID      int64
	Kind    string
	Args    json.RawMessage
	Attempt int64
	Tries   int
	Key     *string `db:"unique_key"`
}

// take leases due jobs, the longest due first; no other worker gets them.
func (w *Worker) take(ctx context.Context, most int) ([]taken, error) {
	if most <= 0 {
		return nil, nil
	}
	// Not cut short by the end of ctx: a lease whose answer is lost delays the job.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), w.Lease/2)
	defer cancel()
	var jobs []taken
	err := w.db.Select(ctx, &jobs, `
		with due as (
			select id from jobs where state = 'ready' and run_at <= now() and kind = any($1)
			order by run_at limit $2 for update skip locked)
		update jobs j set attempt = attempt + 1, tries = tries + 1, leased = true, run_at = now() + $3 * interval '1 millisecond'
		from due where j.id = due.id
		returning j.id, j.kind, j.args, j.attempt, j.tries, j.unique_key`,
		pq.Array(w.kinds), most, w.Lease.Milliseconds())
	return jobs, err
}

// do runs one job and writes down how it went.
func (w *Worker) do(ctx context.Context, j taken) {
	start := time.Now()
	err := w.handle(ctx, j)
	took := time.Since(start)
	if w.Observe != nil {
		w.Observe(j.Kind, took, err)
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), w.Lease)
	defer cancel()
	var written error
	switch {
	case errors.Is(err, errLost):
		w.log.WarnContext(ctx, "job was taken over by another worker", "kind", j.Kind, "id", j.ID)
		return
	case err != nil && ctx.Err() != nil:
		written = w.giveBack(end, j)
	case err != nil:
		written = w.fail(end, j, err)
	default:
		written = w.finish(end, j)
	}
	if written != nil {
		w.log.WarnContext(ctx, "job will run again, its end was not written", "kind", j.Kind, "id", j.ID, "error", written)
	}
}

// handle calls the handler, keeping the lease alive meanwhile.
func (w *Worker) handle(ctx context.Context, j taken) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go w.hold(ctx, j, cancel)
	defer func() {
		if p := recover(); p != nil {
			w.log.ErrorContext(ctx, "job panicked", "kind", j.Kind, "id", j.ID, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
		if errors.Is(context.Cause(ctx), errLost) {
			err = errLost
		}
	}()
	return w.handlers[j.Kind](ctx, j.Args)
}

// hold renews the lease until the job ends; a lease that was lost ends the job.
func (w *Worker) hold(ctx context.Context, j taken, end context.CancelCauseFunc) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(w.Lease / 3):
		}
		err := w.own(w.db.Exec(ctx, `update jobs set run_at = now() + $3 * interval '1 millisecond'
			where id = $1 and attempt = $2 and leased`, j.ID, j.Attempt, w.Lease.Milliseconds()))
		if errors.Is(err, errLost) {
			end(errLost)
			return
		}
	}
}

// own turns an update of no row into errLost: the attempt is a fencing token.
func (w *Worker) own(res sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errLost)
	}
	return nil
}

// finish removes a job that is done, unless it was asked for again meanwhile or
// comes round by itself.
func (w *Worker) finish(ctx context.Context, j taken) error {
	if every, ok := w.recurring[j.Kind]; ok && j.Key != nil && *j.Key == recurringKey {
		return w.own(w.db.Exec(ctx, `update jobs set leased = false, again = false, tries = 0, last_error = '',
			run_at = now() + $3 * interval '1 millisecond' where id = $1 and attempt = $2 and leased`,
			j.ID, j.Attempt, every.Milliseconds()))
	}
	err := w.own(w.db.Exec(ctx, `delete from jobs where id = $1 and attempt = $2 and leased and not again`, j.ID, j.Attempt))
	if !errors.Is(err, errLost) {
		return err
	}
	return w.own(w.db.Exec(ctx, `update jobs set leased = false, again = false, tries = 0, last_error = '', run_at = now()
		where id = $1 and attempt = $2 and leased`, j.ID, j.Attempt))
}

// fail puts a job off, longer each time, and aside after its last try or when it
// is hopeless. What comes round by itself is never put aside.
func (w *Worker) fail(ctx context.Context, j taken, cause error) error {
	every, recurs := w.recurring[j.Kind]
	wait, state := backoff(j.Tries), "ready"
	switch {
	case recurs:
		wait = min(wait, every)
	case j.Tries >= w.Tries, errors.As(cause, &hopeless{}):
		wait, state = 0, "failed" // run_at stays as the time of its end
	}
	text := strings.ToValidUTF8(strings.ReplaceAll(cause.Error(), "\x00", "\uFFFD"), "\uFFFD") // or it could not be written
	w.log.ErrorContext(ctx, "job failed", "kind", j.Kind, "id", j.ID, "try", j.Tries, "state", state, "error", text)
	return w.own(w.db.Exec(ctx, `update jobs set leased = false, again = false,
		state = case when again then 'ready' else $3 end, tries = case when again then 0 else tries end, last_error = left($4, 500),
		run_at = now() + $5 * interval '1 millisecond' where id = $1 and attempt = $2 and leased`,
		j.ID, j.Attempt, state, text, wait.Milliseconds()))
}

// giveBack returns a job that the end of the portal cut short: that was no try.
func (w *Worker) giveBack(ctx context.Context, j taken) error {
	return w.own(w.db.Exec(ctx, `update jobs set leased = false, again = false, tries = tries - 1, run_at = now()
		where id = $1 and attempt = $2 and leased`, j.ID, j.Attempt))
}

// backoff grows from a second to an hour, give or take a half, so that what
// failed together does not come back together.
func backoff(try int) time.Duration {
	wait := min(time.Second<<min(try-1, 12), time.Hour)
	return wait/2 + rand.N(wait) //nolint:gosec // spread, not secrecy
}
