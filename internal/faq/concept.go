package faq

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed concepts.txt
var conceptLines string

// concept is one thing with the phrases that name it, as they are compared.
type concept struct {
	name  string   // a token that no text can hold by itself
	words []string // in Latin letters: stems between spaces
	signs []string // in Chinese or Korean: without spaces
}

// concepts is the list, read once.
var concepts = sync.OnceValue(func() []concept {
	var list []concept
	for line := range strings.Lines(conceptLines) {
		name, phrases, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		c := concept{name: "#" + name}
		for phrase := range strings.SplitSeq(phrases, ",") {
			if folded := fold(phrase); asian(folded) {
				c.signs = append(c.signs, unspaced(folded))
			} else {
				c.words = append(c.words, stems(folded, nil))
			}
		}
		list = append(list, c)
	}
	return list
})

// conceptsIn names the things of which a folded text speaks.
func conceptsIn(folded string) (named []string) {
	words, signs := stems(folded, nil), unspaced(folded)
	for _, c := range concepts() {
		if c.in(words, signs) {
			named = append(named, c.name)
		}
	}
	return named
}

func (c concept) in(words, signs string) bool {
	for _, w := range c.words {
		if strings.Contains(words, w) {
			return true
		}
	}
	for _, s := range c.signs {
		if strings.Contains(signs, s) {
			return true
		}
	}
	return false
}

// stems writes the words in Latin letters by their stems, with a space on each
// side, and a bar where words of another script or a sign come between. instead
// gives what a stem was meant to be; nil: each is meant.
func stems(folded string, instead func(word string) string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for phrase := range strings.SplitSeq(folded, ",") {
		for _, r := range runsOf(phrase) {
			s := stem(r.text)
			if r.script != nil {
				s = "|"
			} else if instead != nil && !stops(r.text) {
				s = instead(s)
			}
			b.WriteString(s + " ")
		}
		b.WriteString("| ")
	}
	return strings.TrimSuffix(b.String(), "| ")
}

func asian(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hangul) }) >= 0
}

// unspaced drops the spaces, which Korean sets freely and Chinese not at all.
func unspaced(folded string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, folded)
}
