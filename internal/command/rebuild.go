package command

import (
	"context"
	"errors"
)

func rebuild() Command {
	return Command{Name: "rebuild",
		Short: "write every status and public view anew from the checkpoints", Run: runRebuild}
}

func runRebuild(ctx context.Context, e Env, args []string) (err error) {
	if err := e.Parse(e.Flags("rebuild"), args, 0, 0); err != nil {
		return err
	}
	d, err := e.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	copies, err := d.Shelf.Rebuild(ctx)
	if err != nil {
		return err
	}
	mended, err := d.Shipments.Rebuild(ctx, e.counter("read"))
	if err != nil {
		return err
	}
	e.Printf("%d parcels mended\n", copies+mended)
	return nil
}
