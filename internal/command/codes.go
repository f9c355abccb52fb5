package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"
)

func codes() Command {
	return Command{Name: "codes", Usage: "[--json]",
		Short: "list raw codes that the code table does not translate yet", Run: runCodes}
}

func runCodes(ctx context.Context, e Env, args []string) (err error) {
	flags := e.Flags("codes")
	asJSON := flags.Bool("json", false, "print JSON")
	if err := e.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	d, err := e.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	unknown, err := d.Shipments.UnknownCodes(ctx)
	if err != nil {
		return err
	}
	if *asJSON {
		return e.printJSON(unknown)
	}
	if len(unknown) == 0 {
		e.Printf("Every code has a meaning.\n")
		return nil
	}
	w := tabwriter.NewWriter(e.Stdout, 0, 8, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "SOURCE\tCODE\tCOUNT\tFIRST SEEN\tLAST SEEN")
	for _, c := range unknown {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\n", c.Source, c.Code, c.Count,
			c.FirstSeen.Format(time.RFC3339), c.LastSeen.Format(time.RFC3339))
	}
	return w.Flush()
}

func (e Env) printJSON(v any) error {
	enc := json.NewEncoder(e.Stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
