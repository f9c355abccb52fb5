package legal

import (
	"strings"

	"ecms/portal/internal/prose"
)

// Line is a paragraph or an item that only one of two versions has.
type Line struct {
	// Heading is the part that it stands in; empty before the first.
	Heading string
	Text    string
	// Removed tells that the older version had it; otherwise the newer has it.
	Removed bool
}

// Difference lists what newer has and older had not, and the other way round, in
// the order of the text. Lines that both have are left out.
func Difference(older, newer []prose.Block) []Line {
	a, b := linesOf(older), linesOf(newer)
	common := commonTails(a, b)
	var found []Line
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i].Text == b[j].Text:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			found = append(found, Line{Heading: a[i].Heading, Text: a[i].Text, Removed: true})
			i++
		default:
			found = append(found, b[j])
			j++
		}
	}
	return found
}

// commonTails counts, for each pair of places, how many lines the texts still
// have in common from there on.
func commonTails(a, b []Line) [][]int {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].Text == b[j].Text {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	return common
}

// linesOf gives the texts of all blocks, an item a line, with their headings.
func linesOf(blocks []prose.Block) (lines []Line) {
	heading := ""
	for _, block := range blocks {
		for _, item := range block.Items {
			var b strings.Builder
			for _, span := range item {
				b.WriteString(span.Text)
			}
			if block.Kind == prose.Heading {
				heading = b.String()
			}
			lines = append(lines, Line{Heading: heading, Text: b.String()})
		}
	}
	return lines
}
