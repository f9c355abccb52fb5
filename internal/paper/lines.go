package paper

import (
	"strings"
	"unicode"
)

// wrap breaks a text into lines that are no wider than they may be.
func (s *letters) wrap(text string, size, width float64) (lines []string) {
	line := ""
	for _, piece := range pieces(text) {
		if s.width(strings.TrimRight(line+piece, " "), size) <= width {
			line += piece
			continue
		}
		if strings.TrimSpace(line) != "" {
			lines = append(lines, strings.TrimRight(line, " "))
		}
		line = strings.TrimLeft(piece, " ")
		for s.width(strings.TrimRight(line, " "), size) > width { // one long word
			fits := s.fitting(line, size, width)
			lines, line = append(lines, line[:fits]), line[fits:]
		}
	}
	return append(lines, strings.TrimRight(line, " "))
}

// fitting is how many bytes of a word fit a line, a letter at least.
func (s *letters) fitting(word string, size, width float64) (fits int) {
	for at, r := range word {
		end := at + len(string(r))
		if at > 0 && s.width(word[:end], size) > width {
			return fits
		}
		fits = end
	}
	return fits
}

// pieces cuts a text where a line may end: after spaces, and around Chinese
// characters, but for marks that may not begin or end a line. Korean breaks
// between words.
func pieces(text string) (list []string) {
	from := 0
	var before rune
	for at, r := range text {
		if at > 0 && breaks(before, r) {
			list, from = append(list, text[from:at]), at
		}
		before = r
	}
	return append(list, text[from:])
}

func breaks(before, r rune) bool {
	switch {
	case r == ' ' || strings.ContainsRune("，。、；：！？）》」』”’…·,.;:!?)%", r), strings.ContainsRune("（《「『“‘(", before):
		return false
	case before == ' ':
		return true
	}
	return chinese(before) || chinese(r)
}

func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。、；：！？）》」』（《「『", r)
}
