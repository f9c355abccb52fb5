package main

import (
	"strconv"
	"time"
)

func at(e *event) time.Time { return e.at.UTC().Add(time.Duration(e.offset) * time.Minute) }

// head writes the number, the answer in one sentence, and the route.
func (t *texts) head(w *writer, p *parcel) {
	w.s(`<header class="sheet waybill"><div class="waybill-top"><div><p class="label" id="number">`)
	w.e(t.t["waybill.number"])
	w.s(`</p><p class="number" translate="no">`, grouped(p.waybill), `</p><button class="copy" type="button" hidden data-copy="`, p.waybill, `" data-done="`)
	w.e(t.t["waybill.copied"])
	w.s(`">`)
	w.e(t.t["waybill.copy"])
	w.s(`</button></div><svg class="barcode" viewBox="0 0 189 30" aria-hidden="true" focusable="false"><path d="M0 15h189" stroke="currentColor" stroke-width="30" stroke-dasharray="2`)
	for i := range len(p.waybill) {
		c := p.waybill[i]
		w.s(" ")
		for shift := range 6 {
			w.b = append(w.b, '1'+(c>>shift)&3, ' ')
		}
	}
	w.s(`"></path></svg></div><div class="waybill-answer">`)
	if p.tag == "Delivered" {
		w.s(`<p class="stamp done">`)
	} else {
		w.s(`<p class="tag wait">`)
	}
	w.e(t.tags[p.tag])
	w.s(`</p><h1>`)
	newest := &p.events[0]
	w.e(t.sentence[[3]string{p.subtag, newest.country, p.destination}])
	w.s(`</h1><p class="soft">`, t.around["track.updated"][0])
	w.day(t, at(newest))
	w.s(", ")
	w.clock(at(newest))
	w.s(t.around["track.updated"][1])
	w.offset(newest.offset)
	w.s(t.around["track.updated"][2], `</p></div><p class="route"><span>`)
	w.e(t.country[p.origin])
	w.s(`</span> <span class="sr-only">`)
	w.e(t.t["waybill.to"])
	w.s(`</span> <svg viewBox="0 0 200 16" aria-hidden="true" focusable="false" preserveAspectRatio="none"><path class="way" d="M4 8h192"></path><path class="gone" d="M4 8h184"></path></svg> <span>`)
	w.e(t.country[p.destination])
	w.s(`</span></p></header>`)
}

// stage tells how many of the six stages are done, and which one is going on.
func stage(p *parcel) (done, now int) {
	if p.tag == "Delivered" {
		return 6, -1
	}
	best, complete := -1, false
	if p.accepted {
		best, complete = 0, true
	}
	for i := range p.events {
		s, c := -1, false
		switch e := &p.events[i]; {
		case e.code == "OutForDelivery_001" || e.code == "AvailableForPickup_001":
			s = 4
		case e.code == "InTransit_005":
			s, c = 3, true
		case e.code == "InTransit_006":
			s = 3
		case e.country == p.destination:
			s, c = 2, true
		case e.code == "InTransit_007":
			s = 1
		default:
			s, c = 0, true
		}
		if s > best || s == best && c {
			best, complete = s, c
		}
	}
	if complete {
		return best + 1, -1
	}
	return best, best
}

func (t *texts) progress(w *writer, p *parcel) {
	done, now := stage(p)
	w.s(`<section aria-labelledby="progress"><h2 class="sr-only" id="progress">`)
	w.e(t.t["progress.title"])
	w.s(`</h2><ol class="steps">`)
	for i := range 6 {
		state := "next"
		switch {
		case i < done:
			state = "done"
		case i == now:
			state = "now"
		}
		w.s(`<li class="`, state, `"`)
		if i == now {
			w.s(` aria-current="step"`)
		}
		w.s(`>`)
		switch i {
		case 0:
			w.e(t.t["progress.accepted"])
		case 1:
			w.s(t.around["progress.left"][0])
			w.e(t.in[p.origin])
		case 2:
			w.s(t.around["progress.arrived"][0])
			w.e(t.in[p.destination])
		case 3:
			w.e(t.t["progress.customs"])
		case 4:
			w.e(t.t["progress.delivery"])
		default:
			w.e(t.t["progress.delivered"])
		}
		w.s(` <small>`)
		w.e(t.t["progress."+state])
		w.s(`</small></li>`)
	}
	w.s(`</ol></section>`)
}

// history writes the timeline with both clocks.
func (t *texts) history(w *writer, p *parcel) {
	zone, city := t.zone[p.zone], t.city[p.zone]
	w.s(`<section class="history"><h2>`)
	w.e(t.t["timeline.title"])
	w.s(`</h2><p class="soft">`)
	w.e(t.around["timeline.clocks.destination"][0])
	w.e(city)
	w.e(t.around["timeline.clocks.destination"][1])
	folded := len(p.events) > 5
	w.s(`</p><ol`)
	if folded {
		w.s(` class="folded"`)
	}
	w.s(`>`)
	var day [3]int
	for i := range p.events {
		e := &p.events[i]
		local, other := at(e), e.at.In(zone)
		y, m, d := local.Date()
		if i == 3 && folded {
			w.s(`<li id="earlier">`)
		} else {
			w.s(`<li>`)
		}
		if today := [3]int{y, int(m), d}; today != day {
			day = today
			w.s(`<h3>`)
			w.day(t, local)
			w.s(`</h3>`)
		}
		w.s(`<p class="what">`)
		w.e(t.status[e.code])
		w.s(`</p><p>`)
		t.where(w, e)
		w.s(`</p><p class="when"><time datetime="`)
		w.stamp(local, e.offset)
		w.s(`">`)
		w.clock(local)
		w.s(" ")
		w.offset(e.offset)
		w.s(`</time> <span>`)
		w.e(city)
		oy, om, od := other.Date()
		switch before := y < oy || y == oy && (m < om || m == om && d < od); {
		case before:
			w.around(t.around["timeline.next_day"], other)
		case oy != y || om != m || od != d:
			w.around(t.around["timeline.day_before"], other)
		default:
			w.s(" ")
			w.clock(other)
		}
		w.s(`</span></p></li>`)
	}
	w.s(`</ol>`)
	if folded {
		t.earlier(w, len(p.events)-3)
	}
	w.s(`</section>`)
}

// where writes a facility's place and the country.
func (t *texts) where(w *writer, e *event) {
	if e.facility {
		w.e(e.place)
		w.s(", ")
	}
	w.e(t.country[e.country])
}

// earlier writes the link that unfolds the rest of a long timeline.
func (t *texts) earlier(w *writer, hidden int) {
	w.s(`<p class="earlier"><a href="#earlier">`, t.around["timeline.earlier.other"][0])
	w.b = strconv.AppendInt(w.b, int64(hidden), 10)
	w.s(t.around["timeline.earlier.other"][1], `</a></p>`)
}

// stamp writes an instant as machines read it.
func (w *writer) stamp(local time.Time, offset int16) {
	w.b = local.AppendFormat(w.b, "2006-01-02T15:04")
	if offset < 0 {
		w.s("-")
	} else {
		w.s("+")
	}
	w.two(abs(offset) / 60)
	w.s(":")
	w.two(abs(offset) % 60)
}

func abs(n int16) int { return int(max(n, -n)) }

// around writes a clock time inside the words for another day.
func (w *writer) around(words []string, at time.Time) {
	w.s(" ", words[0])
	w.clock(at)
	w.s(words[1])
}
