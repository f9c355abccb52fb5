package command

import (
	"context"
	"encoding/json"
)

func routes() Command {
	return Command{Name: "routes", Short: "print the site map as JSON: method, path, group and class of every route", Run: runRoutes}
}

func runRoutes(_ context.Context, e Env, args []string) error {
	if err := e.Parse(e.Flags("routes"), args, 0, 0); err != nil {
		return err
	}
	out := json.NewEncoder(e.Stdout)
	out.SetIndent("", "  ")
	return out.Encode(e.Edge(Site{}).Routes)
}
