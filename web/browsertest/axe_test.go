//go:build browser

package browsertest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

var axeSource = sync.OnceValues(func() (string, error) {
	src, err := os.ReadFile(filepath.Join(root, "node_modules", "axe-core", "axe.min.js"))
	return string(src), err
})

// axe runs every rule of axe-core that is on by default, and the target size
// of WCAG 2.2, over the open page and gives one line per fault. A gallery page
// that repeats a component may hold two landmarks of one name. Of a page that was
// looked at in light, the dark look differs in its colours alone.
func (b *tab) axe(repeats, coloursAlone bool) (faults []string) {
	b.t.Helper()
	src, err := axeSource()
	if err != nil {
		b.t.Fatalf("axe-core is not installed (make browser does it): %v", err)
	}
	if !ask[bool](b, "typeof window.axe === 'object'") {
		ask[any](b, src+";0")
	}
	type violation struct {
		ID, Impact, Help string
		Nodes            []string
	}
	rules := fmt.Sprintf(`rules: {"target-size": {enabled: true}, "landmark-unique": {enabled: %t}}`, !repeats)
	if coloursAlone {
		rules = `runOnly: ["color-contrast", "link-in-text-block"]`
	}
	found := ask[[]violation](b, fmt.Sprintf(`axe.run(document, {resultTypes: ["violations"], %s}).then(r => r.violations.map(v => ({ID: v.id, Impact: v.impact ?? "", Help: v.help,
			Nodes: v.nodes.slice(0, 3).map(n => n.target.join(" ") + ": " + n.failureSummary.split("\n").slice(1, 3).join(" ").trim())})))`, rules))
	for _, v := range found {
		faults = append(faults, fmt.Sprintf("axe %s (%s): %s: %s", v.ID, v.Impact, v.Help, strings.Join(v.Nodes, " | ")))
	}
	return faults
}

// wide tells whether the page must be scrolled sideways, and what sticks out.
func (b *tab) wide() (faults []string) {
	b.t.Helper()
	over := ask[[]string](b, `(() => {
		const room = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= room) return [];
		return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > room + 1)
			.slice(-3).map(e => e.tagName.toLowerCase() + "." + e.className).concat("page " + document.documentElement.scrollWidth + " px in " + room);
	})()`)
	if len(over) > 0 {
		faults = append(faults, "scrolls sideways: "+strings.Join(over, ", "))
	}
	return faults
}
