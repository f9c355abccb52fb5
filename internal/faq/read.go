package faq

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
)

//go:embed text
var files embed.FS

// books holds a book for each language, made on first use and kept.
var books = sync.OnceValue(func() map[locale.Language]*Book {
	all, err := read(files)
	if err != nil {
		panic(fmt.Errorf("answers: %w", err)) // embedded: it can't happen after the tests passed
	}
	return all
})

// Load gives the questions in a language; in English for one without any.
func Load(lang locale.Language) *Book {
	if b, ok := books()[lang]; ok {
		return b
	}
	return books()[locale.English]
}

func read(fsys fs.FS) (map[locale.Language]*Book, error) {
	outline, err := readOutline(fsys)
	if err != nil {
		return nil, err
	}
	all := map[locale.Language]*Book{}
	for _, lang := range locale.Languages() {
		b := &Book{language: lang}
		for _, q := range outline {
			if q, err = readBest(fsys, q, lang); err != nil {
				return nil, err
			}
			b.questions = append(b.questions, q)
		}
		all[lang] = b
	}
	for _, b := range all {
		b.index = sync.OnceValue(func() *index { return newIndex(b, all) })
	}
	return all, nil
}

// readOutline reads the questions' order and what is the same in every language.
func readOutline(fsys fs.FS) ([]Question, error) {
	f, err := fsys.Open("text/index.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // read only
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil || len(lines) < 2 || strings.Join(lines[0], ",") != "id,related,checked" {
		return nil, errors.Join(errors.New("index.csv: not id, related and checked"), err)
	}
	var outline []Question
	known := map[string]bool{}
	for _, l := range lines[1:] {
		if known[l[0]] {
			return nil, fmt.Errorf("index.csv: %s comes twice", l[0])
		}
		if _, err := time.Parse(time.DateOnly, l[2]); err != nil {
			return nil, fmt.Errorf("index.csv: %s: %w", l[0], err)
		}
		known[l[0]] = true
		outline = append(outline, Question{ID: l[0], Related: strings.Fields(l[1]), Checked: l[2]})
	}
	for _, q := range outline {
		for _, r := range q.Related {
			if !known[r] || r == q.ID {
				return nil, fmt.Errorf("index.csv: %s is related to %s", q.ID, r)
			}
		}
	}
	return outline, nil
}

// readBest reads a question's text in a language, else in English.
func readBest(fsys fs.FS, q Question, lang locale.Language) (Question, error) {
	text, err := fs.ReadFile(fsys, path.Join("text", string(lang), q.ID+".md"))
	if errors.Is(err, fs.ErrNotExist) && lang != locale.English {
		lang = locale.English
		text, err = fs.ReadFile(fsys, path.Join("text", string(lang), q.ID+".md"))
	}
	if err != nil {
		return Question{}, err
	}
	q.Language = lang
	if err := q.readText(string(text)); err != nil {
		return Question{}, fmt.Errorf("%s %s: %w", lang, q.ID, err)
	}
	return q, nil
}

// readText reads the head of a file and the answer below it.
func (q *Question) readText(text string) error {
	head, body, ok := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n---\n")
	if !ok {
		return errors.New("no line --- between head and answer")
	}
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch name {
		case "title":
			q.Title = value
		case "words":
			q.Words = splitWords(value)
		default:
			return fmt.Errorf("a head has title and words, not %q", line)
		}
	}
	answer, err := prose.Parse(body)
	if err != nil {
		return err
	}
	if q.Title == "" || len(answer) == 0 {
		return errors.New("no title or no answer")
	}
	q.Answer = answer
	return nil
}

// splitWords reads the search words, with the commas of any script.
func splitWords(list string) []string {
	words := strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(",，、;；", r) })
	for i := range words {
		words[i] = strings.TrimSpace(words[i])
	}
	return words
}
