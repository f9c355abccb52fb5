package job

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/postgres"
)

// Worker does the jobs of the kinds it was given, a few at a time. Set its fields
// and call Every before Run.
type Worker struct {
	// Slots is how many jobs run at once; 4 unless set.
	Slots int
	// Lease is for how long a taken job is safe without a sign of life; a dead
	// worker's job comes back after it. 30 seconds unless set.
	Lease time.Duration
	// Poll is how long to wait for a notification; 3 seconds unless set.
	Poll time.Duration
	// Grace is how long running jobs may go on after the end is asked for; 10
	// seconds unless set.
	Grace time.Duration
	// Tries is how often a job is tried before it is put aside; 12 unless set.
	Tries int
	// Observe, when set, hears of each job done or failed.
	Observe func(kind string, took time.Duration, err error)

	db        *postgres.DB
	listenURL string
	handlers  map[string]Handler
	kinds     []string
	recurring map[string]time.Duration
	log       *slog.Logger
	wake      chan struct{}
}

// NewWorker makes a worker on the Work pool; it listens on a connection of its own.
func NewWorker(db *postgres.DB, listenURL string, handlers map[string]Handler, log *slog.Logger) *Worker {
	w := &Worker{
		Slots: 4, Lease: 30 * time.Second, Poll: 3 * time.Second, Grace: 10 * time.Second, Tries: 12,
		db: db, listenURL: listenURL, handlers: handlers, log: log,
		recurring: map[string]time.Duration{}, wake: make(chan struct{}, 1),
	}
	for kind := range handlers {
		w.kinds = append(w.kinds, kind)
	}
	return w
}

// Run works until ctx ends, then lets running jobs finish. PostgreSQL may come
// and go meanwhile.
func (w *Worker) Run(ctx context.Context) error {
	listener, err := postgres.Listen(w.listenURL, w.heard)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	go w.listen(listener)
	go ping(ctx, listener)

	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	slots := make(chan struct{}, w.Slots)
	var running sync.WaitGroup
	seeded, away := false, false
	for ctx.Err() == nil {
		if !seeded {
			seeded = w.seed(ctx) == nil
		}
		jobs, err := w.take(ctx, w.Slots-len(slots))
		if err != nil && ctx.Err() == nil && !away {
			w.log.WarnContext(ctx, "jobs wait for the database", "error", err)
		}
		away = err != nil
		for _, j := range jobs {
			slots <- struct{}{}
			running.Go(func() {
				defer w.rouse()
				defer func() { <-slots }()
				w.do(working, j)
			})
		}
		if len(jobs) == 0 || len(slots) == w.Slots {
			w.rest(ctx)
		}
	}
	w.drain(ctx, &running, stop)
	return nil
}

// rest waits for news, or for the time to look without any.
func (w *Worker) rest(ctx context.Context) {
	look := time.NewTimer(w.Poll/2 + rand.N(w.Poll)) //nolint:gosec // spread, not secrecy
	defer look.Stop()
	select {
	case <-ctx.Done():
	case <-w.wake:
	case <-look.C:
	}
}

func (w *Worker) rouse() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// drain waits for what runs; what is not done in time is told to stop.
func (w *Worker) drain(ctx context.Context, running *sync.WaitGroup, stop context.CancelFunc) {
	done := make(chan struct{})
	go func() {
		running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(w.Grace):
		w.log.WarnContext(ctx, "jobs are cut short and will run again")
		stop()
		<-done
	}
}

// listen wakes the worker at each notification, and after each time that the
// connection was lost, when some may have been missed (nil).
func (w *Worker) listen(l *pq.Listener) {
	if err := l.Listen(channel); err != nil {
		return // closed; otherwise it waits for the database
	}
	w.rouse()
	for range l.Notify {
		w.rouse()
	}
}

// ping finds out about connections that died in silence.
func ping(ctx context.Context, l *pq.Listener) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Minute):
			_ = l.Ping() // a failure makes the listener connect anew
		}
	}
}

func (w *Worker) heard(event pq.ListenerEventType, err error) {
	if event == pq.ListenerEventDisconnected {
		w.log.Warn("listening for jobs was cut off", "error", err)
	}
}
