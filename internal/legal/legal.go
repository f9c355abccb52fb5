// Package legal holds the portal's terms, its privacy notice and its list of
// cookies: each in versions by date, every one of them readable for ever.
//
// The texts stand in text/{document}/{version}/{language}.md:
//
//	title: the document's name
//	change: what is new since the version before; any number of lines
//	---
//	The text. Paragraphs, "## " headings, lists, **strong**, [text](/path).
//
// Figures that a rule decides are placeholders, as {claim_days}, and are filled
// from the rule's own data. A version that was once published is never changed
// but for its figures' names: a new text is a new folder.
package legal

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
)

// Name names a document; it is also the end of its address.
type Name string

// The documents.
const (
	Terms   Name = "terms"
	Privacy Name = "privacy"
	Cookies Name = "cookies"
)

// Accessibility is the statement on how everybody can use the website. It stands
// by itself, not among the documents that somebody agrees to.
const Accessibility Name = "accessibility"

// Names lists the documents in the order in which pages name them.
func Names() []Name { return []Name{Terms, Privacy, Cookies} }

// Document is one version of a document in one language.
type Document struct {
	Name Name
	// Version is the day it was published, "2006-01-02".
	Version string
	Title   string
	// Changes says in words what is new since the version before.
	Changes []string
	Blocks  []prose.Block
}

// CurrentTerms is the version of the terms that new customers agree to.
func CurrentTerms() string { return Versions(Terms)[0] }

// Versions lists a document's versions, the one in force first; none for a
// document that isn't there.
func Versions(n Name) []string { return library().versions[n] }

// Find gives a version of a document in a language; an empty version is the one
// in force. What isn't there is fault.ErrNotFound.
func Find(n Name, version string, lang locale.Language) (Document, error) {
	l := library()
	if version == "" && len(l.versions[n]) > 0 {
		version = l.versions[n][0]
	}
	if d, ok := l.documents[place{n, version, lang}]; ok {
		return d, nil
	}
	if d, ok := l.documents[place{n, version, locale.English}]; ok { // a language for testers has none of its own
		return d, nil
	}
	return Document{}, fmt.Errorf("legal text: %w", fault.ErrNotFound)
}

// Before gives the version that a version has replaced; empty for the first.
func Before(n Name, version string) string {
	all := Versions(n)
	at := slices.Index(all, version)
	if at < 0 || at+1 >= len(all) {
		return ""
	}
	return all[at+1]
}

//go:embed text
var files embed.FS

type place struct {
	name    Name
	version string
	lang    locale.Language
}

type shelf struct {
	documents map[place]Document
	versions  map[Name][]string
}

// library reads all texts once.
var library = sync.OnceValue(func() shelf {
	s, err := read(files)
	if err != nil {
		panic(fmt.Errorf("legal texts: %w", err)) // embedded: it can't happen after the tests passed
	}
	return s
})

func read(fsys fs.FS) (shelf, error) {
	s := shelf{documents: map[place]Document{}, versions: map[Name][]string{}}
	for _, n := range append(Names(), Accessibility) {
		folders, err := fs.ReadDir(fsys, path.Join("text", string(n)))
		if err != nil {
			return shelf{}, err
		}
		for _, folder := range folders {
			s.versions[n] = append(s.versions[n], folder.Name())
			for _, lang := range locale.Languages() {
				name := path.Join("text", string(n), folder.Name(), string(lang)+".md")
				text, err := fs.ReadFile(fsys, name)
				if err != nil {
					return shelf{}, err
				}
				d, err := parse(string(text))
				if err != nil {
					return shelf{}, fmt.Errorf("%s: %w", name, err)
				}
				d.Name, d.Version = n, folder.Name()
				s.documents[place{n, folder.Name(), lang}] = d
			}
		}
		slices.Sort(s.versions[n])
		slices.Reverse(s.versions[n])
	}
	return s, nil
}

func parse(text string) (Document, error) {
	var d Document
	head, body, found := strings.Cut(text, "\n---\n")
	if !found {
		return d, fmt.Errorf("no line --- between head and text")
	}
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "title":
			d.Title = value
		case "change":
			d.Changes = append(d.Changes, value)
		default:
			return d, fmt.Errorf("a head of %q", line)
		}
	}
	var err error
	d.Blocks, err = prose.Parse(body)
	return d, err
}
