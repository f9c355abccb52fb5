package command

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/job"
)

func jobs() Command {
	return Command{Name: "jobs", Usage: "[--retry ID|all] [--drop ID]",
		Short: "list background work that was put aside; try it again, or give it up", Run: runJobs}
}

func runJobs(ctx context.Context, e Env, args []string) (err error) {
	flags := e.Flags("jobs")
	retry := flags.String("retry", "", "the number of a dead job, or all")
	drop := flags.Int64("drop", 0, "the number of a dead job")
	if err := e.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	if *retry != "" && *drop != 0 {
		return Usagef("give --retry or --drop, not both")
	}
	one, err := strconv.ParseInt(*retry, 10, 64)
	if *retry != "" && *retry != "all" && err != nil {
		return Usagef("--retry is %q: give the number of a job, or all", *retry)
	}
	d, err := e.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	switch {
	case *retry == "all":
		return e.retryAll(ctx, d)
	case *retry != "":
		if err := job.Retry(ctx, d.Work, one); err != nil {
			return notDead(err, one)
		}
		e.Printf("job %d waits again\n", one)
	case *drop != 0:
		if err := job.Drop(ctx, d.Work, *drop); err != nil {
			return notDead(err, *drop)
		}
		e.Printf("job %d is given up\n", *drop)
	default:
		return e.listJobs(ctx, d)
	}
	return nil
}

// notDead says in words why a job is left as it is.
func notDead(err error, id int64) error {
	switch {
	case errors.Is(err, fault.ErrNotFound):
		return fmt.Errorf("there is no dead job %d: portal jobs lists them", id)
	case errors.Is(err, fault.ErrConflict):
		return fmt.Errorf("job %d stays dead: a newer one does the same already, so drop it", id)
	}
	return err
}

// retryAll lets all dead jobs wait again, but for those that a newer one stands in for.
func (e Env) retryAll(ctx context.Context, d *Database) error {
	dead, err := job.Aside(ctx, d.Work)
	if err != nil {
		return err
	}
	again := 0
	for _, j := range dead {
		switch err := job.Retry(ctx, d.Work, j.ID); {
		case err == nil:
			again++
		case errors.Is(err, fault.ErrConflict), errors.Is(err, fault.ErrNotFound): // somebody was quicker
		default:
			return err
		}
	}
	e.Printf("%d of %d dead jobs wait again\n", again, len(dead))
	return nil
}

// listJobs tells how many jobs wait, and each dead one with its reason.
func (e Env) listJobs(ctx context.Context, d *Database) error {
	waiting, err := job.Waiting(ctx, d.Work)
	if err != nil {
		return err
	}
	dead, err := job.Aside(ctx, d.Work)
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	for _, kind := range slices.Sorted(maps.Keys(waiting)) {
		_, _ = fmt.Fprintf(out, "%s\t%d waiting\n", kind, waiting[kind])
	}
	_, _ = fmt.Fprintf(out, "dead\t%d\n", len(dead))
	if len(dead) > 0 {
		_, _ = fmt.Fprintf(out, "\nID\tKIND\tFAILED AT\tTRIES\tLAST ERROR\n")
	}
	for _, j := range dead {
		_, _ = fmt.Fprintf(out, "%d\t%s\t%s\t%d\t%s\n", j.ID, j.Kind, j.FailedAt.UTC().Format(time.RFC3339), j.Tries, oneLine(j.Reason))
	}
	return out.Flush()
}

// oneLine keeps a reason on its line, whatever is in it.
func oneLine(s string) string { return strconv.Quote(s) }
