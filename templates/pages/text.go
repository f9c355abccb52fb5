package pages

import (
	"strings"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// Sentence is the one line that answers where the parcel is.
func Sentence(l *locale.Locale, p *shipment.Public) string { return sentence(l, p) }

// Expected is when delivery is expected, as the page tells it: not for a parcel
// that has come to an end, good or bad.
func Expected(p *shipment.Public) (shipment.Expected, bool) {
	if p.Status.Tag == shipment.Delivered || ending(p.Status) != "" {
		return shipment.Expected{}, false
	}
	return p.Expected()
}

// TrackText is the public view of a parcel as plain text, in the page's order
// and words, one thing a line.
func TrackText(l *locale.Locale, p *TrackPage) string {
	t := textWriter{l: l}
	_, mark := steps(l, &p.Parcel)
	head := waybillHead(l, &p.Parcel, mark)
	t.line(l.T("waybill.number"), " ", head.Number)
	t.line(head.From, " → ", head.To)
	t.line(head.Sentence)
	if head.Updated != "" {
		t.line(head.Updated)
	}
	t.needed(p)
	if title, days, basis, ok := expected(l, p); ok {
		t.title(title)
		t.line(days)
		t.line(basis)
	}
	t.history(p)
	t.facts(p)
	return t.out.String()
}

type textWriter struct {
	out strings.Builder
	l   *locale.Locale
}

func (t *textWriter) line(parts ...string) {
	for _, part := range parts {
		t.out.WriteString(part)
	}
	t.out.WriteByte('\n')
}

func (t *textWriter) title(text string) { t.line("\n", text) }

func (t *textWriter) needed(p *TrackPage) {
	t.title(t.l.T("needed.title"))
	if len(p.Needs) == 0 {
		t.line(nothingNeeded(t.l, &p.Parcel))
	}
	for _, task := range tasks(t.l, p) {
		t.line(task.Task)
		t.line(task.Why)
		if task.Deadline.Day != "" {
			t.line(t.l.T("needed.by"), " ", t.l.Day(task.Deadline.Day))
			t.line(task.Deadline.Rule)
		} else {
			t.line(task.NoDeadline)
		}
		t.line(t.l.T("needed.otherwise"), " – ", task.Missed)
		t.line(t.l.T("needed.where"), " – ", task.Where)
	}
}

func (t *textWriter) history(p *TrackPage) {
	public := *p
	public.Private = nil
	h := history(t.l, &public)
	t.title(t.l.T("timeline.title"))
	if len(h.Events) == 0 {
		t.line(t.l.T("timeline.empty"))
		t.line(t.l.T("timeline.empty.next"))
		return
	}
	t.line(h.Clocks)
	for _, e := range h.Events {
		if e.Day != "" {
			t.line(e.Day)
		}
		t.line("  ", e.Time, " (", e.Other, ")  ", e.What, separator(e.Where), e.Where)
	}
}

func separator(where string) string {
	if where == "" {
		return ""
	}
	return " · "
}

func (t *textWriter) facts(p *TrackPage) {
	if p.Parcel.LastMileCarrier != "" || p.Parcel.LastMileNumber != "" {
		t.title(t.l.T("lastmile.title"))
		t.line(strings.TrimSpace(p.Parcel.LastMileCarrier + " " + p.Parcel.LastMileNumber))
	}
	if p.Parcel.Pieces > 1 {
		t.title(t.l.T("pieces.title"))
		t.line(t.l.T("pieces.of", "n", t.l.Number(int64(p.Parcel.Piece)), "of", t.l.Number(int64(p.Parcel.Pieces))))
	}
}

// FailureText is a failure as plain text.
func FailureText(l *locale.Locale, p FailurePage) string {
	t := textWriter{l: l}
	t.line(l.T(p.key() + ".title"))
	t.line(l.T(p.key() + ".what"))
	if p.RetryAfter > 0 {
		t.line(l.T("failure.wait", "wait", l.Wait(p.RetryAfter)))
	}
	t.line(l.T("failure.id"), " ", p.RequestID)
	return t.out.String()
}
