package locale

import (
	"io/fs"
	"maps"
	"slices"
)

// Keys lists the keys of a language, sorted.
func Keys(lang Language) []string {
	return slices.Sorted(maps.Keys(For(lang).messages))
}

// Source is the text of a key as the catalogue has it, with its placeholders.
func Source(lang Language, key string) (text string, placeholders []string) {
	m := For(lang).messages[key]
	return m.text, m.placeholders()
}

// ReadError is what reading the catalogue in a folder complains about.
func ReadError(fsys fs.FS, folder string) error {
	_, err := readCatalogue(fsys, folder)
	return err
}

// Render parses text and fills it.
func Render(text string, args ...string) (string, error) {
	m, err := parseMessage(text)
	if err != nil {
		return "", err
	}
	return m.render(args), nil
}
