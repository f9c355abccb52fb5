package locale

import (
	"context"
	"fmt"
	"sync"
	"testing"
)

// Locale speaks one language. It never changes after it is made, so any number
// of requests share it.
type Locale struct {
	language   Language
	messages   catalogue
	dates      datePatterns
	countries  map[string]string  // by ISO 3166-1 alpha-2
	inCountry  map[string]string  // the name inside a sentence, where it differs
	zones      map[string]string  // by IANA name
	subtags    map[string]string  // short words
	tags       map[string]string  // short words
	customs    map[string]string  // short words
	headlines  map[string]message // by subtag
	customsTop map[string]message // by customs state
}

// all holds the locales by language, made on first use and kept.
var all = sync.OnceValue(func() map[Language]*Locale {
	locales, err := load()
	if err != nil {
		panic(fmt.Errorf("message catalogues: %w", err)) // embedded: it can't happen after the tests passed
	}
	return locales
})

func load() (map[Language]*Locale, error) {
	english, err := readCatalogue(files, "messages/en")
	if err != nil {
		return nil, err
	}
	locales := map[Language]*Locale{
		English: newLocale(English, english),
		Pseudo:  newLocale(Pseudo, pseudoCatalogue(english)),
	}
	for _, lang := range Languages()[1:] {
		own, err := readCatalogue(files, "messages/"+string(lang))
		if err != nil {
			return nil, err
		}
		locales[lang] = newLocale(lang, own)
	}
	return locales, nil
}

func newLocale(lang Language, c catalogue) *Locale {
	return &Locale{
		language:   lang,
		messages:   c,
		dates:      patternsOf(lang),
		countries:  c.under("country."),
		inCountry:  c.under("country_in."),
		zones:      c.under("zone."),
		subtags:    c.under("status.subtag."),
		tags:       c.under("status.tag."),
		customs:    c.under("status.customs."),
		headlines:  c.messagesUnder("status.sentence.subtag."),
		customsTop: c.messagesUnder("status.sentence.customs."),
	}
}

// For gives the locale of a language; English for one the portal doesn't speak.
func For(lang Language) *Locale {
	if l, ok := all()[lang]; ok {
		return l
	}
	return all()[English]
}

// contextKey is the key under which a request's context carries its locale.
type contextKey struct{}

// With puts the visitor's locale into the request's context.
func With(ctx context.Context, l *Locale) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From gives the visitor's locale; English when none was put into ctx.
func From(ctx context.Context) *Locale {
	if l, ok := ctx.Value(contextKey{}).(*Locale); ok {
		return l
	}
	return For(English)
}

// T is the text of key in the language of ctx.
func T(ctx context.Context, key string, args ...string) string {
	return From(ctx).T(key, args...)
}

// Language is the language that the locale speaks.
func (l *Locale) Language() Language { return l.language }

// Has tells whether the language has a text of its own for key.
func (l *Locale) Has(key string) bool {
	_, ok := l.messages[key]
	return ok
}

// T is the text of key with its placeholders filled from args: name, value,
// name, value. A key without a text is a programmer's mistake: tests stop at it,
// visitors see English, or the key where English has none either.
func (l *Locale) T(key string, args ...string) string {
	m, ok := l.messages[key]
	if !ok {
		return missing(l, key, args)
	}
	return m.render(args)
}

// N is the text of key for n things: key.one or key.other as the language
// counts, with {n} filled.
func (l *Locale) N(key string, n int, args ...string) string {
	form := key + ".other"
	if n == 1 {
		if one := key + ".one"; l.Has(one) {
			form = one
		}
	}
	filled := make([]string, 0, len(args)+2)
	filled = append(filled, "n", l.Number(int64(n)))
	return l.T(form, append(filled, args...)...)
}

func missing(l *Locale, key string, args []string) string {
	if testing.Testing() {
		panic(fmt.Sprintf("locale %s: no text for %q", l.language, key))
	}
	if m, ok := For(English).messages[key]; ok {
		return m.render(args)
	}
	return key
}
