package main

import (
	"strconv"
	"time"
)

// writer appends to the page; s is trusted text, e is escaped.
type writer struct{ b []byte }

func (w *writer) s(parts ...string) {
	for _, p := range parts {
		w.b = append(w.b, p...)
	}
}

func (w *writer) e(text string) {
	last := 0
	for i := range len(text) {
		var esc string
		switch text[i] {
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '&':
			esc = "&amp;"
		case '"':
			esc = "&#34;"
		case '\'':
			esc = "&#39;"
		default:
			continue
		}
		w.b = append(append(w.b, text[last:i]...), esc...)
		last = i + 1
	}
	w.b = append(w.b, text[last:]...)
}

func (w *writer) two(n int) { w.b = append(w.b, "0123456789"[n/10], "0123456789"[n%10]) }

func (w *writer) clock(t time.Time) {
	h, m, _ := t.Clock()
	w.two(h)
	w.s(":")
	w.two(m)
}

func (w *writer) day(t *texts, at time.Time) {
	y, m, d := at.Date()
	w.b = strconv.AppendInt(w.b, int64(d), 10)
	w.s(" ", t.months[m], " ")
	w.b = strconv.AppendInt(w.b, int64(y), 10)
}

func (w *writer) offset(minutes int16) {
	w.s("UTC")
	switch {
	case minutes == 0:
		return
	case minutes < 0:
		w.s("−")
		minutes = -minutes
	default:
		w.s("+")
	}
	w.b = strconv.AppendInt(w.b, int64(minutes/60), 10)
	if minutes%60 != 0 {
		w.s(":")
		w.two(int(minutes % 60))
	}
}

func grouped(waybill string) string {
	return waybill[:2] + " " + waybill[2:6] + " " + waybill[6:10] + " " + waybill[10:]
}

// page writes the whole page of a parcel.
func (t *texts) page(b []byte, p *parcel) []byte {
	w := &writer{b}
	w.s(t.shell[0])
	w.e(t.tags[p.tag])
	w.s(" · ", grouped(p.waybill), " – ECMS Express", t.shell[1])
	t.head(w, p)
	w.s(`<div class="two"><div class="column"><section class="needed-from-you" aria-labelledby="needed"><h2 class="sr-only" id="needed">`)
	w.e(t.t["needed.title"])
	w.s(`</h2><p class="nothing">`)
	switch p.tag {
	case "Delivered":
		w.e(t.t["needed.nothing.delivered"])
	case "AvailableForPickup":
		w.e(t.t["needed.nothing.pickup"])
	default:
		w.e(t.t["needed.nothing"])
	}
	w.s(`</p></section>`)
	t.expected(w, p)
	t.progress(w, p)
	t.history(w, p)
	w.s(`</div><aside class="column" aria-label="`)
	w.e(t.t["track.more"])
	w.s(`">`)
	t.lastMile(w, p)
	w.s(t.unlock[0], p.waybill, t.unlock[1])
	answers := t.answers[p.tag == "Delivered"]
	w.s(answers[0])
	for _, part := range answers[1:] {
		w.s(p.waybill, part)
	}
	w.s(`</aside></div>`, t.shell[2])
	for _, part := range t.shell[3:] {
		w.s(p.waybill, part)
	}
	return w.b
}

func (t *texts) lastMile(w *writer, p *parcel) {
	w.s(`<section class="sheet facts" aria-labelledby="lastmile"><h2 id="lastmile">`)
	w.e(t.t["lastmile.title"])
	w.s(`</h2><dl><dt>`)
	w.e(t.t["lastmile.carrier"])
	w.s(`</dt><dd>`)
	w.e(p.lastMileCarrier)
	w.s(`</dd><dt>`)
	w.e(t.t["lastmile.number"])
	w.s(`</dt><dd><span class="code" translate="no">`)
	w.e(p.lastMileNumber)
	w.s(`</span><small>`)
	w.e(t.t["lastmile.note"])
	w.s(`</small></dd></dl></section>`)
}

// expected writes the promise of the service for a parcel still on its way.
func (t *texts) expected(w *writer, p *parcel) {
	if p.tag == "Delivered" || p.promisedFrom == "" {
		return
	}
	from, err := time.Parse(time.DateOnly, p.promisedFrom)
	if err != nil {
		return
	}
	to, err := time.Parse(time.DateOnly, p.promisedTo)
	if err != nil {
		return
	}
	w.s(`<section class="expected" aria-labelledby="expected"><h2 class="label" id="expected">`)
	passed := t.now().In(t.zone[p.zone]).Format(time.DateOnly) > p.promisedTo
	if passed {
		w.e(t.t["expected.title.passed"])
	} else {
		w.e(t.t["expected.title"])
	}
	w.s(`</h2><p class="days">`)
	w.b = strconv.AppendInt(w.b, int64(from.Day()), 10)
	switch {
	case from.Year() != to.Year():
		w.s(" ", t.months[from.Month()], " ", strconv.Itoa(from.Year()), " – ")
	case from.Month() != to.Month():
		w.s(" ", t.months[from.Month()], " – ")
	default:
		w.s("–")
	}
	w.day(t, to)
	w.s(`</p><p class="soft">`)
	if passed {
		w.e(t.t["expected.basis.passed"])
	} else {
		w.e(t.t["expected.basis.promise"])
	}
	w.s(`</p></section>`)
}
