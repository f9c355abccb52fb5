package job

import (
	"context"
	"fmt"
	"time"
)

// recurringKey is the unique key of the one row that comes round by itself.
const recurringKey = "every"

// Every lets a kind of job come round by itself, at an interval after each end,
// once among all portals on the database. Call it before Run.
func (w *Worker) Every(kind string, interval time.Duration) error {
	if _, ok := w.handlers[kind]; !ok {
		return fmt.Errorf("job: nobody handles %s", kind)
	}
	if interval <= 0 {
		return fmt.Errorf("job: %s cannot come round every %s", kind, interval)
	}
	w.recurring[kind] = interval
	return nil
}

// seed makes sure that each recurring kind has its row, due now when it is new;
// an interval that was shortened counts from now.
func (w *Worker) seed(ctx context.Context) error {
	for kind, every := range w.recurring {
		_, err := w.db.Exec(ctx, `
			insert into jobs (kind, unique_key) values ($1, $2)
			on conflict (kind, unique_key) where state = 'ready' and unique_key is not null
			do update set run_at = least(jobs.run_at, now() + $3 * interval '1 millisecond') where not jobs.leased`,
			kind, recurringKey, every.Milliseconds())
		if err != nil {
			return fmt.Errorf("seed job %s: %w", kind, err)
		}
	}
	return nil
}
