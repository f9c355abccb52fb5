package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime/debug"
	"time"

	"ecms/portal/internal/config"
	"ecms/portal/internal/contact"
	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/embedded"
)

// Site is what the HTTP edge is made of.
type Site struct {
	Config   config.Config
	Contact  contact.Card
	Database *Database
	Log      *slog.Logger
	Now      func() time.Time
	Build    string
}

// Edge is the HTTP edge as the commands know it.
type Edge struct {
	// Serve answers people until ctx ends, then lets running requests finish. It
	// calls ready once it listens.
	Serve func(ctx context.Context, ready func(net.Addr)) error
	// Routes is the site map, to be written as JSON.
	Routes any
	// JobDone hears of each background job, for the metrics.
	JobDone func(kind string, took time.Duration, err error)
	// Jobs are the kinds of background work.
	Jobs []Job
}

// Job is one kind of background work and how often it comes round by itself; 0 is never.
type Job struct {
	Kind  string
	Every time.Duration
	Do    job.Handler
}

// The garbage collector's measure: a lookup leaves little behind, so that a
// small heap is enough however many ask.
const (
	heapGrowth = 200       // percent
	heapLimit  = 224 << 20 // bytes; the largest pictures come near, imports and lookups never
)

func serve() Command {
	return Command{Name: "serve", Short: "serve the portal; without DATABASE_URL on a private PostgreSQL with demo parcels", Run: runServe}
}

func runServe(ctx context.Context, e Env, args []string) (err error) {
	if err := e.Parse(e.Flags("serve"), args, 0, 0); err != nil {
		return err
	}
	c, err := e.Config()
	if err != nil {
		return err
	}
	if c.Embedded {
		if err := c.MakeSecrets(); err != nil {
			return Usage{err}
		}
	}
	card, err := contact.Load(c.DataDir, c.Embedded)
	if err != nil {
		return Usage{err}
	}
	debug.SetGCPercent(heapGrowth)
	debug.SetMemoryLimit(heapLimit)
	log, end := newLog(e.Stderr)
	defer end()
	d, err := e.reach(context.WithoutCancel(ctx), c, embedded.Start, log) // the server outlives Ctrl-C until all is done
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.furnishCustoms(e, c); err != nil {
		return err
	}
	if err := prepareDatabase(ctx, e, c, d, log); err != nil {
		return err
	}
	return e.serveAll(ctx, Site{Config: c, Contact: card, Database: d, Log: log, Now: e.Now, Build: e.Build})
}

// prepareDatabase migrates, whoever looks after the database: one portal of many
// does it, the others wait. The private one also gets its demo parcels, once.
func prepareDatabase(ctx context.Context, e Env, c config.Config, d *Database, log *slog.Logger) error {
	from, to, err := postgres.Migrate(ctx, d.URL)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	if from != to {
		log.Info("database migrated", "from", from, "to", to)
	}
	if !c.Embedded {
		return nil
	}
	defer debug.FreeOSMemory() // loading takes far more than serving
	return e.loadDemoOnce(ctx, d)
}

// serveAll runs edge and workers, and keeps recent sessions meanwhile. The edge
// ends first, then the workers, so that what a last request enqueues is at least
// safe in its row.
func (e Env) serveAll(ctx context.Context, s Site) error {
	if e.Self != "" {
		h := startHashers(e.Self, []string{hash().Name}, s.Log)
		defer h.Close()
		s.Database.Accounts.HashBy(h.Sum)
	}
	edge := e.Edge(s)
	handlers := map[string]job.Handler{}
	for _, j := range edge.Jobs {
		handlers[j.Kind] = j.Do
	}
	worker := job.NewWorker(s.Database.Work, s.Database.URL, handlers, s.Log)
	worker.Observe = edge.JobDone
	for _, j := range edge.Jobs {
		if j.Every == 0 { // done when it is asked for, and only then
			continue
		}
		if err := worker.Every(j.Kind, j.Every); err != nil {
			return err
		}
	}
	working, rest := context.WithCancel(context.WithoutCancel(ctx))
	worked, kept := make(chan error, 1), make(chan error, 1)
	go func() { worked <- worker.Run(working) }()
	go func() { kept <- s.Database.Accounts.KeepRecent(working, s.Database.URL) }()
	err := edge.Serve(ctx, func(net.Addr) { e.greet(working, s) })
	rest()
	return errors.Join(err, <-worked, <-kept)
}
