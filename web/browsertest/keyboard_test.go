//go:build browser

package browsertest_test

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stops lists what a keyboard must reach: everything that can be pressed,
// followed or filled and is not hidden. Each gets a number to be known by.
const stops = `(() => {
	const seen = e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
	const all = [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]")]
		.filter(e => !e.disabled && seen(e) && !(e.matches("[tabindex='-1']") && !e.matches("a[href],button,input,select,textarea,summary")));
	all.forEach((e, i) => e.dataset.stop = i);
	return all.map(e => e.tagName.toLowerCase() + (e.type === "date" ? " date " : " ") + JSON.stringify((e.innerText || e.name || e.value || "").trim().slice(0, 30)));
})()`

// focused tells which stop has the focus (-1: none) and whether one can see it:
// an outline, a ring or a border that the element doesn't have without focus.
const focused = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body || e === document.documentElement) return {Stop: -1, Seen: true};
	const s = getComputedStyle(e);
	const outline = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
	const r = e.getBoundingClientRect();
	return {Stop: Number(e.dataset.stop ?? -2), Seen: (outline || s.boxShadow !== "none") && r.width > 1 && r.height > 1};
})()`

// keyboard walks the page with the Tab key: every control is reached once
// around, and one can always see where one is.
func (b *tab) keyboard() (faults []string) {
	b.t.Helper()
	names := ask[[]string](b, stops)
	ask[any](b, `document.activeElement?.blur?.(), window.scrollTo(0, 0), 0`)
	type focus struct {
		Stop int
		Seen bool
	}
	reached := map[int]bool{}
	for range len(names) + 3 + 4*dates(names) {
		b.do(chromedp.KeyEvent(kb.Tab))
		at := ask[focus](b, focused)
		if at.Stop < 0 && len(reached) >= len(names) {
			break
		}
		if at.Stop >= 0 && at.Stop < len(names) {
			if !at.Seen && !reached[at.Stop] {
				faults = append(faults, "keyboard: no visible focus on "+names[at.Stop])
			}
			reached[at.Stop] = true
		}
	}
	var missed []string
	for i, name := range names {
		if !reached[i] && !b.sameRadio(i) {
			missed = append(missed, name)
		}
	}
	if len(missed) > 0 {
		faults = append(faults, fmt.Sprintf("keyboard: never reached %s", strings.Join(missed, ", ")))
	}
	return faults
}

// dates counts the fields for a day, in which Tab stops at day, month, year and
// the calendar.
func dates(names []string) (n int) {
	for _, name := range names {
		if strings.HasPrefix(name, "input date ") {
			n++
		}
	}
	return n
}

// sameRadio tells whether a stop is a radio button: Tab reaches one of a group,
// the arrow keys the others.
func (b *tab) sameRadio(stop int) bool {
	return ask[bool](b, fmt.Sprintf(`document.querySelector("[data-stop='%d']")?.type === "radio"`, stop))
}
