// Faults shows what survives: the portal is killed with kill -9 while it takes
// in a feed, and PostgreSQL is killed and frozen under load. Nothing that was
// acknowledged may be lost or doubled, and readers get a quick 503, never a hang.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"ecms/portal/bench/rig"
)

func main() {
	kills := flag.Int("kills", 20, "times the portal is killed during imports, by file and by POST each")
	outages := flag.Int("outages", 5, "times PostgreSQL is killed and restarted under load")
	dir := flag.String("dir", os.TempDir()+"/ecms-portal-faults", "folder for PostgreSQL's data")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *dir, *kills, *outages); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, kills, outages int) error {
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
	if err := killPortal(ctx, b, db, kills); err != nil {
		return fmt.Errorf("portal killed during imports: %w", err)
	}
	if err := killPostgres(ctx, b, db, outages); err != nil {
		return fmt.Errorf("PostgreSQL away under load: %w", err)
	}
	return nil
}
