// Bench measures what the portal is held to, each figure as a ratio in one run:
// ingestion beside a plain COPY, the lookup page beside a hand-written one, 304
// beside 200, gzip on beside off, memory under load, the dashboard beside the
// lookup page, lookups beside sign-ins, and what answers tell of who is known.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"ecms/portal/bench/rig"
)

// everything is what can be measured, in this order.
const everything = "import,lookup,dashboard,sign-in,enumeration"

type settings struct {
	only    string
	parcels int
	events  int
	pairs   int
	seconds int
	keep    string
}

func main() {
	var s settings
	flag.StringVar(&s.only, "only", everything, "what to measure")
	flag.IntVar(&s.parcels, "parcels", 1_000_000, "parcels in the lookup database, 8 checkpoints each")
	flag.IntVar(&s.events, "import-parcels", 125_000, "parcels in the import file, 8 checkpoints each")
	flag.IntVar(&s.pairs, "pairs", 5, "pairs of runs; the median of their ratios counts")
	flag.IntVar(&s.seconds, "seconds", 10, "seconds a run")
	flag.StringVar(&s.keep, "dir", defaultDir(), "folder for PostgreSQL's data, reused by the next run")
	flag.Parse()
	if err := s.check(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func defaultDir() string {
	return os.TempDir() + "/ecms-portal-bench"
}

func run(ctx context.Context, s settings) error {
	b, err := rig.NewBed(ctx, s.keep)
	if err != nil {
		return err
	}
	defer b.Close()
	t := table{}
	for _, m := range []struct {
		name string
		take func(context.Context, *rig.Bed, settings, *table) error
	}{
		{"import", importing}, {"lookup", lookups}, {"dashboard", dashboard}, {"sign-in", signIns}, {"enumeration", enumeration},
	} {
		if !slices.Contains(strings.Split(s.only, ","), m.name) {
			continue
		}
		if err := m.take(ctx, b, s, &t); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	t.print(os.Stdout)
	return nil
}

// check refuses what would measure nothing, before it takes half an hour.
func (s settings) check() error {
	for part := range strings.SplitSeq(s.only, ",") {
		if !slices.Contains(strings.Split(everything, ","), part) {
			return fmt.Errorf("-only %s: there are %s", s.only, everything)
		}
	}
	for _, n := range []struct {
		flag         string
		value, least int
	}{{"parcels", s.parcels, 1}, {"import-parcels", s.events, 1000}, {"pairs", s.pairs, 1}, {"seconds", s.seconds, 1}} {
		if n.value < n.least {
			return fmt.Errorf("-%s %d: at least %d", n.flag, n.value, n.least)
		}
	}
	return nil
}

func (s settings) turn() time.Duration { return time.Duration(s.seconds) * time.Second }
