package prose

import (
	"slices"
	"strings"
)

// Fill gives the blocks with each {name} replaced by its value. It happens after
// parsing, so that a value is always text, whatever it holds. A name without a
// value stays, so that tests and eyes see it. The given blocks stay as they are.
func Fill(blocks []Block, value func(name string) (string, bool)) []Block {
	filled := make([]Block, len(blocks))
	for i, b := range blocks {
		filled[i] = Block{Kind: b.Kind, Level: b.Level, Items: make([][]Span, len(b.Items))}
		for j, item := range b.Items {
			filled[i].Items[j] = fillSpans(item, value)
		}
	}
	return filled
}

func fillSpans(spans []Span, value func(string) (string, bool)) []Span {
	filled := slices.Clone(spans)
	for i := range filled {
		filled[i].Text = FillText(filled[i].Text, value)
	}
	return filled
}

// FillText is Fill for a single line without markup, such as a title.
func FillText(text string, value func(name string) (string, bool)) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for rest := text; rest != ""; {
		before, name, after, ok := nextName(rest)
		b.WriteString(before)
		if !ok {
			break
		}
		if v, known := value(name); known {
			b.WriteString(v)
		} else {
			b.WriteString("{" + name + "}")
		}
		rest = after
	}
	return b.String()
}

// nextName finds the first placeholder; without one, before is the whole text.
func nextName(text string) (before, name, after string, ok bool) {
	before, rest, opened := strings.Cut(text, "{")
	name, after, closed := strings.Cut(rest, "}")
	if !opened || !closed {
		return text, "", "", false
	}
	return before, name, after, true
}

// Names lists the placeholders of the blocks, sorted, each once.
func Names(blocks []Block) []string {
	var names []string
	for _, s := range spansOf(blocks) {
		for rest := s.Text; ; {
			_, name, after, ok := nextName(rest)
			if !ok {
				break
			}
			names, rest = append(names, name), after
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Links lists where the blocks' links lead, sorted, each once.
func Links(blocks []Block) []string {
	var links []string
	for _, s := range spansOf(blocks) {
		if s.Href != "" {
			links = append(links, s.Href)
		}
	}
	slices.Sort(links)
	return slices.Compact(links)
}

// Text is all that a reader sees, an item a line.
func Text(blocks []Block) string {
	var b strings.Builder
	for _, block := range blocks {
		for _, item := range block.Items {
			for _, s := range item {
				b.WriteString(s.Text)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func spansOf(blocks []Block) []Span {
	var spans []Span
	for _, b := range blocks {
		for _, item := range b.Items {
			spans = append(spans, item...)
		}
	}
	return spans
}
