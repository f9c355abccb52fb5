package locale

import (
	"strings"

	"golang.org/x/text/language"
)

// Language names one language of the portal as a BCP 47 tag; it is also the
// prefix of its addresses and the value of its cookie.
type Language string

// The languages people can choose, and the one that shows testers untranslated text.
const (
	English            Language = "en"
	SimplifiedChinese  Language = "zh-Hans"
	TraditionalChinese Language = "zh-Hant"
	Korean             Language = "ko"
	// Pseudo is English with accents and brackets, about 40 % longer. It is for
	// tests and development: never offered, never matched.
	Pseudo Language = "en-x-pseudo"
)

// Languages lists the languages people can choose, English first.
func Languages() []Language {
	return []Language{English, SimplifiedChinese, TraditionalChinese, Korean}
}

// Name is the language's name in itself, as the language switch shows it.
func (l Language) Name() string {
	switch l {
	case SimplifiedChinese:
		return "简体中文"
	case TraditionalChinese:
		return "繁體中文"
	case Korean:
		return "한국어"
	case Pseudo:
		return "[Þšéûðö]"
	default:
		return "English"
	}
}

// Parse reads the language prefix of an address or the value of the language
// cookie; false when it is none of the portal's languages.
func Parse(prefix string) (Language, bool) {
	switch l := Language(prefix); l {
	case English, SimplifiedChinese, TraditionalChinese, Korean, Pseudo:
		return l, true
	}
	return "", false
}

// longestAccept bounds how much of an Accept-Language header is read.
const longestAccept = 256

// matcher finds the nearest of Languages; its index is used, since its tag may
// carry extensions of the asked one.
var matcher = language.NewMatcher([]language.Tag{
	language.English,
	language.SimplifiedChinese,
	language.TraditionalChinese,
	language.Korean,
})

// Match chooses the language of a visitor: the cookie's when it names one, else
// the nearest to the Accept-Language header, else English.
func Match(cookie, acceptLanguage string) Language {
	if l, ok := Parse(cookie); ok && l != Pseudo {
		return l
	}
	if acceptLanguage == "" {
		return English
	}
	if l, ok := firstChoice(acceptLanguage); ok {
		return l
	}
	if len(acceptLanguage) > longestAccept {
		cut := strings.LastIndexByte(acceptLanguage[:longestAccept], ',')
		acceptLanguage = acceptLanguage[:max(cut, 0)]
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		return English
	}
	_, index, _ := matcher.Match(tags...)
	return Languages()[index]
}

// firstChoice answers for the tags that nearly all browsers send first. A first
// tag without a quality value is always the one preferred most.
func firstChoice(accept string) (Language, bool) {
	first, _, _ := strings.Cut(accept, ",")
	switch first {
	case "en", "en-US", "en-GB":
		return English, true
	case "zh", "zh-CN", "zh-Hans", "zh-Hans-CN", "zh-SG":
		return SimplifiedChinese, true
	case "zh-TW", "zh-HK", "zh-MO", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK":
		return TraditionalChinese, true
	case "ko", "ko-KR":
		return Korean, true
	}
	return "", false
}
