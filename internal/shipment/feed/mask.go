package feed

import (
	"strings"
	"unicode/utf8"
)

const shownRunes = 100

// shown is a value as a report may show it: people's values masked, long ones
// cut, what isn't text replaced.
func shown(value string, personal bool) string {
	value = strings.ToValidUTF8(value, "\ufffd")
	if personal {
		return mask(value)
	}
	if utf8.RuneCountInString(value) > shownRunes {
		value = string([]rune(value)[:shownRunes]) + "…"
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return '\ufffd'
		}
		return r
	}, value)
}

// mask keeps the first character, so that the sender finds the row again.
func mask(value string) string {
	if value == "" {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(value)
	if utf8.RuneCountInString(value) < 4 || isControl(first) {
		return "***"
	}
	return string(first) + "***"
}
