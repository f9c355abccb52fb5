package faq

import (
	"io/fs"

	"ecms/portal/internal/locale"
)

// ReadError is what reading texts from elsewhere says.
func ReadError(fsys fs.FS) error {
	_, err := read(fsys)
	return err
}

// ReadLanguages tells which language the first text of each book is in.
func ReadLanguages(fsys fs.FS) (map[locale.Language]locale.Language, error) {
	all, err := read(fsys)
	languages := map[locale.Language]locale.Language{}
	for lang, b := range all {
		languages[lang] = b.questions[0].Language
	}
	return languages, err
}

// Fold and Distance are what searching compares by.
func Fold(text string) string { return fold(text) }

// Distance counts the slips between two words.
func Distance(a, b string) int { return distance(a, b) }

// Stem is a word without its ending.
func Stem(word string) string { return stem(word) }

// ConceptsIn names the things of which a text speaks.
func ConceptsIn(text string) []string { return conceptsIn(fold(text)) }
