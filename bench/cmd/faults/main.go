// Faults shows what survives: the portal is killed with kill -9 while it takes
// in a feed, while people register and while consignees hand in identities; a
// worker freezes beyond its lease, PostgreSQL is killed and frozen under load, and
// keys are wrapped anew beneath running requests. What people gave is looked for in
// all that the portal leaves behind. Nothing that was acknowledged may
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
	identities := flag.Int("identities", 100, "times the portal is killed while consignees upload and submit")
	records := flag.Int("records", 10_000, "records whose keys are wrapped anew while requests run")
	casts := flag.Int("casts", 4, "times that a cast goes through all identity flows before secrets are looked for")
	only := flag.String("only", "imports,postgres,sign-ups,identities,rotation,secrets", "what to try")
	dir := flag.String("dir", os.TempDir()+"/ecms-portal-faults", "folder for PostgreSQL's data")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *dir, trials{*only, *kills, *outages, *signUps, *identities, *records, *casts}); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

// trials are what to try, and how often.
type trials struct {
	only                                         string
	kills, outages, signUps, identities, records int
	casts                                        int
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
		{"identities", "portal killed during uploads and submissions", func() error { return killIdentities(ctx, b, t.identities) }},
		{"rotation", "keys rotated beneath requests", func() error { return rotate(ctx, b, t.records) }},
		{"secrets", "secrets in what a portal leaves behind", func() error { return leak(ctx, b, t.casts) }},
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
