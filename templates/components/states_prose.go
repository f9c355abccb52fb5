package components

import "ecms/portal/internal/prose"

// proseStates shows every kind of block and span of a longer text.
func proseStates() []State {
	line := func(spans ...prose.Span) [][]prose.Span { return [][]prose.Span{spans} }
	words := line(
		prose.Span{Text: "The parcel goes on as soon as "}, prose.Span{Text: "all papers", Strong: true},
		prose.Span{Text: " are there. "}, prose.Span{Text: "Look it up", Href: "/"}, prose.Span{Text: "."},
	)
	items := append(line(prose.Span{Text: "Outer box:", Strong: true}, prose.Span{Text: " from all sides"}), words...)
	here := func(path string) string { return path }
	return []State{
		{"prose", "paragraph", Prose([]prose.Block{{Kind: prose.Paragraph, Items: words}}, here)},
		{"prose", "headings and lists", Prose([]prose.Block{
			{Kind: prose.Heading, Level: 2, Items: line(prose.Span{Text: "Before you ship"})},
			{Kind: prose.Bullets, Items: items},
			{Kind: prose.Heading, Level: 3, Items: line(prose.Span{Text: "Step by step"})},
			{Kind: prose.Numbers, Items: items},
		}, here)},
	}
}
