package command

import (
	"context"
	"errors"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/embedded"
)

func migrate() Command {
	return Command{Name: "migrate", Short: "bring the database's tables up to this build; serve does it too", Run: runMigrate}
}

func runMigrate(ctx context.Context, e Env, args []string) (err error) {
	if err := e.Parse(e.Flags("migrate"), args, 0, 0); err != nil {
		return err
	}
	c, err := e.Config()
	if err != nil {
		return err
	}
	d, err := e.reach(ctx, c, embedded.Join, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	from, to, err := postgres.Migrate(ctx, d.URL)
	if err != nil {
		return err
	}
	e.Printf("migrated from %d to %d\n", from, to)
	return nil
}
