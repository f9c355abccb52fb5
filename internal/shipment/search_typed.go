package shipment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lib/pq"
	"golang.org/x/text/unicode/norm"
)

const (
	longestSearch = 4000 // characters that are read of a pasted text
	mostLines     = 12   // lines of it that are tried as a name or a number
	mostNumbers   = 50   // waybills that are picked out of it
	mostEmails    = 20   // e-mail addresses, whole or begun
	shortestLatin = 2    // letters; one Han character or syllable says more than one letter
)

// typed is a pasted text read in every way that it can be meant.
type typed struct {
	numbers  []Waybill      // whole numbers, ours or a last-mile carrier's
	misfits  []string       // ours by form, with a character that does not fit
	starts   []string       // beginnings of a waybill
	from, to pq.StringArray // ranges of search terms
}

func (t typed) empty() bool {
	return len(t.numbers)+len(t.starts)+len(t.from) == 0
}

// readTyped finds numbers, e-mail addresses, phones, order numbers and names.
// All of it is compared literally: no character stands for others.
func readTyped(text string) typed {
	if utf8.RuneCountInString(text) > longestSearch {
		text = string([]rune(text)[:longestSearch])
	}
	text = strings.ReplaceAll(strings.ToValidUTF8(text, " "), "\x00", " ")
	var t typed
	t.numbers, t.misfits = FindWaybills(text)
	t.numbers = t.numbers[:min(len(t.numbers), mostNumbers)]
	lines := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r\t;；", r) })
	for _, line := range lines[:min(len(lines), mostLines)] {
		t.line(strings.TrimSpace(line))
	}
	t.numbers = uniqueWaybills(t.numbers)
	emails := 0
	for _, w := range strings.FieldsFunc(norm.NFKC.String(text), betweenEmails) {
		if strings.IndexByte(w, '@') > 0 && emails < mostEmails {
			t.begins(termEmail, foldedEmail(w))
			emails++
		}
	}
	return t
}

// betweenEmails tells what no e-mail address holds.
func betweenEmails(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>()[],;:\"", r) }

// line reads one line as the whole of what is looked for.
func (t *typed) line(line string) {
	if line == "" {
		return
	}
	if w, err := Parse(line); err == nil {
		if len(t.numbers) < mostNumbers {
			t.numbers = append(t.numbers, w)
		}
		if isOneWord(line) {
			t.starts = append(t.starts, string(w))
		}
	} else if IsMistyped(err) && len(t.misfits) == 0 {
		t.misfits = append(t.misfits, line)
	}
	if number := phoneIn(line); number != "" {
		end := backwards(number)
		t.begins(termPhone, end[:min(len(end), tellingEnd)])
	}
	if name := folded(line); tells(name) {
		t.begins(termOrder, joined(line))
		t.begins(termName, name)
	}
}

// begins looks for the terms of a kind that begin so.
func (t *typed) begins(kind rune, value string) {
	from := string(kind) + value
	t.from, t.to = append(t.from, from), append(t.to, from+string(unicode.MaxRune))
}

// tells tells whether so few characters narrow a search at all.
func tells(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return utf8.RuneCountInString(name) >= shortestLatin || unicode.In(first, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// phoneIn gives the digits of a line that holds a phone number and nothing else.
func phoneIn(line string) string {
	line = norm.NFKC.String(line)
	if strings.IndexFunc(line, func(r rune) bool {
		return (r < '0' || r > '9') && !unicode.IsSpace(r) && !isDash(r) && !strings.ContainsRune("+().*/", r)
	}) >= 0 {
		return ""
	}
	if number := digitsOf(line); len(number) >= fewestPhone {
		return number
	}
	return ""
}
