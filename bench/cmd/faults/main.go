// Faults shows what survives: the portal is killed with kill -9 while it takes
// in a feed and while people register, a worker freezes beyond its lease, and
// PostgreSQL is killed and frozen under load. Nothing that was acknowledged may
// be lost or doubled, and readers get a quick 503, never a hang.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"ecms/portal/bench/rig"
)

func main() {
	kills := flag.Int("kills", 20, "times the portal is killed during imports, by file and by POST each")
	outages := flag.Int("outages", 5, "times PostgreSQL is killed and restarted under load")
	signUps := flag.Int("sign-ups", 50, "times one of two portals is killed while people register")
	only := flag.String("only", "imports,postgres,sign-ups", "what to try")
	dir := flag.String("dir", os.TempDir()+"/ecms-portal-faults", "folder for PostgreSQL's data")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *dir, trials{*only, *kills, *outages, *signUps}); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

// trials are what to try, and how often.
type trials struct {
	only                    string
	kills, outages, signUps int
}

func run(ctx context.Context, dir string, t trials) error {
	b, err := rig.NewBed(ctx, dir)
	if err != nil {
		return err
	}
	defer b.Close()
	db, err := b.Fresh(ctx, "faults")
	if err != nil {
		return err
	}
	defer db.Close()
	for _, trial := range []struct {
		name, what string
		try        func() error
	}{
		{"imports", "portal killed during imports", func() error { return killPortal(ctx, b, db, t.kills) }},
		{"postgres", "PostgreSQL away under load", func() error { return killPostgres(ctx, b, db, t.outages) }},
		{"sign-ups", "portal killed during sign-ups", func() error { return killSignUps(ctx, b, t.signUps) }},
	} {
		if !strings.Contains(t.only, trial.name) {
			continue
		}
		if err := trial.try(); err != nil {
			return fmt.Errorf("%s: %w", trial.what, err)
		}
	}
	return nil
}
