package command

import (
	"context"
	"strings"
)

// all lists the commands in the order in which help shows them.
func all() []Command {
	return []Command{
		serve(), migrate(), importFeed(), codes(), verify(), rebuild(), jobs(), loadDemo(), staff(), keys(), export(), votes(), hash(), routes(), version(), help(),
	}
}

func help() Command {
	return Command{Name: "help", Short: "list the commands", Run: runHelp}
}

func runHelp(_ context.Context, e Env, _ []string) error {
	e.Printf("portal COMMAND\n\n")
	for _, c := range all() {
		e.Printf("  %-44s %s\n", strings.TrimSpace(c.Name+" "+c.Usage), c.Short)
	}
	e.Printf("\nThe configuration is read from the environment; README.md has the table.\n")
	return nil
}

func version() Command {
	return Command{Name: "version", Short: "name this build", Run: runVersion}
}

func runVersion(_ context.Context, e Env, args []string) error {
	if err := e.Parse(e.Flags("version"), args, 0, 0); err != nil {
		return err
	}
	e.Printf("portal %s\n", e.Build)
	return nil
}
