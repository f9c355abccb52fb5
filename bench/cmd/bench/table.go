package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// table gathers the figures of a run and prints them beside what is asked.
type table struct{ rows []row }

type row struct {
	what, floor, aim string
	figure           float64
	unit             string
}

func (t *table) add(what string, figure float64, unit, floor, aim string) {
	t.rows = append(t.rows, row{what, floor, aim, figure, unit})
	fmt.Printf("  %s: %.2f%s (floor %s, aim %s)\n", what, figure, unit, floor, aim)
}

func (t *table) print(w io.Writer) {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "\nfigure\tmeasured\tfloor\taim")
	for _, r := range t.rows {
		_, _ = fmt.Fprintf(tw, "%s\t%.2f%s\t%s\t%s\n", r.what, r.figure, r.unit, r.floor, r.aim)
	}
	_ = tw.Flush()
}
