package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"ecms/portal/internal/shipment/feed"
)

// statusOther is how an import ends when not a row but something else is wrong.
const statusOther = 3

// progressPace is how often progress is told.
const progressPace = time.Second

// ended is an error with an exit status of its own.
type ended struct {
	status int
	err    error
}

// Error gives the line to print.
func (e ended) Error() string { return e.err.Error() }

// Unwrap gives the cause.
func (e ended) Unwrap() error { return e.err }

func importFeed() Command {
	return Command{Name: "import", Usage: "shipments|checkpoints FILE|- [--format csv|jsonl] [--report FILE]",
		Short: "take a carrier's file in; 0: all rows, 1: some are bad, 3: stopped", Run: runImport}
}

func runImport(ctx context.Context, e Env, args []string) (err error) {
	job, err := e.readImport(args)
	if err != nil {
		return err
	}
	in, err := e.input(ctx, job.path)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	d, err := e.Open(ctx)
	if err != nil {
		return otherwise(err)
	}
	defer func() { err = errors.Join(err, otherwise(d.Close())) }()
	teller := newTeller(e)
	im := feed.Importer{Store: d.Shipments, Now: e.Now}
	take := im.Checkpoints
	if job.what == "shipments" {
		take = im.Shipments
	}
	report, failed := take(ctx, in, job.format, feed.Options{Origin: "file", Progress: teller.hear})
	teller.last()
	if err := e.giveReport(job, report); err != nil {
		return otherwise(errors.Join(failed, err))
	}
	switch {
	case errors.Is(failed, feed.ErrRefused):
		return ended{statusFailed, failed}
	case failed != nil && ctx.Err() != nil:
		return ended{statusOther, errors.New("stopped; what is reported is in, and the same call goes on from there")}
	case failed != nil:
		return otherwise(failed)
	case !report.Clean():
		return ended{statusFailed, fmt.Errorf("%d of %d rows rejected", report.Rejected, report.Received)}
	}
	return nil
}

// otherwise gives an error the status for what is not a bad row; a mistake in
// the configuration keeps its own.
func otherwise(err error) error {
	var usage Usage
	if err == nil || errors.As(err, &usage) {
		return err
	}
	return ended{statusOther, err}
}

// importJob is what a call asks for.
type importJob struct {
	what, path, report string
	format             feed.Format
}

func (e Env) readImport(args []string) (importJob, error) {
	flags := e.Flags("import")
	format := flags.String("format", "", "csv or jsonl; else by the name or the first byte")
	report := flags.String("report", "", "also write the report to this file")
	var words []string
	for rest := args; ; rest = flags.Args()[1:] { // flags may come behind the file
		if err := e.Parse(flags, rest, 0, len(rest)); err != nil {
			return importJob{}, err
		}
		if flags.NArg() == 0 {
			break
		}
		words = append(words, flags.Arg(0))
	}
	if len(words) != 2 || words[0] != "shipments" && words[0] != "checkpoints" {
		return importJob{}, Usagef("call it as: portal import %s", importFeed().Usage)
	}
	f, err := feed.ParseFormat(*format)
	if err != nil {
		return importJob{}, Usage{err}
	}
	if f == feed.Unknown {
		f = feed.FormatOf(words[1])
	}
	return importJob{words[0], words[1], *report, f}, nil
}

// input opens the file. When ctx ends, standard input does, too: nobody knows
// when a pipe or a person goes on.
func (e Env) input(ctx context.Context, path string) (io.ReadCloser, error) {
	if path == "-" {
		in, out := io.Pipe()
		go func() {
			_, err := io.Copy(out, e.Stdin)
			_ = out.CloseWithError(err) // nil is the end of the file
		}()
		context.AfterFunc(ctx, func() { _ = in.CloseWithError(context.Cause(ctx)) })
		return in, nil
	}
	f, err := os.Open(path) //nolint:gosec // the person who calls names the file
	if err != nil {
		return nil, Usage{err}
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil, errors.Join(Usagef("%s is a directory", path), err, f.Close())
	}
	return f, nil
}

// giveReport prints the report, and writes it to the file that was asked for.
func (e Env) giveReport(job importJob, report feed.Report) error {
	text, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	text = append(text, '\n')
	_, err = e.Stdout.Write(text)
	if job.report != "" {
		err = errors.Join(err, os.WriteFile(job.report, text, 0o600))
	}
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// teller prints progress about each second, and what is committed as soon as
// that has grown.
type teller struct {
	mu     sync.Mutex
	env    Env
	next   time.Time
	latest feed.Progress
	told   feed.Progress
}

func newTeller(e Env) *teller { return &teller{env: e, next: e.Now().Add(progressPace)} }

func (t *teller) hear(p feed.Progress) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.latest = p
	if now := t.env.Now(); !now.Before(t.next) {
		t.next = now.Add(progressPace)
		t.print()
	}
}

// last prints where the import stands at its end.
func (t *teller) last() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.print()
}

func (t *teller) print() {
	p := t.latest
	if p.Rows == 0 {
		t.env.say("read %d lines", p.Read)
	} else {
		t.env.say("read %d lines, written %d of %d rows", p.Read, p.Written, p.Rows)
	}
	if p.CommittedThrough > t.told.CommittedThrough {
		t.env.say("committed through line %d", p.CommittedThrough)
	}
	t.told = p
}
