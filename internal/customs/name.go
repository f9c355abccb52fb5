package customs

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// longestName is how many characters a name may have: minorities' names run past
// fifteen, foreigners' past fifty.
const longestName = 100

// dots are what people type for the middle dot of a name such as 买买提·艾力.
const dots = "·•‧・･．∙⋅᛫●"

// tidy is how a name is kept: composed, without full-width Latin and invisible
// characters, single spaces, and one kind of dot.
func tidy(name string) string {
	runes := []rune(norm.NFC.String(name))
	for i, r := range runes {
		latinDot := r == '．' && (i == 0 || !unicode.Is(unicode.Han, runes[i-1]))
		if strings.ContainsRune(dots, r) && !latinDot {
			runes[i] = '·'
		}
	}
	seen := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		if r == '’' || r == '‘' || r == '＇' {
			return '\''
		}
		return r
	}, string(runes))
	return strings.Join(strings.Fields(norm.NFC.String(width.Fold.String(seen))), " ")
}

// script sorts names by what they can be compared with.
type script int

const (
	mixed script = iota
	latin
	han
	hangul
)

// scriptOf is the one script that a name's letters are of.
func scriptOf(name string) script {
	found := map[script]bool{}
	for _, r := range name {
		switch {
		case unicode.Is(unicode.Han, r):
			found[han] = true
		case unicode.Is(unicode.Hangul, r):
			found[hangul] = true
		case unicode.Is(unicode.Latin, r):
			found[latin] = true
		case unicode.IsLetter(r):
			return mixed
		}
	}
	if len(found) != 1 {
		return mixed
	}
	for s := range found {
		return s
	}
	return mixed
}

// nameFlaw tells what no name of a person in China, Korea or Taiwan has.
func nameFlaw(name string) Flaw {
	switch {
	case name == "":
		return FlawEmpty
	case len([]rune(name)) > longestName:
		return FlawLong
	case strings.ContainsFunc(name, unicode.IsDigit):
		return FlawDigits
	case isCompany(name):
		return FlawCompany
	case hasTitle(name):
		return FlawTitle
	case strings.ContainsFunc(name, notOfName) || !strings.ContainsFunc(name, unicode.IsLetter):
		return FlawForm
	}
	return ""
}

func notOfName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" -'.·,", r)
}

// latinFlaw holds a name to what a passport's zone can print.
func latinFlaw(name string) Flaw {
	if flaw := nameFlaw(name); flaw != "" {
		return flaw
	}
	if strings.Trim(plainLatin(name), "ABCDEFGHIJKLMNOPQRSTUVWXYZ -'.,") != "" {
		return FlawScript
	}
	return ""
}

// plainLatin is a name in capitals without what stands on or through its letters.
func plainLatin(name string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(name))
	return strings.ToUpper(strings.NewReplacer("ø", "o", "Ø", "O", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ß", "ss", "æ", "ae", "Æ", "AE",
		"œ", "oe", "Œ", "OE", "þ", "th", "Þ", "TH", "ð", "d", "Ð", "D", "ı", "i").Replace(bare))
}

// words are a Latin name's parts, however they are joined.
func words(name string) []string {
	return strings.FieldsFunc(plainLatin(name), func(r rune) bool { return r < 'A' || r > 'Z' })
}

func isCompany(name string) bool {
	for _, part := range []string{"公司", "集团", "集團", "企业", "企業", "工作室", "商行", "株式会社", "주식회사", "유한회사", "(주)", "㈜"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	company := []string{"LTD", "LLC", "INC", "CORP", "GMBH", "LIMITED", "COMPANY", "CORPORATION", "PLC", "PTY"}
	return slices.ContainsFunc(words(name), func(w string) bool { return slices.Contains(company, w) })
}

func hasTitle(name string) bool {
	for _, end := range []string{"先生", "女士", "小姐", "太太", "同学", "同學", "老师", "老師", "님", " 씨", "귀하"} {
		if before, found := strings.CutSuffix(name, end); found && before != "" {
			return true
		}
	}
	w := words(name)
	return len(w) > 1 && slices.Contains([]string{"MR", "MRS", "MS", "MISS", "DR", "PROF", "MADAM"}, w[0])
}

// SameName tells whether two names of one person may both be right: letter for
// letter in Chinese and Korean, where simplified and traditional characters are
// two names to customs; in Latin letters in any order, case and joining.
func SameName(a, b string) bool {
	a, b = tidy(a), tidy(b)
	if scriptOf(a) != latin || scriptOf(b) != latin {
		return strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "")
	}
	x, y := words(a), words(b)
	if slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y))) {
		return true
	}
	joined := strings.Join(y, "")
	for i := range x { // surname first or last, given names written as one or as several
		if strings.Join(x[i:], "")+strings.Join(x[:i], "") == joined {
			return true
		}
	}
	return false
}
