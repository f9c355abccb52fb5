package faq

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldPairs writes each traditional character beside the simplified one that
// searching takes it for (after the character table of OpenCC, Apache License 2.0).
//
//go:embed fold.txt
var foldPairs string

// simplified maps traditional characters to simplified ones.
var simplified = sync.OnceValue(func() map[rune]rune {
	table := map[rune]rune{}
	for pair := range strings.FieldsSeq(foldPairs) {
		chars := []rune(pair)
		table[chars[0]] = chars[1]
	}
	return table
})

// fold brings a text into the form in which it is compared: full-width letters
// as plain ones, small letters, no accents, one Chinese script. It serves matching
// alone and is never shown.
func fold(text string) string {
	table := simplified()
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range norm.NFKC.String(strings.ToLower(text)) {
		if s, ok := table[r]; ok {
			r = s
		}
		switch {
		case r == '’' || r == '\'' || unicode.Is(unicode.Cf, r):
		case r < unicode.MaxLatin1 || unicode.IsLetter(r):
			b.WriteRune(withoutAccent(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.ToLower(b.String())
}

func withoutAccent(r rune) rune {
	if r < 0x80 || !unicode.Is(unicode.Latin, r) {
		return r
	}
	for _, base := range norm.NFD.String(string(r)) {
		return base
	}
	return r
}
