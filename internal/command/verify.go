package command

import (
	"context"
	"errors"
	"fmt"
)

func verify() Command {
	return Command{Name: "verify",
		Short: "work out every status and public view anew and compare; 1: some differ", Run: runVerify}
}

func runVerify(ctx context.Context, e Env, args []string) (err error) {
	if err := e.Parse(e.Flags("verify"), args, 0, 0); err != nil {
		return err
	}
	d, err := e.Open(ctx)
	if err != nil {
		return otherwise(err)
	}
	defer func() { err = errors.Join(err, otherwise(d.Close())) }()
	report, err := d.Shipments.Verify(ctx, e.counter("verified"))
	if err != nil {
		return otherwise(err)
	}
	copies, err := d.Shelf.Verify(ctx)
	if err != nil {
		return otherwise(err)
	}
	report.Faults = append(report.Faults, copies...)
	if err := e.printJSON(report); err != nil {
		return otherwise(err)
	}
	if n := len(report.Faults); n > 0 {
		return ended{statusFailed, fmt.Errorf("%d values differ; portal rebuild mends them", n)}
	}
	return nil
}

// counter tells about each second how many shipments were seen.
func (e Env) counter(verb string) func(int) {
	next := e.Now().Add(progressPace)
	return func(shipments int) {
		if now := e.Now(); !now.Before(next) {
			next = now.Add(progressPace)
			e.say("%s %d shipments", verb, shipments)
		}
	}
}
