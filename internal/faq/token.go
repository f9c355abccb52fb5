package faq

import (
	"strings"
	"unicode"
)

// The weights of tokens by how much they tell. A pair of characters is about a
// word; one alone is in too many of them.
const (
	wholeWord   = 1.0
	pairOfSigns = 1.0
	singleHan   = 0.25
	singleHanja = 0.1 // one syllable of Hangul
)

// token is what two texts are compared by: a word's stem, or a pair of Chinese
// characters or Korean syllables, which need no dictionary.
type token struct {
	text   string
	weight float64
}

// tokensOf cuts a folded text into tokens, in order.
func tokensOf(folded string) []token {
	var tokens []token
	for _, run := range runsOf(folded) {
		switch run.script {
		case unicode.Han:
			tokens = append(tokens, pairs(run.text, singleHan)...)
		case unicode.Hangul:
			tokens = append(tokens, pairs(run.text, singleHanja)...)
		default:
			if s := stem(run.text); !stops(run.text) {
				tokens = append(tokens, token{s, wholeWord})
			}
		}
	}
	return tokens
}

// pairs gives each two neighbours, and each sign for itself at less weight. One
// sign that stands alone is a word.
func pairs(text string, single float64) []token {
	signs := []rune(text)
	if len(signs) == 1 {
		return []token{{text, wholeWord}}
	}
	tokens := make([]token, 0, 2*len(signs))
	for i, r := range signs {
		tokens = append(tokens, token{string(r), single})
		if i > 0 {
			tokens = append(tokens, token{string(signs[i-1 : i+1]), pairOfSigns})
		}
	}
	return tokens
}

// run is a stretch of one script without spaces.
type run struct {
	text   string
	script *unicode.RangeTable // nil for letters and digits of all others
}

func runsOf(folded string) []run {
	var runs []run
	start, script := -1, (*unicode.RangeTable)(nil)
	end := func(i int) {
		if start >= 0 {
			runs = append(runs, run{folded[start:i], script})
		}
		start = -1
	}
	for i, r := range folded {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end(i)
			continue
		}
		if s := scriptOf(r); start < 0 || s != script {
			end(i)
			start, script = i, s
		}
	}
	end(len(folded))
	return runs
}

func scriptOf(r rune) *unicode.RangeTable {
	switch {
	case unicode.Is(unicode.Han, r):
		return unicode.Han
	case unicode.Is(unicode.Hangul, r):
		return unicode.Hangul
	}
	return nil
}

// commonWords are English words that stand in every question and tell nothing.
const commonWords = ` a an the and or but of in on at by for to from with as is are was were be been am do does did done
 i im ive me my mine you your yours u ur we our us it its he she his her they them their this that these those there here
 can could will would shall should may might must have has had not no so if then than too very just also
 what which how when where why wheres whats hows please pls help hi hello get got gets go goes say says said tell about want wants need needs thing things `

func stops(word string) bool { return strings.Contains(commonWords, " "+word+" ") }

// stem takes the commonest endings off an English word, so that "returned",
// "returns" and "return" are one. It need only be the same on both sides.
func stem(word string) string {
	if len(word) > 4 {
		for _, e := range [...]struct{ ending, instead string }{
			{"ations", "at"}, {"ation", "at"}, {"ies", "y"}, {"sses", "ss"}, {"ings", ""}, {"ing", ""}, {"eds", ""}, {"ed", ""},
			{"ments", ""}, {"ment", ""}, {"ers", "er"}, {"es", ""}, {"ly", ""}, {"s", ""}, {"e", ""},
		} {
			if root, ok := strings.CutSuffix(word, e.ending); ok && len(root) >= 3 && !strings.HasSuffix(word, "ss") {
				return single(root + e.instead)
			}
		}
	} else if root, ok := strings.CutSuffix(word, "s"); ok && len(root) > 2 && !strings.HasSuffix(root, "s") {
		return root
	}
	return word
}

// single makes one of a doubled letter at the end: "shipp" of "shipped" is "ship".
func single(root string) string {
	if n := len(root); n > 3 && root[n-1] == root[n-2] && !strings.ContainsRune("aeiousl", rune(root[n-1])) {
		return root[:n-1]
	}
	return root
}
