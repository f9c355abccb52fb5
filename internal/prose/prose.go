// Package prose reads the small part of Markdown in which the portal's longer
// texts are written: answers and legal texts. It gives blocks and spans, never
// HTML, so that whatever is filled in can't become markup.
package prose

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind tells how a block stands on a page.
type Kind string

// The kinds of blocks.
const (
	Paragraph Kind = "paragraph"
	Heading   Kind = "heading"
	Bullets   Kind = "bullets"
	Numbers   Kind = "numbers"
)

// Block is a paragraph, a heading, or a whole list.
type Block struct {
	Kind Kind
	// Level is a heading's: 2 for "##", 3 for "###"; 0 for all others.
	Level int
	// Items are a list's; paragraphs and headings have one.
	Items [][]Span
}

// Span is a stretch of text of one look.
type Span struct {
	Text string
	// Href is where a link leads: a path of the portal, an anchor, mailto, tel or https.
	Href   string
	Strong bool
}

// Parse reads a text: paragraphs with empty lines between them, "## " and
// "### " headings, "- " and "1. " lists, **strong** and [text](/path). What
// looks like a mistake is an error that names the line's text.
func Parse(text string) ([]Block, error) {
	var p parser
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		p.line(strings.TrimRight(line, " \t"))
	}
	p.end()
	return p.blocks, p.err
}

// parser gathers the lines of one item until it is whole.
type parser struct {
	blocks []Block
	open   bool // an item is being read
	kind   Kind
	level  int
	item   string
	joins  bool // the item belongs to the list before it
	err    error
}

func (p *parser) line(line string) {
	kind, level, text := kindOf(line)
	switch {
	case line == "":
		p.end()
		p.joins = false
	case kind == Paragraph && p.open:
		p.item = join(p.item, strings.TrimLeft(text, " "))
	default:
		p.end()
		p.open, p.kind, p.level, p.item = true, kind, level, text
	}
	if kind == Heading {
		p.end()
	}
}

// end closes the item that is being read.
func (p *parser) end() {
	if !p.open {
		return
	}
	p.open = false
	spans, err := inline(p.item)
	if err != nil && p.err == nil {
		p.err = err
	}
	list := p.kind == Bullets || p.kind == Numbers
	if last := len(p.blocks) - 1; list && p.joins && p.blocks[last].Kind == p.kind {
		p.blocks[last].Items = append(p.blocks[last].Items, spans)
		return
	}
	p.blocks = append(p.blocks, Block{Kind: p.kind, Level: p.level, Items: [][]Span{spans}})
	p.joins = list
}

func kindOf(line string) (kind Kind, level int, text string) {
	if text, ok := strings.CutPrefix(line, "## "); ok {
		return Heading, 2, text
	}
	if text, ok := strings.CutPrefix(line, "### "); ok {
		return Heading, 3, text
	}
	if text, ok := strings.CutPrefix(line, "- "); ok {
		return Bullets, 0, text
	}
	if n, text, ok := strings.Cut(line, ". "); ok && n != "" && strings.Trim(n, "0123456789") == "" {
		return Numbers, 0, text
	}
	return Paragraph, 0, line
}

// join puts a wrapped line behind the one before it. Chinese has no spaces
// between words, so none comes from a line break.
func join(before, line string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(line)
	if ideographic(last) || ideographic(first) {
		return before + line
	}
	return before + " " + line
}

func ideographic(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFF61
}

// inline splits a line at its links and at the marks of strong text.
func inline(text string) ([]Span, error) {
	var spans []Span
	strong := false
	for rest := text; rest != ""; {
		at := strings.IndexAny(rest, "*[")
		if at < 0 {
			at = len(rest)
		}
		if at > 0 {
			spans = append(spans, Span{Text: rest[:at], Strong: strong})
			rest = rest[at:]
			continue
		}
		if after, ok := strings.CutPrefix(rest, "**"); ok {
			strong, rest = !strong, after
			continue
		}
		label, after, ok := strings.Cut(rest[1:], "](")
		href, tail, closed := strings.Cut(after, ")")
		if rest[0] != '[' || !ok || !closed || label == "" || strings.ContainsAny(label, "[]*") || !leads(href) {
			return nil, fmt.Errorf("no strong text and no link: %q in %q", rest, text)
		}
		spans = append(spans, Span{Text: label, Href: href, Strong: strong})
		rest = tail
	}
	if strong {
		return nil, fmt.Errorf("strong text has no end: %q", text)
	}
	return spans, nil
}

// leads tells whether a link may lead there: within the portal, or by a safe scheme.
func leads(href string) bool {
	if strings.ContainsAny(href, " \t\\\"<>") || strings.HasPrefix(href, "//") {
		return false
	}
	for _, start := range [...]string{"/", "#", "mailto:", "tel:", "https://"} {
		if strings.HasPrefix(href, start) {
			return true
		}
	}
	return false
}
