package shipment

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FindWaybills picks the numbers out of pasted text, each once and in order:
// our form and S10 also when grouped by spaces or dashes, others when they have
// 8-35 letters and digits with at least four digits. Misfits are numbers of our
// form whose check character does not fit. A text without spaces is taken as typed.
func FindWaybills(text string) (found []Waybill, misfits []string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	if w, err := Parse(text); err == nil && (w.Ours() || isS10Form(string(w)) || isOneWord(text)) {
		return []Waybill{w}, nil
	} else if IsMistyped(err) && (isOneWord(text) || hasOurGroups(wordsOf(text))) {
		return nil, []string{text}
	}
	var f finder
	words := wordsOf(text)
	for i := 0; i < len(words); {
		i += f.take(words[i:])
	}
	return f.found, f.misfits
}

// word is a run of Latin letters and digits in pasted text; Chinese and Korean
// leave no space around a number.
type word struct {
	text string
	// joins tells that only spaces or dashes of the same line separate it from the word before.
	joins bool
	// bound tells that it hangs on its neighbour by a sign, as in an address or a date.
	bound bool
}

type finder struct {
	found   []Waybill
	misfits []string
	seen    map[string]bool
}

// take reads a number from the front of words and tells how many words it used.
func (f *finder) take(words []word) int {
	joined := ""
	for n, w := range words {
		if n > 0 && !w.joins || len(joined)+len(w.text) > ownLength {
			break
		}
		joined += w.text
		if isS10Form(joined) || isOwnForm(joined) && fits(forgive(joined)) {
			f.add(joined)
			return n + 1
		}
	}
	if hasOurGroups(words) {
		f.misfit(words[0].text + " " + words[1].text + " " + words[2].text + " " + words[3].text)
		return 4
	}
	w := words[0]
	if isOwnForm(w.text) && digits(w.text) > 0 {
		f.misfit(w.text)
	} else if !w.bound && len(w.text) >= 8 && len(w.text) <= 35 && digits(w.text) >= 4 && alphanumeric(w.text) {
		f.add(w.text)
	}
	return 1
}

func (f *finder) add(number string) {
	w, err := Parse(number)
	if err == nil && f.first(string(w)) {
		f.found = append(f.found, w)
	}
}

func (f *finder) misfit(number string) {
	if f.first(number) {
		f.misfits = append(f.misfits, number)
	}
}

func (f *finder) first(number string) bool {
	if f.seen == nil {
		f.seen = make(map[string]bool)
	}
	was := f.seen[number]
	f.seen[number] = true
	return !was
}

// hasOurGroups tells whether words begin as our numbers are printed: EC and three groups of four.
func hasOurGroups(words []word) bool {
	if len(words) < 4 || words[0].text != ownPrefix {
		return false
	}
	count := 0
	for _, w := range words[1:4] {
		if len(w.text) != 4 || !w.joins || !alphanumeric(w.text) {
			return false
		}
		count += digits(w.text)
	}
	return count > 0
}

// wordsOf cuts text into words, in upper case and half width, without what can't be seen.
func wordsOf(text string) []word {
	var words []word
	start, joins, bound := -1, false, false
	s := strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) { // invisible
			return -1
		}
		return r
	}, norm.NFKC.String(text)))
	end := func(i int, sign rune) {
		if start >= 0 {
			words = append(words, word{s[start:i], joins, bound || binds(sign)})
			start, joins, bound = -1, true, false
		}
		joins = joins && (isDash(sign) || sign != '\n' && sign != '\r' && unicode.IsSpace(sign))
		bound = binds(sign)
	}
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
			if start < 0 {
				start = i
			}
		default:
			end(i, r)
		}
	}
	end(len(s), ' ')
	return words
}

func binds(sign rune) bool { return isDash(sign) || strings.ContainsRune("./_@", sign) }

func isDash(r rune) bool { return unicode.Is(unicode.Pd, r) || r == '\u2212' }

func isOneWord(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|、，；", r) }) < 0
}

func digits(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if digit(s[i]) {
			n++
		}
	}
	return n
}
