package account

import (
	_ "embed" // the pieces
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// pieces are what the most used passwords are made of, one a line.
//
//go:embed common.txt
var pieces string

// known are the pieces, to look them up.
var known = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(pieces) {
		set[strings.TrimSpace(line)] = true
	}
	return set
})

// tracks are the ways that fingers and minds take by themselves, forward and back.
var tracks = sync.OnceValue(func() []string {
	list := []string{
		"1234567890123456789012345678901234567890", "1357924680", "2468013579", "11223344556677889900", "112233445566778899001122334455",
		"111222333444555666777888999000", "123123123", "147258369", "159357", "741852963", "314159265358979323846264338327950288",
		"abcdefghijklmnopqrstuvwxyz", "aabbccddeeffgghhiijj", "a1b2c3d4e5f6g7h8i9j0k1", "1a2b3c4d5e6f7g8h9i0j", "abc123def456ghi789",
		"`1234567890-=", "~!@#$%^&*()_+", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./", "qwertzuiopü", "yxcvbnm", "azertyuiopqsdfghjklmwxcvbn",
		"qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
		"1q2w3e4r5t6yq1w2e3", "1qa2ws3ed4rf5tg6yh7uj8ik9ol0p", "1qazxsw23edcvfr45tgbnhy67ujmki8", "qazwsxedcrfvtgbyhnujmikolp",
		"qawsedrftgyhujikolp", "azsxdcfvgbhnjmk", "zaqxswcdevfrbgtnhymjukilop", "1234qwerasdfzxcv", "qwerasdfzxcv", "123qweasdzxc", "qweasdzxcrtyfghvbn", "!qaz@wsx#edc$rfv%tgb",
		"йцукенгшщзхъфывапролджэячсмитьбю", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", "가나다라마바사아자차카타파하",
		"一二三四五六七八九十", "零一二三四五六七八九", "甲乙丙丁戊己庚辛壬癸", "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ", "あいうえおかきくけこさしすせそ",
	}
	for _, t := range list {
		r := []rune(t)
		slices.Reverse(r)
		list = append(list, string(r))
	}
	return list
})

// What the parts of a password are worth, in bits: who guesses tries some 4,000
// pieces, a thousand walks on the keyboard, a hundred years and so on.
const (
	bitsPiece  = 12.0
	bitsTrack  = 10.0
	bitsDate   = 14.0
	bitsYear   = 7.0
	bitsAgain  = 3.0 // what came just before, once more or many times
	bitsOwn    = 2.0 // something of the person's own that anybody knows
	bitsDigit  = 3.3
	bitsLetter = 4.7
	bitsSign   = 6.0
	bitsOther  = 9.0 // of other scripts

	// enough is more than two pieces with some digits after them, and less than
	// three words chosen by lot.
	enough = 32.0

	longestPiece = 40
)

// common tells whether a password is among the first that anybody would try: made
// of few known pieces, walks on the keyboard, dates and repeats. Where letters are
// written as digits, and what stands between the pieces, changes nothing.
func common(password string, own ...string) bool {
	lower := strings.ToLower(password)
	bare := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-_.,!?/+*#", r) {
			return -1
		}
		return r
	}, lower)
	for _, text := range []string{lower, bare} {
		for _, plain := range spellings(text) {
			if worth(text, plain, own) < enough {
				return true
			}
		}
	}
	return false
}

// spellings are a text as it is and with its digits and signs read as letters.
func spellings(text string) []string {
	return []string{
		text,
		strings.NewReplacer("@", "a", "4", "a", "0", "o", "1", "i", "!", "i", "3", "e", "5", "s", "$", "s", "7", "t", "8", "b", "9", "g").Replace(text),
		strings.NewReplacer("@", "a", "4", "a", "0", "o", "1", "l", "|", "l", "3", "e", "5", "s", "$", "s", "7", "t", "2", "z", "6", "g").Replace(text),
	}
}

// worth adds up what the parts of a text are worth, cut where it is least. Pieces
// are looked up in plain, which has the text's length.
func worth(text, plain string, own []string) float64 {
	t, p := []rune(text), []rune(plain)
	least := make([]float64, len(t)+1)
	for i := range t {
		least[i+1] = bitsOther * float64(len(t)+1) // until something is less
	}
	reach := func(i, j int, bits float64) { least[j] = min(least[j], least[i]+bits) }
	for i := range t {
		reach(i, i+1, alone(t[i]))
		repeats(t, i, reach)
		walking := true // a part of a track has only parts of tracks in it
		for j := i + 3; j <= min(len(t), i+longestPiece); j++ {
			word := string(p[i:j])
			if known()[word] {
				reach(i, j, bitsPiece)
			}
			if slices.Contains(own, word) || slices.Contains(own, string(t[i:j])) {
				reach(i, j, bitsOwn)
			}
			if walking = walking && walked(string(t[i:j])); walking {
				reach(i, j, bitsTrack)
			}
		}
		dates(t, i, reach)
	}
	return least[len(t)]
}

// alone is what a character is worth that is part of nothing known.
func alone(r rune) float64 {
	switch {
	case r >= '0' && r <= '9':
		return bitsDigit
	case r >= 'a' && r <= 'z':
		return bitsLetter
	case r < utf8.RuneSelf:
		return bitsSign
	}
	return bitsOther
}

// repeats finds what came just before i and comes again from there.
func repeats(t []rune, i int, reach func(i, j int, bits float64)) {
	for n := 1; n <= i && i+n <= len(t); n++ {
		for j := i + n; j <= len(t) && slices.Equal(t[j-n:j], t[i-n:i]); j += n {
			reach(i, j, bitsAgain)
		}
	}
}

// walked says that a text is a part of a track.
func walked(text string) bool {
	return slices.ContainsFunc(tracks(), func(track string) bool { return strings.Contains(track, text) })
}

// dates finds years of people alive and whole dates that begin at i.
func dates(t []rune, i int, reach func(i, j int, bits float64)) {
	if i+4 <= len(t) {
		if year := string(t[i : i+4]); year >= "1900" && year < "2050" && digits(year) {
			reach(i, i+4, bitsYear)
		}
	}
	if i+8 > len(t) || !digits(string(t[i:i+8])) {
		return
	}
	for _, layout := range []string{"20060102", "02012006", "01022006"} {
		if d, err := time.Parse(layout, string(t[i:i+8])); err == nil && d.Year() >= 1900 && d.Year() < 2050 {
			reach(i, i+8, bitsDate)
		}
	}
}

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// ownPieces are the parts of an address that are no secret.
func ownPieces(email string) []string {
	key := EmailKey(email)
	own := []string{key, strings.ReplaceAll(key, "@", "")}
	local, domain, _ := strings.Cut(key, "@")
	own = append(own, local, domain)
	own = append(own, strings.FieldsFunc(local, func(r rune) bool { return strings.ContainsRune("._+-", r) })...)
	return append(own, strings.Split(domain, ".")...)
}
