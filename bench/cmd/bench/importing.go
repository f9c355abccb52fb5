package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"ecms/portal/bench/feedgen"
	"ecms/portal/bench/rig"
)

// base is the day around which the generated parcels live.
func base() time.Time { return time.Now().UTC().Truncate(24 * time.Hour) }

type report struct {
	Received, Added, Replaced, Unchanged, Waiting, Rejected int
	Errors                                                  []struct{ Line int }
}

// importing measures `portal import checkpoints` against one plain COPY.
func importing(ctx context.Context, b *rig.Bed, s settings, t *table) error {
	span := feedgen.Span{From: 0, To: s.events}
	files, err := importFiles(b.Dir, span)
	if err != nil {
		return err
	}
	rows, err := copyRows(files.ordered)
	if err != nil {
		return err
	}
	for _, order := range []struct{ name, first, second string }{
		{"in order of time", files.ordered, files.shuffled}, {"shuffled", files.shuffled, files.ordered},
	} {
		db, err := b.Fresh(ctx, "bench_import")
		if err != nil {
			return err
		}
		plain, err := timeCopy(ctx, db.SQL, rows)
		if err != nil {
			return err
		}
		if _, _, err := portalImport(ctx, b, db, "shipments", files.shipments); err != nil {
			return err
		}
		first, rep, err := portalImport(ctx, b, db, "checkpoints", order.first)
		if err != nil {
			return err
		}
		if rep.Added != len(rows) {
			return fmt.Errorf("import added %d of %d rows", rep.Added, len(rows))
		}
		again, rep, err := portalImport(ctx, b, db, "checkpoints", order.second)
		if err != nil {
			return err
		}
		if rep.Unchanged != len(rows) {
			return fmt.Errorf("second import: %d of %d unchanged", rep.Unchanged, len(rows))
		}
		fmt.Printf("import of %d rows %s: COPY %.0f rows/s, first %.0f rows/s, again %.0f rows/s\n", len(rows), order.name,
			rowsPerSecond(len(rows), plain), rowsPerSecond(len(rows), first), rowsPerSecond(len(rows), again))
		t.add("import "+order.name+", of COPY", percent(plain.Seconds(), first.Seconds()), " %", "25 %", "40 %")
		t.add("same rows again in another order, of the first", first.Seconds()/again.Seconds(), "x", "1.3x", "1.6x")
		db.Close()
	}
	return badRows(ctx, b, files, len(rows))
}

type feedFiles struct{ shipments, ordered, shuffled string }

func importFiles(dir string, span feedgen.Span) (feedFiles, error) {
	f := feedFiles{filepath.Join(dir, "shipments.csv"), filepath.Join(dir, "ordered.csv"), filepath.Join(dir, "shuffled.csv")}
	return f, errors.Join(
		writeFile(f.shipments, func(w io.Writer) error { return feedgen.Shipments(w, span, base()) }),
		writeFile(f.ordered, func(w io.Writer) error { _, err := feedgen.Checkpoints(w, span, base(), false); return err }),
		writeFile(f.shuffled, func(w io.Writer) error { _, err := feedgen.Checkpoints(w, span, base(), true); return err }))
}

func writeFile(name string, fill func(io.Writer) error) error {
	f, err := os.Create(name) //nolint:gosec // the run's own file
	if err != nil {
		return err
	}
	return errors.Join(fill(f), f.Close())
}

// portalImport runs the command as an operator would and reads its report.
func portalImport(ctx context.Context, b *rig.Bed, db *rig.Database, kind, file string) (time.Duration, report, error) {
	out := file + ".report"
	start := time.Now()
	err := b.Portal(ctx, db, io.Discard, "import", "--report", out, kind, file)
	took := time.Since(start)
	var rep report
	text, readErr := os.ReadFile(out) //nolint:gosec // the run's own file
	if readErr == nil {
		readErr = json.Unmarshal(text, &rep)
	}
	var exit interface{ ExitCode() int }
	if errors.As(err, &exit) && exit.ExitCode() == 1 { // some rows were refused, as they should
		err = nil
	}
	return took, rep, errors.Join(err, readErr)
}

// badRows spoils 1,000 lines in 20 ways and asks that each is reported at its
// line while every good row goes in.
func badRows(ctx context.Context, b *rig.Bed, files feedFiles, rows int) error {
	spoiled := files.ordered + ".spoiled"
	bad, err := spoil(files.ordered, spoiled, 1000)
	if err != nil {
		return err
	}
	db, err := b.Fresh(ctx, "bench_import")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, _, err := portalImport(ctx, b, db, "shipments", files.shipments); err != nil {
		return err
	}
	_, rep, err := portalImport(ctx, b, db, "checkpoints", spoiled)
	if err != nil {
		return err
	}
	if err := judge(bad, rep, rows); err != nil {
		return fmt.Errorf("spoiled file: %w", err)
	}
	fmt.Printf("spoiled file: 1000 bad rows of %d kinds reported at their lines, %d good rows in\n", len(spoilers), rep.Added)
	return nil
}
