package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"ecms/portal/internal/faq"
	"ecms/portal/internal/locale"
)

// mostComments is how many comments are printed below the count.
const mostComments = 50

func votes() Command {
	return Command{Name: "votes", Usage: "[--days N]",
		Short: "tell which answers of the FAQ helped, the least useful first, and what visitors wrote", Run: runVotes}
}

func runVotes(ctx context.Context, e Env, args []string) (err error) {
	flags := e.Flags("votes")
	days := flags.Int("days", 90, "how far back to look")
	if err := e.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	if *days < 1 || *days > 36500 {
		return Usagef("--days is %d: give 1 to 36500", *days)
	}
	d, err := e.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	store, since := faq.NewStore(d.Web, e.Now), e.Now().AddDate(0, 0, -*days)
	tallies, err := store.Tallies(ctx, since)
	if err != nil {
		return err
	}
	if len(tallies) == 0 {
		e.Printf("Nobody voted in the last %d days.\n", *days)
		return nil
	}
	w := tabwriter.NewWriter(e.Stdout, 0, 8, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "ANSWER\tYES\tNO\tTITLE")
	for _, t := range tallies {
		_, _ = fmt.Fprintf(w, "%s\t%d\t%d\t%s\n", t.Question, t.Yes, t.No, titleOf(t.Question))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	comments, err := store.Comments(ctx, since, mostComments)
	for _, c := range comments {
		e.Printf("\n%s (%s): %s", c.Question, c.Language, onOneLine(c.Comment))
	}
	if len(comments) > 0 {
		e.Printf("\n")
	}
	return err
}

// titleOf is an answer's title in English; empty for one that is no more.
func titleOf(id string) string {
	q, _ := faq.Load(locale.English).Find(id)
	return q.Title
}

// onOneLine keeps what a visitor wrote from moving the terminal's cursor.
func onOneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' }), " ")
}
